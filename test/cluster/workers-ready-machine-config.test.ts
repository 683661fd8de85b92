import { App, Chart } from 'cdk8s';
import {
  GeneratedMachineConfigOptions, MachineConfig, MachineConfigPatch, TalosControlPlaneProps, TalosMachineConfig, TalosVersion, TalosWorkersProps,
} from '../../src';
import { documentsIn, HEADLESS, newChart, otherSecrets, secrets, SynthesizedWorkers } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosWorkersProps>;
type ControlPlane = Partial<TalosControlPlaneProps>;

const endpointOf = (documents: any[]) => documents[0].cluster.controlPlane?.endpoint ?? documents.find(({ kind }) => kind === 'KubeClusterConfig').endpoint;
const kubeletOf = (documents: any[]) => documents[0].machine.kubelet?.image ?? documents.find(({ kind }) => kind === 'KubeletConfig').image;
const networkOf = (documents: any[]) => documents.find(({ kind }) => kind === 'KubeNetworkConfig') ?? documents[0].cluster.network;
const hasDiscovery = (documents: any[]) => documents[0].cluster.discovery?.enabled ?? documents.some(({ kind }) => kind === 'DiscoveryServiceConfig');

/** Those of a control plane unless told otherwise. */
const NETWORKS = { podSubnets: ['172.24.0.0/16'], serviceSubnets: ['172.25.0.0/16'] };

function workerMachineConfig(chart: Chart, options: Partial<GeneratedMachineConfigOptions> = {}, ...patches: string[]): TalosMachineConfig {
  return new TalosMachineConfig(chart, 'ready', {
    config: MachineConfig.worker({
      clusterName: 'acme', endpoint: `https://${HEADLESS}:6443`, secrets, talosVersion: TalosVersion.V1_13, ...NETWORKS, ...options,
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });
}

describe('a ready machine config', () => {
  const synthReady = (machineConfig: (chart: Chart) => TalosWorkersProps['machineConfig'], props: Props = {}, controlPlane: ControlPlane = {}) => {
    const chart = newChart();
    return new SynthesizedWorkers({ machineConfig: machineConfig(chart), ...props }, controlPlane, chart);
  };

  test('is used as it is', () => {
    const pool = synthReady(workerMachineConfig);
    expect(pool.names('Secret')).not.toContain('acme-general-config');
    expect(pool.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'test-ready', key: 'userdata' });
    expect(warningsOf(pool.construct)).toEqual([]);
  });

  test('brings its release of Talos', () => {
    const pool = synthReady((chart) => workerMachineConfig(chart, { talosVersion: TalosVersion.V1_12, kubernetesVersion: '1.35.0' }));
    expect(pool.construct.talosVersion).toBe(TalosVersion.V1_12);
  });

  test('that is made elsewhere isn\'t looked into, which is said', () => {
    const pool = synthReady((chart) => TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'value' }));
    expect(pool.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'sealed-config', key: 'value' });
    expect(pool.pod.spec.containers[0].readinessProbe.tcpSocket).toEqual({ port: 10250 });
    expect(warningsOf(pool.construct)).toEqual(['test/workers: \'machineConfig\' (sealed-config) is made elsewhere: whether it belongs to the cluster \'acme\' isn\'t checked [talos:made-elsewhere]']);
  });

  test.each<[string, (chart: Chart) => TalosMachineConfig, Props, string]>([
    ['a control plane', (chart) => new TalosMachineConfig(chart, 'ready', {
      config: MachineConfig.controlPlane({ clusterName: 'acme', endpoint: `https://${HEADLESS}:6443`, secrets, talosVersion: TalosVersion.V1_13 }),
    }), {}, '\'machineConfig\' (test-ready) is for a control plane, by its \'machine.type\' (controlplane): give one for a worker'],
    ['another cluster', (chart) => workerMachineConfig(chart, { secrets: otherSecrets }), {},
      '\'machineConfig\' (test-ready) belongs to another cluster than \'acme\', because its \'machine.ca\' differs: give one with the same secrets'],
    ['another token', (chart) => workerMachineConfig(chart, {}, 'machine: {token: abcdef.0123456789abcdef}'), {},
      '\'machineConfig\' (test-ready) has another \'machine.token\' than \'acme\', so its machines would get no certificate: '],
    ['other networks of Services', (chart) => workerMachineConfig(chart, { serviceSubnets: ['10.96.0.0/12'] }), {},
      '\'machineConfig\' (test-ready) has other \'serviceSubnets\' (10.96.0.0/12) than the control plane (172.25.0.0/16): use the same'],
    ['a Kubernetes that is too old', (chart) => workerMachineConfig(chart, { kubernetesVersion: '1.32.0' }), {},
      'Kubernetes 1.32.0 in \'machineConfig\' (test-ready) of the workers is 4 minor releases older than the control plane\'s (1.36.4), but Kubernetes allows 3'],
    ['a role that no node gives itself', (chart) => workerMachineConfig(chart, {}, 'machine: {nodeLabels: {node-role.kubernetes.io/worker: ""}}'), {},
      '\'machineConfig\' (test-ready) has the node label node-role.kubernetes.io/worker, which Kubernetes doesn\'t let nodes set on themselves: '],
    ['taints that no worker gives itself', (chart) => workerMachineConfig(chart, {}, 'machine: {nodeTaints: {dedicated: "gpu:NoSchedule"}}'), {},
      '\'machineConfig\' (test-ready) has \'machine.nodeTaints\' (dedicated), which Kubernetes doesn\'t let workers set later: '],
    ['one name for several', (chart) => workerMachineConfig(chart, {}, 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge'), { replicas: 2 },
      '\'machineConfig\' (test-ready) gives the name \'edge\' to all 2 \'replicas\', which would register as the same node: leave the name out, or use one replica'],
    ...([['kubernetesVersion', '1.36.0'], ['nodeLabels', {}], ['nodeTaints', []], ['patches', []]] as const)
      .map(([property, value]): [string, (chart: Chart) => TalosMachineConfig, Props, string] => [
        property, workerMachineConfig, { [property]: value },
        `'${property}' would not reach the ready 'machineConfig' (test-ready): put it there, or leave 'machineConfig' out`,
      ]),
  ])('is refused with %s', (_, machineConfig, props, message) => {
    expect(() => synthReady(machineConfig, props)).toThrow(message);
  });

  test('newer than the control plane is refused', () => {
    expect(() => synthReady(workerMachineConfig, {}, { kubernetesVersion: '1.35.0' }))
      .toThrow('Kubernetes 1.36.4 in \'machineConfig\' (test-ready) of the workers is newer than the control plane\'s (1.35.0), which Kubernetes doesn\'t allow');
  });

  test('may give one worker a name', () => {
    const hostname = 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: edge';
    expect(() => synthReady((chart) => workerMachineConfig(chart, {}, hostname))).not.toThrow();
  });

  test('in another namespace is refused', () => {
    const chart = newChart();
    const elsewhere = new Chart(chart.node.root as App, 'elsewhere', { namespace: 'other' });
    expect(() => new SynthesizedWorkers({ machineConfig: workerMachineConfig(elsewhere) }, {}, chart))
      .toThrow('\'machineConfig\' (elsewhere-ready) is in the namespace other, the node in tenant');
  });
});

describe('a control plane with a ready machine config', () => {
  const ready = (chart: Chart, additionalSans: string[], ...patches: string[]) => new TalosMachineConfig(chart, 'config', {
    config: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://cp.example.com:6443',
      secrets,
      talosVersion: TalosVersion.V1_13,
      kubernetesVersion: '1.35.2',
      podSubnets: ['10.208.0.0/16'],
      serviceSubnets: ['10.209.0.0/16'],
      dnsDomain: 'acme.internal',
      additionalSans: [`*.${HEADLESS}`, ...additionalSans],
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });
  const synthBeside = (additionalSans: string[], controlPlane: ControlPlane = {}, ...patches: string[]) => {
    const chart = newChart();
    return new SynthesizedWorkers({}, { machineConfig: ready(chart, additionalSans, ...patches), ...controlPlane }, chart);
  };

  test('hands on what is in it', () => {
    const { documents } = synthBeside([HEADLESS]);
    expect(networkOf(documents)).toMatchObject({ podSubnets: ['10.208.0.0/16'], serviceSubnets: ['10.209.0.0/16'], dnsDomain: 'acme.internal' });
    expect(kubeletOf(documents)).toBe('ghcr.io/siderolabs/kubelet:v1.35.2');
    expect(hasDiscovery(documents)).toBe(true);
    expect(documents[0].machine.token).toBe(documentsIn(MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://a:1', secrets }).toYaml())[0].machine.token);
  });

  test.each<[string, string[], boolean]>([
    ['the headless Service\'s name', [HEADLESS], true],
    ['a wildcard for it', ['*.tenant.svc.cluster.local'], true],
    ['only its short name', ['acme-control-plane'], false],
    ['only its members', [], false],
  ])('is joined by the members\' own addresses where its certificates have %s', (_, sans, isKnown) => {
    const pool = synthBeside(sans);
    expect(endpointOf(pool.documents)).toBe(isKnown ? `https://${HEADLESS}:6443` : 'https://cp.example.com:6443');
    expect(warningsOf(pool.construct)).toEqual(isKnown ? [] : [
      'test/workers: the workers join by https://cp.example.com:6443, whose host must also lead to trustd (50001), or they have no Talos API: to let them join by the '
      + `members' own addresses, add ${HEADLESS} to 'machine.certSANs' and to the certificate of the Kubernetes API in the control plane's 'machineConfig' [talos:pool-joins-by-endpoint]`,
    ]);
  });

  test('that has trustd for workers outside is joined there without more ado', () => {
    const pool = synthBeside(['cp.example.com'], { externalWorkers: true, endpointHost: 'cp.example.com' });
    expect(endpointOf(pool.documents)).toBe('https://cp.example.com:6443');
    expect(warningsOf(pool.construct)).toEqual([expect.stringContaining('\'controlPlane\' has \'externalWorkers\'')]);
  });

  test('that has the discovery service switched off keeps workers from it', () => {
    expect(hasDiscovery(synthBeside([HEADLESS], {}, 'cluster: {discovery: {registries: {service: {disabled: true}}}}').documents)).toBe(false);
    expect(hasDiscovery(synthBeside([HEADLESS], {}, 'cluster: {discovery: {enabled: false}}').documents)).toBe(false);
  });

  describe('from elsewhere', () => {
    const synthImported = (poolProps: (chart: Chart) => Props) => {
      const chart = newChart();
      const machineConfig = TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config');
      return new SynthesizedWorkers(poolProps(chart), { machineConfig, secrets }, chart);
    };

    test('has no workers that are generated', () => {
      expect(() => synthImported(() => ({}))).toThrow('\'machineConfig\' (sealed-config) of the control plane is made elsewhere, so the machine config of workers can\'t be generated: '
        + 'make theirs elsewhere too, and give it to a pool as its \'machineConfig\'');
    });

    test('has workers from elsewhere', () => {
      const pool = synthImported((chart) => ({ machineConfig: TalosMachineConfig.fromSecretName(chart, 'pool', 'sealed-pool'), replicas: 2 }));
      expect(pool.find('StatefulSet', 'acme-general').spec.replicas).toBe(2);
      expect(warningsOf(pool.construct)).toHaveLength(2);
    });

    test('is still known by its secrets', () => {
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart, { secrets: otherSecrets }) })))
        .toThrow('\'machineConfig\' (test-ready) belongs to another cluster than \'acme\'');
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart) }))).not.toThrow();
    });

    test('has workers that register with what a node may give itself', () => {
      expect(() => synthImported((chart) => ({ machineConfig: workerMachineConfig(chart, {}, 'machine: {nodeLabels: {k8s.io/a: ""}}') })))
        .toThrow('\'machineConfig\' (test-ready) has the node label k8s.io/a');
    });
  });
});

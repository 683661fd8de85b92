import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import {
  ApiExposure, ControlPlaneNetworkPolicy, MachineConfig, MachineConfigPatch, MemberAddresses, ExternalMachineConfigSecret, ExternalWorkerOptions,
  NetworkPeer, TaintEffect, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosPlatform, TalosVersion,
} from '../../src';
import { controlPlaneProps, decode, documentsIn, newChart, RELEASES, secrets, SynthesizedControlPlane, SynthesizedWorkers } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

type ControlPlane = Partial<TalosControlPlaneProps>;
type Options = Partial<ExternalWorkerOptions>;

const ADDRESS = '203.0.113.10';
const OUTSIDE: ControlPlane = { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: ADDRESS }) };

function controlPlaneOf(props: ControlPlane = {}): TalosControlPlane {
  return new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ ...OUTSIDE, ...props }));
}

function configOf(options: Options = {}, controlPlane: ControlPlane = {}): MachineConfig {
  return controlPlaneOf(controlPlane).externalWorkerConfig({ installDisk: '/dev/sda', ...options });
}

function documentsOf(options: Options = {}, controlPlane: ControlPlane = {}): any[] {
  return documentsIn(configOf(options, controlPlane).toYaml());
}

const documentIn = (documents: any[], wanted: string) => documents.find(({ kind }) => kind === wanted);
const endpointOf = (documents: any[]) => documents[0].cluster.controlPlane?.endpoint ?? documentIn(documents, 'KubeClusterConfig').endpoint;
const hasDiscovery = (documents: any[]) => documents[0].cluster.discovery?.enabled ?? documents.some(({ kind }) => kind === 'DiscoveryServiceConfig');

/** The disk and the image, in the form of any release. */
function installationOf(documents: any[]): unknown {
  const { disk, image } = documents[0].machine.install ?? {};
  const { installer, provisioning } = documentIn(documents, 'UnattendedInstallConfig') ?? {};
  return provisioning ? [/"(.*)"/.exec(provisioning.diskSelector.match)![1], installer.image] : [disk, image];
}

describe.each(RELEASES.map((talosVersion) => [talosVersion.minor, talosVersion] as const))('on Talos %s', (_, talosVersion) => {
  const nodeTaints = [{ key: 'dedicated', value: 'gpu', effect: TaintEffect.NO_SCHEDULE }];
  const config = configOf({ nodeLabels: { tier: 'edge' }, nodeTaints }, { talosVersion });
  const documents = documentsIn(config.toYaml());
  const controlPlane = new SynthesizedControlPlane({ ...OUTSIDE, talosVersion });

  test('Talos takes the machine config on a machine of its own', () => {
    const { errors, warnings, findings } = config.validate({ platform: TalosPlatform.METAL });
    expect([...errors, ...warnings, ...findings]).toEqual([]);
    expect(config.talosVersion).toBe(talosVersion);
  });

  test('it has an installation, and nothing that is for pods', () => {
    // from 1.14 on, Talos publishes no installer of its own
    const repository = talosVersion.isAtLeast('1.14')
      ? 'factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba'
      : 'ghcr.io/siderolabs/installer';
    expect(installationOf(documents)).toEqual(['/dev/sda', `${repository}:${talosVersion.imageTag}`]);
    expect(documents.map(({ kind }) => kind)).not.toContain('CRICustomizationConfig');
    expect(documents[0].machine.certSANs).toEqual([]);
  });

  test('it is a worker of the cluster, without a key of an authority', () => {
    const { machine, cluster } = documents[0];
    expect(machine.type).toBe('worker');
    expect(machine.token).toBe(controlPlane.legacy.machine.token);
    expect(machine.ca).toEqual({ crt: controlPlane.legacy.machine.ca.crt, key: '' });
    expect(cluster.token).toBe(controlPlane.legacy.cluster.token);
    expect(cluster.ca?.key ?? '').toBe('');
    expect(JSON.stringify(documents)).not.toContain('PRIVATE KEY');
    const { podSubnets, serviceSubnets } = documentIn(documents, 'KubeNetworkConfig') ?? cluster.network;
    expect([podSubnets, serviceSubnets]).toEqual([['172.24.0.0/16'], ['172.25.0.0/16']]);
  });

  test('it joins by the load balancer, which leads to all that it needs, by a name that is in every certificate', () => {
    expect(endpointOf(documents)).toBe(`https://${ADDRESS}:6443`);
    expect(controlPlane.find('Service', 'acme').spec.ports.map(({ port }: any) => port)).toEqual([6443, 50001]);
    expect(controlPlane.legacy.machine.certSANs).toContain(ADDRESS);
    expect(controlPlane.document('KubeAPIServerConfig')?.certExtraSANs ?? controlPlane.legacy.cluster.apiServer.certSANs).toContain(ADDRESS);
    expect(hasDiscovery(documents)).toBe(false);
  });

  test('it registers like a worker in a pod', () => {
    const pool = new SynthesizedWorkers({ nodeLabels: { tier: 'edge' }, nodeTaints }, { ...OUTSIDE, talosVersion });
    expect(documents[0].machine.nodeLabels).toEqual(pool.legacy.machine.nodeLabels);
    expect(documents[0].machine.kubelet).toEqual(pool.legacy.machine.kubelet);
    expect(documentIn(documents, 'KubeNodeConfig')).toEqual(pool.document('KubeNodeConfig'));
    expect(documentIn(documents, 'KubeletConfig')).toEqual(pool.document('KubeletConfig'));
  });

  test.each([true, false])('it finds the others by discovery as the control plane does: %s', (discovery) => {
    expect(hasDiscovery(documentsOf({}, { talosVersion, discovery }))).toBe(discovery);
  });

  test('it needs an address in the certificate of trustd, where Talos connects by address', () => {
    const named = { kubernetesApi: ApiExposure.loadBalancer({ host: 'cp.example.com' }), talosVersion };
    const message = `'talosVersion' (${talosVersion.imageTag}) connects to trustd by IP address, and the control plane's certificate has none: `
      + 'add the IP address of the load balancer to \'additionalSans\', or give the workers v1.12.3 or newer';
    if (talosVersion.isAtLeast('1.12')) {
      expect(endpointOf(documentsOf({}, named))).toBe('https://cp.example.com:6443');
    } else {
      expect(() => configOf({}, named)).toThrow(message);
    }
    expect(endpointOf(documentsOf({}, { ...named, additionalSans: [ADDRESS] }))).toBe('https://cp.example.com:6443');
  });

  test('kernel arguments are those of the installation, as long as it has them', () => {
    const withArguments = () => configOf({ installExtraKernelArgs: ['console=ttyS1', 'a=b'] }, { talosVersion });
    if (talosVersion.isAtLeast('1.12')) {
      expect(withArguments).toThrow(`'installExtraKernelArgs' don't reach the kernel of Talos ${talosVersion.imageTag}: `
        + 'build them into \'installImage\' with the Image Factory');
    } else {
      expect(documentsIn(withArguments().toYaml())[0].machine.install.extraKernelArgs).toEqual(['console=ttyS1', 'a=b']);
    }
  });
});

describe('the address', () => {
  test.each<[string, ControlPlane, string, string]>([
    ['a load balancer\'s', {}, ADDRESS, `https://${ADDRESS}:6443`],
    ['a load balancer\'s name', { kubernetesApi: ApiExposure.loadBalancer({ host: 'cp.example.com' }) }, 'cp.example.com', 'https://cp.example.com:6443'],
    ['of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }) }, '2001:db8::1', 'https://[2001:db8::1]:6443'],
    ['endpointHost before a load balancer', { endpointHost: 'cp.example.com' }, 'cp.example.com', 'https://cp.example.com:6443'],
    ['a balancer\'s of one\'s own', { endpointHost: 'cp.example.com', kubernetesApi: undefined }, 'cp.example.com', 'https://cp.example.com:6443'],
    ['with several members', { replicas: 3, memberAddresses: MemberAddresses.STABLE }, ADDRESS, `https://${ADDRESS}:6443`],
  ])('is %s, and in the certificates', (_, props, host, endpoint) => {
    const controlPlane = new SynthesizedControlPlane({ ...OUTSIDE, ...props });
    expect(endpointOf(documentsIn(controlPlane.construct.externalWorkerConfig({ installDisk: '/dev/sda' }).toYaml()))).toBe(endpoint);
    expect(controlPlane.legacy.machine.certSANs).toContain(host);
    expect(controlPlane.legacy.cluster.apiServer.certSANs).toContain(host);
  });
});

describe('what is chosen', () => {
  test.each<[string, Options, (documents: any[]) => unknown, unknown]>([
    ['installDisk', { installDisk: '/dev/disk/by-id/a' }, ([{ machine }]) => machine.install.disk, '/dev/disk/by-id/a'],
    ['installImage', { installImage: 'factory.talos.dev/metal-installer/abc:v1.13.9' }, ([{ machine }]) => machine.install.image,
      'factory.talos.dev/metal-installer/abc:v1.13.9'],
    ['talosVersion', { talosVersion: TalosVersion.V1_12 }, ([{ machine }]) => machine.install.image, 'ghcr.io/siderolabs/installer:v1.12.12'],
    ['kubernetesVersion', { kubernetesVersion: '1.34.2' }, ([{ machine }]) => machine.kubelet.image, 'ghcr.io/siderolabs/kubelet:v1.34.2'],
    ['nodeLabels', { nodeLabels: { tier: 'edge' } }, ([{ machine }]) => machine.nodeLabels, { tier: 'edge' }],
    ['patches, after all others', { nodeLabels: { tier: 'edge' }, patches: [MachineConfigPatch.fromYaml('machine: {install: {wipe: true}, nodeLabels: {tier: core}}')] },
      ([{ machine }]) => [machine.install.wipe, machine.nodeLabels], [true, { tier: 'core' }]],
    ['nodeCidrs of their own', { nodeCidrs: ['192.0.2.0/24', '2001:db8::/64'] }, ([{ machine }]) => machine.type, 'worker'],
    ['a disk that is described', { patches: [MachineConfigPatch.fromYaml('machine: {install: {diskSelector: {size: ">= 1TB"}}}')] },
      ([{ machine }]) => machine.install.diskSelector, { size: '>= 1TB' }],
  ])('%s reaches the machine config', (_, options, value, expected) => {
    expect(value(documentsOf(options))).toEqual(expected);
  });

  test('machines needn\'t be of one kind', () => {
    const controlPlane = controlPlaneOf();
    const [first, second] = ['/dev/sda', '/dev/nvme0n1'].map((installDisk) => controlPlane.externalWorkerConfig({ installDisk }));
    expect(first.diff(second)).toEqual(['~ v1alpha1 machine.install.disk: "/dev/sda" -> "/dev/nvme0n1"']);
  });

  test('workers outside change nothing of what is synthesized', () => {
    const chart = newChart();
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps(OUTSIDE));
    const before = Testing.synth(chart);
    controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' });
    expect(Testing.synth(chart)).toEqual(before);
    expect(warningsOf(chart)).toEqual([]);
  });

  test.each([['v1.12.2', false], ['v1.12.3', true]])('a worker of %s connects to trustd by name: %s', (version, byName) => {
    const options = { talosVersion: TalosVersion.of(version) };
    const worker = () => configOf(options, { kubernetesApi: ApiExposure.loadBalancer({ host: 'cp.example.com' }) });
    if (byName) {
      expect(worker).not.toThrow();
    } else {
      expect(worker).toThrow('\'talosVersion\' (v1.12.2) connects to trustd by IP address, and the control plane\'s certificate has none');
    }
  });

  test('a newer Talos than the control plane\'s is a warning', () => {
    const controlPlane = controlPlaneOf({ talosVersion: TalosVersion.V1_12 });
    controlPlane.externalWorkerConfig({ installDisk: '/dev/sda', talosVersion: TalosVersion.V1_13 });
    expect(warningsOf(controlPlane)).toEqual(['test/cp: \'talosVersion\' (v1.13.10) is newer than the control plane\'s (v1.12.12): '
      + 'Talos allows it, but upgrade the control plane first if you can, as for Kubernetes [talos:newer-than-control-plane]']);
  });
});

describe('bad input', () => {
  const patch = (text: string): Options => ({ patches: [MachineConfigPatch.fromYaml(text)] });
  const onMetal = '\'patches\' can\'t run on an external worker: [talos:machine-config-unfit]\n- ';

  test.each<[string, Options, string]>([
    ['no disk', { installDisk: '' }, '\'installDisk\' () is not the path of a disk: write it as /dev/sda or /dev/nvme0n1'],
    ['a disk without its path', { installDisk: 'sda' }, '\'installDisk\' (sda) is not the path of a disk'],
    ['a link to a disk on 1.14', { installDisk: '/dev/disk/by-id/a', talosVersion: TalosVersion.V1_14 }, '\'installDisk\' (/dev/disk/by-id/a) is a link, which Talos 1.14 finds no disk by'],
    ['no image', { installImage: '' }, '\'installImage\' () is not an image'],
    ['several kernel arguments in one', { talosVersion: TalosVersion.V1_11, installExtraKernelArgs: ['a b'] }, '\'installExtraKernelArgs[0]\' is not one kernel argument'],
    ['no network', { nodeCidrs: ['192.0.2.1'] }, '\'nodeCidrs\' (192.0.2.1) is not a network'],
    ['machines in the pods\' network', { nodeCidrs: ['192.0.2.0/24', '172.24.8.0/24'] },
      '\'nodeCidrs\' (172.24.8.0/24) overlaps the inner cluster\'s network 172.24.0.0/16: give the control plane other \'podSubnets\' and \'serviceSubnets\''],
    ['machines around the Services\' network', { nodeCidrs: ['172.16.0.0/12'] }, '\'nodeCidrs\' (172.16.0.0/12) overlaps the inner cluster\'s network 172.24.0.0/16'],
    ['a role that no node gives itself', { nodeLabels: { 'node-role.kubernetes.io/worker': '' } },
      '\'nodeLabels\' has the node label node-role.kubernetes.io/worker, which Kubernetes doesn\'t let nodes set on themselves'],
    ['two taints of one key', { nodeTaints: [{ key: 'a', effect: TaintEffect.NO_EXECUTE }, { key: 'a', effect: TaintEffect.NO_SCHEDULE }] }, '\'nodeTaints\' has the key \'a\' twice'],
    ['a newer Kubernetes', { kubernetesVersion: '1.37.0' }, '\'kubernetesVersion\' (1.37.0) of the workers is newer than the control plane\'s (1.36.4)'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.32.0' }, '\'kubernetesVersion\' (1.32.0) of the workers is 4 minor releases older than the control plane\'s (1.36.4)'],
    ['the type of a control plane', patch('machine: {type: controlplane}'), '\'patches\' set \'machine.type\' (controlplane), but this is a worker: leave it out'],
    ['etcd', patch('cluster: {etcd: {advertisedSubnets: [10.0.0.0/8]}}'), `${onMetal}v1alpha1: 'cluster.etcd' is for control planes only: remove it`],
    ['a control plane\'s document', {
      ...patch('apiVersion: v1alpha1\nkind: KubeSchedulerConfig\nimage: registry.k8s.io/kube-scheduler:v1.36.3'), talosVersion: TalosVersion.V1_14,
    }, `${onMetal}KubeSchedulerConfig: the KubeSchedulerConfig document is for control planes only`],
    ['no installation by patches', patch('machine: {install: {$patch: delete}}'), onMetal],
    ['an endpoint inside', patch('cluster: {controlPlane: {endpoint: "https://acme.tenant.svc.cluster.local:6443"}}'),
      '\'patches\' has the endpoint acme.tenant.svc.cluster.local, a name inside the hosting cluster: give one that external workers can resolve'],
    ['the container runtime of pods', {
      ...patch('apiVersion: v1alpha1\nkind: CRICustomizationConfig\nname: pod\ncontent: |\n  [plugins]\n'), talosVersion: TalosVersion.V1_14,
    }, '\'patches\' has the CRICustomizationConfig \'pod\', which is for pods only: leave it out for external workers'],
  ])('%s is refused', (_, options, message) => {
    expect(() => configOf(options)).toThrow(message);
  });

  test('a control plane for workers inside is refused', () => {
    const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ kubernetesApi: ApiExposure.loadBalancer({ host: ADDRESS }) }));
    expect(() => controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' })).toThrow('\'externalWorkers\' (false) leaves trustd (50001) out of the Service '
      + 'by which external workers would join: set it, with \'kubernetesApi\' at an address that is reachable from outside');
  });

  test('a policy must let them in', () => {
    const policy = (networkPolicy: ControlPlaneNetworkPolicy) => new SynthesizedControlPlane({ ...OUTSIDE, networkPolicy });
    expect(() => policy({})).toThrow('\'networkPolicy\' lets none of the \'externalWorkers\' join: list them in \'networkPolicy.workers\'');
    const { spec } = policy({ workers: [NetworkPeer.cidr('192.0.2.0/24')] }).find('NetworkPolicy', 'acme-control-plane');
    const rule = spec.ingress.find(({ from }: any) => JSON.stringify(from)?.includes('192.0.2.0/24'));
    expect(rule.ports.map(({ port }: any) => port)).toEqual(expect.arrayContaining([6443, 50001]));
  });
});

describe('a control plane with a ready machine config', () => {
  const ready = (chart: Chart, additionalSans: string[], ...patches: string[]) => new TalosMachineConfig(chart, 'config', {
    config: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://inside.example.com:6443',
      secrets,
      talosVersion: TalosVersion.V1_11,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
      additionalSans: ['*.acme-control-plane.tenant.svc.cluster.local', ...additionalSans],
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });
  const configBeside = (additionalSans: string[], options: Options = {}, controlPlane: ControlPlane = {}, ...patches: string[]) => {
    const chart = newChart();
    const props = { ...OUTSIDE, ...controlPlane, talosVersion: TalosVersion.V1_11, machineConfig: ready(chart, additionalSans, ...patches) };
    return new TalosControlPlane(chart, 'cp', controlPlaneProps(props)).externalWorkerConfig({ installDisk: '/dev/sda', ...options });
  };

  test('has workers at the outside address', () => {
    const [{ machine, cluster }] = documentsIn(configBeside([ADDRESS]).toYaml());
    expect(cluster.controlPlane.endpoint).toBe(`https://${ADDRESS}:6443`);
    expect(cluster.network.podSubnets).toEqual(['172.24.0.0/16']);
    expect(machine.kubelet.image).toBe(`ghcr.io/siderolabs/kubelet:v${TalosVersion.V1_11.defaultKubernetesVersion}`);
  });

  const named: ControlPlane = { endpointHost: 'cp.example.com' };
  test.each<[string, () => unknown, string]>([
    ['its address in no certificate', () => configBeside([]), '\'kubernetesApi\' (203.0.113.10) isn\'t among the names in the certificate of \'machineConfig\': '
      + 'add it to \'cluster.apiServer.certSANs\''],
    ['its address only for the Kubernetes API', () => configBeside([], {}, {}, `cluster: {apiServer: {certSANs: [${ADDRESS}]}}`),
      '\'externalWorkers\' (203.0.113.10) isn\'t among the names in the certificate of \'machineConfig\': add it to \'machine.certSANs\''],
    ['its name in no certificate', () => configBeside([ADDRESS], {}, named),
      '\'externalWorkers\' (cp.example.com) isn\'t among the names in the certificate of \'machineConfig\': add it to \'cluster.apiServer.certSANs\''],
    ['no address for a Talos that connects by address', () => configBeside(['cp.example.com'], {}, { ...named, kubernetesApi: undefined }),
      '\'talosVersion\' (v1.11.6) connects to trustd by IP address, and the control plane\'s certificate has none'],
  ])('is refused with %s', (_, action, message) => {
    expect(action).toThrow(message);
  });

  test('may have newer workers that connect by name', () => {
    const config = configBeside(['cp.example.com'], { talosVersion: TalosVersion.V1_12 }, { ...named, kubernetesApi: undefined });
    expect(endpointOf(documentsIn(config.toYaml()))).toBe('https://cp.example.com:6443');
  });

  test('from elsewhere is refused', () => {
    const chart = newChart();
    const machineConfig = TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config');
    const controlPlane = new TalosControlPlane(chart, 'cp', controlPlaneProps({ ...OUTSIDE, machineConfig, secrets }));
    expect(() => controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' }))
      .toThrow('\'machineConfig\' (sealed-config) of the control plane is made elsewhere, so the machine config of workers can\'t be generated');
  });
});

describe('handed over', () => {
  test('as a file it is the text, for its owner\'s eyes only', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'metal-worker-')), 'worker.yaml');
    const config = configOf();
    config.toFile(path);
    expect(readFileSync(path, 'utf8')).toBe(config.toYaml());
    expect(MachineConfig.fromFile(path).diff(config)).toEqual([]);
  });

  test('as a Secret it is the text, under one key', () => {
    const controlPlane = controlPlaneOf();
    const chart = new Chart(controlPlane.node.root as App, 'outside', { namespace: 'provisioning' });
    const config = controlPlane.externalWorkerConfig({ installDisk: '/dev/sda' });
    const secret = new ExternalMachineConfigSecret(chart, 'metal', { config, labels: { team: 'a' }, annotations: { note: 'b c' } });
    expect([secret.secretName, secret.secretKey]).toEqual(['outside-metal', 'machineconfig']);
    const [object] = Testing.synth(chart);
    expect(object).toMatchObject({
      kind: 'Secret', type: 'Opaque', metadata: { name: 'outside-metal', namespace: 'provisioning', labels: { team: 'a' }, annotations: { note: 'b c' } },
    });
    expect(Object.keys(object.data)).toEqual(['machineconfig']);
    expect(decode(object.data.machineconfig)).toBe(config.toYaml());
  });

  test('as Secrets several kinds of machines have each their own', () => {
    const controlPlane = controlPlaneOf();
    for (const disk of ['sda', 'vda']) {
      new ExternalMachineConfigSecret(controlPlane, disk, { name: `acme-${disk}`, config: controlPlane.externalWorkerConfig({ installDisk: `/dev/${disk}` }) });
    }
    const config = configOf();
    expect(() => new ExternalMachineConfigSecret(controlPlane, 'again', { name: 'acme-sda', config }))
      .toThrow('\'name\' (acme-sda) is already the name of the Secret at test/cp/sda: give one of them another name');
    expect(() => new ExternalMachineConfigSecret(controlPlane, 'wrong', { name: 'Acme', config })).toThrow('\'name\' (Acme) is not a DNS name');
    expect(() => new ExternalMachineConfigSecret(controlPlane, 'label', { name: 'acme', labels: { 'a b': 'c' }, config })).toThrow('\'labels\' has the key \'a b\'');
  });

  test.each(RELEASES.map((talosVersion) => [talosVersion.minor, talosVersion] as const))('one of %s for pods is refused', (_, talosVersion) => {
    const { construct } = new SynthesizedWorkers({}, { talosVersion });
    expect(() => new ExternalMachineConfigSecret(newChart(), 'metal', { config: construct.machineConfig.config! }))
      .toThrow(talosVersion.isAtLeast('1.14') ? '\'config\' has the CRICustomizationConfig \'pod\'' : '\'config\' can\'t run on an external worker: [talos:machine-config-unfit]\n- v1alpha1: \'machine.install.disk\'');
  });

  test('one with an endpoint inside is refused', () => {
    const config = MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://acme.tenant.svc:6443', secrets, installDisk: '/dev/sda' });
    expect(() => new ExternalMachineConfigSecret(newChart(), 'metal', { config }))
      .toThrow('\'config\' has the endpoint acme.tenant.svc, a name inside the hosting cluster: give one that external workers can resolve');
  });
});

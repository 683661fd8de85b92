import { Chart } from 'cdk8s';
import {
  ApiExposure, BootstrapMode, ConfigUpdate, MachineConfig, MachineConfigPatch, MemberAddresses, TalosControlPlaneProps, TalosMachineConfig,
  TalosVersion,
} from '../../src';
import { HEADLESS, newChart, otherSecrets, secrets, STABLE, SynthesizedControlPlane } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

type Props = Partial<TalosControlPlaneProps>;

describe('a ready machine config', () => {
  const ready = (chart: Chart, ...patches: string[]) => new TalosMachineConfig(chart, 'config', {
    config: MachineConfig.controlPlane({
      clusterName: 'acme',
      endpoint: 'https://cp.example.com:6443',
      secrets,
      talosVersion: TalosVersion.V1_13,
      podSubnets: ['172.24.0.0/16'],
      serviceSubnets: ['172.25.0.0/16'],
      additionalSans: [`*.${HEADLESS}`],
    }).patch(...patches.map((text) => MachineConfigPatch.fromYaml(text))),
  });

  test('is used as it is', () => {
    const chart = newChart();
    const machineConfig = ready(chart);
    const cluster = new SynthesizedControlPlane({ machineConfig }, chart);
    expect(cluster.construct.machineConfig).toBe(machineConfig);
    expect(cluster.construct.endpoint).toBe('https://cp.example.com:6443');
    expect(cluster.names('Secret')).toEqual(['test-config', 'acme-talosconfig', 'acme-kubeconfig', 'acme-bootstrap']);
    expect(cluster.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'test-config', key: 'userdata' });
    expect(cluster.construct.secrets?.talosconfig({ clusterName: 'a', endpoints: ['b'] })).toBe(secrets.talosconfig({ clusterName: 'a', endpoints: ['b'] }));
  });

  test.each<[string, (chart: Chart) => Props, string]>([
    ['an address that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }), '\'kubernetesApi\' (203.0.113.10) isn\'t among the names in the certificate of \'machineConfig\': add it to \'cluster.apiServer.certSANs\''],
    ['an address of the Talos API that isn\'t there', (chart) => ({
      machineConfig: ready(chart), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }),
    }), '\'talosApi\' (203.0.113.11) isn\'t among the names in the certificate of \'machineConfig\': add it to \'machine.certSANs\''],
    ['workers outside, by a name that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, endpointHost: 'outside.example.com',
    }), '\'externalWorkers\' (outside.example.com) isn\'t among the names in the certificate of \'machineConfig\': add it to \'cluster.apiServer.certSANs\''],
    ['workers outside, by a name that trustd doesn\'t have', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, endpointHost: 'cp.example.com',
    }), '\'externalWorkers\' (cp.example.com) isn\'t among the names in the certificate of \'machineConfig\': add it to \'machine.certSANs\''],
    ['workers outside, by a load balancer that isn\'t in its certificates', (chart) => ({
      machineConfig: ready(chart), externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }), '\'kubernetesApi\' (203.0.113.10) isn\'t among the names'],
    ['a Job that couldn\'t verify the machine', (chart) => ({
      clusterName: 'other', machineConfig: ready(chart),
    }), '\'bootstrap\' (other-control-plane-0.other-control-plane.tenant.svc.cluster.local) isn\'t among the names'],
    ['a worker\'s', (chart) => ({
      machineConfig: new TalosMachineConfig(chart, 'worker', {
        config: MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://cp.example.com:6443', secrets, talosVersion: TalosVersion.V1_13 }),
      }),
    }), '\'machineConfig\' (test-worker) is for a worker, by its \'machine.type\' (worker): give one for a control plane'],
    ['a network that overlaps', (chart) => ({ machineConfig: ready(chart, 'cluster: {network: {podSubnets: [10.244.0.0/16]}}') }),
      '\'machineConfig.podSubnets\' (10.244.0.0/16) overlaps the hosting cluster\'s pod network (10.244.0.0/16): choose another range'],
    ['INIT for another type', (chart) => ({ machineConfig: ready(chart), bootstrap: BootstrapMode.INIT }),
      '\'bootstrap\' (INIT) needs \'machine.type\' (controlplane) of \'machineConfig\' to be init: set it, or use BootstrapMode.JOB'],
    ['stable addresses that it doesn\'t know', (chart) => ({ ...STABLE, machineConfig: ready(chart) }),
      '\'memberAddresses\' (STABLE) needs \'cluster.etcd.advertisedSubnets\' in \'machineConfig\': set it, for example to 10.96.0.0/16'],
    ['stable addresses on which it doesn\'t listen', (chart) => ({
      ...STABLE, machineConfig: ready(chart, 'cluster: {etcd: {advertisedSubnets: [10.96.0.0/16]}}'),
    }), '\'memberAddresses\' (STABLE) needs \'cluster.etcd.listenSubnets\' in \'machineConfig\': set it, for example to 0.0.0.0/0'],
    ['secrets of another cluster', (chart) => ({ machineConfig: ready(chart), secrets: otherSecrets }),
      '\'secrets\' belong to another cluster than \'machineConfig\': leave them out, because \'machineConfig\' contains its own'],
    ...([
      ['patches', [MachineConfigPatch.fromYaml('machine: {sysctls: {a.b: "1"}}')]], ['podSubnets', ['172.24.0.0/16']], ['kubernetesVersion', '1.35.2'],
      ['discovery', false],
    ] as const).map(([property, value]): [string, (chart: Chart) => Props, string] => [
      property, (chart) => ({ machineConfig: ready(chart), [property]: value }),
      `'${property}' would not reach the ready 'machineConfig' (test-config): put it there, or give 'secrets' instead`,
    ]),
  ])('is refused beside %s', (_, props, message) => {
    const chart = newChart();
    expect(() => new SynthesizedControlPlane(props(chart), chart)).toThrow(message);
  });

  test.each<[string, Props]>([
    ['its endpoint', { kubernetesApi: ApiExposure.ingress({ host: 'cp.example.com', ingressClassName: 'nginx' }) }],
    ['a name in its certificates', { kubernetesApi: ApiExposure.loadBalancer({ host: 'x.acme-control-plane.tenant.svc.cluster.local' }) }],
  ])('can be exposed by %s', (_, props) => {
    const chart = newChart();
    expect(() => new SynthesizedControlPlane({ machineConfig: ready(chart), ...props }, chart)).not.toThrow();
  });

  test('fits workers outside when its certificates have their address', () => {
    const chart = newChart();
    const machineConfig = ready(chart, 'machine: {certSANs: [cp.example.com]}');
    const cluster = new SynthesizedControlPlane({ machineConfig, externalWorkers: true, endpointHost: 'cp.example.com' }, chart);
    expect(cluster.find('Service', 'acme').spec.ports.map(({ port }: any) => port)).toEqual([6443, 50001]);
    expect(cluster.construct.endpoint).toBe('https://cp.example.com:6443');
  });

  test('fits stable addresses when it has what they need', () => {
    const chart = newChart();
    const machineConfig = ready(chart, 'cluster: {etcd: {advertisedSubnets: [10.96.0.0/16], listenSubnets: [0.0.0.0/0]}}');
    expect(new SynthesizedControlPlane({ ...STABLE, machineConfig }, chart).pod.spec.initContainers).toHaveLength(1);
  });
});

describe('a machine config from elsewhere', () => {
  const imported = (chart: Chart) => TalosMachineConfig.fromSecretName(chart, 'sealed', 'sealed-config', { secretKey: 'value' });
  const synthImported = (props: Props) => {
    const chart = newChart();
    return new SynthesizedControlPlane({ machineConfig: imported(chart), ...props }, chart);
  };

  test('needs no secrets here when a person bootstraps', () => {
    const cluster = synthImported({ bootstrap: BootstrapMode.MANUAL });
    expect(cluster.names('Secret')).toEqual([]);
    expect(cluster.names('Job')).toEqual([]);
    expect(cluster.pod.spec.containers[0].env[1].valueFrom.secretKeyRef).toEqual({ name: 'sealed-config', key: 'value' });
    expect(cluster.construct.secrets).toBeUndefined();
    expect(() => cluster.construct.talosconfig())
      .toThrow('\'secrets\' is missing, and \'machineConfig\' (sealed-config) is made elsewhere: give the secrets');
    expect(() => cluster.construct.kubeconfig()).toThrow('\'secrets\' is missing');
    expect(cluster.construct.describe()).toContain('No Secrets with credentials are made');
  });

  test('says what isn\'t checked', () => {
    expect(warningsOf(synthImported({ bootstrap: BootstrapMode.MANUAL }).construct))
      .toEqual([expect.stringContaining('\'machineConfig\' (sealed-config) is made elsewhere: whether its networks overlap')]);
  });

  test('has a Job when the secrets are given', () => {
    expect(synthImported({ secrets }).names('Job')).toHaveLength(1);
  });

  test.each<[string, Props, string]>([
    ['a Job without secrets', {}, '\'bootstrap\' (JOB) needs the \'secrets\' of the cluster, because \'machineConfig\' (sealed-config) is made elsewhere: '
      + 'give them, or use BootstrapMode.MANUAL'],
    ['a scale-down without secrets', { replicas: 1, scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP, bootstrap: BootstrapMode.MANUAL },
      '\'scaleDownFrom\' (3) needs the \'secrets\' of the cluster'],
    ['APPLY_JOB', { secrets, configUpdate: ConfigUpdate.APPLY_JOB },
      '\'configUpdate\' (APPLY_JOB) can\'t detect a change of \'machineConfig\' (sealed-config), which is made elsewhere: use ConfigUpdate.ROLL or INITIAL'],
    ['what would be generated', { secrets, dnsDomain: 'a.b' }, '\'dnsDomain\' would not reach the ready \'machineConfig\' (sealed-config)'],
  ])('is refused with %s', (_, props, message) => {
    expect(() => synthImported(props)).toThrow(message);
  });
});

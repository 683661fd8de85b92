import { ApiExposure, ConfigUpdate, HostingNetwork, MachineConfigPatch, TalosControlPlaneProps, TalosVersion } from '../../src';
import { HEADLESS, STABLE, SynthesizedControlPlane, V1_14_1 } from '../support/control-planes';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('the names in the certificates', () => {
  const forms = (name: string) => [name, `${name}.tenant`, `${name}.tenant.svc`, `${name}.tenant.svc.cluster.local`];
  const wildcards = forms('acme-control-plane').map((name) => `*.${name}`);
  const always = [...forms('acme-control-plane'), ...forms('acme')];

  test.each<[string, Props, string[]]>([
    ['nothing else', {}, always],
    ['a ClusterIP', { kubernetesApi: ApiExposure.clusterIp(), talosApi: ApiExposure.clusterIp() }, [...always, ...forms('acme-talos')]],
    ['a load balancer', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, [...always, '203.0.113.10']],
    ['a load balancer of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }) }, [...always, '2001:db8::1']],
    ['a node port', { kubernetesApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30443 }) }, [...always, 'nodes.example.com']],
    ['a node port without a host', { kubernetesApi: ApiExposure.nodePort({ port: 30443 }) }, always],
    ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }) }, [...always, 'acme.example.com']],
    ['a Gateway', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge' }) }, [...always, 'acme.example.com']],
    ['one host for both APIs', {
      kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, [...always, ...forms('acme-talos'), '203.0.113.10']],
    ['endpointHost', { endpointHost: 'cp.example.com' }, [...always, 'cp.example.com']],
    ['additionalSans', { additionalSans: ['10.1.2.3', '*.example.org'] }, [...always, '10.1.2.3', '*.example.org']],
  ])('are those of the Services and of %s', (_, props, names) => {
    const { machine, cluster } = synth(props).legacy;
    expect(machine.certSANs).toEqual([...names, ...wildcards]);
    expect(cluster.apiServer.certSANs).toEqual(expect.arrayContaining(names));
    expect(cluster.apiServer.certSANs).not.toContain(wildcards[0]);
  });

  test('are in their own document on 1.14', () => {
    const cluster = synth({ talosVersion: TalosVersion.V1_14, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) });
    expect(cluster.document('KubeAPIServerConfig').certExtraSANs).toEqual(expect.arrayContaining([...always, '203.0.113.10']));
    expect(cluster.legacy.machine.certSANs).toEqual([...always, '203.0.113.10', ...wildcards]);
  });

  test('are those of the members\' Services too, however many there are', () => {
    const { certSANs } = synth(STABLE).legacy.machine;
    expect(certSANs.slice(-28)).toEqual([0, 1, 2, 3, 4, 5, 6].flatMap((ordinal) => forms(`acme-control-plane-${ordinal}`)));
  });

  test('follow the DNS domain of the hosting cluster', () => {
    const { construct, legacy } = synth({ hostingNetwork: HostingNetwork.of({ dnsDomain: 'host.local' }) });
    expect(construct.endpoint).toBe('https://acme-control-plane.tenant.svc.host.local:6443');
    expect(legacy.machine.certSANs).toContain('*.acme-control-plane.tenant.svc.host.local');
    expect(legacy.cluster.network.dnsDomain).toBe('cluster.local');
  });
});

describe('the endpoint', () => {
  test.each<[string, Props, string]>([
    ['the headless Service', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) }, `https://${HEADLESS}:6443`],
    ['endpointHost', { endpointHost: 'cp.example.com' }, 'https://cp.example.com:6443'],
    ['an IPv6 address', { endpointHost: '2001:db8::1' }, 'https://[2001:db8::1]:6443'],
    ['the load balancer, for workers outside', { externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) },
      'https://203.0.113.10:6443'],
    ['endpointHost, for workers outside', {
      externalWorkers: true, endpointHost: 'cp.example.com', kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }),
    }, 'https://cp.example.com:6443'],
  ])('is %s', (_, props, endpoint) => {
    const { construct, legacy } = synth(props);
    expect(construct.endpoint).toBe(endpoint);
    expect(legacy.cluster.controlPlane.endpoint).toBe(endpoint);
  });

  test('of workers outside carries trustd', () => {
    const ports = (props: Props) => synth(props).find('Service', 'acme').spec.ports.map(({ port }: any) => port);
    const kubernetesApi = ApiExposure.loadBalancer({ host: '203.0.113.10' });
    expect(ports({ kubernetesApi })).toEqual([6443]);
    expect(ports({ kubernetesApi, externalWorkers: true })).toEqual([6443, 50001]);
  });
});

describe('a change of the machine config', () => {
  const isPersistent = ({ pod }: SynthesizedControlPlane) => !pod.spec.volumes.some(({ name }: any) => name === 'system-state');
  const rolls = ({ pod }: SynthesizedControlPlane) => 'checksum/machine-config' in (pod.metadata.annotations ?? {});

  test.each<[string, Props, boolean]>([
    ['1.13', {}, true],
    ['1.14.1, which would lose its name', { talosVersion: V1_14_1 }, false],
    ['1.14.2', { talosVersion: TalosVersion.V1_14 }, true],
    ['INITIAL', { configUpdate: ConfigUpdate.INITIAL }, false],
    ['APPLY_JOB', { configUpdate: ConfigUpdate.APPLY_JOB }, false],
  ])('with %s rolls the pods, or the state persists', (_, props, expected) => {
    const cluster = synth(props);
    expect(rolls(cluster)).toBe(expected);
    expect(isPersistent(cluster)).toBe(!expected);
  });

  test('is applied by a Job that is new with each change', () => {
    const [before, after] = [[], ['a.example.com']].map((additionalSans) => synth({ ...STABLE, additionalSans, configUpdate: ConfigUpdate.APPLY_JOB }));
    const [{ metadata, spec }, changed] = [before, after].map((cluster) => cluster.job('acme-apply-config'));
    expect(metadata.name).not.toBe(changed.metadata.name);
    expect(before.job('acme-bootstrap').metadata.name).toBe(after.job('acme-bootstrap').metadata.name);
    expect(spec.template.spec.volumes).toContainEqual({ name: 'config', secret: { secretName: 'acme-control-plane-config' } });
    const script = before.script('acme-apply-config');
    expect(script).toContain('/config/userdata');
    expect(script).toContain([0, 1, 2].map((ordinal) => `acme-control-plane-${ordinal}.${HEADLESS}`).join(' '));
  });
});

describe('what patches say', () => {
  test('of the endpoint is what the control plane says too', () => {
    const patches = [MachineConfigPatch.fromYaml('cluster: {controlPlane: {endpoint: "https://cp.example.com:6443"}}')];
    expect(new SynthesizedControlPlane({ patches }).construct.endpoint).toBe('https://cp.example.com:6443');
  });
});

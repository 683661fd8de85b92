import { BootstrapMode, HostingNetwork, MemberAddresses, MemberSpread, SelectorOperator, TalosControlPlaneProps, TalosVersion } from '../../src';
import { HEADLESS, PORTS, STABLE, SynthesizedControlPlane } from '../support/control-planes';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('the number of members', () => {
  test.each([1, 3, 5, 7])('can be %i', (replicas) => {
    const cluster = synth({ replicas, memberAddresses: MemberAddresses.STABLE });
    const members = Array.from({ length: replicas }, (_, ordinal) => `acme-control-plane-${ordinal}`);
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(replicas);
    expect(cluster.names('Service')).toEqual(['acme-control-plane', 'acme', ...members]);
  });

  test('is in nothing but the StatefulSet and the Services of the members', () => {
    const [three, five] = [3, 5].map((replicas) => synth({ ...STABLE, replicas }));
    const others = ({ objects }: SynthesizedControlPlane) => objects.filter(({ kind }) => !['StatefulSet', 'Service'].includes(kind));
    expect(others(five)).toEqual(others(three));
    expect(five.pod).toEqual(three.pod);
  });

  test.each<[Props, number]>([
    [{}, 1],
    [{ allowSingleMemberEviction: false }, 0],
    [STABLE, 1],
    [{ ...STABLE, allowSingleMemberEviction: false }, 1],
  ])('%j lets a budget evict %i at a time', (props, maxUnavailable) => {
    expect(synth(props).find('PodDisruptionBudget', 'acme-control-plane').spec).toEqual({
      maxUnavailable, selector: { matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' } },
    });
  });

  const apart = {
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' } },
  };
  test.each<[string, Props, unknown]>([
    ['required', {}, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } }],
    ['preferred', { memberSpread: MemberSpread.PREFERRED },
      { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }] } }],
    ['none', { memberSpread: MemberSpread.NONE }, undefined],
  ])('has a spread that is %s', (_, props, affinity) => {
    expect(synth({ ...STABLE, ...props }).pod.spec.affinity).toEqual(affinity);
  });

  test('keeps its spread beside what affinity says', () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: SelectorOperator.IN, values: ['ssd'] }] }],
      },
    };
    const zones = { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: 'other' } } };
    const { affinity } = synth({
      ...STABLE, affinity: { nodeAffinity, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [zones] } },
    }).pod.spec;
    expect(affinity).toEqual({ nodeAffinity, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart, zones] } });
  });
});

describe('stable member addresses', () => {
  test('are those of Services that are named like the pods', () => {
    const { spec } = synth(STABLE).find('Service', 'acme-control-plane-2');
    expect(spec).toMatchObject({
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/instance': 'acme-control-plane', 'statefulset.kubernetes.io/pod-name': 'acme-control-plane-2' },
    });
    expect(spec.ports.map(({ name, port }: any) => `${name} ${port}`)).toEqual(PORTS);
    expect(spec).not.toHaveProperty('clusterIP');
    expect(spec).not.toHaveProperty('ipFamilies');
  });

  test.each<[string, TalosVersion, string[], unknown, unknown]>([
    ['IPv4', TalosVersion.V1_13, ['10.96.0.0/16'],
      { advertisedSubnets: ['10.96.0.0/16'], listenSubnets: ['0.0.0.0/0'] }, ['0.0.0.0/0', '!10.96.0.0/16']],
    ['IPv6', TalosVersion.V1_13, ['fd00:10:96::/112'],
      { advertisedSubnets: ['fd00:10:96::/112'], listenSubnets: ['::/0'] }, ['::/0', '!fd00:10:96::/112']],
    ['dual stack', TalosVersion.V1_13, ['10.96.0.0/16', 'fd00:10:96::/112'],
      { advertisedSubnets: ['10.96.0.0/16', 'fd00:10:96::/112'], listenSubnets: ['0.0.0.0/0', '::/0'] },
      ['0.0.0.0/0', '::/0', '!10.96.0.0/16', '!fd00:10:96::/112']],
    ['IPv4 on 1.14', TalosVersion.V1_14, ['10.96.0.0/16'],
      { advertisedSubnets: ['10.96.0.0/16'], listenSubnets: ['0.0.0.0/0'] }, ['0.0.0.0/0', '!10.96.0.0/16']],
  ])('are in the machine config: %s', (_, talosVersion, serviceCidrs, etcd, validSubnets) => {
    const cluster = synth({ ...STABLE, talosVersion, hostingNetwork: HostingNetwork.of({ serviceCidrs }) });
    expect(cluster.legacy.cluster.etcd).toMatchObject(etcd as object);
    const nodeIp = talosVersion.isAtLeast('1.14') ? cluster.document('KubeNodeConfig').nodeIP : cluster.legacy.machine.kubelet.nodeIP;
    expect(nodeIp).toEqual({ validSubnets });
    if (talosVersion.isAtLeast('1.14')) {
      expect(cluster.legacy.machine).not.toHaveProperty('kubelet.nodeIP');
    }
  });

  test.each<[string, string[], string, string, string[] | undefined]>([
    ['IPv4', ['10.96.0.0/16'], 'nslookup -type=a ', '"$ip/32" dev lo', undefined],
    ['IPv6', ['fd00:10:96::/112'], 'nslookup -type=aaaa ', '"$ip/128" dev lo', undefined],
    ['IPv4 first', ['10.96.0.0/16', 'fd00:10:96::/112'], 'nslookup -type=a ', '"$ip/32" dev lo', ['IPv4']],
    ['IPv6 first', ['fd00:10:96::/112', '10.96.0.0/16'], 'nslookup -type=aaaa ', '"$ip/128" dev lo', ['IPv6']],
  ])('are found by DNS and put on lo: %s', (_, serviceCidrs, query, added, ipFamilies) => {
    const cluster = synth({ ...STABLE, hostingNetwork: HostingNetwork.of({ serviceCidrs, dnsDomain: 'host.local' }) });
    const [container] = cluster.pod.spec.initContainers;
    expect(container).toMatchObject({
      image: 'public.ecr.aws/docker/library/busybox:1.37.0-musl',
      securityContext: {
        runAsUser: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] },
      },
    });
    const script = container.command[3];
    expect(script).toContain('name="$POD_NAME.$POD_NAMESPACE.svc.host.local."');
    expect(script).toContain(query);
    expect(script).toContain(added);
    expect(cluster.find('Service', 'acme-control-plane-0').spec.ipFamilies).toEqual(ipFamilies);
  });

  test('come after the init containers that are given', () => {
    const { initContainers } = synth({ ...STABLE, initContainers: [{ name: 'mine', image: 'busybox:1.37' }] }).pod.spec;
    expect(initContainers.map(({ name }: any) => name)).toEqual(['mine', 'member-address']);
  });

  test('aren\'t there with the addresses of the pods', () => {
    const cluster = synth({ replicas: 3, memberAddresses: MemberAddresses.POD_IP });
    expect(cluster.names('Service')).toEqual(['acme-control-plane', 'acme']);
    expect(cluster.pod.spec).not.toHaveProperty('initContainers');
    expect(cluster.legacy).not.toHaveProperty('cluster.etcd.advertisedSubnets');
  });
});

describe('fewer members', () => {
  const cluster = synth({ replicas: 3, scaleDownFrom: 5, memberAddresses: MemberAddresses.STABLE });

  test('leave etcd by a Job before their pods go', () => {
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(5);
    expect(cluster.names('Service').filter((name) => /-\d$/.test(name))).toHaveLength(5);
    const script = cluster.script('acme-scale-down');
    expect(script).toContain(`stays=acme-control-plane-0.${HEADLESS}\n`);
    expect(script.match(/^leave .*$/gm)).toEqual([
      `leave acme-control-plane-4 acme-control-plane-4.${HEADLESS}`, `leave acme-control-plane-3 acme-control-plane-3.${HEADLESS}`,
    ]);
    expect(cluster.job('acme-scale-down').metadata.name).toMatch(/-[0-9a-f]{8}$/);
  });

  test('leave all others alone', () => {
    const five = synth({ replicas: 5, memberAddresses: MemberAddresses.STABLE });
    expect(cluster.objects.filter(({ metadata }) => !metadata.name.startsWith('acme-scale-down'))).toEqual(five.objects);
  });

  test('can leave where a person bootstraps', () => {
    const manual = synth({ replicas: 1, scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP, bootstrap: BootstrapMode.MANUAL });
    expect(manual.names('Job')).toHaveLength(1);
    expect(manual.find('PodDisruptionBudget', 'acme-control-plane').spec.maxUnavailable).toBe(1);
  });
});

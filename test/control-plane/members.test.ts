import { Duration } from 'cdk8s';
import {
  BootstrapMode, ClaimRetention, HostingNetwork, MemberAddresses, MemberSpread, NodeStorage, SelectorOperator, TalosControlPlaneProps, TalosVersion,
} from '../../src';
import { HEADLESS, PORTS, STABLE, SynthesizedControlPlane } from '../support/control-planes';
import { warningsOf } from '../support/warnings';

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

test('a single member that is to stay alone stops at once, and lies anywhere', () => {
  const { spec } = synth().find('StatefulSet', 'acme-control-plane').spec.template;
  expect(spec.affinity).toBeUndefined();
  expect(spec.containers[0].lifecycle).toBeUndefined();
  expect(synth({ preStopSleep: Duration.seconds(5) }).pod.spec.containers[0].lifecycle.preStop.sleep.seconds).toBe(5);
  expect(synth(STABLE).pod.spec.containers[0].lifecycle.preStop.sleep.seconds).toBe(10);
});

describe('suspended members', () => {
  test('have no pods and no Jobs, and everything else stays', () => {
    const [awake, asleep] = [false, true].map((suspend) => synth({ ...STABLE, suspend, networkPolicy: {} }));
    expect(asleep.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(0);
    const rest = ({ objects }: SynthesizedControlPlane) => objects.filter(({ kind, metadata }) => kind !== 'Job' && !/bootstrap|talosctl|upgrade-k8s|jobs/.test(metadata.name))
      .map((object) => object.kind === 'StatefulSet' ? { ...object, spec: { ...object.spec, replicas: 3 } } : object);
    expect(rest(asleep)).toEqual(rest(awake));
    expect(asleep.names('Job')).toEqual([]);
    expect(asleep.construct.describe()).toContain('No member runs. Without \'suspend\', they start with the data in their claims.');
  });

  test('must find each other again', () => {
    const of = (memberAddresses: MemberAddresses, replicas: number) => () => synth({ suspend: true, replicas, memberAddresses });
    expect(of(MemberAddresses.POD_IP, 3)).toThrow('\'suspend\' would lose the cluster, because its members come back with other addresses all at once');
    expect(of(MemberAddresses.POD_IP, 1)).not.toThrow();
  });

  test('must have their data in claims', () => {
    expect(() => synth({ suspend: true, storage: NodeStorage.ephemeral(), bootstrap: BootstrapMode.MANUAL })).toThrow('\'suspend\' would lose the cluster');
  });

  test('must keep their claims', () => {
    const of = (whenScaled: ClaimRetention) => () => synth({ suspend: true, claimRetentionPolicy: { whenScaled } });
    expect(of(ClaimRetention.DELETE)).toThrow('\'suspend\' would lose the cluster, because \'claimRetentionPolicy.whenScaled\' (DELETE) deletes the claims');
    expect(of(ClaimRetention.RETAIN)).not.toThrow();
  });
});

test('a Job that bootstraps once doesn\'t fit data that goes with the pods', () => {
  const warnings = (props: Props) => warningsOf(synth({ storage: NodeStorage.ephemeral(), ...props }).construct);
  expect(warnings({})).toEqual([expect.stringContaining('[talos:bootstrap-of-ephemeral-storage]')]);
  expect(warnings({ bootstrap: BootstrapMode.INIT })).toEqual([]);
});

test('Jobs go after a time', () => {
  expect(synth().job('acme-bootstrap').spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(synth({ jobTtlAfterFinished: Duration.hours(1) }).job('acme-bootstrap').spec.ttlSecondsAfterFinished).toBe(3600);
});

describe('fewer members', () => {
  const cluster = synth({ replicas: 3, scaleDownFrom: 5, memberAddresses: MemberAddresses.STABLE });

  test('leave etcd by a Job before their pods go', () => {
    expect(cluster.find('StatefulSet', 'acme-control-plane').spec.replicas).toBe(5);
    expect(cluster.names('Service').filter((name) => /-\d$/.test(name))).toHaveLength(5);
    const script = cluster.script('acme-scale-down');
    expect(script).toContain(`stays=acme-control-plane-0.${HEADLESS}\n`);
    expect(script.match(/^ +\d\) .*$/gm)).toEqual([4, 5].map((replicas) =>
      `    ${replicas}) pod=acme-control-plane-${replicas - 1} name=acme-control-plane-${replicas - 1} host=acme-control-plane-${replicas - 1}.${HEADLESS} ;;`));
    expect(script).toContain('0|1|2|3) echo "3 of 5 members stay"');
    expect(cluster.job('acme-scale-down').metadata.name).toMatch(/-[0-9a-f]{8}$/);
  });

  test('leave all others alone', () => {
    const five = synth({ replicas: 5, memberAddresses: MemberAddresses.STABLE });
    const others = cluster.objects.filter(({ metadata }) => !metadata.name.startsWith('acme-scale-down'));
    const hold = { type: 'RollingUpdate', rollingUpdate: { partition: 5 } };
    expect(others).toEqual(five.objects.map((object) => object.kind === 'StatefulSet' ? { ...object, spec: { ...object.spec, updateStrategy: hold } } : object));
  });

  test('may remove only the pods of those that leave', () => {
    const rules = cluster.find('Role', 'acme-scale-down').rules.map(({ resources: [resource], resourceNames, verbs }: any) => [resource, resourceNames, verbs]);
    expect(rules).toEqual([
      ['statefulsets', ['acme-control-plane'], ['get']],
      ['statefulsets/scale', ['acme-control-plane'], ['get', 'patch']],
      ['pods', ['acme-control-plane-3', 'acme-control-plane-4'], ['get']],
    ]);
    expect(cluster.find('RoleBinding', 'acme-scale-down')).toMatchObject({
      subjects: [{ kind: 'ServiceAccount', name: 'acme-scale-down' }], roleRef: { kind: 'Role', name: 'acme-scale-down' },
    });
    const { spec } = cluster.job('acme-scale-down').spec.template;
    expect(spec).toMatchObject({ serviceAccountName: 'acme-scale-down', automountServiceAccountToken: false, terminationGracePeriodSeconds: 1 });
    // a token for the container with the script, and for no other
    const mountsOf = (containers: any[]) => containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ mountPath }: any) => mountPath));
    expect(mountsOf(spec.containers)).toContain('/var/run/secrets/kubernetes.io/serviceaccount');
    expect(mountsOf(spec.initContainers)).toEqual(['/tools', '/tools']);
    expect(spec.initContainers.map(({ image, command }: any) => [image, command])).toEqual([
      ['public.ecr.aws/docker/library/busybox:1.37.0-musl', ['/bin/busybox', 'cp', '/bin/busybox', '/tools/']],
      ['registry.k8s.io/kubectl:v1.36.3', ['/tools/busybox', 'cp', '/bin/kubectl', '/tools/']],
    ]);
  });

  test('don\'t change the pods of those that stay', () => {
    const template = (props: Props) => synth({ memberAddresses: MemberAddresses.STABLE, ...props }).find('StatefulSet', 'acme-control-plane').spec.template;
    expect(template({ replicas: 1 })).toEqual(template({ replicas: 3 }));
    expect(template({ replicas: 1, scaleDownFrom: 3 })).toEqual(template({ replicas: 3 }));
  });

  test('can leave where a person bootstraps', () => {
    const manual = synth({ replicas: 1, scaleDownFrom: 3, memberAddresses: MemberAddresses.POD_IP, bootstrap: BootstrapMode.MANUAL });
    expect(manual.names('Job').map((name) => name.slice(0, -9))).toEqual(['acme-upgrade-k8s', 'acme-scale-down']);
    expect(manual.find('PodDisruptionBudget', 'acme-control-plane').spec.maxUnavailable).toBe(1);
  });
});

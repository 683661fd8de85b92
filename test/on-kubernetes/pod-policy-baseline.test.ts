import * as fc from 'fast-check';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { workloads } from './manifests';
import { applyAll } from './rollout';
import { newNamespace, seed } from './run';
import { until } from './until';
import { NodeStorage, TalosNode, TalosWorkload } from '../../src';

/*
 * Pod Security itself is the judge: what its level `baseline` refuses, the policy of a TalosNamespace refuses, alone and beside a machine.
 */

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

const rarely = <T>(...values: T[]) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });
const record = (fields: { [name: string]: fc.Arbitrary<unknown> }) => fc.record(fields, { noNullPrototype: true });
const profile = rarely<object>({ type: 'Unconfined' }, { type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'own.json' });

const ofBoth = {
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: rarely<object>(
    { type: 'container_t' }, { type: 'container_engine_t' }, { type: 'container_kvm_t' }, { type: 'spc_t' }, { user: 'u' }, { role: 'r' }, { level: 's0' },
  ),
  runAsUser: rarely(0, 1000),
};

const context = record({
  ...ofBoth,
  privileged: rarely(true, false),
  capabilities: rarely(...['ALL', 'NET_RAW', 'NET_ADMIN', 'SYS_ADMIN', 'sys_admin', 'CHOWN', 'CAP_CHOWN', 'SYS_CHROOT'].map((capability) => ({ add: [capability] }))),
  procMount: rarely('Default', 'Unmasked'),
});

const podContext = record({
  ...ofBoth,
  sysctls: rarely(...['kernel.shm_rmid_forced', 'kernel.msgmax', 'net.ipv4.tcp_rmem', 'net/ipv4/tcp_rmem', 'net.ipv4.ip_forward', 'net.core.somaxconn']
    .map((name) => [{ name, value: '1' }])),
  supplementalGroups: rarely([0]),
});

const handler = rarely<object>(
  { httpGet: { port: 80 } }, { httpGet: { port: 80, host: 'localhost' } }, { tcpSocket: { port: 80, host: '192.0.2.1' } }, { exec: { command: ['true'] } },
);

const container = (name: string) => record({
  name: fc.constant(name),
  image: fc.constant('busybox'),
  securityContext: context,
  ports: rarely<object[]>([{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }], [{ containerPort: 80, hostIP: '192.0.2.1' }]),
});

const spec = record({
  containers: fc.tuple(record({ name: fc.constant('shell'), image: fc.constant('busybox'), livenessProbe: handler, securityContext: context }), container('other')),
  initContainers: fc.tuple(container('prepare')),
  securityContext: podContext,
  hostNetwork: rarely(true),
  hostPID: rarely(true),
  hostIPC: rarely(true),
  hostUsers: rarely(true, false),
  volumes: rarely<object[]>([{ name: 'own', hostPath: { path: '/' } }], [{ name: 'own', emptyDir: {} }], [{ name: 'own', nfs: { server: 'own', path: '/' } }]),
});

async function refusal(pod: KubeObject): Promise<string | undefined> {
  const { status, body } = await client.create(pod, { dryRun: true });
  return status < 300 ? undefined : body.message;
}

test('what the level baseline refuses, the policy refuses', async () => {
  const [own, judge] = [newNamespace(), newNamespace()];
  const [machine] = workloads(synthesize(own, (chart) => new TalosNode(chart, 'node', { workload: TalosWorkload.POD, storage: NodeStorage.ephemeral() })));
  await applyAll(client, synthesize(own, () => undefined, { admissionPolicy: {} }));
  await applyAll(client, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: judge, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }]);
  const pod = (namespace: string, any: any): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shell', namespace }, spec: any });
  const privileged = { containers: [{ name: 'shell', image: 'busybox', securityContext: { privileged: true } }] };
  for (const namespace of [own, judge]) {
    await until('privileged pods are refused', async () => (await refusal(pod(namespace, privileged)))?.includes('privileged'));
  }
  const seen = { refused: 0, taken: 0 };
  await fc.assert(fc.asyncProperty(spec, async (any: any) => {
    const { containers, volumes } = machine.spec;
    const beside = { ...machine.spec, ...any, containers: [...containers, ...any.containers], volumes: [...volumes, ...any.volumes ?? []] };
    const [judged, alone, withMachine] = await Promise.all([pod(judge, any), pod(own, any), pod(own, beside)].map(refusal));
    seen[judged === undefined ? 'taken' : 'refused']++;
    if (judged?.includes('violates PodSecurity')) {
      expect({ alone, withMachine }).toEqual({ alone: expect.any(String), withMachine: expect.any(String) });
    }
  }), { seed: seed(), numRuns: RUNS });
  expect(Math.min(seen.refused, seen.taken)).toBeGreaterThan(RUNS / 10);
});

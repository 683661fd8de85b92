import { Size } from 'cdk8s';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind, workloads } from './manifests';
import { applyAll, claimsBound, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { ClaimRetention, MountStorage, NodeStorage, TalosMount, TalosNode, TalosNodeProps, TalosWorkload } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

const { RETAIN, DELETE } = ClaimRetention;
const { DEPLOYMENT, POD } = TalosWorkload;
const twoClaims = { storage: NodeStorage.persistent().withMount(TalosMount.VAR, MountStorage.claim()) };

const manifests = (namespace: string, props: TalosNodeProps) => synthesize(namespace, (chart) => new TalosNode(chart, 'node', props));

async function start(props: TalosNodeProps): Promise<{ readonly namespace: string; readonly objects: KubeObject[] }> {
  const namespace = newNamespace();
  const objects = manifests(namespace, props);
  await applyAll(client, objects);
  await rolledOut(client, objects);
  await claimsBound(client, namespace, objects);
  return { namespace, objects };
}

/** Waits until these claims are left, and no others are on their way out. */
async function expectClaims(namespace: string, expected: string[]): Promise<void> {
  const claims = () => client.list('v1', 'PersistentVolumeClaim', namespace);
  await until(`${expected.length} claims are left`, async () => (await claims()).length <= expected.length ? true : undefined);
  const left = await claims();
  expect(left.map(({ metadata }) => metadata.name).sort()).toEqual(expected);
  expect(left.filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
}

async function deleteAll(objects: KubeObject[]): Promise<void> {
  const workload = workloads(objects)[0];
  await Promise.all(objects.filter(({ kind }) => kind !== 'Namespace').map((object) => client.delete(object)));
  await until('the pods are gone', async () => (await podsOf(client, workload)).length === 0 ? true : undefined);
}

describe('of the claims', () => {
  test.each<[string, TalosNodeProps, string[]]>([
    ['a StatefulSet keeps them', { replicas: 2 }, ['data-talos-node-0', 'data-talos-node-1']],
    ['a StatefulSet keeps several', twoClaims, ['data-talos-node-0', 'var-talos-node-0']],
    ['a StatefulSet keeps them, as it is told', { claimRetentionPolicy: { whenDeleted: RETAIN } }, ['data-talos-node-0']],
    ['a StatefulSet keeps them, unless it is told otherwise', { claimRetentionPolicy: { whenScaled: DELETE } }, ['data-talos-node-0']],
    ['a StatefulSet takes them along, as it is told', { replicas: 2, claimRetentionPolicy: { whenDeleted: DELETE } }, []],
    ['a Deployment\'s go with the manifests', { workload: DEPLOYMENT }, []],
    ['a Pod\'s go with the manifests', { workload: POD }, []],
  ])('%s when everything is deleted', async (_, props, left) => {
    const { namespace, objects } = await start(props);
    await deleteAll(objects);
    await expectClaims(namespace, left);
  });

  test.each<[string, TalosNodeProps, string[]]>([
    ['a Deployment\'s stay', { workload: DEPLOYMENT }, ['talos-node-data']],
    ['a Pod\'s stay', { workload: POD }, ['talos-node-data']],
  ])('%s when only the workload is deleted', async (_, props, left) => {
    const { namespace, objects } = await start(props);
    await deleteAll(workloads(objects));
    await expectClaims(namespace, left);
  });

  test.each<[string, TalosNodeProps, string[]]>([
    ['stay', {}, ['data-talos-node-0', 'data-talos-node-1', 'data-talos-node-2']],
    ['stay, as it is told', { claimRetentionPolicy: { whenScaled: RETAIN, whenDeleted: DELETE } }, ['data-talos-node-0', 'data-talos-node-1', 'data-talos-node-2']],
    ['go, as it is told', { claimRetentionPolicy: { whenScaled: DELETE } }, ['data-talos-node-0']],
  ])('those of a StatefulSet\'s former replicas %s', async (_, props, left) => {
    const { namespace } = await start({ ...props, replicas: 3 });
    const fewer = manifests(namespace, { ...props, replicas: 1 });
    await applyAll(client, fewer);
    await rolledOut(client, fewer);
    await expectClaims(namespace, left);
  });

  test('those of a StatefulSet that is replaced, for what it can\'t be updated to, stay with its pods', async () => {
    const { namespace, objects } = await start({ replicas: 2 });
    const [before] = workloads(objects);
    const pods = await podsOf(client, before);
    await client.delete(before, 'Orphan');
    await until('the StatefulSet is gone', async () => (await client.get(before)).status === 404 ? true : undefined);

    const larger = manifests(namespace, { replicas: 2, storage: NodeStorage.persistent({ size: Size.gibibytes(20) }) });
    await applyAll(client, larger);
    await rolledOut(client, larger);
    const uids = (list: KubeObject[]) => list.map(({ metadata }) => metadata.uid);
    expect(uids(await podsOf(client, before))).toEqual(uids(pods));
    await expectClaims(namespace, ['data-talos-node-0', 'data-talos-node-1']);
  });

  test('those that a StatefulSet kept are there for it when it comes again', async () => {
    const { namespace, objects } = await start({ replicas: 2 });
    const before = await client.list('v1', 'PersistentVolumeClaim', namespace);
    await deleteAll(objects);
    await applyAll(client, objects);
    await rolledOut(client, objects);
    const after = await client.list('v1', 'PersistentVolumeClaim', namespace);
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
  });
});

test('nothing else is left', async () => {
  const { namespace, objects } = await start({ replicas: 2 });
  await deleteAll(objects);
  for (const kind of new Set(ofKind(objects, 'Service', 'Secret', 'StatefulSet').map((object) => object.kind))) {
    const { apiVersion } = ofKind(objects, kind)[0];
    expect(await client.list(apiVersion, kind, namespace)).toEqual([]);
  }
  await until('the endpoints are gone', async () =>
    (await client.list('discovery.k8s.io/v1', 'EndpointSlice', namespace)).length === 0 ? true : undefined);
});

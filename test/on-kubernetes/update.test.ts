import { synthesize } from './cases';
import { addNode, NodeState } from './changes';
import { KubeClient } from './kube-client';
import { workloads } from './manifests';
import { PodHistory, podHistory } from './pod-history';
import { applyAll, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { ConfigUpdate, NodeStorage, TalosVersion, TalosWorkload } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

const manifests = (namespace: string, state: NodeState) => synthesize(namespace, (chart) => addNode(chart, state));

const { DEPLOYMENT, POD } = TalosWorkload;
const [older, newer] = ['v1.13.8', 'v1.13.9'].map((version) => ({ talosVersion: TalosVersion.of(version) }));
const [config2, config3] = [{ verbosity: '2' }, { verbosity: '3' }];
const roll = { configUpdate: ConfigUpdate.ROLL };
const ephemeral = { storage: NodeStorage.ephemeral() };
const named = (...ordinals: number[]) => ordinals.map((ordinal) => `talos-node-${ordinal}`);

describe('an update', () => {
  test.each<[string, NodeState, NodeState, NodeState, Partial<PodHistory>]>([
    ['a new release, 1 × StatefulSet', {}, older, newer, { stayed: [], came: named(0), fewestReady: 0, mostPods: 1 }],
    ['a new release, 3 × StatefulSet', { replicas: 3 }, older, newer, { stayed: [], came: named(0, 1, 2), fewestReady: 2, mostPods: 3 }],
    ['a new config with ROLL, 3 × StatefulSet', { replicas: 3, ...roll }, config2, config3, { stayed: [], came: named(0, 1, 2), fewestReady: 2, mostPods: 3 }],
    ['a new config with INITIAL, 3 × StatefulSet', { replicas: 3 }, config2, config3, { stayed: named(0, 1, 2), came: [], fewestReady: 3, mostPods: 3 }],
    ['more replicas, StatefulSet', {}, { replicas: 1 }, { replicas: 3 }, { stayed: named(0), came: named(1, 2), fewestReady: 1, mostPods: 3 }],
    ['fewer replicas, StatefulSet', {}, { replicas: 3 }, { replicas: 1 }, { stayed: named(0), came: [], fewestReady: 1, mostPods: 3 }],
    // the old pod must let go of the files first
    ['a new release, Deployment with a claim', { workload: DEPLOYMENT }, older, newer, { stayed: [], fewestReady: 0, mostPods: 1 }],
    ['a new release, 1 × ephemeral Deployment', { workload: DEPLOYMENT, ...ephemeral }, older, newer, { stayed: [], fewestReady: 1, mostPods: 2 }],
    ['a new release, 3 × ephemeral Deployment', { workload: DEPLOYMENT, replicas: 3, ...ephemeral }, older, newer, { stayed: [], fewestReady: 3 }],
    ['a new config with ROLL, Deployment', { workload: DEPLOYMENT, ...roll }, config2, config3, { stayed: [], fewestReady: 0, mostPods: 1 }],
    ['a new config with INITIAL, Deployment', { workload: DEPLOYMENT }, config2, config3, { came: [], fewestReady: 1, mostPods: 1 }],
    ['a new release, Pod', { workload: POD }, older, newer, { stayed: ['talos-node'], came: [], fewestReady: 1, mostPods: 1 }],
    ['a new config with INITIAL, Pod', { workload: POD }, config2, config3, { stayed: ['talos-node'], came: [], fewestReady: 1, mostPods: 1 }],
  ])('by %s', async (_, always, before, after, expected) => {
    const namespace = newNamespace();
    const [first, second] = [before, after].map((state) => manifests(namespace, { ...always, ...state }));
    await applyAll(client, first);
    await rolledOut(client, first);
    const history = await podHistory(client, namespace, async () => {
      await applyAll(client, second);
      await rolledOut(client, second);
    });
    expect(history).toMatchObject(expected);
  });
});

test('an evicted machine comes back by its name, with its claim', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace, { replicas: 2 });
  await applyAll(client, objects);
  await rolledOut(client, objects);
  const [statefulSet] = workloads(objects);
  const [first] = await podsOf(client, statefulSet);
  const claims = await client.list('v1', 'PersistentVolumeClaim', namespace);

  expect(await client.evict(first)).toMatchObject({ status: 201 });
  await until('another pod has its name', async () => {
    const [again] = await podsOf(client, statefulSet);
    return again?.metadata.name === first.metadata.name && again.metadata.uid !== first.metadata.uid ? true : undefined;
  });
  await rolledOut(client, objects);
  const uids = (list: any[]) => list.map(({ metadata }) => metadata.uid).sort();
  expect(uids(await client.list('v1', 'PersistentVolumeClaim', namespace))).toEqual(uids(claims));
});

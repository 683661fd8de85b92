import { synthesize } from './cases';
import { addNode, Change, changes, EXPANDABLE, NodeState } from './changes';
import { KubeClient } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, claimsBound, isRefused } from './rollout';
import { newNamespace } from './run';
import { TalosWorkload } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

/** What the server says to a change of a node that is there; nothing if it takes all of it. */
async function refusals(workload: TalosWorkload, before: NodeState, after: NodeState): Promise<string[]> {
  const namespace = newNamespace();
  const [first, second] = [before, after].map((state) => synthesize(namespace, (chart) => addNode(chart, { ...state, workload })));
  await applyAll(client, first);
  if (ofKind(first, 'PersistentVolumeClaim').length > 0) {
    await claimsBound(client, namespace, first);
  }
  const answers = await Promise.all(second.map((object) => client.apply(object)));
  return answers.filter(isRefused).map(({ body }) => body.message);
}

beforeAll(async () => {
  const [standard] = (await client.list('storage.k8s.io/v1', 'StorageClass')).filter(({ metadata }) => metadata.name === 'standard');
  const { apiVersion, kind, provisioner, volumeBindingMode } = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', ...standard };
  await client.apply({ apiVersion, kind, metadata: { name: EXPANDABLE }, provisioner, volumeBindingMode, allowVolumeExpansion: true });
});
beforeAll(() => client.apply({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'cdk8s-talos-tests' }, handler: 'runc' }));

test.each<Change>(changes)('a change of $change is refused as the table says', async ({ before, after, refused, workloads }) => {
  const found = await Promise.all(workloads.map(async (workload) => [workload, await refusals(workload, before, after)] as const));
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(workloads.map((workload) =>
    [workload, refused[workload] ? [expect.stringContaining(refused[workload])] : []])));
});

import { isDeepStrictEqual } from 'util';
import { synthesize } from './cases';
import { addCluster, ClusterChange, clusterChanges } from './cluster-changes';
import { KubeClient, KubeObject } from './kube-client';
import { settled } from './manifests';
import { podHistory } from './pod-history';
import { applyAll, isRefused, rolledOut } from './rollout';
import { newNamespace } from './run';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

/** What an object is called, without the hash that makes another Job of another deed. */
const nameOf = ({ kind, metadata }: KubeObject) => `${kind} ${kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{8}$/, '') : metadata.name}`;

const identity = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.name}`;

/** What the server says to objects that shall be in the place of others. */
async function change(first: KubeObject[], second: KubeObject[]): Promise<Pick<ClusterChange, 'written' | 'left'> & { readonly refused: string[] }> {
  const answers = await Promise.all(second.map(async (object) => {
    const { body: there } = await client.get(object);
    return { object, there, answer: await client.apply(object) };
  }));
  const [refused, taken] = [true, false].map((wanted) => answers.filter(({ answer }) => isRefused(answer) === wanted));
  return {
    written: taken.filter(({ there, answer }) => !isDeepStrictEqual(settled(there), settled(answer.body))).map(({ object }) => nameOf(object)).sort(),
    left: first.filter((object) => !second.map(identity).includes(identity(object))).map(nameOf).sort(),
    refused: refused.map(({ answer }) => answer.body.message),
  };
}

test.each<ClusterChange>(clusterChanges)('a change of $change is made as the table says', async ({ before, after, written, left, refused, pods }) => {
  const namespace = newNamespace();
  const [first, second] = [before, after].map((state) => synthesize(namespace, (chart) => addCluster(chart, state)));
  const expected = { written: [...written].sort(), left, refused: refused ? [expect.stringContaining(refused)] : [] };
  await applyAll(client, first);
  if (!pods) {
    expect(await change(first, second)).toEqual(expected);
    return;
  }
  await rolledOut(client, first);
  const history = await podHistory(client, namespace, async () => {
    expect(await change(first, second)).toEqual(expected);
    await rolledOut(client, second);
  });
  expect(history).toMatchObject(pods);
});

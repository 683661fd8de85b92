import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind, workloads } from './manifests';
import { applyAll, budgetCounts, endOf, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { MemberAddresses, TalosControlPlane, TalosControlPlaneProps } from '../../src';
import { hostingNetwork, secrets } from '../support/control-planes';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

async function start(props: Partial<TalosControlPlaneProps>): Promise<{ readonly objects: KubeObject[]; readonly pods: KubeObject[] }> {
  const objects = synthesize(newNamespace(), (chart) => new TalosControlPlane(chart, 'cp', { clusterName: 'acme', secrets, hostingNetwork, ...props }));
  await applyAll(client, objects);
  await rolledOut(client, objects);
  const pods = await podsOf(client, workloads(objects)[0]);
  await budgetCounts(client, ofKind(objects, 'PodDisruptionBudget')[0], pods.length);
  return { objects, pods };
}

describe('evictions', () => {
  test.each<[string, Partial<TalosControlPlaneProps>, number[]]>([
    ['a single member is evicted, unless told otherwise', {}, [201]],
    ['a single member blocks drains, as it is told', { allowSingleMemberEviction: false }, [429]],
    ['of three members one is evicted, and no other until it is back', { replicas: 3, memberAddresses: MemberAddresses.STABLE }, [201, 429, 429]],
  ])('%s', async (_, props, statuses) => {
    const { pods } = await start(props);
    const answers: number[] = [];
    for (const pod of pods) {
      answers.push((await client.evict(pod)).status);
    }
    expect(answers).toEqual(statuses);
  });
});

test('the bootstrap Job completes', async () => {
  const { objects } = await start({});
  expect(await endOf(client, ofKind(objects, 'Job')[0])).toEqual({ succeeded: 1, failed: undefined });
});

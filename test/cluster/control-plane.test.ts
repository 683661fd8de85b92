import { readFileSync } from 'fs';
import { join } from 'path';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind, workloads } from './manifests';
import { applyAll, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { HostNetwork, MemberAddresses, TalosControlPlane, TalosControlPlaneProps, TalosSecrets } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

const secrets = TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
const hostNetwork = HostNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });

async function start(props: Partial<TalosControlPlaneProps>): Promise<{ readonly objects: KubeObject[]; readonly pods: KubeObject[] }> {
  const objects = synthesize(newNamespace(), (chart) => new TalosControlPlane(chart, 'cp', { clusterName: 'acme', secrets, hostNetwork, ...props }));
  await applyAll(client, objects);
  await rolledOut(client, objects);
  const pods = await podsOf(client, workloads(objects)[0]);
  const budget = ofKind(objects, 'PodDisruptionBudget')[0];
  await until('the budget knows its pods', async () => {
    const { body } = await client.get(budget);
    return body.status?.expectedPods === pods.length && body.status.currentHealthy === pods.length ? true : undefined;
  });
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
  const [job] = ofKind(objects, 'Job');
  const { succeeded, failed } = await until('the Job has ended', async () => {
    const { body } = await client.get(job);
    return body.status?.conditions?.some(({ type }: any) => type === 'Complete' || type === 'Failed') ? body.status : undefined;
  });
  expect({ succeeded, failed }).toEqual({ succeeded: 1, failed: undefined });
});

import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, budgetCounts, endOf, podsOf, rolledOut } from './rollout';
import { newNamespace } from './run';
import { BootstrapMode, TalosCluster, WorkerPoolOptions } from '../../src';
import { hostingNetwork, secrets } from '../support/control-planes';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

describe('evictions', () => {
  /** Three workers whose budget counts them. */
  async function start(pool: Partial<WorkerPoolOptions> = {}) {
    const objects = synthesize(newNamespace(), (chart) => new TalosCluster(chart, 'cluster', {
      clusterName: 'acme',
      secrets,
      controlPlane: { hostingNetwork, bootstrap: BootstrapMode.MANUAL },
      workerPools: [{ name: 'general', replicas: 3, ...pool }],
    }));
    const ofPool = (kind: string) => ofKind(objects, kind).find(({ metadata }) => metadata.name === 'acme-general');
    const back = () => budgetCounts(client, ofPool('PodDisruptionBudget'), 3);
    await applyAll(client, objects);
    await rolledOut(client, objects);
    await back();
    return { pods: () => podsOf(client, ofPool('StatefulSet')), back };
  }

  async function evictAll(pods: KubeObject[]): Promise<number[]> {
    const answers: number[] = [];
    for (const pod of pods) {
      answers.push((await client.evict(pod)).status);
    }
    return answers;
  }

  test('of three workers one is evicted, and the next when it is back', async () => {
    const { pods, back } = await start();
    expect(await evictAll(await pods())).toEqual([201, 429, 429]);
    await back();
    expect(await evictAll((await pods()).reverse())).toEqual([201, 429, 429]);
  });

  test.each([[2, [201, 201, 429]], [0, [429, 429, 429]]])('of three workers as many as %i are evicted, as it is told', async (maxUnavailable, statuses) => {
    const { pods } = await start({ maxUnavailable });
    expect(await evictAll(await pods())).toEqual(statuses);
  });
});

describe('an ephemeral cluster', () => {
  const namespace = newNamespace();
  // its label is looked for in the whole hosting cluster
  const clusterName = namespace.replace(/^.*-/, 'e');
  const objects = synthesize(namespace, (chart) => TalosCluster.ephemeral(chart, 'cluster', {
    clusterName, secrets, hostingNetwork, workers: 2, readinessJob: {},
  }));
  beforeAll(() => applyAll(client, objects));
  beforeAll(() => rolledOut(client, objects));

  test('the readiness Job completes', async () => {
    const [job] = ofKind(objects, 'Job');
    expect(job.metadata.name).toMatch('readiness');
    expect(await endOf(client, job)).toEqual({ succeeded: 1, failed: undefined });
  });

  test('all of it is found by its label, and lies in its namespace', async () => {
    const found = await client.labelled(`app.kubernetes.io/part-of=${clusterName}`);
    const names = (list: KubeObject[]) => list.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names(found)).toEqual(expect.arrayContaining(names(objects.filter(({ kind }) => kind !== 'Namespace'))));
    expect(found.filter(({ kind, metadata }) => metadata.namespace !== namespace && kind !== 'Namespace')).toEqual([]);
    // disks would outlive it
    const disks = await client.list('v1', 'PersistentVolume');
    expect(disks.filter(({ spec }) => spec.claimRef?.namespace === namespace)).toEqual([]);
  });
});

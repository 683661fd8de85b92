import { synthesize } from './cases';
import { KubeClient } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, endOf } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { PreflightJob } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

test.each([['completes', '0'], ['fails after all of them', '1']])('a preflight Job has a pod on each hosting node, and %s', async (_, exitCode) => {
  const nodes = await client.list('v1', 'Node');
  const namespace = newNamespace();
  const objects = synthesize(namespace, (chart) => new PreflightJob(chart, 'preflight', { nodes: nodes.length }));
  const [job] = ofKind(objects, 'Job');
  job.spec.template.metadata.annotations = { 'cluster.test/exit-code': exitCode };
  // in place of the script's delay, which the cluster of the tests doesn't run: no pod ends before all have a node
  job.spec.template.spec.containers[0].envFrom = [{ configMapRef: { name: 'start' } }];
  await applyAll(client, objects);
  await until('all pods have a node', async () => {
    const placed = (await client.list('v1', 'Pod', namespace)).filter(({ spec }) => spec.nodeName !== undefined);
    return placed.length === nodes.length || undefined;
  });
  await applyAll(client, [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'start', namespace } }]);
  const all = nodes.length;
  expect(await endOf(client, job)).toMatchObject(exitCode === '0' ? { succeeded: all } : { failed: all });
  const pods = await client.list('v1', 'Pod', namespace);
  expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes.map(({ metadata }) => metadata.name).sort());
});

import { synthesize } from './cases';
import { KubeClient } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, endOf } from './rollout';
import { newNamespace } from './run';
import { PreflightJob } from '../../src';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

test('a preflight Job has a pod on each hosting node, and completes', async () => {
  const nodes = await client.list('v1', 'Node');
  const namespace = newNamespace();
  const objects = synthesize(namespace, (chart) => new PreflightJob(chart, 'preflight', { nodes: nodes.length }));
  await applyAll(client, objects);
  expect(await endOf(client, ofKind(objects, 'Job')[0])).toEqual({ succeeded: nodes.length, failed: undefined });
  const pods = await client.list('v1', 'Pod', namespace);
  expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes.map(({ metadata }) => metadata.name).sort());
});

import * as fc from 'fast-check';
import { machineConfigProps, namespaceProps, nodeProps, snapshotsProps, workersProps } from './arbitrary';
import { synthesize } from './cases';
import { addDescribed, Description } from './described';
import { found } from './fixtures/fuzz';
import { Answer, KubeClient, KubeObject } from './kube-client';
import { podOf, workloads } from './manifests';
import { applyAll, isRefused } from './rollout';
import { newNamespace, seed } from './run';
import { TalosError } from '../../src/problem';

/*
 * What our validation lets through, the API server must take.
 */

const RUNS = Number(process.env.FUZZ_RUNS ?? 300);

const client = KubeClient.fromEnvironment();
const namespace = newNamespace();
beforeAll(() => applyAll(client, synthesize(namespace, () => undefined)));
beforeAll(() => client.apply({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'cdk8s-talos-tests' }, handler: 'runc' }));
afterAll(() => client.close());

/** Why a description fails the test; nothing if we refuse it with a message of our own, or the server takes all of it. */
async function problems(description: Description): Promise<string[]> {
  const { objects, error } = synthesized(description);
  if (!objects) {
    return isOurs(error) ? [] : [`not our own error: ${(error as Error).stack}`];
  }
  const pods = workloads(objects).filter(({ kind }) => kind !== 'Pod').map(podOf);
  const tried = [...objects, ...pods, ...nodesOf(description)];
  const answers = await Promise.all(tried.map(async (object) => ({ object, ...await client.apply(object, { dryRun: true }) })));
  return [
    ...answers.filter((answer) => isRefused(answer) && !lacksClass(answer)).map(({ object, status, body }) => `${object.kind}: ${status} ${body.message}`),
    ...objects.flatMap((object) => notFinite(object, object.kind)),
  ];
}

/** Workers as they register in the inner cluster, which takes what any cluster takes. */
function nodesOf({ construct, props }: Description): KubeObject[] {
  return construct !== 'TalosWorkers' ? [] : [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cdk8s-talos-tests', labels: props.nodeLabels }, spec: { taints: props.nodeTaints } },
  ];
}

function synthesized(description: Description): { readonly objects?: KubeObject[]; readonly error?: unknown } {
  try {
    return { objects: synthesize(namespace, (chart) => addDescribed(chart, description)) };
  } catch (error) {
    return { error };
  }
}

/** Our messages begin with the property, or name it in quotes. */
function isOurs(error: unknown): boolean {
  return error instanceof TalosError && /'[a-zA-Z][\w./-]*(, in seconds)?'/.test(error.message)
    && !error.message.startsWith('Failed serializing');
}

/** Another cluster may have the PriorityClass or RuntimeClass that this one lacks. */
function lacksClass({ status, body }: Answer): boolean {
  return status === 403 && /no PriorityClass with name .* was found|RuntimeClass .* not found/.test(body.message);
}

/** JSON writes null for these, which the server takes for a field that isn't there. */
function notFinite(value: any, path: string): string[] {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  }
  return typeof value === 'object' && value ? Object.entries(value).flatMap(([key, part]) => notFinite(part, `${path}.${key}`)) : [];
}

test.each<[string, fc.Arbitrary<Description>]>([
  ['TalosNode', nodeProps.map((props) => ({ construct: 'TalosNode', props }))],
  ['TalosWorkers', workersProps.map((props) => ({ construct: 'TalosWorkers', props }))],
  ['EtcdSnapshots', snapshotsProps.map((props) => ({ construct: 'EtcdSnapshots', props }))],
  ['TalosMachineConfig', machineConfigProps.map((props) => ({ construct: 'TalosMachineConfig', props }))],
  ['TalosNamespace', namespaceProps.map((props) => ({ construct: 'TalosNamespace', props }))],
])('any properties of a %s are refused by us or taken by the server', async (_, descriptions) => {
  const property = fc.asyncProperty(descriptions, async (description) => expect(await problems(description)).toEqual([]));
  await fc.assert(property, { numRuns: RUNS, seed: seed() });
  // cases that only we see would prove nothing about the server
  const letThrough = fc.sample(descriptions, { numRuns: RUNS, seed: seed() }).filter((description) => 'objects' in synthesized(description));
  expect(letThrough.length).toBeGreaterThan(RUNS / 5);
});

test.each(found)('%s is refused by us or taken by the server', async (_, description) => {
  expect(await problems(description)).toEqual([]);
});

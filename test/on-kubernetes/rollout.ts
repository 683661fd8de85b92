import { Answer, KubeClient, KubeObject } from './kube-client';
import { belongsTo, claimNames, replicas, workloads } from './manifests';
import { until } from './until';

/** Applies objects until every one is taken, as a user repeats `kubectl apply` whose namespace wasn't there yet. */
export async function applyAll(client: KubeClient, objects: KubeObject[]): Promise<void> {
  const refused = await until('every object is applied', async () => {
    const answers: [KubeObject, Answer][] = [];
    for (const object of objects) {
      answers.push([object, await client.apply(object)]);
    }
    const real = answers.filter(([, answer]) => isRefused(answer) && !isTooEarly(answer));
    return real.length > 0 || !answers.some(([, answer]) => isTooEarly(answer)) ? real : undefined;
  });
  expect(refused.map(([object, { body }]) => `${object.kind} ${object.metadata.name}: ${body.message}`)).toEqual([]);
}

export function isRefused({ status }: Answer): boolean {
  return status >= 300;
}

/** The namespace isn't there yet, or still lacks the service account that bare pods are given. */
function isTooEarly({ status, body }: Answer): boolean {
  return (status === 404 && body.details?.kind === 'namespaces') || (status === 403 && /serviceaccount .* not found/.test(body.message));
}

/** Waits until the workloads run what they are told to, everywhere, and nothing else is left of them. */
export async function rolledOut(client: KubeClient, objects: KubeObject[]): Promise<void> {
  for (const workload of workloads(objects)) {
    const { name, namespace } = workload.metadata;
    await until(`${workload.kind} ${name} is rolled out`, async () => {
      const { body } = await client.get(workload);
      return isRolledOut(body) && (await podsOf(client, workload)).length === replicas(workload) ? true : undefined;
    }, () => complaints(client, namespace));
  }
}

function isRolledOut({ kind, metadata, spec, status }: KubeObject): boolean {
  // after an orphaning deletion, the controller can write the old StatefulSet's higher generation into the new one's status
  const current = status?.observedGeneration >= metadata.generation;
  switch (kind) {
    case 'StatefulSet':
      return current && status.readyReplicas === spec.replicas && status.updatedReplicas === spec.replicas
        && status.updateRevision === status.currentRevision;
    case 'Deployment':
      return current && status.availableReplicas === spec.replicas && status.updatedReplicas === spec.replicas && status.replicas === spec.replicas;
    default:
      return isReady({ status });
  }
}

export function isReady({ status }: KubeObject): boolean {
  return status?.conditions?.some(({ type, status: value }: any) => type === 'Ready' && value === 'True') ?? false;
}

/** The pods of a workload, by name; those that are going count as well. */
export async function podsOf(client: KubeClient, workload: KubeObject): Promise<KubeObject[]> {
  const pods = await client.list('v1', 'Pod', workload.metadata.namespace);
  return pods.filter((pod) => belongsTo(pod, workload)).sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/** Waits until the claims that the manifests bring, and no others, are bound. */
export async function claimsBound(client: KubeClient, namespace: string, objects: KubeObject[], others: KubeObject[] = []): Promise<void> {
  const expected = claimNames([...objects, ...others]);
  const bound = () => client.list('v1', 'PersistentVolumeClaim', namespace).then((claims) =>
    claims.filter(({ status }) => status.phase === 'Bound').map(({ metadata }) => metadata.name).sort());
  await until('the claims are bound', async () => (await bound()).length >= expected.length ? true : undefined, () => complaints(client, namespace));
  expect(await bound()).toEqual(expected);
}

/** Waits until a budget for disruptions counts as many pods, all of them healthy, and has seen evicted ones go. */
export async function budgetCounts(client: KubeClient, budget: KubeObject, pods: number): Promise<void> {
  await until('the budget knows its pods', async () => {
    const { expectedPods, currentHealthy, disruptedPods = {} } = (await client.get(budget)).body.status ?? {};
    return expectedPods === pods && currentHealthy === pods && Object.keys(disruptedPods).length === 0 ? true : undefined;
  });
}

/** How many pods of a Job that has ended succeeded, and how many failed. */
export async function endOf(client: KubeClient, job: KubeObject): Promise<{ readonly succeeded?: number; readonly failed?: number }> {
  const { succeeded, failed } = await until('the Job has ended', async () => {
    const { status } = (await client.get(job)).body;
    return status?.conditions?.some(({ type }: any) => type === 'Complete' || type === 'Failed') ? status : undefined;
  });
  return { succeeded, failed };
}

/** What the cluster has complained about in a namespace. */
async function complaints(client: KubeClient, namespace: string): Promise<string> {
  const events = await client.list('v1', 'Event', namespace);
  return events.filter(({ type }) => type === 'Warning')
    .map(({ involvedObject, reason, message }) => `${involvedObject.kind} ${involvedObject.name}: ${reason}: ${message}`).join('\n');
}

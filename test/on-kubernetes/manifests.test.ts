import * as fc from 'fast-check';
import { cases, Endpoints, ManifestCase } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { dropped, ofKind, podOf, replicas, settled, workloads } from './manifests';
import { applyAll, claimsBound, isReady, isRefused, podsOf, rolledOut } from './rollout';
import { newNamespace, seed } from './run';
import { until } from './until';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

/** A namespace that is only there to hold what is tried in it. */
async function prepare(namespace: string, labels: { [key: string]: string } = {}): Promise<string> {
  await applyAll(client, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]);
  await until('the namespace has its service account', async () =>
    (await client.list('v1', 'ServiceAccount', namespace)).length > 0 ? true : undefined);
  return namespace;
}

/** The namespace that a TalosNamespace makes, for dry runs. */
const labelled = (async () => {
  const namespace = newNamespace();
  return prepare(namespace, ofKind(cases[0].manifests(namespace), 'Namespace')[0].metadata.labels);
})();

/** A namespace with the strictest Pod Security level, which warns of what it would refuse, too. */
const restricted = prepare(newNamespace(), Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted'])));

/** A namespace as any other user has it; where the cluster isn't strict by itself, a label makes it so. */
const unlabelled = (async () => {
  const [plain, strict] = await Promise.all([prepare(newNamespace()), prepare(newNamespace(), { 'pod-security.kubernetes.io/enforce': 'baseline' })]);
  const privileged = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'privileged', namespace: plain },
    spec: { containers: [{ name: 'privileged', image: 'busybox', securityContext: { privileged: true } }] },
  };
  return isRefused(await client.apply(privileged, { dryRun: true })) ? plain : strict;
})();

describe.each(cases)('$name', ({ manifests, surroundings, endpoints }: ManifestCase) => {
  test('passes a strict dry run, whole and without a warning', async () => {
    const objects = manifests(await labelled);
    const answers = await Promise.all(objects.map((object) => client.apply(object, { dryRun: true })));
    objects.forEach((object, index) => {
      const { status, body, warnings } = answers[index];
      expect({ object: object.metadata.name, message: status < 300 ? undefined : body.message, warnings, dropped: dropped(object, body) })
        .toEqual({ object: object.metadata.name, message: undefined, warnings: undefined, dropped: [] });
    });
  });

  test('has pods that its namespace admits, and others don\'t', async () => {
    for (const workload of workloads(manifests(await labelled))) {
      const pod = podOf(workload);
      await Promise.all((surroundings ?? []).filter(({ kind }) => kind === 'RuntimeClass').map((object) => client.apply(object)));
      expect(await client.apply(pod, { dryRun: true })).toMatchObject({ status: 201, warnings: undefined });
      const elsewhere = async (object: KubeObject) =>
        client.apply({ ...object, metadata: { ...object.metadata, namespace: await unlabelled } }, { dryRun: true });
      expect(await elsewhere(pod)).toMatchObject({ status: 403, body: { message: expect.stringContaining('violates PodSecurity') } });
      // a workload is taken anywhere, and its pods never come
      expect(await elsewhere(workload)).toMatchObject({ status: workload.kind === 'Pod' ? 403 : 201 });
    }
  });

  test('has Jobs whose pods pass the Pod Security level restricted', async () => {
    const objects = manifests(await restricted);
    await applyAll(client, ofKind(objects, 'ServiceAccount'));
    const scheduled = ofKind(objects, 'CronJob').map((object) => ({ ...object, spec: object.spec.jobTemplate.spec }));
    for (const job of [...ofKind(objects, 'Job'), ...scheduled]) {
      expect(await client.apply(podOf(job), { dryRun: true })).toMatchObject({ status: 201, warnings: undefined });
    }
  });

  const orders = fc.sample(fc.infiniteStream(fc.integer()), { seed: seed(), numRuns: 3 }).map((stream) => (objects: KubeObject[]) =>
    objects.map((object) => ({ object, rank: stream.next().value })).sort((a, b) => a.rank - b.rank).map(({ object }) => object));

  test('converges in any order, and stays as it is when applied again', async () => {
    await Promise.all(orders.map(async (shuffle) => {
      const namespace = newNamespace();
      const own = manifests(namespace);
      const others = (surroundings ?? []).map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
      const order = shuffle([...own, ...others]);
      try {
        await applyAll(client, order);
        await rolledOut(client, own);
        await claimsBound(client, namespace, own, others);
        await expectEndpoints(namespace, own, endpoints);
        await expectUnchanged(order);
      } catch (error) {
        (error as Error).message += `\napplied in the order ${order.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ')}`;
        throw error;
      }
    }));
  });
});

test('the Pod Security level restricted is enforced', async () => {
  const [machines] = workloads(cases[0].manifests(await restricted));
  expect(await client.apply(podOf(machines), { dryRun: true })).toMatchObject({ status: 403, body: { message: expect.stringContaining('restricted') } });
});

/** Each Service leads to all the pods of its workload and to no others, on the ports that it should. */
async function expectEndpoints(namespace: string, objects: KubeObject[], endpoints: ManifestCase['endpoints']): Promise<void> {
  expect(ofKind(objects, 'Service').map(({ metadata }) => metadata.name).sort()).toEqual(Object.keys(endpoints).sort());
  for (const [service, { workload, pod, ports }] of Object.entries<Endpoints>(endpoints)) {
    const owner = workloads(objects).find(({ metadata }) => metadata.name === workload)!;
    const pods = (await podsOf(client, owner)).filter(({ metadata }) => pod === undefined || metadata.name === pod);
    expect(pods).toHaveLength(pod === undefined ? replicas(owner) : 1);
    expect(pods.every(isReady)).toBe(true);

    const selected = await until(`Service ${service} leads to ${pods.length} ready pods`, async () => {
      const slices = (await client.list('discovery.k8s.io/v1', 'EndpointSlice', namespace))
        .filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === service);
      const ready = slices.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions.ready);
      return ready.length >= pods.length ? { slices, ready } : undefined;
    });
    expect(selected.ready.map(({ targetRef }) => targetRef.name).sort()).toEqual(pods.map(({ metadata }) => metadata.name));
    for (const slice of selected.slices) {
      expect(slice.ports.map((port: any) => `${port.name} ${port.port}`).sort()).toEqual(ports);
    }
  }
}

/** A second apply writes nothing: what the server has keeps its version. */
async function expectUnchanged(objects: KubeObject[]): Promise<void> {
  for (const object of objects) {
    const { body: before } = await client.get(object);
    const { status, body: after, warnings } = await client.apply(object);
    expect({ status, warnings, message: after.message }).toEqual({ status: 200, warnings: undefined, message: undefined });
    expect(settled(after)).toEqual(settled(before));
    // a controller may have written its status just then
    await until(`${object.kind} ${object.metadata.name} keeps its version`, async () => {
      const [now, again] = [await client.get(object), await client.apply(object)];
      return now.body.metadata.resourceVersion === again.body.metadata.resourceVersion ? true : undefined;
    });
  }
}

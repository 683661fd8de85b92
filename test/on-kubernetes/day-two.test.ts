import { isDeepStrictEqual } from 'util';
import { KubeClient, KubeObject } from './kube-client';
import { settled } from './manifests';
import { applyAll, endOf, isRefused } from './rollout';
import { newNamespace } from './run';
import { PlannedAction, UpdateRisk } from '../../src';
import { identityOf } from '../../src/kubernetes/object-identity';
import { UpdatePlan } from '../../src/update/update-plan';
import { DayTwoChange, dayTwoChanges } from '../support/day-two-changes';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

/** What the API server itself refuses. */
const REFUSED = [UpdateRisk.IMMUTABLE_FIELD, UpdateRisk.LOAD_BALANCER_CLASS];

const nameOf = ({ kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace?: string }) => `${kind} ${namespace ?? ''}/${name}`;

/** What the API server has in place of objects, in the form of `kubectl get --output yaml`. */
async function liveObjects(objects: KubeObject[]): Promise<KubeObject[]> {
  const answers = await Promise.all(objects.map((object) => client.get(object)));
  return answers.map(({ body }, index) => ({ apiVersion: objects[index].apiVersion, kind: objects[index].kind, ...body }));
}

/** Applies objects, and returns the names of those that changed. */
async function changedBy(objects: KubeObject[]): Promise<{ readonly changed: string[]; readonly refused: string[] }> {
  const answers = await Promise.all(objects.map(async (object) => {
    const { body: before } = await client.get(object);
    const answer = await client.apply(object);
    const isOther = !isDeepStrictEqual(settled(before), settled(answer.body));
    return { name: nameOf({ kind: object.kind, ...object.metadata }), isRefused: isRefused(answer), isOther };
  }));
  return {
    changed: answers.filter((answer) => !answer.isRefused && answer.isOther).map(({ name }) => name).sort(),
    refused: answers.filter((answer) => answer.isRefused).map(({ name }) => name).sort(),
  };
}

test.each<DayTwoChange>(dayTwoChanges)('a live cluster, and $change', async ({ before, after, risks, words }) => {
  const namespace = newNamespace();
  const [first, second] = [before(namespace), after(namespace)];
  await applyAll(client, [...first, ...second.filter(({ kind }) => kind === 'Namespace')]);
  for (const job of first.filter(({ kind, metadata }) => kind === 'Job' && metadata.name.includes('-scale-down-'))) {
    await endOf(client, job);
  }
  const live = await liveObjects(first);
  expect(UpdatePlan._of(live, first, [])).toMatchObject({ risks: [], machines: [], hasChanges: false });

  const plan = UpdatePlan._of(live, second, []);
  expect(plan.risks.map(({ risk }) => risk)).toEqual(risks);
  const text = plan.toString();
  for (const word of words) {
    word.startsWith('not ') ? expect(text).not.toContain(word.slice(4)) : expect(text).toContain(word);
  }
  const planned = (...actions: PlannedAction[]) => plan.objects.filter(({ action }) => actions.includes(action)).map(nameOf).sort();
  if (new Set(second.map(identityOf)).size === second.length && second.every(({ metadata }) => metadata.namespace === namespace)) {
    const { changed, refused } = await changedBy(second);
    expect(changed).toEqual(planned(PlannedAction.CREATE, PlannedAction.CHANGE));
    expect(refused).toEqual(planned(PlannedAction.REPLACE));
    expect(refused.length > 0).toBe(risks.some((risk) => REFUSED.includes(risk)) || refused.some((name) => name.startsWith('StatefulSet')));
  }
});

import { ApiObject, App, Chart } from 'cdk8s';
import { UpdateCheck } from '../../src';
import { riskName } from '../../src/update/rules/update-risk';
import { UpdatePlan } from '../../src/update/update-plan';
import { otherSecrets, secrets } from '../support/control-planes';
import { DayTwoChange, dayTwoChanges } from '../support/day-two-changes';
import { servedList } from '../support/served-objects';
import { appliedFile } from '../support/updates';

const NAMESPACE = 'tenant';

/** Synthesizes objects in a chart that is checked. */
function checked(objects: any[], applied: string): () => void {
  const chart = new Chart(new App(), 'test');
  objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
  new UpdateCheck(chart, 'check', { applied: [applied] });
  return () => chart.toJson();
}

test('the table has enough changes', () => {
  expect(dayTwoChanges.length).toBeGreaterThanOrEqual(40);
});

test.each<DayTwoChange>(dayTwoChanges)('$change', ({ before, after, risks, words }) => {
  const [applied, wanted] = [before(NAMESPACE), after(NAMESPACE)];
  const plan = UpdatePlan._of(applied, wanted, []);
  expect(plan.risks.map(({ risk }) => risk)).toEqual(risks);
  const text = plan.toString();
  for (const word of words) {
    word.startsWith('not ') ? expect(text).not.toContain(word.slice(4)) : expect(text).toContain(word);
  }
  // certificates are public
  const values = [secrets, otherSecrets].flatMap((each) => [...each.toYaml().matchAll(/: (\S{16,})$/gm)].map(([, value]) => value))
    .filter((value) => !Buffer.from(value, 'base64').includes('BEGIN CERTIFICATE'));
  expect(values.length).toBeGreaterThan(15);
  const shown = JSON.stringify(plan) + text;
  expect(values.filter((value) => shown.includes(value))).toEqual([]);

  const synthesize = checked(wanted, appliedFile(applied));
  if (risks.length === 0) {
    expect(synthesize).not.toThrow();
  } else {
    risks.forEach((risk) => expect(synthesize).toThrow(`add UpdateRisk.${riskName(risk)} to 'allow'`));
    expect(UpdatePlan._of(applied, wanted, risks).risks.every(({ isAllowed }) => isAllowed)).toBe(true);
  }
  for (const by of ['kubectl', 'the server'] as const) {
    const live = UpdatePlan._of(servedList(applied, by).items, wanted, []);
    expect(live.risks).toEqual(plan.risks);
    expect(live.machines).toEqual(plan.machines);
  }
  expect(UpdatePlan._of(wanted, wanted, [])).toMatchObject({ risks: [], machines: [], hasChanges: false });
});

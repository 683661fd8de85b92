import { ApiObject, App, Chart } from 'cdk8s';
import { UpdateCheck } from '../../src';
import { riskName } from '../../src/update/rules/update-risk';
import { UpdatePlan } from '../../src/update/update-plan';
import { otherSecrets, secrets } from '../support/control-planes';
import { DayTwoChange, dayTwoChanges } from '../support/day-two-changes';
import { IS_THOROUGH } from '../support/releases';
import { appliedFile } from '../support/updates';

const NAMESPACE = 'tenant';

/** The keys and tokens; certificates are public. */
const SECRET_VALUES = [secrets, otherSecrets].flatMap((each) => [...each.toYaml().matchAll(/: (\S{16,})$/gm)].map(([, value]) => value))
  .filter((value) => !Buffer.from(value, 'base64').includes('BEGIN CERTIFICATE'));

/** Synthesizes objects in a chart that is checked. */
function checked(objects: any[], applied: string): () => void {
  const chart = new Chart(new App(), 'test');
  objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
  new UpdateCheck(chart, 'check', { applied: [applied] });
  return () => chart.toJson();
}

test('the table has enough changes', () => {
  expect(dayTwoChanges.length).toBeGreaterThanOrEqual(40);
  expect(SECRET_VALUES.length).toBeGreaterThan(15);
});

test.each<DayTwoChange>(dayTwoChanges)('$change', ({ before, after, risks, words }) => {
  const [applied, wanted] = [before(NAMESPACE), after(NAMESPACE)];
  const plan = UpdatePlan._of(applied, wanted, []);
  expect(plan.risks.map(({ risk }) => risk)).toEqual(risks);
  const text = plan.toString();
  for (const word of words) {
    word.startsWith('not ') ? expect(text).not.toContain(word.slice(4)) : expect(text).toContain(word);
  }
  const shown = JSON.stringify(plan) + text;
  expect(SECRET_VALUES.filter((value) => shown.includes(value))).toEqual([]);

  // UpdateCheck has the same plan: that it lets pass what is harmless is seen in thorough tests, and in others of this folder
  if (risks.length === 0) {
    IS_THOROUGH && expect(checked(wanted, appliedFile(applied))).not.toThrow();
  } else {
    const synthesize = checked(wanted, appliedFile(applied));
    risks.forEach((risk) => expect(synthesize).toThrow(`add UpdateRisk.${riskName(risk)} to 'allow'`));
    expect(UpdatePlan._of(applied, wanted, risks).risks.every(({ isAllowed }) => isAllowed)).toBe(true);
  }
});

import { UpdatePlan } from '../../src/update/update-plan';
import { DayTwoChange, dayTwoChanges } from '../support/day-two-changes';
import { servedList } from '../support/served-objects';

const NAMESPACE = 'tenant';

test.each<DayTwoChange>(dayTwoChanges)('$change: a live cluster is judged like its manifests', ({ before, after }) => {
  const [applied, wanted] = [before(NAMESPACE), after(NAMESPACE)];
  const plan = UpdatePlan._of(applied, wanted, []);
  for (const by of ['kubectl', 'the server'] as const) {
    const live = UpdatePlan._of(servedList(applied, by).items, wanted, []);
    expect(live.risks).toEqual(plan.risks);
    expect(live.machines).toEqual(plan.machines);
  }
  expect(UpdatePlan._of(wanted, wanted, [])).toMatchObject({ risks: [], machines: [], hasChanges: false });
});

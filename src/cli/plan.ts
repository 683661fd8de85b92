import { Command } from './command';
import { manifestsAt } from './manifests-at';
import { readArguments } from './read-arguments';
import { readChoice } from '../input';
import { TalosError } from '../problem';
import { UpdateRisk } from '../update/rules/update-risk';
import { UpdatePlan } from '../update/update-plan';

const HELP = `Usage: cdk8s-talos plan --applied PATH --synthesized PATH [--allow RISK] [--json]

Says what an apply will do, before it does it. It changes nothing, and shows no secrets.

  --applied PATH      the manifests that were applied last, or what the cluster has (kubectl get --output yaml);
                      a file or a directory; can be repeated
  --synthesized PATH  the manifests to apply, for example dist; a file or a directory; can be repeated
  --allow RISK        a risk to take, for example TALOS_DOWNGRADE; can be repeated
  --json              print the plan as JSON

Exit code: 0 if nothing changes, 2 if something does, 1 on a risk that isn't allowed and on errors.`;

const NOTHING_CHANGES = 0;
const RISK = 1;
const CHANGES = 2;

const OPTIONS = {
  applied: { type: 'string', multiple: true },
  synthesized: { type: 'string', multiple: true },
  allow: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** Says what an apply will do. */
export const PLAN: Command = { summary: 'says what an apply will do, before it does it', help: HELP, run };

function run(args: string[], print: (text: string) => void): number {
  const { values: { applied, synthesized, allow = [], json } } = readArguments({ args, options: OPTIONS });
  const [before, after] = [manifestsAt('--applied', applied), manifestsAt('--synthesized', synthesized)];
  if (after.length === 0) {
    throw new TalosError('talos:invalid-value', `--synthesized (${synthesized?.join(', ')}) has no objects: give the directory into which the app is synthesized`);
  }
  const plan = UpdatePlan._of(before, after, allow.map(riskOf));
  const { risks, machines, objects, notes } = plan;
  print(json ? JSON.stringify({ risks, machines, objects, notes }, undefined, 2) : plan.toString());
  return risks.some(({ isAllowed }) => !isAllowed) ? RISK : plan.hasChanges ? CHANGES : NOTHING_CHANGES;
}

function riskOf(name: string): UpdateRisk {
  return Object.hasOwn(UpdateRisk, name) ? UpdateRisk[name as keyof typeof UpdateRisk] : readChoice(UpdateRisk)('--allow', name);
}

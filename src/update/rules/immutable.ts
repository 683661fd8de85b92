import { losesStorage } from './storage';
import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { immutableChanges } from '../../kubernetes/immutable-fields';
import { Manifest, nameOf } from '../manifests/manifest';
import { Both, Update } from '../manifests/update';

const CLASS = 'spec.loadBalancerClass';

/** Fields that the API server doesn't change in an existing object. */
export const IMMUTABLE_RULES: readonly UpdateRule[] = [
  { risk: UpdateRisk.LOAD_BALANCER_CLASS, find: (update) => findings(update, (path) => path === CLASS) },
  { risk: UpdateRisk.IMMUTABLE_FIELD, find: (update) => findings(update, (path) => path !== CLASS) },
];

function findings(update: Update, concerns: (path: string) => boolean): Finding[] {
  return update.kept.flatMap(({ applied, wanted }) => {
    const { paths, remedy } = immutableChanges(applied, wanted);
    const concerned = paths.filter((path) => concerns(path) && !(path === 'spec.volumeClaimTemplates' && isToldByStorage(update, { applied, wanted })));
    return concerned.length === 0
      ? []
      : [{ problem: `${concerned.map((path) => `'${path}'`).join(', ')} of the ${nameOf(wanted)} can't change once it is applied`, remedy }];
  });
}

/** The usual remedy would lose the data of etcd. */
function isToldByStorage(update: Update, { wanted }: Both<Manifest>): boolean {
  const change = update.machineChangeOf(wanted);
  return change !== undefined && losesStorage(change);
}

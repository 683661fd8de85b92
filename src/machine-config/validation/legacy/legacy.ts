import { CLUSTER_RULES, CNI_RULES, hasClusterToValidate } from './legacy-cluster';
import { MACHINE_RULES } from './legacy-machine';
import { LEGACY_KIND } from '../../schema/schema';
import { Check, DocumentRules } from '../check/check';
import { Place } from '../check/place';

/** The rules for the document without a kind. */
export const LEGACY_RULES: DocumentRules = { [LEGACY_KIND]: [validateLegacyDocument] };

function validateLegacyDocument(document: Place, check: Check): void {
  const machine = document.at('machine');
  if (!machine.isSet) {
    check.error(machine, 'is required');
    return;
  }
  const clusterRules = hasClusterToValidate(document, check) ? CLUSTER_RULES : [];
  for (const rule of [...clusterRules, ...CNI_RULES, ...MACHINE_RULES]) {
    rule(document, check);
  }
}

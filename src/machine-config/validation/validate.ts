import { Check, ValidationPlatform, ValidationResult } from './check/check';
import { DOCUMENT_RULES } from './document-rules';
import { FINDING_RULES } from './findings';
import { refuseLegacyConflicts } from './legacy/legacy-conflicts';
import { CONFIG_RULES } from './whole-config';
import { Release } from '../../talos/release';
import { ConfigDocuments } from '../documents/config-documents';

/** Checks a machine config as Talos of the release does, and finds problems that Talos accepts although the machine can't work with them. */
export function validateConfig(config: ConfigDocuments, release: Release, platform: ValidationPlatform): ValidationResult {
  const check = new Check(config, release, platform);
  for (const document of check.documents) {
    DOCUMENT_RULES[document.document.kind]?.forEach((rule) => rule(document, check));
  }
  refuseLegacyConflicts(check);
  if (check.since('1.14')) {
    CONFIG_RULES.forEach((rule) => rule(check));
  }
  FINDING_RULES.forEach((rule) => rule(check));
  const { errors, warnings, findings } = check;
  return { errors, warnings, findings };
}

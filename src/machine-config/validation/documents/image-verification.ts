import { Check, DocumentRules } from '../check/check';
import { Place } from '../check/place';

/** The rules for image verification. */
export const IMAGE_VERIFICATION_RULES: DocumentRules = {
  ImageVerificationConfig: [
    (document, check) => document.at('rules').items.forEach((rule) => {
      validatePattern(rule.at('image'), check);
      validateVerifiers(rule, check);
      validateKeyless(rule.at('keyless'), check);
      validatePublicKey(rule.at('publicKey'), check);
    }),
  ],
};

function validatePattern(pattern: Place, check: Check): void {
  const { text } = pattern;
  if (!check.requires(pattern, 'give a pattern such as docker.io/library/*')) {
    return;
  }
  const slash = text.indexOf('/');
  if (text.includes('@')) {
    check.warn(pattern, 'talos:image-pattern', `is ${pattern.shown}, but Talos ignores digests: remove the '@'`);
  }
  if (slash >= 0 && text.includes(':', slash + 1)) {
    check.warn(pattern, 'talos:image-pattern', `is ${pattern.shown}, but Talos ignores tags: remove the ':'`);
  }
  if (slash < 0 && text !== '*') {
    check.warn(pattern, 'talos:image-pattern', `is ${pattern.shown}, but Talos matches images with their registry: add it, as in docker.io/library/nginx`);
  }
}

function validateVerifiers(rule: Place, check: Check): void {
  const [skip, deny] = [rule.at('skip').isTrue, rule.at('deny').isTrue];
  const verifiers = [rule.at('keyless'), rule.at('publicKey')].filter((verifier) => verifier.isSet);
  if (skip && deny) {
    check.error(rule, 'has both \'skip\' and \'deny\': remove one of them');
  }
  if ((skip || deny) && verifiers.length > 0) {
    check.error(verifiers[0], `conflicts with '${skip ? 'skip' : 'deny'}': remove one of them`);
  }
  if (!skip && !deny && verifiers.length === 0) {
    check.error(rule, 'needs \'keyless\', \'publicKey\', \'skip\' or \'deny\'');
  }
  if (verifiers.length > 1) {
    check.error(verifiers[1], 'conflicts with \'keyless\': remove one of them');
  }
}

function validateKeyless(keyless: Place, check: Check): void {
  if (!keyless.isSet) {
    return;
  }
  check.requires(keyless.at('issuer'), 'give the OIDC issuer of the signatures');
  if (keyless.at('subject').isEmpty && keyless.at('subjectRegex').isEmpty) {
    check.error(keyless.at('subject'), 'is required, or \'subjectRegex\'');
  }
}

function validatePublicKey(publicKey: Place, check: Check): void {
  if (publicKey.isSet) {
    check.requires(publicKey.at('certificate'), 'give the public key in PEM');
  }
}

import { requireName } from './kubernetes';
import { validateRuntimeSpec } from './oci-runtime-spec';
import { isQualifiedName } from '../../../kubernetes/names';
import { Url } from '../../../network/url';
import { Check, DocumentRules } from '../check/check';
import { hasCertificate, isPkcs8Key, keyPairProblem, unreadableCertificateProblem } from '../check/pem';
import { Place } from '../check/place';

/** The rules for containerd and image registries. */
export const REGISTRY_RULES: DocumentRules = {
  CRIBaseRuntimeSpecConfig: [(document, check) => validateRuntimeSpec(document.at('overrides'), check)],
  CRICustomizationConfig: [validateCustomizationName],
  RegistryAuthConfig: [requireName, validateCredentials],
  RegistryMirrorConfig: [requireName, validateMirrors],
  RegistryTLSConfig: [requireName, validateCa, validateClientIdentity],
};

/** The name of the customization that Talos makes from `machine.files`. */
const RESERVED_CUSTOMIZATION = 'customization';

function validateCustomizationName(document: Place, check: Check): void {
  const name = document.at('name');
  if (!isQualifiedName(name.text)) {
    check.error(name, `is ${name.shown}: use letters, digits, '-', '_' and '.'`);
  }
  if (name.text === RESERVED_CUSTOMIZATION) {
    check.error(name, `is ${name.shown}, which Talos uses itself: use another name`);
  }
}

function validateCredentials(document: Place, check: Check): void {
  const [user, token, auth] = ['username', 'identityToken', 'auth'].map((field) => document.at(field));
  if (!user.isEmpty && !token.isEmpty) {
    check.error(token, 'conflicts with \'username\': give one kind of credentials');
  }
  if (!auth.isEmpty && (!user.isEmpty || !token.isEmpty)) {
    check.error(auth, 'conflicts with \'username\' or \'identityToken\': give one kind of credentials');
  }
}

function validateMirrors(document: Place, check: Check): void {
  for (const url of document.at('endpoints').items.map((endpoint) => endpoint.at('url'))) {
    if (check.requires(url, 'give the URL of the mirror') && url.value instanceof Url && !['http', 'https'].includes(url.value.parts.scheme)) {
      check.error(url, `is ${url.shown}: use http:// or https://`);
    }
  }
}

function validateCa(document: Place, check: Check): void {
  const ca = document.at('ca');
  if (!ca.isEmpty && !hasCertificate(ca.text)) {
    check.error(ca, 'has no readable certificate: give X.509 certificates in PEM');
  }
}

function validateClientIdentity(document: Place, check: Check): void {
  const identity = document.at('clientIdentity');
  if (!identity.isSet) {
    return;
  }
  const [certificate, key] = [identity.at('cert').text, identity.at('key').text];
  if (check.since('1.14')) {
    const problem = keyPairProblem(certificate, key, 'kept');
    if (problem) {
      check.error(identity, problem);
    }
    return;
  }
  const problem = unreadableCertificateProblem(certificate);
  if (problem) {
    check.error(identity, problem);
  }
  if (!isPkcs8Key(key)) {
    check.error(identity.at('key'), 'can\'t be read: give a private key in PKCS #8 PEM');
  }
}

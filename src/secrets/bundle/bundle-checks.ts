import { isToken } from './bootstrap-tokens';
import { AUTHORITY_NAMES, AuthorityName, PART_NAMES, PartName, Parts } from './parts';
import { TalosError } from '../../problem';
import { requireBase64 } from '../x509/base64';
import { Certificate, decodeCertificate } from '../x509/certificate';
import { decodePrivateKey, fitsPublicKey, GENERIC_PRIVATE_KEY_LABEL } from '../x509/keys';
import { PrivateKey } from '../x509/private-key';

const ENCRYPTION_SECRETS = ['secrets.secretboxencryptionsecret', 'secrets.aescbcencryptionsecret'] as const;
const EXPIRY_WARNING_DAYS = 90;
const DAY = 24 * 3_600_000;

/** Collects all problems, so that one error lists them. */
export class Findings {
  public readonly problems: string[] = [];
  public readonly warnings: string[] = [];

  /** Runs a check of one part. An error that it throws becomes a problem of the part. */
  public check<T>(part: string, check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof TalosError)) {
        throw error;
      }
      this.problems.push(`'${part}' ${error.text}`);
      return undefined;
    }
  }

  /** Throws one error with all problems, if there are any. */
  public throwProblems(): void {
    if (this.problems.length > 0) {
      throw new TalosError('talos:invalid-secrets', this.problems.join('\n'));
    }
  }
}

/** Checks the parts of a bundle, and whether they belong together. Throws one error with all problems; returns the warnings. */
export function validateParts(parts: Parts, now: Date): string[] {
  const findings = new Findings();
  checkPresence(parts, findings);
  checkValue(parts, 'cluster.id', findings, (id) => warnOfUnusualClusterId(id, findings));
  checkValue(parts, 'cluster.secret', findings, (secret) => requireBytes(secret, [32]));
  checkValue(parts, 'secrets.bootstraptoken', findings, requireToken);
  checkValue(parts, 'secrets.secretboxencryptionsecret', findings, (secret) => requireBytes(secret, [32]));
  checkValue(parts, 'secrets.aescbcencryptionsecret', findings, (secret) => requireBytes(secret, [16, 24, 32]));
  checkValue(parts, 'trustdinfo.token', findings, requireToken);
  for (const name of AUTHORITY_NAMES) {
    checkAuthority(parts, name, now, findings);
  }
  checkValue(parts, 'certs.k8sserviceaccount.key', findings, requireServiceAccountKey);
  for (const name of PART_NAMES) {
    warnOfGenericLabel(parts, name, findings);
  }
  findings.throwProblems();
  return findings.warnings;
}

function checkPresence(parts: Parts, findings: Findings): void {
  for (const name of PART_NAMES) {
    if (!parts[name] && !isEncryptionSecret(name)) {
      findings.problems.push(`'${name}' is missing: take the whole file that talosctl wrote`);
    }
  }
  const [secretbox, aescbc] = ENCRYPTION_SECRETS;
  if (parts[secretbox] && parts[aescbc]) {
    findings.problems.push(`'${secretbox}' and '${aescbc}' are both set: keep the one with which the cluster encrypts its secrets`);
  }
  if (!parts[secretbox] && !parts[aescbc]) {
    findings.problems.push(`'${secretbox}' is missing: take it (or '${aescbc}' of clusters created with Talos 1.2 or older) from the file that talosctl wrote`);
  }
}

function isEncryptionSecret(name: PartName): boolean {
  return (ENCRYPTION_SECRETS as readonly string[]).includes(name);
}

function checkValue<T>(parts: Parts, name: PartName, findings: Findings, check: (value: string) => T): T | undefined {
  const value = parts[name];
  return value ? findings.check(name, () => check(value)) : undefined;
}

// Talos takes any text; one that talosctl didn't write may be incomplete
function warnOfUnusualClusterId(id: string, findings: Findings): void {
  if (!/^[A-Za-z0-9+/_-]{43}=$/.test(id)) {
    findings.warnings.push("'cluster.id' is not the base64 text of 32 bytes that talosctl writes: check that it is complete");
  }
}

function requireBytes(text: string, sizes: readonly number[]): void {
  const { length } = requireBase64(text);
  if (!sizes.includes(length)) {
    throw new TalosError('talos:invalid-secrets', `holds ${length} bytes: expected the base64 text of ${sizes.join(', ')} bytes`);
  }
}

function requireToken(token: string): void {
  if (!isToken(token)) {
    throw new TalosError('talos:invalid-secrets', 'is not a token: expected 6 and 16 characters of 0-9 and a-z with a dot between them');
  }
}

function checkAuthority(parts: Parts, name: AuthorityName, now: Date, findings: Findings): void {
  const certificate = checkValue(parts, `${name}.crt`, findings, decodeCertificate);
  const key = checkValue(parts, `${name}.key`, findings, decodePrivateKey);
  if (certificate) {
    findings.check(`${name}.crt`, () => requireCertificateAuthority(certificate));
    findings.check(`${name}.crt`, () => requireIntact(certificate));
    findings.check(`${name}.crt`, () => requireNotExpired(certificate, now));
    warnOfValidity(`${name}.crt`, certificate, now, findings);
    warnOfForeignIssuer(`${name}.crt`, certificate, findings);
  }
  if (certificate && key) {
    findings.check(`${name}.crt`, () => requireKeyOf(certificate, key, `${name}.key`));
  }
}

function requireCertificateAuthority(certificate: Certificate): void {
  if (!certificate.isCertificateAuthority) {
    throw new TalosError('talos:invalid-secrets', 'is not a certificate authority (its basic constraints or key usage do not allow it to sign certificates): use the authority itself, not a certificate it issued');
  }
}

function requireIntact(certificate: Certificate): void {
  if (certificate.isSelfIssued && !certificate.isSelfSigned) {
    throw new TalosError('talos:invalid-secrets', 'is damaged: its signature does not match its contents');
  }
}

function requireNotExpired(certificate: Certificate, now: Date): void {
  if (certificate.notAfter <= now) {
    throw new TalosError('talos:invalid-secrets', `expired at ${certificate.notAfter.toISOString()}: rotate this certificate authority and use the new bundle`);
  }
}

function warnOfValidity(name: string, certificate: Certificate, now: Date, findings: Findings): void {
  const days = Math.floor((certificate.notAfter.getTime() - now.getTime()) / DAY);
  if (days >= 0 && days < EXPIRY_WARNING_DAYS) {
    findings.warnings.push(`'${name}' expires in ${days} days, at ${certificate.notAfter.toISOString()}: rotate this certificate authority soon`);
  }
  if (certificate.notBefore > now) {
    findings.warnings.push(`'${name}' is not valid before ${certificate.notBefore.toISOString()}: check this machine's clock`);
  }
}

function warnOfForeignIssuer(name: string, certificate: Certificate, findings: Findings): void {
  if (!certificate.isSelfIssued) {
    findings.warnings.push(`'${name}' is issued by another certificate authority, which many clients need too: prefer a self-signed one`);
  }
}

function requireKeyOf(certificate: Certificate, key: PrivateKey, keyName: string): void {
  if (!fitsPublicKey(key, certificate.publicKey)) {
    throw new TalosError('talos:invalid-secrets', `does not belong to '${keyName}': take both from the same bundle`);
  }
}

function requireServiceAccountKey(pem: string): void {
  // Kubernetes signs tokens with these two types only
  const type = decodePrivateKey(pem).type;
  if (type !== 'rsa' && type !== 'ec') {
    throw new TalosError('talos:invalid-secrets', `is a key of type ${type}: Kubernetes signs service account tokens with an RSA or EC key`);
  }
}

function warnOfGenericLabel(parts: Parts, name: PartName, findings: Findings): void {
  const pem = parts[name];
  if (pem?.includes(`-----BEGIN ${GENERIC_PRIVATE_KEY_LABEL}-----`)) {
    findings.warnings.push(`'${name}' has the PEM label "${GENERIC_PRIVATE_KEY_LABEL}", which Talos 1.9 and older refuse: use the label of the key's type for such machines`);
  }
}

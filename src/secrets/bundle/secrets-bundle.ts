import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { generateToken } from './bootstrap-tokens';
import { Findings, validateParts } from './bundle-checks';
import { concealed } from './concealed';
import { authorityParts, AuthorityName, isPemPart, PART_NAMES, Parts } from './parts';
import { encodeTalosYaml, parseYamlAsText, SecretsYaml } from './secrets-yaml';
import { isMapping, Mapping, pathsOf, setAt, valueAt } from './yaml-mapping';
import { TalosError } from '../../problem';
import { recognizeKeys, recognizeText } from '../../talos/recognized-text';
import { requireBase64, encodeUrlSafeBase64 } from '../x509/base64';
import { CertificateAndKey } from '../x509/certificate';
import { generateCertificateAuthority } from '../x509/certificate-authority';
import { encodePrivateKey, generatePrivateKey } from '../x509/keys';

/** How to read a bundle. */
export interface SecretsOptions {
  /**
   * The time at which certificates must not have expired.
   * @default the current time
   */
  readonly now?: Date;
}

/** How to generate a bundle. */
export interface GenerateSecretsOptions {
  /**
   * The time from which the certificate authorities are valid, for ten years.
   * @default the current time
   */
  readonly now?: Date;

  /**
   * PEM text of the key that signs service account tokens, to keep an existing one.
   * @default a new RSA key of 4096 bits, which takes about a second
   */
  readonly serviceAccountKey?: string;
}

/** The certificate authorities and the key that signs service account tokens. */
interface Certificates {
  readonly etcd: CertificateAndKey;
  readonly k8s: CertificateAndKey;
  readonly k8saggregator: CertificateAndKey;
  readonly k8sserviceaccount: { readonly key: string };
  readonly os: CertificateAndKey;
}

/**
 * The secrets of one Talos cluster, as `talosctl gen secrets` writes them to a file: immutable and complete.
 *
 * Properties have the same names as in that file. They can only be read by name: printing a bundle or its
 * properties, writing them as JSON and copying them with `...` leave the values out.
 */
export class SecretsBundle {
  /** Generates the secrets of a new cluster. */
  public static generate(options: GenerateSecretsOptions = {}): SecretsBundle {
    const now = options.now ?? new Date();
    // times in certificates have whole seconds
    const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
    return SecretsBundle.fromParts({
      'cluster.id': encodeUrlSafeBase64(randomBytes(32)),
      'cluster.secret': randomBytes(32).toString('base64'),
      'secrets.bootstraptoken': generateToken(),
      'secrets.secretboxencryptionsecret': randomBytes(32).toString('base64'),
      'trustdinfo.token': generateToken(),
      ...authorityParts('certs.etcd', generateCertificateAuthority({ algorithm: 'P-256', organization: 'etcd', notBefore })),
      ...authorityParts('certs.k8s', generateCertificateAuthority({ algorithm: 'P-256', organization: 'kubernetes', notBefore })),
      ...authorityParts('certs.k8saggregator', generateCertificateAuthority({ algorithm: 'P-256', notBefore })),
      'certs.k8sserviceaccount.key': options.serviceAccountKey ?? encodePrivateKey(generatePrivateKey('RSA-4096')),
      ...authorityParts('certs.os', generateCertificateAuthority({ algorithm: 'Ed25519', organization: 'talos', notBefore })),
    }, { now });
  }

  /** Reads the text of a secrets file and checks all parts. */
  public static parse(text: string, options: SecretsOptions = {}): SecretsBundle {
    const root = parseRoot(text);
    const findings = new Findings();
    const parts: Record<string, string> = {};
    for (const name of PART_NAMES) {
      const value = valueAt(root, name);
      if (typeof value === 'string') {
        parts[name] = isPemPart(name) ? findings.check(name, () => requireBase64(value).toString('utf8')) ?? '' : copyOf(value);
      } else if (value !== undefined) {
        findings.problems.push(`'${name}' is not a text: write it as one line`);
      }
    }
    findings.throwProblems();
    const unknown = pathsOf(root).filter((path) => !(PART_NAMES as readonly string[]).includes(path));
    return SecretsBundle.fromParts(parts, options, unknown.map((path) => `'${path}' is not a part of a secrets bundle: it is ignored`));
  }

  /** Makes a bundle from its parts by name and checks them. */
  public static fromParts(parts: Parts, options: SecretsOptions = {}, warnings: readonly string[] = []): SecretsBundle {
    return new SecretsBundle(parts, [...warnings, ...validateParts(parts, options.now ?? new Date())]);
  }

  /** Warnings, for example about a certificate authority that expires soon. */
  public readonly warnings: readonly string[];

  readonly #parts: Parts;
  readonly #certs: Certificates;

  private constructor(parts: Parts, warnings: readonly string[]) {
    this.#parts = { ...parts };
    const authority = (name: AuthorityName) => concealed({ crt: parts[`${name}.crt`]!, key: parts[`${name}.key`]! });
    // always the same objects: they are the keys of the cache of issued certificates
    this.#certs = concealed({
      etcd: authority('certs.etcd'),
      k8s: authority('certs.k8s'),
      k8saggregator: authority('certs.k8saggregator'),
      k8sserviceaccount: concealed({ key: parts['certs.k8sserviceaccount.key']! }),
      os: authority('certs.os'),
    });
    this.warnings = Object.freeze([...warnings]);
    Object.freeze(this);
  }

  /** The cluster's identity in the discovery service, and the secret with which its machines encrypt their entries. */
  public get cluster(): { readonly id: string; readonly secret: string } {
    return concealed({ id: this.#parts['cluster.id']!, secret: this.#parts['cluster.secret']! });
  }

  /** The token with which nodes join Kubernetes, and the key that encrypts secrets in etcd, in one of two forms. */
  public get secrets(): {
    readonly bootstraptoken: string;
    readonly secretboxencryptionsecret?: string;
    readonly aescbcencryptionsecret?: string;
  } {
    return concealed({
      bootstraptoken: this.#parts['secrets.bootstraptoken']!,
      secretboxencryptionsecret: this.#parts['secrets.secretboxencryptionsecret'],
      aescbcencryptionsecret: this.#parts['secrets.aescbcencryptionsecret'],
    });
  }

  /** The token with which workers get their Talos API certificate. */
  public get trustdinfo(): { readonly token: string } {
    return concealed({ token: this.#parts['trustdinfo.token']! });
  }

  /** The certificate authorities and the service account key, as PEM text. */
  public get certs(): Certificates {
    return this.#certs;
  }

  /** Writes the text of a secrets file for talosctl, with all secrets unencrypted. */
  public encode(): string {
    const root: Record<string, unknown> = {};
    for (const name of PART_NAMES) {
      const value = this.#parts[name];
      if (value) {
        setAt(root, name, isPemPart(name) ? Buffer.from(value).toString('base64') : value);
      }
    }
    return encodeTalosYaml(root as SecretsYaml);
  }

  /** A description without secrets. */
  public toString(): string {
    return `SecretsBundle(cluster ${this.#parts['cluster.id']})`;
  }

  /** The text that `JSON.stringify` writes, without secrets. Use `encode()` to write the bundle to a file. */
  public toJSON(): string {
    return this.toString();
  }

  /** The text that `console.log` writes. */
  public [inspect.custom](): string {
    return this.toString();
  }
}

/** The same text, without the file's text of which it is a part in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

function parseRoot(text: string): Mapping {
  const findings = new Findings();
  const root = findings.check('secrets bundle', () => parseYamlAsText(text));
  const mistaken = isMapping(root) ? recognizeKeys([new Set(Object.keys(root))], 'TalosSecrets') : recognizeText(text, 'TalosSecrets');
  if (mistaken !== undefined) {
    throw new TalosError('talos:invalid-secrets', `'secrets bundle' ${mistaken}`);
  }
  findings.throwProblems();
  if (!isMapping(root)) {
    throw new TalosError('talos:invalid-secrets', "'secrets bundle' is not a YAML mapping: pass the text that 'talosctl gen secrets' writes");
  }
  return root;
}

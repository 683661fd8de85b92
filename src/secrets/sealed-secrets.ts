import { KeyObject, X509Certificate } from 'node:crypto';
import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { buildTime } from './bundle/build-time';
import { digestOf, seal } from './sealing';
import { TalosSecrets } from './talos-secrets';
import { readChoice, readStructure, readText } from '../input';
import { unlessEmpty } from '../kubernetes/manifest';
import { SecretMaker, SecretManifest } from '../kubernetes/secret-object';
import { warn } from '../kubernetes/warnings';
import { TalosError } from '../problem';

/**
 * What a SealedSecret is bound to.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets#scopes
 */
export enum SealingScope {
  /** Its namespace and its name. */
  STRICT = 'strict',
  /** Its namespace: the controller opens it under any name there. */
  NAMESPACE_WIDE = 'namespace-wide',
  /** Nothing: the controller opens it anywhere. */
  CLUSTER_WIDE = 'cluster-wide',
}

/**
 * How Secrets are sealed.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
export interface SealedSecretsOptions {
  /**
   * The certificate of the controller in the hosting cluster, as PEM text: what `kubeseal --fetch-cert` prints. Keep it in a file in Git. The
   * controller makes a new key every 30 days and keeps the old ones, so the file stays good; with another certificate, everything is sealed anew.
   */
  readonly certificate: string;

  /**
   * What the SealedSecrets are bound to.
   *
   * @default SealingScope.STRICT
   */
  readonly scope?: SealingScope;
}

const FETCH = 'give what \'kubeseal --fetch-cert\' prints';
const LEAST_BITS = 2048;
/** The annotations of Sealed Secrets that loosen the scope. */
const ANNOTATIONS = {
  [SealingScope.NAMESPACE_WIDE]: 'sealedsecrets.bitnami.com/namespace-wide',
  [SealingScope.CLUSTER_WIDE]: 'sealedsecrets.bitnami.com/cluster-wide',
};

/** A controller of Sealed Secrets, as its certificate describes it. */
export class SealedSecrets {
  private readonly publicKey: KeyObject;
  private readonly end: Date;
  private readonly scope: SealingScope;

  constructor({ certificate, scope = SealingScope.STRICT }: SealedSecretsOptions) {
    const { publicKey, validTo } = parseCertificate(certificate);
    this.publicKey = publicKey;
    this.end = new Date(validTo);
    this.scope = scope;
  }

  /** Warns of an expired certificate. */
  public warnIn(construct: Construct): void {
    if (this.end < buildTime()) {
      warn(construct, 'talos:sealing-certificate', `'certificate' of the SealedSecrets expired on ${this.end.toISOString().slice(0, 10)}, and the controller may no longer have its `
        + `key: ${FETCH}`);
    }
  }

  /**
   * Makes SealedSecrets, of which the controller makes the Secrets.
   *
   * @param clusterSecrets the secrets of the cluster that the Secrets belong to, without which guesses of what is sealed can't be tested
   */
  public maker(clusterSecrets: TalosSecrets | undefined): SecretMaker {
    return (construct, secret) => this.sealedSecret(construct, secret, clusterSecrets);
  }

  private sealedSecret(construct: Construct, { metadata, type, values }: SecretManifest, clusterSecrets: TalosSecrets | undefined): ApiObject {
    const { name, namespace, labels, annotations = {} } = metadata;
    if (namespace === undefined && this.scope !== SealingScope.CLUSTER_WIDE) {
      throw new TalosError('talos:missing-property', '\'namespace\' of the chart is missing, to which a SealedSecret is bound: give the chart one, or seal with SealingScope.CLUSTER_WIDE');
    }
    const given = Object.values(ANNOTATIONS).find((annotation) => annotation in annotations);
    if (given !== undefined) {
      throw new TalosError('talos:conflicting-properties', `'annotations' has ${given}, which says how the Secret was sealed: give SecretDelivery.sealed() the scope instead`);
    }
    const own = this.scope === SealingScope.STRICT ? {} : { [ANNOTATIONS[this.scope]]: 'true' };
    const sealedMetadata = { ...metadata, annotations: unlessEmpty({ ...annotations, ...own }) };
    const label = { [SealingScope.STRICT]: `${namespace}/${name}`, [SealingScope.NAMESPACE_WIDE]: `${namespace}`, [SealingScope.CLUSTER_WIDE]: '' }[this.scope];
    const entropy = digestOf(clusterSecrets?.toYaml() ?? '', ...Object.keys(values).sort().flatMap((key) => [key, values[key]]));
    return new ApiObject(construct, 'Resource', {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: sealedMetadata,
      spec: {
        encryptedData: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, seal(this.publicKey, { key, value, label, entropy })])),
        template: { metadata: { labels, annotations: sealedMetadata.annotations }, type },
      },
    } as ApiObjectProps);
  }
}

function parseCertificate(text: string): X509Certificate {
  if (/PRIVATE KEY/.test(text)) {
    throw new TalosError('talos:invalid-value', `'certificate' has a private key, which only the controller may have: ${FETCH}`);
  }
  const certificate = readCertificate(text);
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa') {
    throw new TalosError('talos:invalid-value', `'certificate' has a key of the type ${asymmetricKeyType}, and Sealed Secrets uses RSA: ${FETCH}`);
  }
  if (asymmetricKeyDetails!.modulusLength! < LEAST_BITS) {
    throw new TalosError('talos:invalid-value', `'certificate' has an RSA key of ${asymmetricKeyDetails!.modulusLength} bits, which isn't safe: let the controller make one of ${LEAST_BITS} bits or more`);
  }
  return certificate;
}

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new TalosError('talos:invalid-value', `'certificate' is not a certificate as PEM text: ${FETCH}, not the path of a file`);
  }
}

export const readSealedSecretsOptions = readStructure<SealedSecretsOptions>({ certificate: readText }, { scope: readChoice(SealingScope) });

import { Construct } from 'constructs';
import { readBoolean, readChoice, readStructure, readText } from '../input';
import { readSealedSecretsOptions, SealedSecrets, SealedSecretsOptions } from './sealed-secrets';
import { TalosSecrets } from './talos-secrets';
import { makeInline, makeSecretsOf, SecretMaker } from '../kubernetes/secret-object';
import { inScope } from '../kubernetes/secret-scope';
import { requireDnsSubdomain } from '../kubernetes/syntax';
import { refuse, TalosError } from '../problem';

/**
 * The kind of a store of External Secrets.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export enum SecretStoreKind {
  /** A store for its own namespace. */
  SECRET_STORE = 'SecretStore',
  /** A store for all namespaces. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/**
 * Where the Secrets are that hold a cluster's bundle, the text that `talosctl gen secrets` writes, under the key `bundle`.
 */
export interface BundleSecretOptions {
  /**
   * The name of the Secret with the whole bundle, for control planes and Jobs.
   *
   * @default - the cluster's name with `-secrets`
   */
  readonly secretName?: string;

  /**
   * The name of the Secret with the six values that workers need: a bundle without the rest.
   *
   * @default - the cluster's name with `-worker-secrets`; with `SecretDelivery.existing()`, a Job makes it of the whole bundle
   */
  readonly workerSecretName?: string;

  /**
   * Any text. Another one makes machines with `ConfigUpdate.ROLL` start again, with the bundle that is in the Secrets then: manifests don't show
   * that it changed.
   *
   * @default - none
   */
  readonly revision?: string;
}

/**
 * Options of Secrets that are made elsewhere.
 */
export interface ExistingSecretsOptions extends BundleSecretOptions {
  /**
   * Whether Talos 1.2 or older made the cluster. Its bundle has `aescbcencryptionsecret` in place of `secretboxencryptionsecret`.
   *
   * @default false
   */
  readonly aescbcEncryption?: boolean;

  /**
   * The name of one more Secret, which a Job makes with the authority of the Talos API, for a `TalosApiIssuer`.
   *
   * @default - no such Secret
   */
  readonly talosAuthoritySecretName?: string;
}

/**
 * Options of Secrets that External Secrets makes.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export interface ExternalSecretOptions extends BundleSecretOptions {
  /** The name of the store. */
  readonly store: string;

  /**
   * The kind of the store.
   *
   * @default SecretStoreKind.CLUSTER_SECRET_STORE
   */
  readonly storeKind?: SecretStoreKind;

  /** The key of the bundle in the store, for example `talos/acme`. */
  readonly key: string;

  /**
   * The property of the key that holds the bundle.
   *
   * @default - the whole value
   */
  readonly property?: string;

  /**
   * Whether Talos 1.2 or older made the cluster. Its bundle has `aescbcencryptionsecret` in place of `secretboxencryptionsecret`.
   *
   * @default false
   */
  readonly aescbcEncryption?: boolean;
}

/**
 * Options of Secrets that a Job makes once.
 */
export interface GenerateOnceOptions extends BundleSecretOptions {
  /**
   * The name of one more Secret, which the Job makes with the authority of the Talos API, for a `TalosApiIssuer`.
   *
   * @default - no such Secret
   */
  readonly talosAuthoritySecretName?: string;
}

/** Who brings the Secrets with a bundle that synthesis never sees. */
export type BundleSource =
  | { readonly kind: 'existing'; readonly makesWorkerSecret: boolean }
  | { readonly kind: 'external'; readonly store: string; readonly storeKind: SecretStoreKind; readonly key: string; readonly property?: string }
  | { readonly kind: 'generated' }
  /** Generated once, for the cluster that is recovered: whoever saved the bundle brings it back. */
  | { readonly kind: 'saved' };

/** The Secrets with a bundle that synthesis never sees. */
export interface BundleSecrets {
  readonly source: BundleSource;
  /** The name of the Secret with the whole bundle. */
  readonly secretName: string;
  /** The name of the Secret with the workers' part. */
  readonly workerSecretName: string;
  /** The name of the Secret with the authority of the Talos API, if there is to be one. */
  readonly talosAuthoritySecretName?: string;
  readonly revision?: string;
  readonly aescbcEncryption: boolean;
}

/** The options of all ways in which synthesis never sees the keys. */
interface KeylessOptions extends BundleSecretOptions {
  readonly aescbcEncryption?: boolean;
  readonly talosAuthoritySecretName?: string;
}

/** How the Secrets of a construct are made. */
type MakerFor = (construct: Construct, clusterSecrets: TalosSecrets | undefined) => SecretMaker;

const INLINE: MakerFor = () => makeInline;

/** The key of the Secrets with a bundle. */
export const BUNDLE_KEY = 'bundle';

/**
 * How the keys of a cluster get to its machines.
 *
 * With `inline()`, `scope()` and `sealed()`, synthesis knows the keys. With `existing()`, `externalSecret()` and `generateOnce()` it never sees
 * them: pods put them into their machine configs when they start, and manifests can be public.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { SecretDelivery, TalosCluster } from 'cdk8s-talos';
 *
 * new TalosCluster(new Chart(new App(), 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secretDelivery: SecretDelivery.generateOnce(),
 * });
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-gen-secrets
 */
export class SecretDelivery {
  /** Secrets among the other manifests, with the keys in them. */
  public static inline(): SecretDelivery {
    return new SecretDelivery(INLINE);
  }

  /**
   * Secrets in another chart, also of another app, as a file of their own: to encrypt, for example by SOPS, or to apply by hand. They keep the
   * namespace of the machines. The other chart then holds all the keys, and must not be public as it is.
   *
   * @param scope the other chart, or a construct in it
   * @throws if it isn't a construct in a chart
   */
  public static scope(scope: Construct): SecretDelivery {
    const make = inScope(scope);
    return new SecretDelivery(() => make);
  }

  /**
   * SealedSecrets, which only the controller of Sealed Secrets in the hosting cluster can open, so that they can be in Git. Each SealedSecret has
   * the name of the Secret that the controller makes of it.
   *
   * Equal input gives equal text, so that a synthesis without changes changes no file; `kubeseal` gives another text each time. For that, the key of
   * each value is derived from the secrets of the cluster and all values of the Secret, in place of a random one. No cryptographer has reviewed this.
   * Readers of the text see whether a value has changed. Who gets to know the cluster's secrets later, or without a cluster's construct the keys
   * in the Secret, can test guesses of short passwords beside them in old texts.
   *
   * @param options the certificate of the controller
   * @throws if it isn't a certificate with an RSA key of 2048 bits or more
   * @see https://github.com/bitnami-labs/sealed-secrets
   */
  public static sealed(options: SealedSecretsOptions): SecretDelivery {
    const sealed = new SealedSecrets(readSealedSecretsOptions('options', options));
    return new SecretDelivery((construct, clusterSecrets) => {
      sealed.warnIn(construct);
      return sealed.maker(clusterSecrets);
    });
  }

  /**
   * A Secret with the bundle that is made elsewhere: by hand, by SOPS, by a tool of your own. A Job makes the Secret with the workers' part of it,
   * unless `workerSecretName` says that you make that too.
   *
   * @param options the names of the Secrets
   * @throws if a name isn't a DNS name, or `talosAuthoritySecretName` is given beside `workerSecretName`
   */
  public static existing(options: ExistingSecretsOptions = {}): SecretDelivery {
    const { workerSecretName, talosAuthoritySecretName, ...rest } = readExistingSecretsOptions('options', options);
    const makesWorkerSecret = workerSecretName === undefined;
    if (talosAuthoritySecretName !== undefined && !makesWorkerSecret) {
      throw new TalosError('talos:conflicting-properties', `'talosAuthoritySecretName' (${talosAuthoritySecretName}) is made by the Job that makes the workers' part of the bundle, which 'workerSecretName' leaves to you: `
        + 'leave one of the two out');
    }
    return SecretDelivery.keyless({ kind: 'existing', makesWorkerSecret }, { ...rest, workerSecretName, talosAuthoritySecretName });
  }

  /**
   * Secrets that External Secrets makes of the bundle in a store.
   *
   * @param options the store, and the names of the Secrets
   * @throws if a name isn't a DNS name, or the key or the property is empty
   */
  public static externalSecret(options: ExternalSecretOptions): SecretDelivery {
    const { store, storeKind = SecretStoreKind.CLUSTER_SECRET_STORE, key, property, ...rest } = readExternalSecretOptions('options', options);
    requireDnsSubdomain('store', store);
    Object.entries({ key, property }).forEach(([name, text]) => text === '' && refuse(`'${name}' is empty: give the name that the store has`));
    return SecretDelivery.keyless({ kind: 'external', store, storeKind, key, property }, rest);
  }

  /**
   * Secrets that a Job in the hosting cluster makes once. Nobody outside ever sees the keys, and their only copy is there: save it.
   *
   * @param options the names of the Secrets
   * @throws if a name isn't a DNS name
   */
  public static generateOnce(options: GenerateOnceOptions = {}): SecretDelivery {
    return SecretDelivery.keyless({ kind: 'generated' }, readGenerateOnceOptions('options', options));
  }

  private static keyless(source: BundleSource, options: KeylessOptions): SecretDelivery {
    const { secretName, workerSecretName, talosAuthoritySecretName } = options;
    Object.entries({ secretName, workerSecretName, talosAuthoritySecretName })
      .forEach(([property, name]) => name === undefined || requireDnsSubdomain(property, name));
    return new SecretDelivery(() => makeInline, { source, options });
  }

  private constructor(
    private readonly makerFor: MakerFor,
    private readonly bundle?: { readonly source: BundleSource; readonly options: KeylessOptions },
  ) {}

  /**
   * Whether synthesis never sees the keys.
   *
   * @internal
   */
  public get _isKeyless(): boolean {
    return this.bundle !== undefined;
  }

  /**
   * Whether another one puts keys into the same place.
   *
   * @internal
   */
  public _isSameAs(other: SecretDelivery | undefined): boolean {
    return this === other || [this, other].every((each) => each?.makerFor === INLINE);
  }

  /**
   * Whether somebody else makes the Secret of workers.
   *
   * @internal
   */
  public get _bringsWorkerSecret(): boolean {
    return this.bundle?.source.kind === 'existing' && !this.bundle.source.makesWorkerSecret;
  }

  /**
   * The Secrets with the bundle of a cluster; undefined where synthesis knows the keys.
   *
   * @internal
   */
  public _bundleSecrets(clusterName: string): BundleSecrets | undefined {
    if (!this.bundle) {
      return undefined;
    }
    const { source, options } = this.bundle;
    const { secretName = `${clusterName}-secrets`, workerSecretName = `${clusterName}-worker-secrets`, aescbcEncryption = false, ...rest } = options;
    if (secretName === workerSecretName) {
      throw new TalosError('talos:conflicting-properties', `'workerSecretName' (${workerSecretName}) is the Secret with the whole bundle, which workers must not get: give them another one`);
    }
    return { ...rest, source, secretName, workerSecretName, aescbcEncryption };
  }

  /**
   * Makes the Secrets of a construct, and those below it, in the way of this delivery.
   *
   * @param clusterSecrets the secrets of the construct's cluster, if they are known
   * @internal
   */
  public _deliver(construct: Construct, clusterSecrets?: TalosSecrets): void {
    makeSecretsOf(construct, this.makerFor(construct, clusterSecrets));
  }

  /**
   * The same for a construct whose Secret is made of keys.
   *
   * @throws if synthesis never sees them
   * @internal
   */
  public _deliverKnown(construct: Construct, clusterSecrets?: TalosSecrets): void {
    if (this._isKeyless) {
      throw new TalosError('talos:conflicting-properties', '\'secretDelivery\' keeps keys from synthesis, and the Secret is made of them: choose SecretDelivery.inline(), scope() or sealed()');
    }
    this._deliver(construct, clusterSecrets);
  }
}

const BUNDLE_SECRET_FIELDS = { secretName: readText, workerSecretName: readText, revision: readText };

export const readExistingSecretsOptions = readStructure<ExistingSecretsOptions>({}, {
  ...BUNDLE_SECRET_FIELDS,
  aescbcEncryption: readBoolean,
  talosAuthoritySecretName: readText,
});
export const readExternalSecretOptions = readStructure<ExternalSecretOptions>({ store: readText, key: readText }, {
  ...BUNDLE_SECRET_FIELDS,
  storeKind: readChoice(SecretStoreKind),
  property: readText,
  aescbcEncryption: readBoolean,
});
export const readGenerateOnceOptions = readStructure<GenerateOnceOptions>({}, {
  ...BUNDLE_SECRET_FIELDS,
  talosAuthoritySecretName: readText,
});

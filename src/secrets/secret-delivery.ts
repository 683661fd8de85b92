import { Construct } from 'constructs';
import { readBoolean, readChoice, readStructure, readText } from '../input';

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
   * @default - the cluster's name with `-worker-secrets`
   */
  readonly workerSecretName?: string;

  /**
   * Any text. Another one makes machines with `ConfigUpdate.ROLL` start again, with the bundle that is in the Secrets then: manifests don't show
   * that it changed.
   *
   * @default - none
   */
  readonly revision?: string;

  /**
   * Whether Talos 1.2 or older made the cluster. Its bundle has `aescbcencryptionsecret` in place of `secretboxencryptionsecret`.
   *
   * @default false
   */
  readonly aescbcEncryption?: boolean;
}

/**
 * Options of Secrets that are made elsewhere.
 */
export interface ExistingSecretsOptions extends BundleSecretOptions {}

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
}

/**
 * Options of Secrets that a Job makes once.
 */
export interface GenerateOnceOptions extends BundleSecretOptions {}

/** Who brings the Secrets with a bundle that synthesis never sees. */
export type BundleSource =
  | { readonly kind: 'existing' }
  | { readonly kind: 'external'; readonly store: string; readonly storeKind: SecretStoreKind; readonly key: string; readonly property?: string }
  | { readonly kind: 'generated' };

/** The Secrets with a bundle that synthesis never sees. */
export interface BundleSecrets {
  readonly source: BundleSource;
  /** The name of the Secret with the whole bundle. */
  readonly secretName: string;
  /** The name of the Secret with the workers' part. */
  readonly workerSecretName: string;
  readonly revision?: string;
  readonly aescbcEncryption: boolean;
}

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
    return new SecretDelivery(undefined);
  }

  /**
   * Secrets that are made elsewhere: by hand, by SOPS, by a tool of your own.
   *
   * @param options the names of the Secrets
   */
  public static existing(options: ExistingSecretsOptions = {}): SecretDelivery {
    return SecretDelivery.keyless({ kind: 'existing' }, readExistingSecretsOptions('options', options));
  }

  /**
   * Secrets that External Secrets makes of the bundle in a store.
   *
   * @param options the store, and the names of the Secrets
   */
  public static externalSecret(options: ExternalSecretOptions): SecretDelivery {
    const { store, storeKind = SecretStoreKind.CLUSTER_SECRET_STORE, key, property, ...rest } = readExternalSecretOptions('options', options);
    return SecretDelivery.keyless({ kind: 'external', store, storeKind, key, property }, rest);
  }

  /**
   * Secrets that a Job in the hosting cluster makes once. Nobody outside ever sees the keys, and their only copy is there: save it.
   *
   * @param options the names of the Secrets
   */
  public static generateOnce(options: GenerateOnceOptions = {}): SecretDelivery {
    return SecretDelivery.keyless({ kind: 'generated' }, readGenerateOnceOptions('options', options));
  }

  private static keyless(source: BundleSource, options: BundleSecretOptions): SecretDelivery {
    return new SecretDelivery({ source, options });
  }

  private constructor(private readonly bundle: { readonly source: BundleSource; readonly options: BundleSecretOptions } | undefined) {}

  /**
   * Whether synthesis never sees the keys.
   *
   * @internal
   */
  public get _isKeyless(): boolean {
    return this.bundle !== undefined;
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
    const { source, options: { secretName, workerSecretName, revision, aescbcEncryption } } = this.bundle;
    return {
      source,
      secretName: secretName ?? `${clusterName}-secrets`,
      workerSecretName: workerSecretName ?? `${clusterName}-worker-secrets`,
      revision,
      aescbcEncryption: aescbcEncryption ?? false,
    };
  }

  /**
   * Makes the Secrets of a construct, and those below it, in the way of this delivery.
   *
   * @internal
   */
  public _deliver(_construct: Construct): void {
    // inline: as they are
  }
}

const BUNDLE_SECRET_FIELDS = { secretName: readText, workerSecretName: readText, revision: readText, aescbcEncryption: readBoolean };

export const readExistingSecretsOptions = readStructure<ExistingSecretsOptions>({}, BUNDLE_SECRET_FIELDS);
export const readExternalSecretOptions = readStructure<ExternalSecretOptions>({ store: readText, key: readText }, {
  ...BUNDLE_SECRET_FIELDS,
  storeKind: readChoice(SecretStoreKind),
  property: readText,
});
export const readGenerateOnceOptions = readStructure<GenerateOnceOptions>({}, BUNDLE_SECRET_FIELDS);

import { requireSameCluster } from './ready-config-checks';
import { TalosControlPlaneProps } from './talos-control-plane-props';
import { requireSameDelivery, TalosMachineConfig } from '../node/talos-machine-config';
import { TalosError } from '../problem';
import { BundleSecrets, SecretDelivery } from '../secrets/secret-delivery';
import { standInSecrets } from '../secrets/stand-in';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosRole } from '../talos/talos-role';

/** Properties that only synthesis with the keys can follow, and why. */
const NEED_KEYS: readonly (readonly [keyof TalosControlPlaneProps, string])[] = [
  ['secrets', 'leave one of the two out, or choose SecretDelivery.inline(), scope() or sealed()'],
  ['credentials', 'leave them out: a Job makes credentials of a year, and renews them each month'],
];

/**
 * Where the keys of a cluster come from: secrets that are known here, Secrets that synthesis never sees, or a machine config that is made elsewhere.
 */
export class ClusterKeys {
  /**
   * @throws if two of these are given
   */
  public static of(props: TalosControlPlaneProps): ClusterKeys {
    const { secrets, secretDelivery, clusterName } = props;
    const config = props.machineConfig?.config;
    const bundle = withoutGeneration(secretDelivery?._bundleSecrets(clusterName), props);
    if (bundle) {
      requireNoKeys(props);
      return new ClusterKeys(undefined, bundle);
    }
    if (props.machineConfig instanceof TalosMachineConfig) {
      requireSameDelivery(props.machineConfig, secretDelivery);
    }
    // that of a worker is refused later
    const ofConfig = config?.role === TalosRole.CONTROL_PLANE ? config.secrets() : undefined;
    if (secrets && ofConfig) {
      requireSameCluster(secrets, ofConfig);
    }
    return new ClusterKeys(secrets ?? ofConfig, undefined);
  }

  private constructor(
    /** The secrets, if they are known here. */
    public readonly secrets: TalosSecrets | undefined,
    /** The Secrets with a bundle that synthesis never sees. */
    public readonly bundle: BundleSecrets | undefined,
  ) {}

  /** From what machine configs are generated: the secrets, or a stand-in for those that synthesis never sees. */
  public get source(): TalosSecrets | undefined {
    return this.bundle ? standInSecrets(this.bundle.aescbcEncryption) : this.secrets;
  }

  /**
   * The secrets for what must be signed here.
   *
   * @param remedy the way to the same without them
   * @throws if they aren't known here
   */
  public require(what: string, machineConfigSecret: string, remedy: string): TalosSecrets {
    if (this.secrets) {
      return this.secrets;
    }
    throw this.bundle
      ? new TalosError('talos:keys-unknown', `${what} needs the keys of the cluster, and 'secretDelivery' keeps them from synthesis: ${remedy}, or choose SecretDelivery.scope()`)
      : new TalosError('talos:missing-property', `'secrets' is missing, and 'machineConfig' (${machineConfigSecret}) is made elsewhere: give the secrets`);
  }
}

/** A snapshot needs the keys with which it was made: where they are lost, new ones would hide it. */
function withoutGeneration(bundle: BundleSecrets | undefined, { recoverFrom }: TalosControlPlaneProps): BundleSecrets | undefined {
  return bundle?.source.kind === 'generated' && recoverFrom ? { ...bundle, source: { kind: 'saved' } } : bundle;
}

/** Refuses what would bring keys into manifests that are meant to have none. */
function requireNoKeys(props: TalosControlPlaneProps): void {
  const given = NEED_KEYS.find(([property]) => props[property] !== undefined);
  if (given) {
    const [property, remedy] = given;
    throw new TalosError('talos:conflicting-properties', `'${property}' needs keys at synthesis, which 'secretDelivery' keeps from it: ${remedy}`);
  }
  if (props.machineConfig) {
    throw new TalosError('talos:conflicting-properties', '\'machineConfig\' is ready, and \'secretDelivery\' puts keys into a generated one only: leave \'secretDelivery\' out, '
      + 'or give the differences from a generated machine config to \'patches\'');
  }
}

/**
 * Refuses a way of keys for a pool with which its machines would wait for ever, or would get keys that synthesis doesn't see elsewhere.
 *
 * @param own that of the pool, unless it is the control plane's
 * @param isElsewhere whether the pool is in another namespace than the control plane, where nothing makes its Secret
 */
export function requirePoolDelivery(own: SecretDelivery | undefined, { bundle }: ClusterKeys, isElsewhere: boolean): void {
  if (own && own._isKeyless !== (bundle !== undefined)) {
    throw new TalosError('talos:conflicting-properties', `'secretDelivery' of the pool ${own._isKeyless ? 'keeps' : 'doesn\'t keep'} keys from synthesis, and that of the control plane `
      + `${own._isKeyless ? 'doesn\'t' : 'does'}: choose the same for both`);
  }
  if (bundle && (own ? !own._bringsWorkerSecret : isElsewhere)) {
    throw new TalosError('talos:conflicting-properties', `${own ? '\'secretDelivery\' of the pool' : 'the namespace of the pool isn\'t the control plane\'s, and it'} doesn't say which Secret has its keys: copy `
      + `${bundle.workerSecretName} of the control plane's namespace, and give the pool SecretDelivery.existing({ workerSecretName })`);
  }
}

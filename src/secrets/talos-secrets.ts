import { inspect } from 'util';
import { Duration } from 'cdk8s';
import { mintKubeconfig } from './bundle/kubeconfig';
import { recoverSecrets } from './bundle/recover';
import { SecretsBundle } from './bundle/secrets-bundle';
import { readSecretsFile } from './bundle/secrets-file';
import { mintTalosconfig } from './bundle/talosconfig';
import { TalosApiRole } from '../talos/talos-api-role';

/**
 * How a file of secrets is read.
 */
export interface TalosSecretsFileOptions {
  /**
   * Whether the secrets of a new cluster are generated and written, for their owner's eyes only, if there is no file yet. The file is never
   * overwritten. Keep it out of Git and in a safe place: without it the cluster can't grow.
   *
   * @default false
   */
  readonly createIfMissing?: boolean;
}

/**
 * For how long a client certificate is valid.
 */
export interface ClientCertificateOptions {
  /**
   * From when on.
   *
   * @default - as long as the certificate authority
   */
  readonly notBefore?: Date;

  /**
   * For how long; a certificate can't be revoked, so let it end early where it can leak.
   *
   * @default - as long as the certificate authority
   */
  readonly validity?: Duration;
}

/**
 * What is in a talosconfig.
 *
 * @see https://www.talos.dev/latest/learn-more/talosctl/
 */
export interface TalosconfigOptions extends ClientCertificateOptions {
  /** The name of the cluster, which names the context. */
  readonly clusterName: string;

  /** The hosts that `talosctl` connects to: addresses or names of control planes or of what forwards to them. */
  readonly endpoints: string[];

  /**
   * The machines that commands are about.
   *
   * @default - each command must name them
   */
  readonly nodes?: string[];

  /**
   * What its holder may do.
   *
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: TalosApiRole[];
}

/**
 * What is in a kubeconfig.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export interface KubeconfigOptions extends ClientCertificateOptions {
  /** The name of the cluster. */
  readonly clusterName: string;

  /** The URL of the Kubernetes API, for example `https://cluster.example.org:6443`. */
  readonly endpoint: string;

  /**
   * The name of the user.
   *
   * @default 'admin'
   */
  readonly user?: string;

  /**
   * The groups of the user. Members of the default one may do everything, and no rule can take that away.
   *
   * @default ['system:masters']
   */
  readonly groups?: string[];
}

/**
 * The secrets of a Talos cluster: four certificate authorities, the key of service accounts and the tokens; the same file as
 * `talosctl gen secrets` writes. The value never changes, and printing it shows no secret.
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-gen-secrets
 */
export class TalosSecrets {
  /**
   * The secrets of a new cluster. Each call gives others, so that manifests with them change with each synthesis: keep them in a file.
   */
  public static generate(): TalosSecrets {
    return new TalosSecrets(SecretsBundle.generate());
  }

  /**
   * Secrets from text.
   *
   * @param text what `talosctl gen secrets` writes
   * @throws if a part is missing, broken or expired, or a certificate doesn't belong to its key
   */
  public static fromYaml(text: string): TalosSecrets {
    return new TalosSecrets(SecretsBundle.parse(text));
  }

  /**
   * Secrets from a file.
   *
   * @param path where the file is, from the working directory
   * @param options how it is read
   * @throws if it can't be read or written, or as `fromYaml()` does
   */
  public static fromFile(path: string, options: TalosSecretsFileOptions = {}): TalosSecrets {
    const { bundle, created, warnings } = readSecretsFile(path, options);
    if (created) {
      process.emitWarning(`${path} is new and holds the secrets of a new cluster: keep it out of Git and in a safe place`, 'TalosWarning');
    }
    warnings.forEach((warning) => process.emitWarning(warning, 'TalosWarning'));
    return new TalosSecrets(bundle);
  }

  /**
   * The secrets of a cluster that is there, from the documents of a control plane's machine config.
   *
   * @internal
   */
  public static _recover(documents: object[]): TalosSecrets {
    return new TalosSecrets(recoverSecrets(documents));
  }

  /** What isn't wrong but deserves attention, for example a certificate authority that expires soon. */
  public readonly warnings: string[];

  private constructor(
    /** @internal */
    public readonly _bundle: SecretsBundle,
  ) {
    this.warnings = [..._bundle.warnings];
  }

  /** The text of the file, which `talosctl` reads. It holds every secret in the clear. */
  public toYaml(): string {
    return this._bundle.encode();
  }

  /**
   * A talosconfig with a client certificate. The same options give the same text.
   *
   * @param options what is in it
   * @throws if a name is empty, an endpoint is a URL, or the certificate would outlive its authority
   */
  public talosconfig(options: TalosconfigOptions): string {
    const { clusterName, endpoints, nodes, roles } = options;
    return mintTalosconfig(this._bundle, { clusterName, endpoints, nodes, roles, ...validityOf(options) });
  }

  /**
   * A kubeconfig with a client certificate. The same options give the same text.
   *
   * @param options what is in it
   * @throws if a name is empty, the endpoint isn't an https URL, or the certificate would outlive its authority
   */
  public kubeconfig(options: KubeconfigOptions): string {
    const { clusterName, endpoint, user, groups } = options;
    return mintKubeconfig(this._bundle, { clusterName, endpoint, user, groups, ...validityOf(options) });
  }

  /** A text without secrets. */
  public toString(): string {
    return this._bundle.toString();
  }

  /**
   * What `console.log` shows.
   *
   * @internal
   */
  public [inspect.custom](): string {
    return this.toString();
  }
}

function validityOf({ notBefore, validity }: ClientCertificateOptions): { readonly notBefore?: Date; readonly notAfter?: Date } {
  if (validity && !notBefore) {
    throw new Error(`'validity' (${validity.toHumanString()}) needs 'notBefore', or the text would change with the time of day: give both`);
  }
  return { notBefore, notAfter: notBefore && validity && new Date(notBefore.getTime() + validity.toMilliseconds()) };
}

import { basename } from 'path';
import { inspect } from 'util';
import { Duration } from 'cdk8s';
import { readBoolean, readChoice, readDate, readInstance, readList, readNumber, readStructure, readText } from '../input';
import { ClientCertificateTerms } from './bundle/client-certificate';
import { mintKubeconfig } from './bundle/kubeconfig';
import { recoverSecrets } from './bundle/recover';
import { SecretsBundle } from './bundle/secrets-bundle';
import { readSecretsFile } from './bundle/secrets-file';
import { mintTalosconfig } from './bundle/talosconfig';
import { warnAtOnce } from '../kubernetes/warnings';
import { TalosApiRole } from '../talos/talos-api-role';

/**
 * How to read a secrets file.
 */
export interface TalosSecretsFileOptions {
  /**
   * Whether to generate the secrets of a new cluster and write them to the file if it doesn't exist. Only its owner can read it; an existing file
   * is never overwritten. Keep it out of Git and in a safe place: without it you can't add machines to the cluster.
   *
   * CI (the environment variable `CI` is `true` or `1`) creates no file unless `ephemeralCluster` is set. A checkout without the file would make new
   * certificate authorities, and applied they destroy the cluster that runs.
   *
   * @default false
   */
  readonly createIfMissing?: boolean;

  /**
   * Whether the file is for an ephemeral cluster, which nobody misses when its secrets are lost. `createIfMissing` then creates the file in CI too.
   *
   * @default false
   */
  readonly ephemeralCluster?: boolean;
}

/**
 * The validity and the key of a client certificate.
 *
 * By default a certificate is valid for one year, as those of talosctl are. Its start is a multiple of half the validity after the start of its
 * certificate authority: a synthesis changes the certificate at these times only, and the certificate that it makes is valid for at least another
 * half of the validity. If the environment variable `SOURCE_DATE_EPOCH` is set, it replaces the current time.
 *
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export interface ClientCertificateOptions {
  /**
   * The time from which the certificate is valid. No synthesis renews such a certificate: choose another time before it expires.
   *
   * @default - the last multiple of half the validity after the start of the certificate authority
   */
  readonly notBefore?: Date;

  /**
   * How long the certificate is valid. A certificate can't be revoked, so choose a short time if it can leak. Without `notBefore`, a certificate ends
   * with its certificate authority at the latest.
   *
   * @default Duration.days(365)
   */
  readonly validity?: Duration;

  /**
   * How many times the credential was issued, a whole number from 1 on. Another number gives a new key; the certificate with the old key stays valid
   * until it expires.
   *
   * @default 1
   */
  readonly generation?: number;
}

/**
 * The contents of a talosconfig.
 *
 * @see https://www.talos.dev/latest/learn-more/talosctl/
 */
export interface TalosconfigOptions extends ClientCertificateOptions {
  /** The name of the cluster, which is also the name of the context. */
  readonly clusterName: string;

  /** The hosts that `talosctl` connects to: IP addresses or DNS names of control planes, or of load balancers in front of them. */
  readonly endpoints: string[];

  /**
   * The machines that commands act on by default.
   *
   * @default - each command must name its machines
   */
  readonly nodes?: string[];

  /**
   * The roles, which decide what the client can do.
   *
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: TalosApiRole[];
}

/**
 * The contents of a kubeconfig.
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
   * The groups of the user. Members of the default group can do everything, and no RBAC rule can restrict them.
   *
   * @default ['system:masters']
   */
  readonly groups?: string[];
}

/**
 * The secrets of a Talos cluster, as `talosctl gen secrets` writes them to a file: four certificate authorities, the service account key and the
 * tokens. The value is immutable, and printing it shows no secret.
 *
 * @example
 * import { TalosSecrets } from 'cdk8s-talos';
 *
 * const secrets = TalosSecrets.fromFile('secrets/acme.yaml');
 * const kubeconfig = secrets.kubeconfig({ clusterName: 'acme', endpoint: 'https://acme.example.com:6443' });
 *
 * @see https://www.talos.dev/latest/reference/cli/#talosctl-gen-secrets
 */
export class TalosSecrets {
  /**
   * Generates the secrets of a new cluster. Each call gives different ones, so manifests would change with each synthesis: keep them in a file.
   */
  public static generate(): TalosSecrets {
    return new TalosSecrets(SecretsBundle.generate());
  }

  /**
   * Reads secrets from text.
   *
   * @param text the text that `talosctl gen secrets` writes
   * @throws if a part is missing, invalid or expired, or a certificate doesn't belong to its key
   */
  public static fromYaml(text: string): TalosSecrets {
    return new TalosSecrets(SecretsBundle.parse(readText('text', text)));
  }

  /**
   * Reads secrets from a file.
   *
   * @param path the path of the file, relative to the working directory
   * @param options how to read it
   * @throws if the file can't be read or written, CI would create it for a cluster that isn't ephemeral, or as `fromYaml()` does
   */
  public static fromFile(path: string, options: TalosSecretsFileOptions = {}): TalosSecrets {
    const { bundle, created, warnings } = readSecretsFile(readText('path', path), readTalosSecretsFileOptions('options', options));
    if (created) {
      warnAtOnce('talos:new-secrets-file', `${path} is new and holds the secrets of a new cluster: keep it in a safe place, and out of Git by the line `
        + `'${basename(path)}' in .gitignore`);
    }
    warnings.forEach((warning) => warnAtOnce('talos:file-mode', warning));
    bundle.warnings.forEach((warning) => warnAtOnce('talos:secrets', warning));
    return new TalosSecrets(bundle);
  }

  /**
   * Recovers the secrets of an existing cluster from the documents of a control plane's machine config.
   *
   * @internal
   */
  public static _recover(documents: object[]): TalosSecrets {
    return new TalosSecrets(recoverSecrets(documents));
  }

  /** Warnings, for example about a certificate authority that expires soon. */
  public readonly warnings: string[];

  private constructor(
    /** @internal */
    public readonly _bundle: SecretsBundle,
  ) {
    this.warnings = [..._bundle.warnings];
  }

  /** The text of a secrets file for `talosctl`, with all secrets unencrypted. */
  public toYaml(): string {
    return this._bundle.encode();
  }

  /**
   * Creates a talosconfig with a client certificate. The same options give the same text until the certificate is renewed.
   *
   * @param options the contents
   * @throws if a name is empty, an endpoint is a URL, or the certificate would outlive its authority or start before it
   */
  public talosconfig(options: TalosconfigOptions): string {
    return this._talosconfig(readTalosconfigOptions('options', options));
  }

  /**
   * Creates a talosconfig with a key of its holder's own.
   *
   * @internal
   */
  public _talosconfig(options: TalosconfigOptions, holder?: string): string {
    const { clusterName, endpoints, nodes, roles } = options;
    return mintTalosconfig(this._bundle, { clusterName, endpoints, nodes, roles, ...termsOf(options), holder });
  }

  /**
   * Creates a kubeconfig with a client certificate. The same options give the same text until the certificate is renewed.
   *
   * @param options the contents
   * @throws if a name is empty, the endpoint isn't an HTTPS URL, or the certificate would outlive its authority or start before it
   */
  public kubeconfig(options: KubeconfigOptions): string {
    options = readKubeconfigOptions('options', options);
    const { clusterName, endpoint, user, groups } = options;
    return mintKubeconfig(this._bundle, { clusterName, endpoint, user, groups, ...termsOf(options) });
  }

  /** A description without secrets. */
  public toString(): string {
    return this._bundle.toString();
  }

  /**
   * The text that `console.log` shows.
   *
   * @internal
   */
  public [inspect.custom](): string {
    return this.toString();
  }
}

function termsOf({ notBefore, validity, generation }: ClientCertificateOptions): ClientCertificateTerms {
  return { notBefore, validity, generation };
}

export const readClientCertificateOptions = readStructure<ClientCertificateOptions>({}, {
  notBefore: readDate,
  validity: readInstance(Duration),
  generation: readNumber,
});
export const readKubeconfigOptions = readStructure<KubeconfigOptions>({ clusterName: readText, endpoint: readText }, {
  ...readClientCertificateOptions.optional,
  user: readText,
  groups: readList(readText),
});
export const readTalosSecretsFileOptions = readStructure<TalosSecretsFileOptions>({}, {
  createIfMissing: readBoolean,
  ephemeralCluster: readBoolean,
});
export const readTalosconfigOptions = readStructure<TalosconfigOptions>({ clusterName: readText, endpoints: readList(readText) }, {
  ...readClientCertificateOptions.optional,
  nodes: readList(readText),
  roles: readList(readChoice(TalosApiRole)),
});

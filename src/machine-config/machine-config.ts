import { inspect } from 'util';
import { readConfigFile, writeConfigFile } from '../files';
import { ClusterSubnets } from '../network/cluster-subnets';
import { DEFAULT_SUBNETS } from '../talos/default-subnets';
import { ConfigDocuments } from './documents/config-documents';
import { encodeConfig } from './documents/encode';
import { ConfigSource, loadConfig } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
import { Release } from '../talos/release';
import { generateControlPlane, generateWorker } from './generate/generate';
import { GeneratedMachineConfigOptions } from './generated-machine-config-options';
import { differences } from './insight/difference';
import { explainValue, HistoryStep } from './insight/explanation';
import { redacted } from './insight/leaves';
import { repeatedElements } from './insight/repetition';
import { MachineConfigPatch } from './machine-config-patch';
import { MachineConfigProblem, MachineConfigValidateOptions, MachineConfigValidation, TalosPlatform } from './machine-config-validation';
import { loadPatch } from './patches/load-patch';
import { encodeUserData } from './user-data';
import { MachineType } from '../talos/machine-type';
import { applyPatches } from './patches/apply';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';
import { ValidationProblem } from './validation/check/check';
import { validateConfig } from './validation/validate';
import { MachineConfigError } from './yaml/refusal';

/**
 * How a machine config is read.
 */
export interface MachineConfigOptions {
  /**
   * The release of Talos that will read the machine config, and whose rules apply to it.
   *
   * @default TalosVersion.DEFAULT
   */
  readonly talosVersion?: TalosVersion;
}

/**
 * How a machine config is written.
 */
export interface MachineConfigYamlOptions {
  /**
   * Whether keys, tokens and texts that often hold some are masked.
   *
   * @default false
   */
  readonly redactSecrets?: boolean;
}

/**
 * The configuration of a Talos machine: one or several YAML documents. The value never changes; `patch()` returns another one.
 *
 * It is read, patched and written as Talos does it: unknown fields are refused, a patch merges by the rules of each field, and the text
 * comes out as `talosctl` writes it.
 *
 * @see https://www.talos.dev/latest/reference/configuration/
 */
export class MachineConfig {
  /**
   * A machine config from text, for example what `talosctl gen config` prints.
   *
   * @param text YAML, in one or several documents
   * @param options how it is read
   * @throws if it isn't YAML, isn't a machine config, or has a document or field that the release of Talos doesn't know
   */
  public static fromYaml(text: string, options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(text, 'the machine config', options);
  }

  /**
   * A machine config from a file, for example the `controlplane.yaml` of `talosctl gen config`.
   *
   * @param path where the file is, from the working directory
   * @param options how it is read
   * @throws if it can't be read, isn't YAML, isn't a machine config, or has a document or field that the release of Talos doesn't know
   */
  public static fromFile(path: string, options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(readConfigFile(path), path, options);
  }

  /**
   * A machine config from plain objects, one for each document. Keys without a value are left out.
   *
   * @param documents the documents
   * @param options how they are read
   * @throws if they aren't a machine config, or have a document or field that the release of Talos doesn't know
   */
  public static fromDocuments(documents: { [key: string]: any }[], options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(plainDocuments(documents), 'the machine config', options);
  }

  /**
   * The machine config of a control plane, as `talosctl gen config` writes it.
   *
   * @param options what it is generated from
   * @throws if an option can't be right, or the release of Talos doesn't run that of Kubernetes
   */
  public static controlPlane(options: GeneratedMachineConfigOptions): MachineConfig {
    return MachineConfig.generate(generateControlPlane, options);
  }

  /**
   * The machine config of a worker, as `talosctl gen config` writes it.
   *
   * @param options what it is generated from
   * @throws if an option can't be right, or the release of Talos doesn't run that of Kubernetes
   */
  public static worker(options: GeneratedMachineConfigOptions): MachineConfig {
    return MachineConfig.generate(generateWorker, options);
  }

  private static generate(generator: typeof generateWorker, options: GeneratedMachineConfigOptions): MachineConfig {
    const { secrets, talosVersion = TalosVersion.DEFAULT, kubernetesVersion = talosVersion.defaultKubernetesVersion, cni, ...rest } = options;
    const documents = generator(secrets._bundle, {
      ...rest,
      contract: talosVersion.minor as Release,
      kubernetesVersion,
      cniName: cni?._name,
      cniUrls: cni?._urls,
      inlineManifests: cni?._inlineManifests,
    });
    return new MachineConfig(talosVersion, [{ source: 'the generated machine config', documents }], []);
  }

  private static load(content: ConfigSource, source: string, options: MachineConfigOptions): MachineConfig {
    const talosVersion = options.talosVersion ?? TalosVersion.DEFAULT;
    const documents = inSource(source, () => loadConfig(content, talosVersion.minor as Release));
    return new MachineConfig(talosVersion, [{ source, documents }], []);
  }

  /** The release of Talos whose rules apply to the machine config. */
  public readonly talosVersion: TalosVersion;

  // hard private, so that printing or serializing the value can't show its secrets
  readonly #history: readonly HistoryStep[];
  readonly #warnings: readonly string[];
  // rendered once: the Secret, the checksum and Jobs ask for it
  #userData?: string;

  private constructor(talosVersion: TalosVersion, history: readonly HistoryStep[], warnings: readonly string[]) {
    this.talosVersion = talosVersion;
    this.#history = history;
    this.#warnings = warnings;
  }

  /** @internal */
  public get _documents(): ConfigDocuments {
    return this.#history[this.#history.length - 1].documents;
  }

  /**
   * What isn't wrong but is often not meant: lists to which a patch appended what was there already.
   */
  public get warnings(): string[] {
    return [...this.#warnings];
  }

  /** What the machine is. A machine config that doesn't say it makes a worker. */
  public get machineType(): MachineType {
    const type = this._documents.get('v1alpha1', 'machine.type');
    return [MachineType.CONTROL_PLANE, MachineType.INIT].find((known) => known === type) ?? MachineType.WORKER;
  }

  /** What the machine does in its cluster. */
  public get role(): TalosRole {
    return this.machineType === MachineType.WORKER ? TalosRole.WORKER : TalosRole.CONTROL_PLANE;
  }

  /**
   * The name that the machine config gives to the machine.
   *
   * @default - the machine takes its name from the pod
   */
  public get hostname(): string | undefined {
    const hostname = this._documents.get('HostnameConfig', 'hostname') ?? this._documents.get('v1alpha1', 'machine.network.hostname');
    return typeof hostname === 'string' && hostname !== '' ? hostname : undefined;
  }

  /**
   * The URL of the Kubernetes API as the machine reaches it.
   *
   * @internal
   */
  public get _endpoint(): string | undefined {
    const endpoint = this._documents.get('v1alpha1', 'cluster.controlPlane.endpoint') ?? this._documents.get('KubeClusterConfig', 'endpoint');
    return endpoint === undefined ? undefined : String(endpoint);
  }

  /**
   * The host of the Kubernetes API as the machine reaches it.
   *
   * @internal
   */
  public get _endpointHost(): string | undefined {
    return this._endpoint?.replace(/^https:\/\/\[?([^\]/]*?)\]?(:\d+)?(\/.*)?$/, '$1');
  }

  /**
   * The names in the certificate of the Kubernetes API that are known here.
   *
   * @internal
   */
  public get _apiServerNames(): string[] {
    const host = this._endpointHost;
    return [
      ...host ? [host] : [],
      ...this.texts('v1alpha1', 'cluster.apiServer.certSANs'),
      ...this.texts('KubeAPIServerConfig', 'certExtraSANs'),
    ];
  }

  /**
   * The further names in the certificates of the machine.
   *
   * @internal
   */
  public get _machineNames(): string[] {
    return this.texts('v1alpha1', 'machine.certSANs');
  }

  /**
   * The networks of the cluster's pods and Services; Talos's own defaults where none are set.
   *
   * @internal
   */
  public get _subnets(): ClusterSubnets {
    const [podSubnets, serviceSubnets] = ['podSubnets', 'serviceSubnets'].map((property) => [
      ...this.texts('v1alpha1', `cluster.network.${property}`),
      ...this.texts('KubeNetworkConfig', property),
    ]);
    return {
      podSubnets: podSubnets.length > 0 ? podSubnets : [...DEFAULT_SUBNETS.podSubnets],
      serviceSubnets: serviceSubnets.length > 0 ? serviceSubnets : [...DEFAULT_SUBNETS.serviceSubnets],
    };
  }

  /**
   * The release of Kubernetes, where the image of the kubelet tells it.
   *
   * @internal
   */
  public get _kubernetesVersion(): string | undefined {
    const image = this._documents.get('v1alpha1', 'machine.kubelet.image') ?? this._documents.get('KubeletConfig', 'image');
    return /:v?(\d+\.\d+\.\d+[^@]*)/.exec(String(image))?.[1];
  }

  /**
   * The DNS domain of the cluster's Services, where one is set.
   *
   * @internal
   */
  public get _dnsDomain(): string | undefined {
    const domain = this._documents.get('v1alpha1', 'cluster.network.dnsDomain') ?? this._documents.get('KubeNetworkConfig', 'dnsDomain');
    return domain === undefined ? undefined : String(domain);
  }

  /**
   * Whether machines find each other by the discovery service.
   *
   * @internal
   */
  public get _hasDiscovery(): boolean {
    const [enabled, withoutService] = ['enabled', 'registries.service.disabled'].map((field) => this._documents.get('v1alpha1', `cluster.discovery.${field}`));
    return (enabled === true && withoutService !== true) || this._documents.ids.some(({ kind }) => kind === 'DiscoveryServiceConfig');
  }

  private texts(kind: string, path: string): string[] {
    const list = this._documents.get(kind, path);
    return Array.isArray(list) ? list.map(String) : [];
  }

  /**
   * The machine config with changes, one after the other.
   *
   * @param patches the changes
   * @throws if Talos would refuse one of them
   */
  public patch(...patches: MachineConfigPatch[]): MachineConfig {
    const release = this.talosVersion.minor as Release;
    const history = [...this.#history];
    const warnings = [...this.#warnings];
    for (const { _content, _source } of patches) {
      const before = history[history.length - 1].documents;
      const documents = inSource(_source, () => applyPatches(before, [loadPatch(_content, release)], release));
      warnings.push(...repeatedElements(before, documents).map((list) => `${_source} appends to ${list} what is there already`));
      history.push({ source: _source, documents });
    }
    return new MachineConfig(this.talosVersion, history, warnings);
  }

  /**
   * What is wrong with the machine config.
   *
   * @param options where Talos runs
   */
  public validate(options: MachineConfigValidateOptions = {}): MachineConfigValidation {
    const { talosVersion = this.talosVersion, platform = TalosPlatform.CONTAINER } = options;
    const { errors, warnings, findings } = validateConfig(this._documents, talosVersion.minor as Release, platform);
    return { errors: errors.map(publicProblem), warnings: warnings.map(publicProblem), findings: findings.map(publicProblem) };
  }

  /**
   * Where a value comes from: a line for the machine config's own text and for each patch that has changed it, with what it was then.
   * Secrets are masked.
   *
   * @param path `/machine/kubelet/extraArgs`, `KubeletConfig/extraConfig` or, with the name of a document, `LinkConfig/eth0/mtu`
   * @throws if nothing is set there
   */
  public explain(path: string): string[] {
    return inSource('\'path\'', () => explainValue(this.#history, path));
  }

  /**
   * What is different in another machine config, a line for each value: `- ` before what is gone, `+ ` before what is new, `~ ` before what
   * has changed. Secrets are masked.
   *
   * @param other the other machine config
   */
  public diff(other: MachineConfig): string[] {
    return differences(this._documents, other._documents);
  }

  /**
   * The text, as `talosctl` writes it. It holds the cluster's keys, unless they are redacted: keep it out of anything but Secrets.
   *
   * @param options how it is written
   */
  public toYaml(options: MachineConfigYamlOptions = {}): string {
    return encodeConfig(options.redactSecrets ? redacted(this._documents) : this._documents);
  }

  /**
   * The machine config as the environment variable `USERDATA` carries it: base64 of the text, or of its gzip where the plain form is
   * longer than 131,062 characters.
   *
   * @throws if it is too long in either form
   */
  public toUserData(): string {
    this.#userData ??= encodeUserData(this.toYaml());
    return this.#userData;
  }

  /**
   * Writes the text into a file, for its owner's eyes only, over what is there. It holds the cluster's keys: keep it out of Git.
   *
   * @param path where the file is, from the working directory
   * @throws if it can't be written
   */
  public toFile(path: string): void {
    writeConfigFile(path, this.toYaml());
  }

  /** A text without secrets. */
  public toString(): string {
    return this.toYaml({ redactSecrets: true });
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

function publicProblem({ document: { kind, name }, path, message }: ValidationProblem): MachineConfigProblem {
  return { document: name ? `${kind}/${name}` : kind, path, message };
}

/** Names the source of a text before what is wrong with it. */
function inSource<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof MachineConfigError) {
      throw new Error(`${source}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

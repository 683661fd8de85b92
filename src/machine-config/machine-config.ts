import { inspect } from 'util';
import { modeWarnings, readConfigFile, writeConfigFile } from '../files';
import { MachineConfigFacts } from './machine-config-facts';
import { TalosSecrets } from '../secrets/talos-secrets';
import { ConfigDocuments } from './documents/config-documents';
import { encodeConfig } from './documents/encode';
import { ConfigSource, loadConfig } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
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
 * What a construct takes for a machine config: a `MachineConfig`, for which it makes the Secret itself, or a `TalosMachineConfig`.
 */
export interface IMachineConfig {
  /**
   * The machine config, where it is known here.
   *
   * @default - the Secret is made elsewhere
   */
  readonly config?: MachineConfig;
}

/**
 * The configuration of a Talos machine: one or several YAML documents. The value never changes; `patch()` returns another one.
 *
 * It is read, patched and written as Talos does it: unknown fields are refused, a patch merges by the rules of each field, and the text
 * comes out as `talosctl` writes it.
 *
 * @see https://www.talos.dev/latest/reference/configuration/
 */
export class MachineConfig implements IMachineConfig {
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
      contract: talosVersion._release,
      kubernetesVersion,
      cniName: cni?._name,
      cniUrls: cni?._urls,
      inlineManifests: cni?._inlineManifests,
    });
    return new MachineConfig(talosVersion, [{ source: 'the generated machine config', documents }], []);
  }

  private static load(content: ConfigSource, source: string, options: MachineConfigOptions): MachineConfig {
    const talosVersion = options.talosVersion ?? TalosVersion.DEFAULT;
    const documents = inSource(source, () => loadConfig(content, talosVersion._release));
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

  /**
   * Itself, as what a construct takes for its machine config.
   *
   * @default - always itself
   */
  public get config(): MachineConfig | undefined {
    return this;
  }

  /** What the machine is. A machine config that doesn't say it makes a worker. */
  public get machineType(): MachineType {
    return this._facts.machineType;
  }

  /** What the machine does in its cluster. */
  public get role(): TalosRole {
    return this._facts.role;
  }

  /**
   * The name that the machine config gives to the machine.
   *
   * @default - the machine takes its name from the pod
   */
  public get hostname(): string | undefined {
    return this._facts.hostname;
  }

  /**
   * What it says of the machine and its cluster.
   *
   * @internal
   */
  public get _facts(): MachineConfigFacts {
    return new MachineConfigFacts(this._documents);
  }

  /**
   * The secrets of the cluster, from the machine config of a control plane.
   *
   * @throws if it is that of a worker, or a part is missing or broken
   */
  public secrets(): TalosSecrets {
    return TalosSecrets._recover(this._documents.ids.map(({ kind, name }) => this._documents.get(kind, [], name) as object));
  }

  /**
   * The machine config with changes, one after the other.
   *
   * @param patches the changes
   * @throws if Talos would refuse one of them
   */
  public patch(...patches: MachineConfigPatch[]): MachineConfig {
    const release = this.talosVersion._release;
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
    const { errors, warnings, findings } = validateConfig(this._documents, talosVersion._release, platform);
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
   * Writes the text into a file, or replaces one. It holds the cluster's keys: keep it out of Git. Only its owner can read a new file; an old one
   * keeps its mode, with a warning if others can read or write it. The old file stays until the new one is complete, also when the process is
   * killed or the disk is full.
   *
   * @param path where the file is, from the working directory
   * @throws if it can't be written, or is a symbolic link, a device or a pipe
   */
  public toFile(path: string): void {
    writeConfigFile(path, this.toYaml());
    modeWarnings(path).forEach((warning) => process.emitWarning(warning, 'TalosWarning'));
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

import { inspect } from 'util';
import { modeWarnings, readConfigFile, writeConfigFile } from '../files';
import { readBoolean, readInstance, readStructure, readDocument, readList, readText } from '../input';
import { TalosError } from '../problem';
import { completeText, hasStandIns } from './config-template';
import { ConfigDocuments } from './documents/config-documents';
import { PatchedDocuments } from './own-secrets';
import { TalosSecrets } from '../secrets/talos-secrets';
import { Documents } from '../types';
import { encodeConfig, encodeDocuments } from './documents/encode';
import { ConfigSource, loadConfig, mistakenFor } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
import { findFitness } from './fitness/fitness';
import { PodFacts } from './fitness/pod-facts';
import { generateControlPlane, generateWorker } from './generate/generate';
import { GeneratedMachineConfigOptions, readGeneratedMachineConfigOptions } from './generated-machine-config-options';
import { inPatch, inSource, patchName, PatchOrigin } from './in-source';
import { differences } from './insight/difference';
import { explainValue, HistoryStep } from './insight/explanation';
import { redacted } from './insight/leaves';
import { repeatedElements } from './insight/repetition';
import { MachineConfigFacts } from './machine-config-facts';
import { MachineConfigPatch, readPatches } from './machine-config-patch';
import { keyOf, MachineConfigProblem, MachineConfigValidateOptions, MachineConfigValidation, publicProblems, TalosPlatform, readMachineConfigValidateOptions } from './machine-config-validation';
import { applyPatches } from './patches/apply';
import { loadPatch } from './patches/load-patch';
import { readTypedDocuments } from './typed-documents';
import { encodeUserData, latestUserData } from './user-data';
import { warnAtOnce } from '../kubernetes/warnings';
import { MachineType } from '../talos/machine-type';
import { isAtLeast } from '../talos/release';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';
import { validateConfig } from './validation/validate';

/**
 * How to read a machine config.
 */
export interface MachineConfigOptions {
  /**
   * The release of Talos that reads the machine config. Its rules apply.
   *
   * @default TalosVersion.DEFAULT
   */
  readonly talosVersion?: TalosVersion;
}

/**
 * How to write a machine config.
 */
export interface MachineConfigYamlOptions {
  /**
   * Whether to mask keys, tokens, values that often contain some, and the user and the query of URLs.
   *
   * @default false
   */
  readonly redactSecrets?: boolean;
}

/**
 * A machine config for a construct: a `MachineConfig`, for which the construct creates the Secret, or a `TalosMachineConfig`.
 */
export interface IMachineConfig {
  /**
   * The machine config, if it is known at synthesis.
   *
   * @default - not known; another chart or tool creates the Secret
   */
  readonly config?: MachineConfig;
}

/**
 * The configuration of a Talos machine: one or more YAML documents. The value is immutable; `patch()` returns a new one.
 *
 * It follows Talos's rules: it refuses unknown fields, merges each field of a patch by the field's own rule, and writes the same text as
 * `talosctl`.
 *
 * @example
 * import { MachineConfig, MachineConfigPatch, TalosVersion } from 'cdk8s-talos';
 *
 * const config = MachineConfig.fromFile('controlplane.yaml', { talosVersion: TalosVersion.V1_13 })
 *   .patch(MachineConfigPatch.of({ cluster: { allowSchedulingOnControlPlanes: true } }));
 * const validation = config.validate();
 * // validation.errors is empty if Talos accepts the machine config
 *
 * @see https://www.talos.dev/latest/reference/configuration/
 */
export class MachineConfig implements IMachineConfig {
  /**
   * Takes a machine config from typed documents, as `MachineConfigPatch.of()` takes a patch.
   *
   * @param documents the documents, as `talos.Documents` has them
   * @param options how to read them
   * @throws if a property is unknown, the release of Talos doesn't know a document or field, or there is no document
   */
  public static of(documents: Documents, options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(plainDocuments(readTypedDocuments('documents', documents)), 'the machine config', options);
  }

  /**
   * Reads a machine config from text, for example the output of `talosctl gen config`.
   *
   * @param text YAML with one or more documents
   * @param options how to read it
   * @throws if it isn't YAML, isn't a machine config, or has a document or field that the release of Talos doesn't know
   */
  public static fromYaml(text: string, options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(readText('text', text), 'the machine config', options);
  }

  /**
   * Reads a machine config from a file, for example the `controlplane.yaml` of `talosctl gen config`.
   *
   * @param path the path of the file, relative to the working directory
   * @param options how to read it
   * @throws if the file can't be read, isn't YAML, isn't a machine config, or has a document or field that the release of Talos doesn't know
   */
  public static fromFile(path: string, options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(readConfigFile(readText('path', path)), path, options);
  }

  /**
   * Reads a machine config from plain objects, one for each document. Leaves out keys without a value.
   *
   * @param documents the documents
   * @param options how to read them
   * @throws if they aren't a machine config, or have a document or field that the release of Talos doesn't know
   */
  public static fromDocuments(documents: { [key: string]: any }[], options: MachineConfigOptions = {}): MachineConfig {
    return MachineConfig.load(plainDocuments(readList(readDocument)('documents', documents)), 'the machine config', options);
  }

  /**
   * Generates the machine config of a control plane, as `talosctl gen config` does.
   *
   * @param options what it is generated from
   * @throws if an option can't be right, or the release of Talos doesn't run that of Kubernetes
   */
  public static controlPlane(options: GeneratedMachineConfigOptions): MachineConfig {
    return MachineConfig.generate(generateControlPlane, options);
  }

  /**
   * Generates the machine config of a worker, as `talosctl gen config` does.
   *
   * @param options what it is generated from
   * @throws if an option can't be right, or the release of Talos doesn't run that of Kubernetes
   */
  public static worker(options: GeneratedMachineConfigOptions): MachineConfig {
    return MachineConfig.generate(generateWorker, options);
  }

  private static generate(generator: typeof generateWorker, options: GeneratedMachineConfigOptions): MachineConfig {
    const {
      secrets, talosVersion = TalosVersion.DEFAULT, configContract = talosVersion, cni,
      kubernetesVersion = talosVersion.defaultKubernetesVersion, ...rest
    } = readGeneratedMachineConfigOptions('options', options);
    if (!isAtLeast(talosVersion._release, configContract._release)) {
      throw new TalosError('talos:unsupported-release', `'configContract' (${configContract.minor}) is newer than 'talosVersion' (${talosVersion.imageTag}), which would refuse its form: `
        + `give ${talosVersion.minor} or an older one, or leave it out`);
    }
    const documents = generator(secrets._bundle, {
      ...rest,
      contract: configContract._release,
      release: talosVersion._release,
      kubernetesVersion,
      cniName: cni?._name,
      cniUrls: cni?._urls,
      inlineManifests: cni?._inlineManifests,
    });
    return new MachineConfig(talosVersion, [{ source: 'the generated machine config', documents }], []);
  }

  private static load(content: ConfigSource, source: string, options: MachineConfigOptions): MachineConfig {
    const { talosVersion = TalosVersion.DEFAULT } = readMachineConfigOptions('options', options);
    const documents = inSource(source, () => loadConfig(content, talosVersion._release), () => mistakenFor(content, 'MachineConfig'));
    return new MachineConfig(talosVersion, [{ source, documents }], []);
  }

  /** The release of Talos whose rules apply to the machine config. */
  public readonly talosVersion: TalosVersion;

  // hard private: printing or serializing the value can't show its secrets
  readonly #history: readonly PatchStep[];
  readonly #warnings: readonly string[];

  private constructor(talosVersion: TalosVersion, history: readonly PatchStep[], warnings: readonly string[]) {
    this.talosVersion = talosVersion;
    this.#history = history;
    this.#warnings = warnings;
  }

  /** @internal */
  public get _documents(): ConfigDocuments {
    return this.#history[this.#history.length - 1].documents;
  }

  /** @internal */
  public get _history(): readonly PatchedDocuments[] {
    return this.#history;
  }

  /**
   * Warnings about changes that are often unintended: lists to which a patch appended an element that they already had.
   */
  public get warnings(): string[] {
    return [...this.#warnings];
  }

  /**
   * The machine config itself, as `IMachineConfig` requires.
   *
   * @default - always set
   */
  public get config(): MachineConfig | undefined {
    return this;
  }

  /** The type of the machine; a worker if the machine config doesn't set it. */
  public get machineType(): MachineType {
    return this._facts.machineType;
  }

  /** The role of the machine in its cluster. */
  public get role(): TalosRole {
    return this._facts.role;
  }

  /**
   * The hostname that the machine config sets.
   *
   * @default - the machine has the name of its pod
   */
  public get hostname(): string | undefined {
    return this._facts.hostname;
  }

  /**
   * What the machine config says about the machine and its cluster.
   *
   * @internal
   */
  public get _facts(): MachineConfigFacts {
    return new MachineConfigFacts(this._documents);
  }

  /**
   * The secrets of the cluster, from the machine config of a control plane.
   *
   * @throws if it is a worker's machine config, a part is missing or invalid, or synthesis never sees the keys of the cluster
   */
  public secrets(): TalosSecrets {
    if (hasStandIns(this._documents)) {
      throw new TalosError('talos:keys-unknown', 'the machine config is of a cluster whose keys synthesis never sees: read its bundle by TalosSecrets.fromFile() in an app of its own');
    }
    return TalosSecrets._recover(this._documents.plain);
  }

  /**
   * Reads the machine config by the rules of another release and returns the result: the release of an upgrade, for example. The documents keep
   * their form.
   *
   * @param talosVersion the release
   * @throws if the release doesn't know a document or field
   */
  public withTalosVersion(talosVersion: TalosVersion): MachineConfig {
    const version = readInstance(TalosVersion)('talosVersion', talosVersion);
    const { source } = this.#history[0];
    const [latest, ...earlier] = [...this.#history].reverse();
    const documents = inSource(source, () => loadConfig(encodeDocuments(latest.documents), version._release));
    return new MachineConfig(version, [...earlier.reverse(), { ...latest, documents }], this.#warnings);
  }

  /**
   * Applies patches in order and returns the changed machine config.
   *
   * @param patches the patches
   * @throws if Talos would refuse one of them
   */
  public patch(...patches: MachineConfigPatch[]): MachineConfig {
    return this._patch(readPatches('patches', patches));
  }

  /**
   * Applies patches of a construct's own, and patches that users gave to its properties.
   *
   * @internal
   */
  public _patch(patches: readonly MachineConfigPatch[]): MachineConfig {
    const release = this.talosVersion._release;
    const history = [...this.#history];
    const warnings = [...this.#warnings];
    for (const { _content, _source, _origin } of patches) {
      const before = history[history.length - 1].documents;
      const documents = inPatch(_origin, () => applyPatches(before, [loadPatch(_content, release)], release), () => mistakenFor(_content, 'MachineConfigPatch'));
      warnings.push(...repeatedElements(before, documents).map((list) => `${patchName(_origin) ?? _source} appends a duplicate element to ${list}`));
      history.push({ source: _source, documents, patch: _origin });
    }
    return new MachineConfig(this.talosVersion, history, warnings);
  }

  /**
   * Checks the machine config as Talos does, and finds problems that Talos accepts although the machine can't work with them, or not in a pod.
   *
   * @param options where Talos runs
   */
  public validate(options: MachineConfigValidateOptions = {}): MachineConfigValidation {
    const { talosVersion, platform, hostingNetwork } = readMachineConfigValidateOptions('options', options);
    // with a hosting cluster, but no cluster's construct, the machine config alone decides
    return this._validate({ hostingNetwork, areOfCluster: hostingNetwork && false }, platform, talosVersion);
  }

  /**
   * Checks the machine config for pods of which more is known.
   *
   * @internal
   */
  public _validate(pods: PodFacts, platform: TalosPlatform = TalosPlatform.CONTAINER, talosVersion = this.talosVersion): MachineConfigValidation {
    const { errors, warnings, findings } = validateConfig(this._documents, talosVersion._release, platform);
    const fitness = platform === TalosPlatform.CONTAINER ? findFitness(this._documents, talosVersion._release, pods) : { findings: [], warnings: [] };
    return {
      errors: publicProblems(errors),
      warnings: publicProblems([...warnings, ...fitness.warnings]),
      findings: publicProblems([...findings, ...fitness.findings]),
    };
  }

  /**
   * The patches that brought problems of `_validate()`, in the order of the problems; undefined where the machine config had it before them.
   *
   * @internal
   */
  public _patchesWith(problems: readonly MachineConfigProblem[], pods: PodFacts): (PatchOrigin | undefined)[] {
    const steps = problems.length === 0 ? [] : this.#history.map((_, index) => {
      const { errors, findings, warnings } = new MachineConfig(this.talosVersion, this.#history.slice(0, index + 1), [])._validate(pods);
      return new Set([...errors, ...findings, ...warnings].map(keyOf));
    });
    return problems.map((problem) => {
      const bringing = steps.reduce((first, keys, index) => keys.has(keyOf(problem)) ? first : index + 1, 0);
      return this.#history[bringing]?.patch;
    });
  }

  /**
   * Shows where a value comes from: a line for the original machine config and for each patch that changed the value, with the value after it.
   * Masks secrets.
   *
   * @param path `/machine/kubelet/extraArgs`, `KubeletConfig/extraConfig` or, with the document's name, `LinkConfig/eth0/mtu`
   * @throws if nothing is set there
   */
  public explain(path: string): string[] {
    const given = readText('path', path);
    return inSource('\'path\'', () => explainValue(this.#history, given));
  }

  /**
   * Compares with another machine config. Returns a line for each different value: `- ` before removed ones, `+ ` before added ones, `~ ` before
   * changed ones. Masks secrets.
   *
   * @param other the other machine config
   */
  public diff(other: MachineConfig): string[] {
    return differences(this._documents, readInstance(MachineConfig)('other', other)._documents);
  }

  /**
   * Writes the text, as `talosctl` does. It contains the cluster's keys unless they are redacted: put it only into Secrets.
   *
   * @param options how to write it
   * @throws if it isn't redacted, and only pods know a part of it: the keys of a cluster whose `SecretDelivery` keeps them from synthesis, or a
   * `SecretText`
   */
  public toYaml(options: MachineConfigYamlOptions = {}): string {
    return readMachineConfigYamlOptions('options', options).redactSecrets ? encodeConfig(redacted(this._documents)) : completeText(this._documents);
  }

  /**
   * Encodes the machine config for the environment variable `USERDATA`: base64 of the text, or of the compressed text (gzip) if base64 of the
   * text is longer than 131,062 characters.
   *
   * @throws if both forms are too long, or as `toYaml()` does
   */
  public toUserData(): string {
    return latestUserData(this, () => encodeUserData(this.toYaml()));
  }

  /**
   * Writes the text to a file, or replaces an existing one. It contains the cluster's keys: keep it out of Git. Only its owner can read a new
   * file; an existing one keeps its mode, with a warning if others can read or write it. The old text stays until the new one is complete, also
   * when the process is killed or the disk is full.
   *
   * @param path the path of the file, relative to the working directory
   * @throws if the file can't be written, or is a symbolic link, a device or a pipe
   */
  public toFile(path: string): void {
    const file = readText('path', path);
    writeConfigFile(file, this.toYaml());
    modeWarnings(file).forEach((warning) => warnAtOnce('talos:file-mode', warning));
  }

  /** The text, with secrets masked. */
  public toString(): string {
    return this.toYaml({ redactSecrets: true });
  }

  /** @internal */
  public [inspect.custom](): string {
    return this.toString();
  }
}

interface PatchStep extends HistoryStep, PatchedDocuments {}

export const readMachineConfigOptions = readStructure<MachineConfigOptions>({}, { talosVersion: readInstance(TalosVersion) });
export const readMachineConfigYamlOptions = readStructure<MachineConfigYamlOptions>({}, { redactSecrets: readBoolean });

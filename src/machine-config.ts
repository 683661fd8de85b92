import { applyPatches, ConfigDocuments, documentsText, encodeConfig, loadConfig, loadPatch, MachineConfigError, Release } from './config';
import { readConfigFile } from './config-file';
import { MachineConfigPatch } from './machine-config-patch';
import { TalosRole } from './talos-role';
import { TalosVersion } from './talos-version';
import { encodeUserData } from './user-data';

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
 * What a machine is, as `machine.type` has it.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/
 */
export enum MachineType {
  /** It runs etcd and the Kubernetes API. */
  CONTROL_PLANE = 'controlplane',

  /** A control plane that bootstraps etcd by itself. */
  INIT = 'init',

  /** It runs workloads. */
  WORKER = 'worker',
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
    return MachineConfig.load(documentsText(documents), 'the machine config', options);
  }

  private static load(text: string, source: string, options: MachineConfigOptions): MachineConfig {
    const talosVersion = options.talosVersion ?? TalosVersion.DEFAULT;
    return new MachineConfig(talosVersion, inSource(source, () => loadConfig(text, talosVersion.minor as Release)));
  }

  // rendered once: synthesis asks for them again and again
  private yaml?: string;
  private userData?: string;

  private constructor(
    /** The release of Talos whose rules apply to the machine config. */
    public readonly talosVersion: TalosVersion,
    /** @internal */
    public readonly _documents: ConfigDocuments,
  ) {}

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
   * The machine config with changes, one after the other.
   *
   * @param patches the changes
   * @throws if Talos would refuse one of them
   */
  public patch(...patches: MachineConfigPatch[]): MachineConfig {
    const release = this.talosVersion.minor as Release;
    const documents = patches.reduce((patched, { _text, _source }) =>
      inSource(_source, () => applyPatches(patched, [loadPatch(_text, release)], release)), this._documents);
    return new MachineConfig(this.talosVersion, documents);
  }

  /** The text, as `talosctl` writes it. It holds the cluster's keys: keep it out of anything but Secrets. */
  public toYaml(): string {
    this.yaml ??= encodeConfig(this._documents);
    return this.yaml;
  }

  /**
   * The machine config as the environment variable `USERDATA` carries it: base64 of the text, or of its gzip where the plain form is
   * longer than 131,062 characters.
   *
   * @throws if it is too long in either form
   */
  public toUserData(): string {
    this.userData ??= encodeUserData(this.toYaml());
    return this.userData;
  }
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

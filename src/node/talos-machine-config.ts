import { Construct, IConstruct } from 'constructs';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';
import { requireDnsSubdomain, requireSecretKey } from '../kubernetes/syntax';
import { nameFromPath } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { IMachineConfig, MachineConfig } from '../machine-config/machine-config';
import { missingPodDefaults } from '../machine-config/pod-requirements';

/**
 * A machine config that Talos nodes can be given: the Secret that holds it.
 */
export interface ITalosMachineConfig extends IConstruct, IMachineConfig {
  /** The name of the Secret, in the namespace of the nodes. */
  readonly secretName: string;

  /** The key of the Secret; its value is what `USERDATA` carries. */
  readonly secretKey: string;
}

/**
 * Properties of a `TalosMachineConfig`.
 */
export interface TalosMachineConfigProps extends SecretOptions {
  /** The machine config. */
  readonly config: MachineConfig;

  /**
   * Whether what a pod needs is added to the machine config where it is missing: host DNS, and for Talos 1.14 a container runtime
   * that works on hosts with plain containerd.
   *
   * @default true
   */
  readonly podDefaults?: boolean;

  /**
   * Whether a machine config that Talos would refuse in a pod, or that can't work there, is an error.
   *
   * @default true
   */
  readonly validate?: boolean;
}

/**
 * Where a Secret that is made elsewhere keeps the machine config.
 */
export interface ImportedMachineConfigOptions {
  /**
   * The key of the Secret.
   *
   * @default 'userdata'
   */
  readonly secretKey?: string;
}

const SECRET_KEY = 'userdata';

/**
 * The Secret that hands a machine config to Talos nodes. Its default name is the construct's path, joined by `-`.
 *
 * Its key `userdata` holds what the environment variable `USERDATA` carries: base64 of the YAML text, or of its gzip where the plain form
 * is longer than the 131,062 characters that Linux takes. (In the manifest it is base64-encoded once more, as every value of a Secret.)
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#submitting-initial-machine-configuration
 */
export class TalosMachineConfig extends Construct implements ITalosMachineConfig {
  /**
   * A machine config in a Secret that is made elsewhere, for example by External Secrets or Sealed Secrets.
   *
   * @param scope the construct to which it belongs
   * @param id its id there
   * @param secretName the name of the Secret, in the namespace of the nodes
   * @param options where in the Secret it is
   * @throws if the name isn't one
   */
  public static fromSecretName(scope: Construct, id: string, secretName: string, options: ImportedMachineConfigOptions = {}): ITalosMachineConfig {
    return new ImportedMachineConfig(scope, id, secretName, options.secretKey ?? SECRET_KEY);
  }

  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = SECRET_KEY;

  /** The machine config as the nodes get it, what pods need included. */
  public readonly config?: MachineConfig;

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if Talos would refuse the config in a pod, it can't work there or is too large, or the name isn't one or is taken
   */
  constructor(scope: Construct, id: string, props: TalosMachineConfigProps) {
    super(scope, id);
    this.secretName = props.name ?? nameFromPath(this);
    const defaults = props.podDefaults ?? true ? missingPodDefaults(props.config, props.config.talosVersion) : [];
    this.config = props.config.patch(...defaults);
    if (props.validate ?? true) {
      requireValid(this, this.config);
    }
    this.config.warnings.forEach((warning) => warn(this, `'config': ${warning}`));
    createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: this.config.toUserData() } });
  }
}

/**
 * The Secret of a machine config that a construct was given: the one given, or one that is made for a `MachineConfig`.
 *
 * @throws if it is neither; the message doesn't show it, as it may hold secrets
 */
export function bindMachineConfig(
  scope: Construct, given: IMachineConfig | undefined, name: string, labels?: { readonly [key: string]: string },
): ITalosMachineConfig | undefined {
  if (given === undefined || isTalosMachineConfig(given)) {
    return given;
  }
  if (given instanceof MachineConfig) {
    return new TalosMachineConfig(scope, 'Config', { config: given, name, labels });
  }
  throw new Error(`'machineConfig' is ${kindOf(given)}: give a MachineConfig, for example MachineConfig.fromYaml() or MachineConfig.fromFile(), `
    + 'a TalosMachineConfig, or TalosMachineConfig.fromSecretName() for a Secret that is made elsewhere');
}

function isTalosMachineConfig(given: IMachineConfig): given is ITalosMachineConfig {
  return Construct.isConstruct(given) && ['secretName', 'secretKey'].every((property) => typeof (given as any)[property] === 'string');
}

function kindOf(value: unknown): string {
  const names: { readonly [type: string]: string } = { string: 'a text', object: 'another object', number: 'a number', boolean: 'true or false' };
  return value === null ? 'null' : names[typeof value] ?? `a ${typeof value}`;
}

function requireValid(construct: IConstruct, config: MachineConfig): void {
  const { errors, findings, warnings } = config.validate();
  const problems = [...errors, ...findings].map(({ document, message }) => `${document}: ${message}`);
  if (problems.length > 0) {
    throw new Error(`'config' can't run in a pod, change it by a patch:\n- ${problems.join('\n- ')}`);
  }
  warnings.forEach(({ document, message }) => warn(construct, `'config': ${document}: ${message}`));
}

class ImportedMachineConfig extends Construct implements ITalosMachineConfig {
  constructor(scope: Construct, id: string, public readonly secretName: string, public readonly secretKey: string) {
    super(scope, id);
    requireDnsSubdomain('secretName', secretName);
    requireSecretKey('secretKey', secretKey);
  }
}

/**
 * Refuses what is given beside a ready machine config and would only reach a generated one.
 *
 * @param generates for each property, whether it would
 * @param remedy what to do beside putting it into the config
 */
export function requireNothingBeside(
  machineConfig: ITalosMachineConfig, props: object, generates: { readonly [property: string]: boolean }, remedy: string,
): void {
  const given = Object.entries(props).filter(([, value]) => value !== undefined).map(([property]) => property);
  const property = given.find((candidate) => generates[candidate]);
  if (property !== undefined) {
    throw new Error(`'${property}' would not reach 'machineConfig' (${machineConfig.secretName}), which is ready: put it there, or ${remedy}`);
  }
}

import { Construct, IConstruct } from 'constructs';
import { kindOf, readBoolean, readInstance, readStructure, readText } from '../input';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';
import { requireDnsSubdomain, requireSecretKey } from '../kubernetes/syntax';
import { nameFromPath } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { IMachineConfig, MachineConfig } from '../machine-config/machine-config';
import { missingPodDefaults } from '../machine-config/pod-requirements';
import { hostBitsProblem } from '../network/network-checks';
import { listed } from '../problem';

/**
 * A machine config in a Secret, from which Talos nodes read it.
 */
export interface ITalosMachineConfig extends IConstruct, IMachineConfig {
  /** The name of the Secret, in the namespace of the nodes. */
  readonly secretName: string;

  /** The key of the Secret; its value becomes `USERDATA`. */
  readonly secretKey: string;
}

/**
 * Properties of a `TalosMachineConfig`.
 */
export interface TalosMachineConfigProps extends SecretOptions {
  /** The machine config. */
  readonly config: MachineConfig;

  /**
   * Whether to add what the machine config lacks to run in a pod: host DNS and, for Talos 1.14, a container runtime that works on hosts with
   * plain containerd.
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
 * Options of a machine config in a Secret that is made elsewhere.
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
 * The Secret from which Talos nodes read their machine config. Its default name is the construct's path, joined by `-`.
 *
 * Its key `userdata` holds the value of the environment variable `USERDATA`: the YAML text in base64, compressed by gzip first where the plain
 * form would exceed the 131,062 characters that Linux allows. (The manifest has it in base64 once more, like every value of a Secret.)
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { MachineConfig, TalosMachineConfig, TalosNode } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * const machineConfig = new TalosMachineConfig(chart, 'config', {
 *   config: MachineConfig.fromFile('controlplane.yaml'),
 * });
 * new TalosNode(chart, 'node', { machineConfig });
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#submitting-initial-machine-configuration
 */
export class TalosMachineConfig extends Construct implements ITalosMachineConfig {
  /**
   * A machine config in a Secret that is made elsewhere, for example by External Secrets or Sealed Secrets.
   *
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param secretName the name of the Secret, in the namespace of the nodes
   * @param options the key of the Secret
   * @throws if the name or the key isn't valid
   */
  public static fromSecretName(scope: Construct, id: string, secretName: string, options: ImportedMachineConfigOptions = {}): ITalosMachineConfig {
    const { secretKey = SECRET_KEY } = readImportedMachineConfigOptions('options', options);
    return new ImportedMachineConfig(scope, id, readText('secretName', secretName), secretKey);
  }

  /** The name of the Secret. */
  public readonly secretName: string;

  /** The key of the Secret. */
  public readonly secretKey: string = SECRET_KEY;

  /** The machine config as the nodes get it, including what it needs to run in a pod. */
  public readonly config?: MachineConfig;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if Talos would refuse the config in a pod, the config can't work there or is too large, or the name isn't valid or is taken
   */
  constructor(scope: Construct, id: string, props: TalosMachineConfigProps) {
    super(scope, id);
    props = readTalosMachineConfigProps('props', props);
    this.secretName = props.name ?? nameFromPath(this);
    const defaults = props.podDefaults ?? true ? missingPodDefaults(props.config, props.config.talosVersion) : [];
    this.config = props.config.patch(...defaults);
    if (props.validate ?? true) {
      requireValid(this, this.config);
    }
    this.config.warnings.forEach((warning) => warn(this, 'talos:duplicate-element', `'config': ${warning}`));
    warnOfHostBits(this, this.config);
    createSecretObject(this, this.secretName, props, { values: { [this.secretKey]: this.config.toUserData() } });
  }
}

/**
 * The Secret of a given machine config: the given construct, or a new one for a `MachineConfig`.
 *
 * @throws if it is neither; the message doesn't show the value, which may hold secrets
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

function requireValid(construct: IConstruct, config: MachineConfig): void {
  const { errors, findings, warnings } = config.validate();
  const problems = [...errors, ...findings].map(({ document, message }) => `${document}: ${message}`);
  if (problems.length > 0) {
    throw new Error(`'config' can't run in a pod, change it with a patch:\n- ${problems.join('\n- ')}`);
  }
  warnings.forEach(({ document, message }) => warn(construct, 'talos:machine-config', `'config': ${document}: ${message}`));
}

/** Talos up to 1.13 takes the networks of pods and Services with any of their addresses. */
function warnOfHostBits(construct: IConstruct, config: MachineConfig): void {
  const { subnets } = config._facts;
  for (const property of ['podSubnets', 'serviceSubnets'] as const) {
    subnets[property]
      .flatMap((subnet) => listed(hostBitsProblem(property, subnet, 'has host bits, which Talos refuses in its documents since 1.14')))
      .forEach((problem) => warn(construct, 'talos:network-host-bits', problem));
  }
}

class ImportedMachineConfig extends Construct implements ITalosMachineConfig {
  constructor(scope: Construct, id: string, public readonly secretName: string, public readonly secretKey: string) {
    super(scope, id);
    requireDnsSubdomain('secretName', secretName);
    requireSecretKey('secretKey', secretKey);
  }
}

/**
 * Refuses a property beside a ready machine config that would only reach a generated one.
 *
 * @param generates for each property, whether it only reaches a generated machine config
 * @param remedy the alternative to a change of the ready machine config
 */
export function requireNothingBeside(
  machineConfig: ITalosMachineConfig, props: object, generates: { readonly [property: string]: boolean }, remedy: string,
): void {
  const given = Object.entries(props).filter(([, value]) => value !== undefined).map(([property]) => property);
  const property = given.find((candidate) => generates[candidate]);
  if (property !== undefined) {
    throw new Error(`'${property}' would not reach the ready 'machineConfig' (${machineConfig.secretName}): put it there, or ${remedy}`);
  }
}

export const readImportedMachineConfigOptions = readStructure<ImportedMachineConfigOptions>({}, { secretKey: readText });
export const readTalosMachineConfigProps = readStructure<TalosMachineConfigProps>({ config: readInstance(MachineConfig) }, {
  ...readSecretOptions.optional,
  podDefaults: readBoolean,
  validate: readBoolean,
});

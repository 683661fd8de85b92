import { Construct, IConstruct } from 'constructs';
import { kindOf, readBoolean, readInstance, readList, readStructure, readText } from '../input';
import { createRenderedConfig } from './create-rendered-config';
import { MemberConfigs } from './member-configs';
import { MemberPatches, readMemberPatches } from './member-patches';
import { warnOfUnknownRelease } from './release-warnings';
import { RenderedConfig } from './rendered-config';
import { forbidStandIns } from './stand-in-check';
import { located, locatingNew } from '../kubernetes/construct-errors';
import { createSecretObject, SecretOptions, readSecretOptions } from '../kubernetes/secret-object';
import { requireDnsSubdomain, requireSecretKey } from '../kubernetes/syntax';
import { nameFromPath } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { PodFacts } from '../machine-config/fitness/pod-facts';
import { patchName } from '../machine-config/in-source';
import { IMachineConfig, MachineConfig } from '../machine-config/machine-config';
import { MachineConfigProblem } from '../machine-config/machine-config-validation';
import { missingPodDefaults } from '../machine-config/pod-requirements';
import { HostingNetwork } from '../network/hosting-network';
import { hostBitsProblem } from '../network/network-checks';
import { listed, TalosError, withSubjects } from '../problem';
import { SecretDelivery } from '../secrets/secret-delivery';

/**
 * A machine config in a Secret, from which Talos nodes read it.
 */
export interface ITalosMachineConfig extends IConstruct, IMachineConfig {
  /**
   * The name of the Secret that brings what is secret in the machine config, in the namespace of the nodes: the machine config itself or, where
   * synthesis doesn't know the keys, the bundle of the cluster.
   */
  readonly secretName: string;

  /** The key of the Secret; the value of a machine config becomes `USERDATA`. */
  readonly secretKey: string;

  /**
   * How pods make the machine config when they start; undefined for one that is complete.
   *
   * @internal
   */
  readonly _rendered?: RenderedConfig;

  /**
   * How its keys get to the machines.
   *
   * @internal
   */
  readonly _secretDelivery?: SecretDelivery;

  /**
   * The machine configs of single machines, which have patches of their own.
   *
   * @internal
   */
  readonly _members?: MemberConfigs;
}

/**
 * Properties of a `TalosMachineConfig`.
 */
export interface TalosMachineConfigProps extends SecretOptions {
  /** The machine config. */
  readonly config: MachineConfig;

  /**
   * Patches for single machines of the StatefulSet, by the ordinals of their pods. Such a machine reads its own machine config from a file, which
   * Talos does since 1.12.
   *
   * @default - none
   * @see https://www.talos.dev/latest/talos-guides/configuration/acquire/
   */
  readonly memberPatches?: MemberPatches[];

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

  /**
   * The networks of the hosting cluster, against which the addresses and networks in the machine config are checked.
   *
   * @default - those of the construct that runs machines with it; otherwise not known
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
   */
  readonly hostingNetwork?: HostingNetwork;

  /**
   * How the keys in the machine config get to the machines. Ways that keep them from synthesis need a machine config of a cluster or control plane
   * that has the same `secretDelivery`.
   *
   * @default SecretDelivery.inline()
   */
  readonly secretDelivery?: SecretDelivery;

  /**
   * The image of the init container that puts keys and the texts of `SecretText` into the machine config: one with a static `/bin/busybox`.
   *
   * @default - `public.ecr.aws/docker/library/busybox:1.37.0-musl`
   */
  readonly busyboxImage?: string;

  /**
   * The name of the cluster, where the machine config may have another one.
   *
   * @internal
   */
  readonly _clusterName?: string;
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
 * With `memberPatches`, further keys hold the machine configs of these machines as YAML, for example `machineconfig-0` that of the first one.
 *
 * Where a `SecretText` brings a part of the machine config, the Secret has a template of it under the key `config.yaml`, and an init container fills
 * it when a pod starts. Where the `secretDelivery` keeps the keys from synthesis, a ConfigMap of that name has the template.
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
    return locatingNew(scope, id, () => {
      const { secretKey = SECRET_KEY } = readImportedMachineConfigOptions('options', options);
      return new ImportedMachineConfig(scope, id, readText('secretName', secretName), secretKey);
    });
  }

  /**
   * The name of the Secret that brings what is secret in the machine config: the machine config itself or, where synthesis doesn't know the keys, the
   * bundle of the cluster.
   */
  public readonly secretName: string;

  /** The key of the Secret: `userdata`, `config.yaml` for a template, or `bundle`. */
  public readonly secretKey: string;

  /** The machine config as the nodes get it, including what it needs to run in a pod. */
  public readonly config?: MachineConfig;

  /** @internal */
  public readonly _members?: MemberConfigs;

  /** @internal */
  public readonly _rendered?: RenderedConfig;

  /** @internal */
  public readonly _secretDelivery: SecretDelivery;

  private readonly hostingNetwork?: HostingNetwork;
  private readonly reported = new Set<string>();
  private readonly validates: boolean;
  // whether a cluster's construct has checked it, which knows more than the machines that it makes
  private isOfCluster = false;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if Talos would refuse the config in a pod, the config can't work there or is too large, patches for single machines change what all have
   * in common, the name isn't valid or is taken, or the config has keys that `secretDelivery` keeps out of manifests
   */
  constructor(scope: Construct, id: string, props: TalosMachineConfigProps) {
    super(scope, id);
    try {
      forbidStandIns(this);
      props = readTalosMachineConfigProps('props', props);
      this._secretDelivery = props.secretDelivery ?? SecretDelivery.inline();
      const name = props.name ?? nameFromPath(this);
      const defaults = props.podDefaults ?? true ? missingPodDefaults(props.config, props.config.talosVersion) : [];
      this.config = props.config._patch(defaults);
      this._members = props.memberPatches?.length ? new MemberConfigs(this.config, props.memberPatches) : undefined;
      this.hostingNetwork = props.hostingNetwork;
      this.validates = props.validate ?? true;
      if (this.validates) {
        this._requireValid({ hostingNetwork: this.hostingNetwork });
      }
      const appending = new Set([this.config, ...this._members?.entries.map(([, config]) => config) ?? []].flatMap(({ warnings }) => warnings));
      appending.forEach((warning) => warn(this, 'talos:duplicate-element', warning));
      warnOfHostBits(this, this.config);
      warnOfUnknownRelease(this, this.config.talosVersion);
      props.secretDelivery?._deliver(this);
      this._rendered = createRenderedConfig(this, {
        ...props, config: this.config, members: this._members, name, secretDelivery: this._secretDelivery, clusterName: props._clusterName,
      });
      ({ name: this.secretName, key: this.secretKey } = this._rendered?.secret ?? { name, key: SECRET_KEY });
      if (!this._rendered) {
        createSecretObject(this, name, props, { values: { [SECRET_KEY]: this.config.toUserData(), ...this._members?.values } });
      }
    } catch (error) {
      throw located(this, error);
    }
  }

  /**
   * Checks whether the machine config fits the pods that take it, beyond what was said already.
   *
   * @throws if it can't work there
   * @internal
   */
  public _requireFit({ hostingNetwork = this.hostingNetwork, ...pods }: PodFacts): void {
    if (this.validates && (pods.areOfCluster || !this.isOfCluster)) {
      this.isOfCluster ||= pods.areOfCluster ?? false;
      this._requireValid({ ...pods, hostingNetwork: hostingNetwork ?? HostingNetwork.of({}) });
    }
  }

  /**
   * Refuses a machine config that Talos would refuse in a pod, or that can't work there, and warns of what may not work.
   *
   * @param source the property that gives the machine config in quotes, or what stands for it
   * @throws if there is such a problem
   * @internal
   */
  public _requireValid(pods: PodFacts, source = '\'config\''): void {
    const ofAll = this.requireValid(this.config!, source, pods, []);
    this._members?.entries.forEach(([ordinal, config]) => this.requireValid(config, memberSource(ordinal), pods, ofAll));
  }

  /** Returns the messages of the warnings; those that are known aren't repeated. */
  private requireValid(config: MachineConfig, source: string, pods: PodFacts, known: string[]): string[] {
    const { errors, findings, warnings } = config._validate(pods);
    const problems = [...errors, ...findings];
    if (problems.length > 0) {
      const patches = config._patchesWith(problems, pods).map(patchName);
      const lines = problems.map(({ document, message }, index) => `${patches[index] ? `${patches[index]}: ` : ''}${document}: ${message}`);
      throw new TalosError('talos:machine-config-unfit', `${source} can't run in a pod, change:\n- ${lines.join('\n- ')}`);
    }
    const news = warnings.filter((warning) => !known.includes(warning.message) && !this.reported.has(keyOf(source, warning)));
    const patches = config._patchesWith(news, pods).map(patchName);
    news.forEach((warning, index) => {
      const { id, document, message } = warning;
      this.reported.add(keyOf(source, warning));
      warn(this, id, `${patches[index] ?? source}: ${document}: ${message}`);
    });
    return warnings.map(({ message }) => message);
  }
}

function keyOf(source: string, { id, document, path }: MachineConfigProblem): string {
  return [source, id, document, path].join(' ');
}

function memberSource(ordinal: number): string {
  return `'memberPatches' (ordinal ${ordinal})`;
}

/**
 * The Secret of a given machine config: the given construct, or a new one for a `MachineConfig`.
 *
 * @param pods what is known of the pods that take it
 * @throws if it is neither, or doesn't fit the pods; the message doesn't show the value, which may hold secrets
 */
export function bindMachineConfig(
  scope: Construct, given: IMachineConfig | undefined, name: string, pods: PodFacts, labels?: { readonly [key: string]: string },
  secretDelivery?: SecretDelivery,
): ITalosMachineConfig | undefined {
  if (given instanceof TalosMachineConfig) {
    withSubjects(machineConfigIs('\'machineConfig\''), () => given._requireFit(pods));
  }
  if (given === undefined || isTalosMachineConfig(given)) {
    if (given) {
      requireSameDelivery(given, secretDelivery);
    }
    return given;
  }
  if (given instanceof MachineConfig) {
    return createMachineConfig(scope, '\'machineConfig\'', { config: given, name, labels, secretDelivery }, pods);
  }
  throw new TalosError('talos:wrong-type', `'machineConfig' is ${kindOf(given)}: give a MachineConfig, for example MachineConfig.fromYaml() or MachineConfig.fromFile(), `
    + 'a TalosMachineConfig, or TalosMachineConfig.fromSecretName() for a Secret that is made elsewhere');
}

/**
 * Refuses a way of keys that doesn't reach a ready machine config, whose keys would then be where nobody expects them.
 *
 * @param secretDelivery that of the machines; undefined if it isn't chosen
 */
export function requireSameDelivery({ secretName, _secretDelivery }: ITalosMachineConfig, secretDelivery: SecretDelivery | undefined): void {
  if (secretDelivery && !secretDelivery._isSameAs(_secretDelivery)) {
    throw new TalosError('talos:conflicting-properties', `'secretDelivery' would not reach the ready 'machineConfig' (${secretName}): give it to the TalosMachineConfig`);
  }
}

/**
 * The Secret of a machine config for pods of which this is known.
 *
 * @param source the property that gives the machine config in quotes, or what stands for it in errors
 */
export function createMachineConfig(scope: Construct, source: string, props: TalosMachineConfigProps, pods: PodFacts): TalosMachineConfig {
  return withSubjects(machineConfigIs(source), () => {
    const machineConfig = new TalosMachineConfig(scope, 'Config', { ...props, validate: false });
    machineConfig._requireValid(pods, source);
    return machineConfig;
  });
}

/** The delivery of a cluster for the machine config of its machines; those that synthesis knows the keys of hold for all that is in the construct. */
export function deliveryOf(secretDelivery: SecretDelivery | undefined, clusterName: string): Pick<TalosMachineConfigProps, 'secretDelivery' | '_clusterName'> {
  return secretDelivery?._isKeyless ? { secretDelivery, _clusterName: clusterName } : {};
}

/**
 * Names the machine config as a user knows it, in the errors of its Secret and its machines.
 *
 * @param source the property that gives the machine config in quotes, or what stands for it
 */
export function machineConfigIs(source: string): (property: string) => string {
  return (property) => property === 'config' || property === 'machineConfig' ? source : `'${property}'`;
}

function isTalosMachineConfig(given: IMachineConfig): given is ITalosMachineConfig {
  return Construct.isConstruct(given) && ['secretName', 'secretKey'].every((property) => typeof (given as any)[property] === 'string');
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
    try {
      requireDnsSubdomain('secretName', secretName);
      requireSecretKey('secretKey', secretKey);
    } catch (error) {
      throw located(this, error);
    }
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
    throw new TalosError('talos:conflicting-properties', `'${property}' would not reach the ready 'machineConfig' (${machineConfig.secretName}): put it there, or ${remedy}`);
  }
}

export const readImportedMachineConfigOptions = readStructure<ImportedMachineConfigOptions>({}, { secretKey: readText });
export const readTalosMachineConfigProps = readStructure<TalosMachineConfigProps>({ config: readInstance(MachineConfig) }, {
  ...readSecretOptions.optional,
  memberPatches: readList(readMemberPatches),
  podDefaults: readBoolean,
  validate: readBoolean,
  hostingNetwork: readInstance(HostingNetwork),
  secretDelivery: readInstance(SecretDelivery),
  busyboxImage: readText,
  _clusterName: readText,
});

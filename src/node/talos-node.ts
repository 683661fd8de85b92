import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { TalosError } from '../problem';
import { ConfigUpdate } from './config-update';
import { machineLabels, machineSelector } from './machine-labels';
import { NodeStorage } from './node-storage';
import { hintAtPinning, warnOfOtherRelease, warnOfUnknownRelease } from './release-warnings';
import { RoleFacts, roleFacts } from './role-profile';
import { readOnlyRoot } from './root-file-system';
import { forbidStandIns } from './stand-in-check';
import { StoragePlan } from './storage-plan';
import { bindMachineConfig, ITalosMachineConfig } from './talos-machine-config';
import { TalosNodeProps, readTalosNodeProps } from './talos-node-props';
import { TalosPod, UserDataSource } from './talos-pod';
import { TalosWorkload } from './talos-workload';
import { createClaims, createWorkload, hasSeveral, podVolumes, requireOwnStorage, requireReplicas, requireWorkloadName, takeWorkloadNames, WorkloadOptions } from './workload';
import { located, locating } from '../kubernetes/construct-errors';
import { Container, Protocol, VolumeMount, readContainer, readVolumeMount } from '../kubernetes/container';
import { EnvVar, readEnvVar } from '../kubernetes/environment-variables';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { labelObjectsOf } from '../kubernetes/labels';
import { namespaceOf } from '../kubernetes/namespace-scope';
import { ServiceSpec } from '../kubernetes/object-specs';
import { requireLabelValue } from '../kubernetes/syntax';
import { nameFromPath } from '../kubernetes/taken-names';
import { Volume, readVolume } from '../kubernetes/volume';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';
import { needsWritableRoot, requireFreeApiServerPort, requireRunsOn } from '../machine-config/pod-requirements';
import { HostingNetwork } from '../network/hosting-network';
import { NAMED_BY_IDENTITY } from '../talos/release-table';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * Talos machines that share a machine config: one workload with its volumes, and the headless Service that gives its pods their DNS names. A
 * `TalosMachineConfig` can have patches for single machines.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { MachineConfig, TalosNode } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * new TalosNode(chart, 'node', {
 *   machineConfig: MachineConfig.fromFile('controlplane.yaml'),
 * });
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
 */
export class TalosNode extends Construct {
  /** The name of the workload and its Service. */
  public readonly name: string;

  /** The release of Talos. */
  public readonly talosVersion: TalosVersion;

  /**
   * The role of the machines in their cluster.
   *
   * @default - not known here
   */
  public readonly role?: TalosRole;

  /** The number of machines while they aren't suspended; 1 where somebody else sets it. */
  public readonly replicas: number;

  /** The StatefulSet, Deployment or Pod. */
  public readonly workload: ApiObject;

  /** The headless Service. */
  public readonly service: ApiObject;

  /**
   * The machine config.
   *
   * @default - the machines wait in maintenance mode
   */
  public readonly machineConfig?: ITalosMachineConfig;

  /**
   * The volumes, and where they are mounted.
   *
   * @internal
   */
  public readonly _storage: StoragePlan;

  private readonly configUpdate: ConfigUpdate;
  private readonly pod: TalosPod;
  private readonly claimObjects: ApiObject[];
  private holdsUpdates: boolean = false;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosNodeProps = {}) {
    super(scope, id);
    try {
      forbidStandIns(this);
      props = readTalosNodeProps('props', props);
      const { workload: kind = TalosWorkload.STATEFUL_SET, externalReplicas = false, replicas = 1 } = props;
      this.name = props.name ?? nameFromPath(this);
      this.replicas = replicas;
      this.configUpdate = props.configUpdate ?? ConfigUpdate.INITIAL;
      requireWorkloadName(kind, this.name);
      labelObjectsOf(this, machineLabels(this.name, props.role ?? props.machineConfig?.config?.role));
      this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
      this.machineConfig = bindMachineConfig(this, props.machineConfig, `${this.name}-config`, {
        hostingNetwork: props.hostingNetwork ?? HostingNetwork.of({}),
        hasWritableRoot: !(props.readOnlyRootFilesystem ?? !needsWritableRoot(props.machineConfig?.config, this.talosVersion)),
        areOfCluster: false,
      }, props.labels, props.secretDelivery);
      this.role = requireRole(props.role, this.machineConfig?.config);
      requireLabelValue('talosVersion', 'app.kubernetes.io/version', this.talosVersion.imageTag);
      requireReplicas(kind, props);

      const metadataLabels = {
        ...machineLabels(this.name, this.role),
        'app.kubernetes.io/version': this.talosVersion.imageTag,
      };
      const workload = {
        kind,
        name: this.name,
        replicas: externalReplicas ? undefined : replicas,
        isSuspended: props.suspend ?? false,
        labels: { ...metadataLabels, ...props.labels },
        annotations: props.annotations,
        selectorLabels: this.selectorLabels,
        claimRetentionPolicy: props.claimRetentionPolicy,
      };
      this.requireConfig(workload);
      this._storage = (props.storage ?? NodeStorage.persistent())._plan(this.talosVersion, this.configUpdate === ConfigUpdate.ROLL);
      requireOwnStorage(workload, this._storage);
      this.pod = this.createPod(workload, metadataLabels, props);

      takeWorkloadNames(this, kind, this.name);
      this.service = this.createService(workload.labels);
      this.claimObjects = createClaims(this, workload, this._storage);
      this.workload = createWorkload(this, workload, this._storage, this.pod, () => this.holdsUpdates);
      if (this.talosVersion.imageTag !== this.machineConfig?.config?.talosVersion.imageTag) {
        warnOfUnknownRelease(this, this.talosVersion);
      }
      warnOfOtherRelease(this, 'image.tag', props.image?.tag, this.talosVersion);
      hintAtPinning(this, this.talosVersion);
      if (this.talosVersion.conditions.length > 0) {
        warn(this, 'talos:release-with-conditions', `Talos ${this.talosVersion.imageTag} in a pod has conditions: ${this.talosVersion.conditions.join('; ')}`);
      }
    } catch (error) {
      throw located(this, error);
    }
  }

  /** The labels by which the pods are selected. */
  public get selectorLabels(): { [key: string]: string } {
    return machineSelector(this.name);
  }

  /**
   * The hostnames in the machine configs, by ordinal. Machines without one have the names of their pods.
   *
   * @internal
   */
  public get _hostnames(): (string | undefined)[] {
    return this.machineConfig?._members?.hostnames(this.replicas) ?? [this.machineConfig?.config?.hostname];
  }

  /** The claims of a Deployment or Pod; those of a StatefulSet come from its templates. */
  public get claims(): ApiObject[] {
    return [...this.claimObjects];
  }

  /**
   * Adds a container that runs beside Talos.
   *
   * @param container the container
   * @throws if its name is taken, it mounts a volume that the pod doesn't have, or it isn't valid
   */
  public addContainer(container: Container): void {
    locating(this, () => this.pod.addContainer(readContainer('container', container)));
  }

  /**
   * Adds a container that ends before Talos starts, or, with a restart policy, starts before it and runs beside it.
   *
   * @param container the container
   * @throws if its name is taken, it mounts a volume that the pod doesn't have, or it isn't valid
   */
  public addInitContainer(container: Container): void {
    locating(this, () => this.pod.addInitContainer(readContainer('container', container)));
  }

  /**
   * Adds a volume that containers can mount afterwards.
   *
   * @param volume the volume
   * @throws if its name is taken, or it doesn't have exactly one source
   */
  public addVolume(volume: Volume): void {
    locating(this, () => this.pod.addVolume(readVolume('volume', volume)));
  }

  /**
   * Mounts a volume in the Talos container.
   *
   * @param mount the volume and its path
   * @throws if the pod doesn't have the volume, or something is mounted there already
   */
  public addVolumeMount(mount: VolumeMount): void {
    locating(this, () => this.pod.addVolumeMount(readVolumeMount('mount', mount)));
  }

  /**
   * Adds an environment variable to the Talos container.
   *
   * @param variable the variable
   * @throws if it is set already
   */
  public addEnv(variable: EnvVar): void {
    locating(this, () => this.pod.addEnv(readEnvVar('variable', variable)));
  }

  /**
   * Leaves the pods of the StatefulSet as they are until the next synthesis without this: a changed template doesn't replace them.
   *
   * @internal
   */
  public _holdUpdates(): void {
    this.holdsUpdates = true;
  }

  /**
   * The pod template as Kubernetes takes it, for a workload of another kind. It doesn't contain the claims of a StatefulSet.
   */
  public podTemplate(): any {
    return this.pod.toTemplate();
  }

  private get roleFacts(): RoleFacts {
    return roleFacts(this.role, this.machineConfig?.config?._facts.apiServerPort);
  }

  private requireConfig(workload: WorkloadOptions): void {
    const { configUpdate, machineConfig } = this;
    if (configUpdate === ConfigUpdate.APPLY_JOB) {
      throw new TalosError('talos:conflicting-properties', '\'configUpdate\' (APPLY_JOB) needs a TalosControlPlane, which knows the credentials: use ConfigUpdate.INITIAL or ROLL');
    }
    if (!machineConfig) {
      if (configUpdate === ConfigUpdate.ROLL) {
        throw new TalosError('talos:conflicting-properties', '\'configUpdate\' (ROLL) needs a machine config: give one to \'machineConfig\', or leave it out');
      }
      return;
    }
    if (machineConfig.config) {
      this.requireKnownConfig(machineConfig, machineConfig.config, workload);
      machineConfig._members?.requireFit(`'memberPatches' in the Secret ${machineConfig.secretName}`, {
        ...workload, talosVersion: this.talosVersion, areRendered: machineConfig._rendered !== undefined,
      });
    }
    if (configUpdate === ConfigUpdate.ROLL && workload.kind === TalosWorkload.POD) {
      throw new TalosError('talos:conflicting-properties', '\'configUpdate\' (ROLL) replaces pods, and nothing replaces a TalosWorkload.POD: use TalosWorkload.STATEFUL_SET');
    }
    if (configUpdate === ConfigUpdate.ROLL && !this.talosVersion.keepsHostname && this._hostnames.includes(undefined)) {
      throw new TalosError('talos:unsupported-release', `'configUpdate' (ROLL) loses the node's name with /system/state on Talos ${this.talosVersion.imageTag}: `
        + `use v${NAMED_BY_IDENTITY.before} or newer, ConfigUpdate.INITIAL, or a machine config with a HostnameConfig`);
    }
  }

  private requireKnownConfig(machineConfig: ITalosMachineConfig, config: MachineConfig, workload: WorkloadOptions): void {
    requireRunsOn(config, this.talosVersion);
    machineConfig._members?.entries.forEach(([, own]) => requireRunsOn(own, this.talosVersion));
    requireFreeApiServerPort(config);
    const [own, theirs] = [this, machineConfig].map(namespaceOf);
    if (own !== theirs) {
      throw new TalosError('talos:conflicting-properties', `'machineConfig' (${machineConfig.secretName}) is in the namespace ${theirs}, the node in ${own}: `
        + 'pods read Secrets of their own namespace only, so put both into one');
    }
    const { hostname } = config;
    if (hasSeveral(workload) && hostname !== undefined && !machineConfig._members) {
      throw new TalosError('talos:conflicting-properties', `'machineConfig' (${machineConfig.secretName}) gives the name '${hostname}' to all ${workload.replicas ?? ''} 'replicas', which would register as the same node: `
        + 'leave the name out, or use one replica');
    }
  }

  private createPod(workload: WorkloadOptions, labels: { readonly [key: string]: string }, props: TalosNodeProps): TalosPod {
    const { machineConfig, _storage } = this;
    const replacesConfig = this.configUpdate === ConfigUpdate.ROLL;
    const checksum: { [key: string]: string } = replacesConfig && machineConfig?.config
      ? { 'checksum/machine-config': checksumOf(machineConfig, machineConfig.config) }
      : {};
    const volumeMounts = _storage.volumeMounts.map(({ mount, volume, subPath }) => ({ name: volume, mountPath: mount, subPath }));
    return new TalosPod({
      imageTag: this.talosVersion.imageTag,
      machineConfig: machineConfig?._rendered?.forMachines(this.talosVersion, volumeMounts, replacesConfig)
        ?? (machineConfig && userDataFor(machineConfig, this.name)),
      role: this.roleFacts,
      readOnlyRootFilesystem: readOnlyRoot(this, props, needsWritableRoot(machineConfig?.config, this.talosVersion)),
      selectorLabels: this.selectorLabels,
      labels,
      annotations: checksum,
      volumes: podVolumes(workload, _storage),
      claimedVolumeNames: workload.kind === TalosWorkload.STATEFUL_SET ? _storage.claimedVolumes.map(({ name }) => name) : [],
      volumeMounts,
      preflight: props.preflight?._container(this.talosVersion, volumeMounts),
    }, props);
  }

  private createService(labels: { readonly [key: string]: string }): ApiObject {
    const spec: ServiceSpec = {
      clusterIP: 'None',
      // machines must find each other, and be reachable in maintenance mode, before they are ready
      publishNotReadyAddresses: true,
      selector: this.selectorLabels,
      ports: this.roleFacts.ports.map(({ name, port }) => ({ name, port, targetPort: port, protocol: Protocol.TCP })),
    };
    return new KubernetesObject(this, 'Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: this.name, labels }, spec });
  }
}

/** Changes with the machine config of any machine. */
function checksumOf({ _rendered, _members }: ITalosMachineConfig, config: MachineConfig): string {
  return _rendered?.checksum ?? createHash('sha256').update(config.toUserData() + (_members?.text ?? '')).digest('hex');
}

function userDataFor({ secretName, secretKey: key, _members }: ITalosMachineConfig, workload: string): UserDataSource {
  return { secretName, key, ownConfigs: _members?.filesFor(workload) };
}

function requireRole(role: TalosRole | undefined, config: MachineConfig | undefined): TalosRole | undefined {
  if (config && role && role !== config.role) {
    throw new TalosError('talos:conflicting-properties', `'role' (${role}) doesn't fit 'machineConfig', whose 'machine.type' is ${config.machineType}: `
      + `use TalosRole.${config.role === TalosRole.WORKER ? 'WORKER' : 'CONTROL_PLANE'}, or another machine config`);
  }
  return role ?? config?.role;
}

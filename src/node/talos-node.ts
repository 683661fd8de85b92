import { createHash } from 'crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigUpdate } from './config-update';
import { NodeStorage } from './node-storage';
import { roleFacts } from './role-profile';
import { ClaimedVolume, ClaimSource, PlannedVolume, StoragePlan } from './storage-plan';
import { TalosNodeProps } from './talos-node-props';
import { TalosPod } from './talos-pod';
import { TalosWorkload } from './talos-workload';
import { Container, Protocol, VolumeMount } from '../kubernetes/container';
import { EnvVar } from '../kubernetes/environment-variables';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty } from '../kubernetes/manifest';
import { namespaceOf } from '../kubernetes/namespace-scope';
import { DeploymentSpec, PersistentVolumeClaimSpec, ServiceSpec, StatefulSetSpec } from '../kubernetes/object-specs';
import { LONGEST_STATEFUL_SET_NAME, requireLabelValue, requireRfc1035Label, requireWholeNumber } from '../kubernetes/syntax';
import { findOwner, nameFromPath, takeName } from '../kubernetes/taken-names';
import { Volume } from '../kubernetes/volume';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';
import { requireRunsOn } from '../machine-config/pod-requirements';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * Talos machines that share a machine config: one workload with its volumes, and the headless Service that gives its pods their names.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
 */
export class TalosNode extends Construct {
  /** The name of the workload and its Service. */
  public readonly name: string;

  /** The release of Talos. */
  public readonly talosVersion: TalosVersion;

  /**
   * What the machines do in their cluster.
   *
   * @default - not known here
   */
  public readonly role?: TalosRole;

  /** How many machines there are. */
  public readonly replicas: number;

  /** The StatefulSet, Deployment or Pod. */
  public readonly workload: ApiObject;

  /** The headless Service. */
  public readonly service: ApiObject;

  private readonly kind: TalosWorkload;
  private readonly props: TalosNodeProps;
  private readonly plan: StoragePlan;
  private readonly pod: TalosPod;
  private readonly metadataLabels: { [key: string]: string };
  private readonly claimObjects: ApiObject[];

  /**
   * @param scope the construct, most often a chart, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosNodeProps = {}) {
    super(scope, id);
    this.props = props;
    this.kind = props.workload ?? TalosWorkload.STATEFUL_SET;
    this.name = props.name ?? nameFromPath(this);
    this.replicas = props.replicas ?? 1;
    this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
    this.role = requireRole(props.role, props.machineConfig?.config);
    this.requireName();
    requireLabelValue('talosVersion', 'app.kubernetes.io/version', this.talosVersion.imageTag);
    this.requireReplicas();
    this.requireConfig();

    this.metadataLabels = {
      ...this.selectorLabels,
      ...(this.role && { 'app.kubernetes.io/component': this.role }),
      'app.kubernetes.io/version': this.talosVersion.imageTag,
    };
    this.plan = (props.storage ?? NodeStorage.persistent())._plan(this.talosVersion, this.configUpdate === ConfigUpdate.ROLL);
    this.requireOwnStorage();
    this.requireClaimTemplates();
    this.pod = this.createPod();

    this.takeName();
    this.service = this.createService();
    this.claimObjects = this.createClaims();
    this.workload = this.createWorkload();
    if (this.talosVersion.conditions.length > 0) {
      warn(this, `Talos ${this.talosVersion.imageTag} in a pod has conditions: ${this.talosVersion.conditions.join('; ')}`);
    }
  }

  /** The labels by which the pods are selected. */
  public get selectorLabels(): { [key: string]: string } {
    return { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': this.name };
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
    this.pod.addContainer(container);
  }

  /**
   * Adds a container that ends before Talos starts, or, with a restart policy, starts before it and runs beside it.
   *
   * @param container the container
   * @throws if its name is taken, it mounts a volume that the pod doesn't have, or it isn't valid
   */
  public addInitContainer(container: Container): void {
    this.pod.addInitContainer(container);
  }

  /**
   * Adds a volume, which containers can mount then.
   *
   * @param volume the volume
   * @throws if its name is taken, or it doesn't have one source
   */
  public addVolume(volume: Volume): void {
    this.pod.addVolume(volume);
  }

  /**
   * Shows a volume to the Talos container.
   *
   * @param mount which volume, and where
   * @throws if the pod doesn't have the volume, or something is mounted there already
   */
  public addVolumeMount(mount: VolumeMount): void {
    this.pod.addVolumeMount(mount);
  }

  /**
   * Adds an environment variable of the Talos container.
   *
   * @param variable the variable
   * @throws if it is set already
   */
  public addEnv(variable: EnvVar): void {
    this.pod.addEnv(variable);
  }

  /**
   * The pods' template as Kubernetes takes it, for a workload of another kind. Claims of a StatefulSet are not in it.
   */
  public podTemplate(): any {
    return this.pod.toTemplate();
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? ConfigUpdate.INITIAL;
  }

  private get isStatefulSet(): boolean {
    return this.kind === TalosWorkload.STATEFUL_SET;
  }

  private get claimedVolumes(): ClaimedVolume[] {
    return this.plan.volumes.flatMap(({ name, source }) => source.kind === 'claim' ? [{ name, source }] : []);
  }

  private requireName(): void {
    if (this.isStatefulSet) {
      requireRfc1035Label('name', this.name, LONGEST_STATEFUL_SET_NAME, 'a StatefulSet appends to it');
    } else {
      requireRfc1035Label('name', this.name);
    }
  }

  /** A StatefulSet would wait for ever for a pod whose name another one has. */
  private takeName(): void {
    takeName(this, 'Talos node', this.name);
    takeName(this, this.kind, this.name);
    takeName(this, 'Service', this.name);
    const statefulSet = this.kind === TalosWorkload.POD && findOwner(this, TalosWorkload.STATEFUL_SET, (name) => isPodOf(name, this.name));
    if (statefulSet) {
      throw new Error(`'name' (${this.name}) is that of a pod of the StatefulSet at ${statefulSet}: give one of them another name`);
    }
    const pod = this.isStatefulSet && findOwner(this, TalosWorkload.POD, (name) => isPodOf(this.name, name));
    if (pod) {
      throw new Error(`'name' (${this.name}) gives a pod the name of the Pod at ${pod}: give one of them another name`);
    }
  }

  private requireReplicas(): void {
    requireWholeNumber('replicas', this.replicas, 1);
    if (this.kind === TalosWorkload.POD && this.replicas > 1) {
      throw new Error(`'replicas' (${this.replicas}) is more than the one machine of TalosWorkload.POD: use TalosWorkload.STATEFUL_SET`);
    }
  }

  private requireConfig(): void {
    const { machineConfig, configUpdate } = this.props;
    if (configUpdate === ConfigUpdate.APPLY_JOB) {
      throw new Error('\'configUpdate\' (APPLY_JOB) needs a TalosControlPlane, which knows the credentials: use ConfigUpdate.INITIAL or ROLL');
    }
    if (!machineConfig) {
      if (configUpdate === ConfigUpdate.ROLL) {
        throw new Error('\'configUpdate\' (ROLL) needs a machine config: give one to \'machineConfig\', or leave it out');
      }
      return;
    }
    if (machineConfig.config) {
      requireRunsOn(machineConfig.config, this.talosVersion);
      const [own, theirs] = [this, machineConfig].map(namespaceOf);
      if (own !== theirs) {
        throw new Error(`'machineConfig' (${machineConfig.secretName}) lies in the namespace ${theirs}, the node in ${own}: `
          + 'pods read Secrets of their own namespace only, so put both into one');
      }
      const { hostname } = machineConfig.config;
      if (this.replicas > 1 && hostname !== undefined) {
        throw new Error(`'machineConfig' (${machineConfig.secretName}) gives the name '${hostname}' to all ${this.replicas} 'replicas', which then push each other out: `
          + 'leave the name out, or have one replica');
      }
    }
    if (configUpdate === ConfigUpdate.ROLL && this.kind === TalosWorkload.POD) {
      throw new Error('\'configUpdate\' (ROLL) replaces pods, and nothing replaces a TalosWorkload.POD: use TalosWorkload.STATEFUL_SET');
    }
    if (configUpdate === ConfigUpdate.ROLL && !this.talosVersion.keepsHostname && !machineConfig.config?.hostname) {
      throw new Error(`'configUpdate' (ROLL) loses the node's name with /system/state on Talos ${this.talosVersion.imageTag}: `
        + 'use v1.14.2 or newer, ConfigUpdate.INITIAL, or a machine config with a HostnameConfig');
    }
  }

  /** Replicas can't share the files of one machine; only a StatefulSet gives each its own. */
  private requireOwnStorage(): void {
    if (this.replicas === 1) {
      return;
    }
    for (const { mount, volume } of this.plan.volumeMounts) {
      const { kind } = this.plan.volumes.find(({ name }) => name === volume)!.source;
      if (kind !== 'emptyDir' && !(kind === 'claim' && this.isStatefulSet)) {
        throw new Error(`'storage' keeps ${mount} in one place for all ${this.replicas} replicas of a ${this.kind}: `
          + 'use TalosWorkload.STATEFUL_SET with claims, NodeStorage.ephemeral(), or one replica');
      }
    }
  }

  private requireClaimTemplates(): void {
    if (this.props.claimRetentionPolicy && !(this.isStatefulSet && this.claimedVolumes.length > 0)) {
      throw new Error(`'claimRetentionPolicy' is about the claims of a StatefulSet, and this ${this.kind} makes none: leave it out`);
    }
  }

  private createPod(): TalosPod {
    const { machineConfig } = this.props;
    const checksum: { [key: string]: string } = this.configUpdate === ConfigUpdate.ROLL && machineConfig?.config
      ? { 'checksum/machine-config': createHash('sha256').update(machineConfig.config.toUserData()).digest('hex') }
      : {};
    return new TalosPod({
      imageTag: this.talosVersion.imageTag,
      role: roleFacts(this.role),
      userData: machineConfig && { secretName: machineConfig.secretName, key: machineConfig.secretKey },
      selectorLabels: this.selectorLabels,
      labels: this.metadataLabels,
      annotations: checksum,
      volumes: this.plan.volumes.flatMap((volume) => this.volume(volume)),
      claimedVolumeNames: this.isStatefulSet ? this.claimedVolumes.map(({ name }) => name) : [],
      volumeMounts: this.plan.volumeMounts.map(({ mount, volume, subPath }) => ({ name: volume, mountPath: mount, subPath })),
    }, this.props);
  }

  private volume({ name, source }: PlannedVolume): Volume[] {
    switch (source.kind) {
      case 'emptyDir':
        return [{ name, emptyDir: { medium: source.medium, sizeLimit: source.sizeLimit } }];
      case 'hostPath':
        return [{ name, hostPath: { path: source.path, type: source.type } }];
      case 'existingClaim':
        return [{ name, persistentVolumeClaim: { claimName: source.claimName } }];
      case 'claim':
        return this.isStatefulSet ? [] : [{ name, persistentVolumeClaim: { claimName: this.claimName(name) } }];
    }
  }

  private get objectLabels(): { readonly [key: string]: string } {
    return { ...this.metadataLabels, ...this.props.labels };
  }

  private claimName(volume: string): string {
    return `${this.name}-${volume}`;
  }

  private createService(): ApiObject {
    const spec: ServiceSpec = {
      clusterIP: 'None',
      // machines find each other, and are reached in maintenance mode, before they are ready
      publishNotReadyAddresses: true,
      selector: this.selectorLabels,
      ports: roleFacts(this.role).ports.map(({ name, port }) => ({ name, port, targetPort: port, protocol: Protocol.TCP })),
    };
    return new KubernetesObject(this, 'Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: this.name, labels: this.objectLabels },
      spec,
    });
  }

  private createClaims(): ApiObject[] {
    if (this.isStatefulSet) {
      return [];
    }
    return this.claimedVolumes.map(({ name, source }) => new KubernetesObject(this, `Claim-${name}`, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: this.claimName(name), labels: this.objectLabels, annotations: unlessEmpty(source.annotations) },
      spec: claimSpec(source),
    }));
  }

  private createWorkload(): ApiObject {
    const metadata = { name: this.name, labels: this.objectLabels, annotations: unlessEmpty(this.props.annotations) };
    switch (this.kind) {
      case TalosWorkload.STATEFUL_SET:
        return new KubernetesObject(this, 'Resource', {
          apiVersion: 'apps/v1', kind: this.kind, metadata, spec: Lazy.any({ produce: () => this.statefulSetSpec() }),
        });
      case TalosWorkload.DEPLOYMENT:
        return new KubernetesObject(this, 'Resource', {
          apiVersion: 'apps/v1', kind: this.kind, metadata, spec: Lazy.any({ produce: () => this.deploymentSpec() }),
        });
      case TalosWorkload.POD:
        return new KubernetesObject(this, 'Resource', {
          apiVersion: 'v1', kind: this.kind, metadata, spec: Lazy.any({ produce: () => this.pod.toTemplate().spec }),
        });
    }
  }

  private statefulSetSpec(): StatefulSetSpec {
    return {
      serviceName: this.name,
      replicas: this.replicas,
      // a control plane is ready only when its cluster is, which its other members must start for
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: this.selectorLabels },
      persistentVolumeClaimRetentionPolicy: this.props.claimRetentionPolicy,
      template: this.pod.toTemplate(),
      volumeClaimTemplates: unlessEmpty(this.claimedVolumes.map(({ name, source }) => ({
        // without these two, Argo CD sees a difference for ever
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, labels: this.selectorLabels, annotations: unlessEmpty(source.annotations) },
        spec: claimSpec(source),
      }))),
    };
  }

  private deploymentSpec(): DeploymentSpec {
    const persists = this.plan.volumes.some(({ source }) => source.kind !== 'emptyDir');
    return {
      replicas: this.replicas,
      selector: { matchLabels: this.selectorLabels },
      // the old pod must let go of the files first; what isn't written here, such as the defaults, an update doesn't take away
      strategy: persists ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: this.pod.toTemplate(),
    };
  }
}

function isPodOf(statefulSet: string, pod: string): boolean {
  return pod.startsWith(`${statefulSet}-`) && /^\d+$/.test(pod.slice(statefulSet.length + 1));
}

function claimSpec(claim: ClaimSource): PersistentVolumeClaimSpec {
  return {
    accessModes: [claim.accessMode],
    storageClassName: claim.storageClassName,
    resources: { requests: { storage: claim.size } },
  };
}

function requireRole(role: TalosRole | undefined, config: MachineConfig | undefined): TalosRole | undefined {
  if (config && role && role !== config.role) {
    throw new Error(`'role' (${role}) doesn't fit 'machineConfig', whose 'machine.type' is ${config.machineType}: `
      + `use TalosRole.${config.role === TalosRole.WORKER ? 'WORKER' : 'CONTROL_PLANE'}, or another machine config`);
  }
  return role ?? config?.role;
}

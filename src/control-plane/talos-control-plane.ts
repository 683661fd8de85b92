import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { requireClusterName, requireExposures, requireMembers, requireSource } from './checks';
import { PoolNames } from './machine-registry';
import { memberAddressContainer } from './member-address-container';
import { initPatch, stableAddressPatch } from './member-config';
import { createMemberService } from './member-service';
import { MemberSpread, withMemberSpread } from './members';
import { ControlPlaneNames } from './names';
import { controlPlaneNotes } from './notes';
import { covers, requireFit, requireSameCluster, requireSingleInit } from './ready-config-checks';
import { ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions, TalosControlPlaneProps } from './talos-control-plane-props';
import { warnIfNewer } from './version-skew';
import { createExposedService } from '../access/exposed-service';
import { networkPolicySpec } from '../access/network-policy-spec';
import { createControlPlaneJobs } from '../jobs/control-plane-jobs';
import { TalosctlJobImages } from '../jobs/talosctl-job';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels } from '../kubernetes/labels';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { requireLabels } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { externalWorkerConfig, ExternalWorkerOptions } from '../machine-config/external-worker-config';
import { MachineConfig } from '../machine-config/machine-config';
import { machineNamesPatch } from '../machine-config/pod-requirements';
import { ClusterFacts } from '../machine-config/worker-config';
import { ClusterSubnets } from '../network/cluster-subnets';
import { HostingNetwork } from '../network/hosting-network';
import { isIpv6 } from '../network/networks';
import { planSubnets, requireSubnets } from '../network/subnet-plan';
import { ConfigUpdate } from '../node/config-update';
import { createDisruptionBudget } from '../node/disruption-budget';
import { roleFacts } from '../node/role-profile';
import { ITalosMachineConfig, TalosMachineConfig } from '../node/talos-machine-config';
import { TalosNode } from '../node/talos-node';
import { KubeconfigSecret } from '../secrets/kubeconfig-secret';
import { KubeconfigOptions, TalosconfigOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosconfigSecret } from '../secrets/talosconfig-secret';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

const BUSYBOX_IMAGE = 'docker.io/library/busybox:1.37.0-musl';

/**
 * The control plane of a Talos cluster, in pods of the hosting cluster: its machines, the Services that lead to them, a budget for disruptions,
 * and the Job that brings etcd to life.
 *
 * @see https://www.talos.dev/latest/learn-more/control-plane/
 */
export class TalosControlPlane extends Construct {
  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The release of Talos. */
  public readonly talosVersion: TalosVersion;

  /** The URL of the Kubernetes API as the machines of the cluster reach it. */
  public readonly endpoint: string;

  /** The machine config that the members share. */
  public readonly machineConfig: ITalosMachineConfig;

  /** The machines: the StatefulSet and its headless Service. (`node` is the construct's place in the tree.) */
  public readonly talosNode: TalosNode;

  /**
   * The secrets of the cluster.
   *
   * @default - not known here, with a ready machine config that is made elsewhere
   */
  public readonly secrets?: TalosSecrets;

  /**
   * By which names and addresses it is reached.
   *
   * @internal
   */
  public readonly _addresses: ControlPlaneAddresses;

  /**
   * The names of the cluster's machines.
   *
   * @internal
   */
  public readonly _pools: PoolNames;

  private readonly props: TalosControlPlaneProps;
  private readonly names: ControlPlaneNames;
  private readonly labels: { readonly [key: string]: string };
  private readonly host: HostingNetwork;
  private readonly exposureObjects: ApiObject[];
  private readonly jobNames: string[];

  /**
   * @param scope the construct, most often a chart with a namespace, to which it belongs
   * @param id its id there
   * @param props its properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosControlPlaneProps) {
    super(scope, id);
    this.props = props;
    this.clusterName = props.clusterName;
    requireClusterName(this.clusterName);
    takeName(this, 'control plane', this.clusterName, 'clusterName');
    this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
    this.host = props.hostingNetwork ?? HostingNetwork.of({});
    this.names = new ControlPlaneNames(this.clusterName, requireNamespace(this), this.host.dnsDomain);
    this.labels = clusterLabels(this.clusterName);
    takeName(this, 'machines', this.names.machines, 'clusterName');
    requireLabels('labels', props.labels ?? {}, this.labels);
    requireMembers(props, this.talosVersion);
    requireExposures(props, this.host.dnsDomain);
    requireSource(props);
    requireFit(props, this.names);
    this._addresses = new ControlPlaneAddresses(props, this.names, this.host);
    this._pools = new PoolNames(this);

    const subnets = this.planSubnets();
    this.secrets = this.findSecrets();
    this.machineConfig = props.machineConfig ?? this.createMachineConfig(subnets);
    const { config } = this.machineConfig;
    this.endpoint = config?._endpoint ?? this._addresses.endpoint;
    requireSingleInit(config, this._addresses.members.length);
    this._pools.takeHostname(config?.hostname, this);
    this.talosNode = this.createTalosNode();
    this.exposureObjects = this.createServices();
    createDisruptionBudget(this, this.talosNode, this.labels, this.maxUnavailable);
    this.createNetworkPolicy();
    this.createCredentials();
    this.jobNames = this.createJobs();
    this.createNotes();
  }

  /** The Services: the headless one, those of the APIs with what leads to them, and those of the members. */
  public get services(): ApiObject[] {
    return [this.talosNode.service, ...this.exposureObjects];
  }

  /** The URL of the Kubernetes API for clients inside the hosting cluster. */
  public get insideEndpoint(): string {
    return this._addresses.insideEndpoint;
  }

  /**
   * A talosconfig. Without options it is an administrator's, for the address under which the Talos API is exposed, or for the headless Service.
   *
   * @param options what is in it
   * @throws if the secrets aren't known here
   */
  public talosconfig(options: ControlPlaneTalosconfigOptions = {}): string {
    return this.requireSecrets().talosconfig(this.talosconfigOptions(options));
  }

  /**
   * A kubeconfig. Without options it is an administrator's, for the address under which the Kubernetes API is exposed.
   *
   * @param options what is in it
   * @throws if the secrets aren't known here
   */
  public kubeconfig(options: ControlPlaneKubeconfigOptions = {}): string {
    return this.requireSecrets().kubeconfig(this.kubeconfigOptions(options));
  }

  /**
   * The machine config of a worker outside of the hosting cluster, on a physical or virtual machine: with an installation, the address from
   * outside and nothing that is for pods. Hand it over as text, as a file, or as a `ExternalMachineConfigSecret`; it holds the cluster's token.
   *
   * @param options what it is made from
   * @throws if `externalWorkers` isn't set, the control plane's machine config is made elsewhere, an option can't be right, or the machine couldn't
   * join or run
   * @see https://www.talos.dev/latest/introduction/getting-started/#apply-configuration
   */
  public externalWorkerConfig(options: ExternalWorkerOptions): MachineConfig {
    const { props } = this;
    if (!props.externalWorkers) {
      throw new Error('\'externalWorkers\' (false) leaves trustd (50001) out of the Service by which machines outside would join: set it, '
        + 'with \'kubernetesApi\' at an address that is reachable from outside');
    }
    const cluster = this._cluster;
    warnIfNewer(this, options.talosVersion ?? this.talosVersion, this.talosVersion);
    return externalWorkerConfig(cluster, {
      endpoint: this._addresses.externalEndpoint!,
      certificateNames: this.machineConfig.config!._machineNames,
    }, options);
  }

  /**
   * What the person who applies it should know, as plain text without secrets: objects, addresses, ports, claims, how to get credentials and
   * reach the machines, the first start, what survives what, and how to have fewer members.
   */
  public describe(): string {
    const { props, _addresses } = this;
    return controlPlaneNotes({
      clusterName: this.clusterName,
      namespace: requireNamespace(this),
      talosVersion: this.talosVersion,
      members: _addresses.members,
      replicas: this.replicas,
      isLeaving: props.scaleDownFrom !== undefined,
      hasStableAddresses: _addresses.areStable,
      objects: this.node.findAll().flatMap((construct) => construct instanceof ApiObject ? [{ kind: construct.kind, name: construct.name }] : []),
      endpoint: this.endpoint,
      kubernetesApi: _addresses.kubernetesApi,
      talosApi: _addresses.talosApi,
      ports: roleFacts(TalosRole.CONTROL_PLANE).ports,
      workload: this.talosNode.workload.toJson(),
      hasCredentials: this._hasCredentials,
      bootstrap: props.bootstrap ?? BootstrapMode.JOB,
      configUpdate: this.configUpdate,
      allowsEviction: this.maxUnavailable > 0,
      jobs: this.jobNames,
    });
  }

  /**
   * What the workers of the cluster have in common.
   *
   * @throws if it isn't known here
   * @internal
   */
  public get _cluster(): ClusterFacts {
    const { config } = this.machineConfig;
    if (!config || !this.secrets) {
      throw new Error(`'machineConfig' (${this.machineConfig.secretName}) of the control plane is made elsewhere, so that of workers can't be generated: `
        + 'make theirs elsewhere too, and give it to a pool as its \'machineConfig\'');
    }
    return {
      ...config._subnets,
      clusterName: this.clusterName,
      talosVersion: this.talosVersion,
      kubernetesVersion: config._kubernetesVersion ?? this.talosVersion.defaultKubernetesVersion,
      secrets: this.secrets,
      dnsDomain: config._dnsDomain,
      discovery: config._hasDiscovery,
    };
  }

  /**
   * Whether members of etcd advertise the addresses that their nodes have by DNS, as `talosctl health` wants them to.
   *
   * @internal
   */
  public get _hasEtcdAtNodeAddresses(): boolean {
    const advertised = this.machineConfig.config?._documents.get('v1alpha1', 'cluster.etcd.advertisedSubnets');
    const families = new Set([...this.host.podCidrs, ...this.host.serviceCidrs].map(isIpv6));
    return families.size < 2 && !(Array.isArray(advertised) && advertised.length > 0);
  }

  /**
   * Whether machines outside of the hosting cluster join.
   *
   * @internal
   */
  public get _hasExternalWorkers(): boolean {
    return this.props.externalWorkers ?? false;
  }

  /**
   * Whether Secrets with credentials are made.
   *
   * @internal
   */
  public get _hasCredentials(): boolean {
    return this.secrets !== undefined && (this.props.credentialSecrets ?? true);
  }

  /**
   * Whether only those whom a policy names reach the members.
   *
   * @internal
   */
  public get _hasNetworkPolicy(): boolean {
    return this.props.networkPolicy !== undefined;
  }

  /**
   * The URL of the Kubernetes API for a pool inside the hosting cluster: by the members' own addresses, as these are there first.
   *
   * @internal
   */
  public _joinEndpoint(pool: IConstruct): string {
    const { config } = this.machineConfig;
    const { headlessHost } = this.names;
    const certificates = [config?._apiServerNames, config?._machineNames];
    if (certificates.every((names) => names?.some((name) => covers(name, headlessHost)))) {
      return this._addresses.joinEndpoint;
    }
    if (!this._hasExternalWorkers) {
      warn(pool, `the workers join by ${this.endpoint}, whose host must lead to trustd (50001) too, or they have no Talos API: to let them join by the `
        + `members' own addresses, add ${headlessHost} to 'machine.certSANs' and to the certificate of the Kubernetes API in the control plane's 'machineConfig'`);
    }
    return this.endpoint;
  }

  /**
   * The images of the Jobs with talosctl.
   *
   * @internal
   */
  public get _jobImages(): TalosctlJobImages {
    const { toolImages, imagePullSecrets } = this.props;
    return {
      talosctlImage: toolImages?.talosctl ?? `ghcr.io/siderolabs/talosctl:${this.talosVersion.imageTag}`,
      busyboxImage: this.busyboxImage,
      imagePullSecrets,
    };
  }

  /**
   * Whether the root of a machine of a release must be writable, for the network of the cluster's pods.
   *
   * @internal
   */
  public _needsWritableRoot(talosVersion: TalosVersion): boolean {
    return this.props.cni?._needsWritableRoot(talosVersion) ?? false;
  }

  private get replicas(): number {
    return this.props.replicas ?? 1;
  }

  private get maxUnavailable(): number {
    return this._addresses.members.length > 1 || (this.props.allowSingleMemberEviction ?? true) ? 1 : 0;
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? this.talosVersion._configUpdate;
  }

  private get busyboxImage(): string {
    return this.props.toolImages?.busybox ?? BUSYBOX_IMAGE;
  }

  private planSubnets(): ClusterSubnets | undefined {
    const { props, host } = this;
    if (props.machineConfig && !props.machineConfig.config) {
      warn(this, `'machineConfig' (${props.machineConfig.secretName}) is made elsewhere: whether its networks overlap the hosting cluster's, and its `
        + 'certificates have the names by which clients come, isn\'t checked');
      return undefined;
    }
    const ready = props.machineConfig?.config?._subnets;
    const subnets = ready ?? planSubnets(props, host);
    requireSubnets(subnets, host, ready && 'machineConfig.');
    if (host.unknown.length > 0) {
      warn(this, `'hostingNetwork' has no ${host.unknown.join(', ')}: whether ${[...subnets.podSubnets, ...subnets.serviceSubnets].join(', ')} `
        + 'overlap the hosting cluster\'s networks isn\'t checked, and etcd would wait for ever if they do');
    }
    return subnets;
  }

  private findSecrets(): TalosSecrets | undefined {
    const { secrets, machineConfig } = this.props;
    if (secrets && machineConfig?.config) {
      requireSameCluster(secrets, machineConfig.config);
    }
    return secrets ?? (machineConfig?.config && TalosSecrets.fromMachineConfig(machineConfig.config));
  }

  private createMachineConfig(subnets: ClusterSubnets | undefined): TalosMachineConfig {
    const { props, talosVersion, names } = this;
    const config = MachineConfig.controlPlane({
      clusterName: this.clusterName,
      endpoint: this._addresses.endpoint,
      secrets: this.requireSecrets(),
      talosVersion,
      kubernetesVersion: props.kubernetesVersion,
      additionalSans: this._addresses.subjectAlternativeNames,
      ...subnets,
      dnsDomain: props.dnsDomain,
      cni: props.cni,
      allowSchedulingOnControlPlanes: props.allowSchedulingOnControlPlanes,
      // machines find each other by the endpoint; nothing is told to a service outside
      discovery: props.discovery ?? false,
    }).patch(
      machineNamesPatch(this._addresses.memberNames),
      ...this._addresses.areStable ? [stableAddressPatch(this.host, talosVersion)] : [],
      ...props.bootstrap === BootstrapMode.INIT ? [initPatch()] : [],
      ...props.patches ?? [],
    );
    // they may choose other networks than were checked before
    requireSubnets(config._subnets, this.host, 'patches.');
    return new TalosMachineConfig(this, 'Config', { config, name: `${names.machines}-config`, labels: this.labels });
  }

  private createTalosNode(): TalosNode {
    const { props, names } = this;
    const { members, areStable } = this._addresses;
    const talosNode = new TalosNode(this, 'Machines', {
      ...props,
      name: names.machines,
      talosVersion: this.talosVersion,
      role: TalosRole.CONTROL_PLANE,
      machineConfig: this.machineConfig,
      configUpdate: this.configUpdate === ConfigUpdate.ROLL ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL,
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? !this._needsWritableRoot(this.talosVersion),
      replicas: members.length,
      labels: { ...props.labels, ...this.labels },
      affinity: withMemberSpread(props.affinity, members.length === 1 ? MemberSpread.NONE : props.memberSpread ?? MemberSpread.REQUIRED),
    });
    if (areStable) {
      talosNode.addInitContainer(memberAddressContainer(this.busyboxImage, this.host));
    }
    return talosNode;
  }

  private createServices(): ApiObject[] {
    const { names } = this;
    const { kubernetesApi, talosApi, areStable, members } = this._addresses;
    const { ports } = roleFacts(TalosRole.CONTROL_PLANE);
    const named = (...wanted: string[]) => ports.filter(({ name }) => wanted.includes(name));
    const common = { labels: this.objectLabels, selector: this.talosNode.selectorLabels };
    return [
      ...createExposedService(this, 'KubernetesApi', {
        ...common,
        name: names.kubernetesApi,
        ports: named('k8s-api', ...this._hasExternalWorkers ? ['trustd'] : []),
        exposure: kubernetesApi.exposure._exposure,
      }),
      ...createExposedService(this, 'TalosApi', { ...common, name: names.talosApi, ports: named('talos-api'), exposure: talosApi.exposure._exposure }),
      ...(areStable ? members : []).map(({ name }, ordinal) => createMemberService(this, `Member${ordinal}`, { ...common, name, ports, host: this.host })),
    ];
  }

  private get objectLabels(): { readonly [key: string]: string } {
    return { ...this.talosNode.selectorLabels, 'app.kubernetes.io/component': TalosRole.CONTROL_PLANE, ...this.labels };
  }

  private createNetworkPolicy(): void {
    const { networkPolicy } = this.props;
    if (networkPolicy) {
      new KubernetesObject(this, 'NetworkPolicy', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: this.names.machines, labels: this.objectLabels },
        spec: networkPolicySpec(networkPolicy, this.talosNode.selectorLabels, this.labels),
      });
    }
  }

  private createCredentials(): void {
    if (this.secrets && this._hasCredentials) {
      new TalosconfigSecret(this, 'Talosconfig', { ...this.talosconfigOptions({}), secrets: this.secrets, labels: this.labels });
      new KubeconfigSecret(this, 'Kubeconfig', { ...this.kubeconfigOptions({}), secrets: this.secrets, labels: this.labels });
    }
  }

  private createJobs(): string[] {
    const { props, names, clusterName, machineConfig } = this;
    const deeds = {
      bootstraps: (props.bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB,
      applies: this.configUpdate === ConfigUpdate.APPLY_JOB,
      leaving: props.scaleDownFrom === undefined ? [] : this._addresses.members.slice(this.replicas).reverse(),
    };
    if (!deeds.bootstraps && !deeds.applies && deeds.leaving.length === 0) {
      return [];
    }
    return createControlPlaneJobs(this, {
      ...deeds,
      ...this._jobImages,
      clusterName,
      secrets: this.requireSecrets(),
      secretName: names.jobs,
      endpoint: names.headlessHost,
      members: this._addresses.members,
      machineConfig,
      labels: this.labels,
    });
  }

  private createNotes(): void {
    if (this.props.notes) {
      new KubernetesObject(this, 'Notes', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: this.names.notes, labels: this.labels },
        data: { 'notes.txt': Lazy.any({ produce: () => this.describe() }) },
      });
    }
  }

  private talosconfigOptions(options: ControlPlaneTalosconfigOptions): TalosconfigOptions {
    return {
      ...options,
      clusterName: this.clusterName,
      endpoints: options.endpoints ?? [this._addresses.talosEndpoint],
    };
  }

  private kubeconfigOptions(options: ControlPlaneKubeconfigOptions): KubeconfigOptions {
    const { external, inside } = this._addresses.kubernetesApi;
    return {
      ...options,
      clusterName: this.clusterName,
      endpoint: options.endpoint ?? `https://${external ?? inside}`,
    };
  }

  private requireSecrets(): TalosSecrets {
    if (!this.secrets) {
      throw new Error(`'secrets' is missing, and 'machineConfig' (${this.machineConfig.secretName}) is made elsewhere: give the secrets`);
    }
    return this.secrets;
  }
}

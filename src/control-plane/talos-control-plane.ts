import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { TalosError, withSubjects } from '../problem';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { createBundleObjects } from './bundle-objects';
import { checkEphemeralEtcd, requireClusterName, requireExposures, requireMembers, requireSource } from './checks';
import { ClusterKeys } from './cluster-keys';
import { ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions, readControlPlaneKubeconfigOptions, readControlPlaneTalosconfigOptions } from './credential-options';
import { ControlPlaneCredentials } from './credentials';
import { requireEndpointPort, warnOfEndpoint } from './endpoint-checks';
import { InnerCluster } from './inner-cluster';
import { createJobs } from './jobs';
import { MachineRegistry } from './machine-registry';
import { memberAddressContainer } from './member-address-container';
import { checkedSubnets, memberConfig } from './member-config';
import { memberFacts, MemberSpread, withMemberSpread } from './members';
import { ControlPlaneNames } from './names';
import { controlPlaneNotes } from './notes';
import { createControlPlanePolicies } from './policies';
import { requireFit, requireSingleInit } from './ready-config-checks';
import { requireNoInit, requireRecovery } from './recovery-checks';
import { createServices } from './services';
import { takeSecrets } from './shared-secrets';
import { BoundControlPlaneProps, readTalosControlPlaneProps, TalosControlPlaneProps } from './talos-control-plane-props';
import { warnOfExternalRelease } from './version-skew';
import { JobImages, jobImages } from '../jobs/tool-images';
import { located, locating } from '../kubernetes/construct-errors';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { requireLabels } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { externalWorkerConfig, ExternalWorkerOptions, readExternalWorkerOptions } from '../machine-config/external-worker-config';
import { MachineConfig } from '../machine-config/machine-config';
import { generatedSource } from '../machine-config/machine-config-patch';
import { ClusterSubnets } from '../network/cluster-subnets';
import { HostingNetwork } from '../network/hosting-network';
import { ConfigUpdate, defaultConfigUpdate } from '../node/config-update';
import { createDisruptionBudget } from '../node/disruption-budget';
import { machineLabels } from '../node/machine-labels';
import { Member } from '../node/machine-names';
import { roleFacts } from '../node/role-profile';
import { bindMachineConfig, createMachineConfig, deliveryOf, ITalosMachineConfig, machineConfigIs, TalosMachineConfig } from '../node/talos-machine-config';
import { TalosNode } from '../node/talos-node';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosPort } from '../talos/ports';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * The control plane of a Talos cluster in pods of the hosting cluster: its machines, their Services, a PodDisruptionBudget, and the Job that
 * bootstraps etcd.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { HostingNetwork, MemberAddresses, TalosControlPlane, TalosSecrets } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'acme', { namespace: 'acme' });
 * new TalosControlPlane(chart, 'control-plane', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   replicas: 3,
 *   memberAddresses: MemberAddresses.STABLE,
 *   // yours: see docs/hosting-cluster.md#which-networks-the-hosting-cluster-has
 *   hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] }),
 * });
 *
 * @see https://www.talos.dev/latest/learn-more/control-plane/
 */
export class TalosControlPlane extends Construct {
  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The release of Talos. */
  public readonly talosVersion: TalosVersion;

  /** The URL by which the machines of the cluster reach the Kubernetes API. */
  public readonly endpoint: string;

  /** The machine config that the members share. */
  public readonly machineConfig: ITalosMachineConfig;

  /** The machines: the StatefulSet and its headless Service. (`node` is the construct's place in the tree.) */
  public readonly talosNode: TalosNode;

  /**
   * The secrets of the cluster.
   *
   * @default - not known here, by `secretDelivery` or with a ready machine config that is made elsewhere
   */
  public readonly secrets?: TalosSecrets;

  /**
   * The cluster, as pools, Jobs and external workers need to know it.
   *
   * @internal
   */
  public readonly _cluster: InnerCluster;

  private readonly props: BoundControlPlaneProps;
  private readonly names: ControlPlaneNames;
  private readonly labels: { readonly [key: string]: string };
  private readonly hostingNetwork: HostingNetwork;
  private readonly addresses: ControlPlaneAddresses;
  private readonly credentials: ControlPlaneCredentials;
  private readonly jobImages: JobImages;
  private readonly exposureObjects: ApiObject[];
  private readonly jobNames: string[];

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosControlPlaneProps) {
    super(scope, id);
    try {
      props = readTalosControlPlaneProps('props', props);
      this.clusterName = props.clusterName;
      requireClusterName(this.clusterName);
      takeName(this, 'control plane', this.clusterName, 'clusterName');
      const keys = ClusterKeys.of(props);
      props.secretDelivery?._deliver(this, keys.secrets);
      this.secrets = keys.secrets;
      this.hostingNetwork = props.hostingNetwork ?? HostingNetwork.of({});
      this.names = new ControlPlaneNames(this.clusterName, requireNamespace(this), this.hostingNetwork.dnsDomain);
      this.labels = clusterLabels(this.clusterName);
      labelObjectsOf(this, machineLabels(this.names.machines, TalosRole.CONTROL_PLANE, this.clusterName));
      takeName(this, 'machines', this.names.machines, 'clusterName');
      requireLabels('labels', props.labels ?? {}, this.labels);
      this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
      const machineConfig = bindMachineConfig(this, props.machineConfig, this.names.machineConfig,
        memberFacts(props, this.hostingNetwork, this.talosVersion, props.machineConfig?.config));
      this.props = { ...props, machineConfig };
      requireMembers(props, this.talosVersion);
      requireExposures(props, this.hostingNetwork.dnsDomain);
      requireRecovery(this.props);
      requireSource(this.props);
      requireFit(this.props, this.names);
      this.jobImages = jobImages(props.toolImages, this.talosVersion, props.imagePullSecrets);

      const subnets = checkedSubnets(this, this.props, this.hostingNetwork);
      takeSecrets(this, keys, props.sharedSecrets ?? false);
      const addresses = new ControlPlaneAddresses(props, this.names, this.hostingNetwork);
      this.machineConfig = this.props.machineConfig ?? this.createMachineConfig(keys, addresses, subnets);
      this.addresses = addresses.withApiServerPort(this.machineConfig.config?._facts.apiServerPort);
      this.credentials = new ControlPlaneCredentials(this.clusterName, this.addresses, props.credentials);
      this._cluster = new InnerCluster({
        clusterName: this.clusterName,
        talosVersion: this.talosVersion,
        configContract: props.configContract,
        keys,
        secretDelivery: props.secretDelivery,
        machineConfig: this.machineConfig,
        addresses: this.addresses,
        machines: new MachineRegistry(this),
        hostingNetwork: this.hostingNetwork,
        jobImages: this.jobImages,
        credentials: props.credentials,
        hasCredentials: keys.source !== undefined && (props.credentialSecrets ?? true),
        hasExternalWorkers: props.externalWorkers ?? false,
        runningMembers: props.suspend ? 0 : this.replicas,
        networkPolicy: props.networkPolicy,
      });
      this.endpoint = this._cluster.endpoint;
      this.checkEndpoint();
      requireSingleInit(this.machineConfig.config, this.addresses.members.length);
      requireNoInit(this.machineConfig.config, props.recoverFrom);
      this.talosNode = this.createTalosNode();
      this._cluster.machines.takeMembers(this.members, this);
      this.exposureObjects = createServices(this, {
        names: this.names,
        addresses: this.addresses,
        hostingNetwork: this.hostingNetwork,
        selector: this.talosNode.selectorLabels,
        ports: this.ports,
        externalWorkers: this._cluster.hasExternalWorkers,
      });
      createDisruptionBudget(this, this.talosNode, this.maxUnavailable);
      this.createCredentials(keys);
      this.jobNames = createJobs(this, {
        props: this.props,
        names: this.names,
        keys,
        talosVersion: this.talosVersion,
        configUpdate: this.configUpdate,
        members: this.members,
        addresses: this.addresses,
        machineConfig: this.machineConfig,
        images: this.jobImages,
        selectorLabels: this.talosNode.selectorLabels,
        labels: this.labels,
      });
      createControlPlanePolicies(this, {
        names: this.names,
        clusterName: this.clusterName,
        networkPolicy: props.networkPolicy,
        ports: this._cluster.ports,
        machineConfig: this.machineConfig.config,
        selectorLabels: this.talosNode.selectorLabels,
        hasJobs: this.jobNames.length > 0 || keys.bundle !== undefined,
        usesKubernetes: props.scaleDownFrom !== undefined || keys.bundle !== undefined,
      });
      this.createNotes();
    } catch (error) {
      throw located(this, error);
    }
  }

  /** The headless Service, those of the APIs with the objects that route to them, and those of the members. */
  public get services(): ApiObject[] {
    return [this.talosNode.service, ...this.exposureObjects];
  }

  /** The URL of the Kubernetes API for clients inside the hosting cluster. */
  public get insideEndpoint(): string {
    return this.addresses.insideEndpoint;
  }

  /**
   * A talosconfig. By default it is for an administrator, with the address at which the Talos API is exposed, or the headless Service.
   *
   * @param options endpoints, nodes, roles and validity
   * @throws if the secrets aren't known here
   */
  public talosconfig(options: ControlPlaneTalosconfigOptions = {}): string {
    return locating(this, () =>
      this.requireSecrets('talosconfig()', `read the Secret ${this.clusterName}-talosconfig`).talosconfig(this.credentials.talosconfigOptions(readControlPlaneTalosconfigOptions('options', options))));
  }

  /**
   * A kubeconfig. By default it is for an administrator, with the address at which the Kubernetes API is exposed.
   *
   * @param options endpoint, user, groups and validity
   * @throws if the secrets aren't known here
   */
  public kubeconfig(options: ControlPlaneKubeconfigOptions = {}): string {
    return locating(this, () =>
      this.requireSecrets('kubeconfig()', `read the Secret ${this.clusterName}-kubeconfig`).kubeconfig(this.credentials.kubeconfigOptions(readControlPlaneKubeconfigOptions('options', options))));
  }

  /**
   * The machine config of an external worker, a physical or virtual machine: with an installation, with the address for clients outside, and
   * without pod defaults. Pass it on as text, as a file, or as an `ExternalMachineConfigSecret`; it contains the cluster's token.
   *
   * @param options the options of the worker
   * @throws if `externalWorkers` isn't set, the control plane's machine config is made elsewhere, an option isn't valid, or the machine couldn't
   * join or run
   * @see https://www.talos.dev/latest/introduction/getting-started/#apply-configuration
   */
  public externalWorkerConfig(options: ExternalWorkerOptions): MachineConfig {
    return locating(this, () => this.createExternalWorkerConfig(readExternalWorkerOptions('options', options)));
  }

  /**
   * Notes for the person who applies the control plane, as plain text without secrets: objects, addresses, ports, claims, the first start, how to
   * get credentials and reach the machines, what the cluster survives, and how to remove members.
   */
  public describe(): string {
    const { props, addresses } = this;
    return controlPlaneNotes({
      clusterName: this.clusterName,
      namespace: requireNamespace(this),
      talosVersion: this.talosVersion,
      members: this.members,
      replicas: this.replicas,
      isLeaving: props.scaleDownFrom !== undefined,
      isSuspended: this._cluster.isSuspended,
      hasStableAddresses: addresses.areStable,
      objects: this.node.findAll().flatMap((construct) => construct instanceof ApiObject ? [{ kind: construct.kind, name: construct.name }] : []),
      endpoint: this.endpoint,
      kubernetesApi: addresses.kubernetesApi,
      talosApi: addresses.talosApi,
      ports: [...this.ports, ...this.machineConfig.config?._facts.metricsPorts ?? []],
      apiServerPort: addresses.apiServerPort,
      statefulSet: this.talosNode.name,
      storage: this.talosNode._storage,
      claimRetentionPolicy: props.claimRetentionPolicy,
      bundle: this._cluster.keys.bundle,
      awaitedSecrets: this.machineConfig._rendered?.secretNames ?? [],
      hasCredentials: this._cluster.hasCredentials,
      credentials: this.secrets && this._cluster.hasCredentials ? this.credentials.periods(this.secrets) : undefined,
      bootstrap: props.bootstrap ?? BootstrapMode.JOB,
      recovery: props.recoverFrom?._description,
      configUpdate: this.configUpdate,
      allowsEviction: this.maxUnavailable > 0,
      jobs: this.jobNames,
    });
  }

  /** The ports of each member. */
  private get ports(): TalosPort[] {
    return roleFacts(TalosRole.CONTROL_PLANE, this.addresses.apiServerPort).ports;
  }

  private get replicas(): number {
    return this.props.replicas ?? 1;
  }

  /** The existing members with the names that their machine configs give them. */
  private get members(): Member[] {
    return this.names.members(this.addresses.members.length, this.talosNode._hostnames);
  }

  /** Whether there is one member for good: where others may come or go, the pods must stay the same, or the last one would be replaced with them. */
  private get isAlone(): boolean {
    return this.addresses.members.length === 1 && this.props.memberAddresses === undefined;
  }

  private get maxUnavailable(): number {
    return this.addresses.members.length > 1 || (this.props.allowSingleMemberEviction ?? true) ? 1 : 0;
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? defaultConfigUpdate(this.talosVersion);
  }

  private checkEndpoint(): void {
    const { addresses, props, machineConfig: { config } } = this;
    if (config) {
      requireEndpointPort(config, addresses);
    }
    if (config && !props.machineConfig) {
      warnOfEndpoint(this, config, addresses, generatedSource(props.patches));
    }
  }

  private createMachineConfig({ source }: ClusterKeys, addresses: ControlPlaneAddresses, subnets: ClusterSubnets | undefined): TalosMachineConfig {
    const { props, talosVersion, hostingNetwork, names } = this;
    const config = memberConfig({ props, talosVersion, secrets: source!, addresses, hostingNetwork, subnets });
    const secretProps = {
      config,
      memberPatches: props.memberPatches,
      name: names.machineConfig,
      busyboxImage: this.jobImages.busyboxImage,
      ...deliveryOf(props.secretDelivery, this.clusterName),
    };
    return createMachineConfig(this, generatedSource(props.patches), secretProps, memberFacts(props, hostingNetwork, talosVersion, config));
  }

  private createExternalWorkerConfig(options: ExternalWorkerOptions): MachineConfig {
    if (!this._cluster.hasExternalWorkers) {
      throw new TalosError('talos:conflicting-properties', '\'externalWorkers\' (false) leaves trustd (50001) out of the Service by which external workers would join: set it, '
        + 'with \'kubernetesApi\' at an address that is reachable from outside');
    }
    this.requireSecrets('externalWorkerConfig()', 'save the bundle, and call it in an app that reads it by TalosSecrets.fromFile()');
    const { facts } = this._cluster;
    warnOfExternalRelease(this, options, this.talosVersion);
    return externalWorkerConfig(facts, {
      endpoint: this.addresses.externalEndpoint!,
      certificateNames: this.machineConfig.config!._facts.machineNames,
    }, options);
  }

  private requireSecrets(call: string, remedy: string): TalosSecrets {
    return this._cluster.keys.require(`'${call}'`, this.machineConfig.secretName, remedy);
  }

  private createTalosNode(): TalosNode {
    const { props, names, addresses: { members, areStable } } = this;
    const source = props.machineConfig ? '\'machineConfig\'' : generatedSource(props.patches);
    const talosNode = withSubjects(machineConfigIs(source), () => new TalosNode(this, 'Machines', {
      ...props,
      name: names.machines,
      talosVersion: this.talosVersion,
      role: TalosRole.CONTROL_PLANE,
      machineConfig: this.machineConfig,
      // the machine config has it already
      secretDelivery: undefined,
      configUpdate: this.configUpdate === ConfigUpdate.ROLL ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL,
      preflight: this._cluster.preflight(props.preflight),
      replicas: members.length,
      labels: { ...props.labels, ...this.labels },
      ...this.isAlone ? { preStopSleep: props.preStopSleep ?? Duration.seconds(0) } : {},
      affinity: withMemberSpread(props.affinity, this.isAlone ? MemberSpread.NONE : props.memberSpread ?? MemberSpread.REQUIRED),
    }));
    if (props.scaleDownFrom !== undefined) {
      talosNode._holdUpdates();
    }
    checkEphemeralEtcd(talosNode, props);
    if (areStable) {
      talosNode.addInitContainer(memberAddressContainer(this.jobImages.busyboxImage, this.hostingNetwork));
    }
    return talosNode;
  }

  private createCredentials({ secrets, bundle }: ClusterKeys): void {
    const { clusterName, addresses, labels, _cluster: { hasCredentials } } = this;
    if (bundle) {
      const { isSuspended } = this._cluster;
      const kubeconfigSeconds = this.machineConfig.config?._facts.adminKubeconfigSeconds;
      createBundleObjects(this, { clusterName, bundle, addresses, images: this.jobImages, hasCredentials, isSuspended, kubeconfigSeconds, labels });
    } else if (secrets && hasCredentials) {
      this.credentials.createSecrets(this, secrets);
    }
  }

  private createNotes(): void {
    if (this.props.notes) {
      new KubernetesObject(this, 'Notes', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: this.names.notes },
        data: { 'notes.txt': Lazy.any({ produce: () => this.describe() }) },
      });
    }
  }
}

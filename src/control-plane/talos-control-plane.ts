import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { requireClusterName, requireExposures, requireMembers, requireSource } from './checks';
import { ControlPlaneCredentials } from './credentials';
import { InnerCluster } from './inner-cluster';
import { MachineRegistry } from './machine-registry';
import { memberAddressContainer } from './member-address-container';
import { checkedSubnets, memberConfig } from './member-config';
import { MemberAddresses, MemberSpread, withMemberSpread } from './members';
import { ControlPlaneNames } from './names';
import { controlPlaneNotes } from './notes';
import { requireFit, requireSameCluster, requireSingleInit } from './ready-config-checks';
import { createServices } from './services';
import { takeSecrets } from './shared-secrets';
import { BoundControlPlaneProps, ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions, TalosControlPlaneProps, readTalosControlPlaneProps, readControlPlaneTalosconfigOptions, readControlPlaneKubeconfigOptions } from './talos-control-plane-props';
import { warnIfNewer } from './version-skew';
import { controlPlanePolicySpec, jobsPolicySpec } from '../access/network-policy-spec';
import { createControlPlaneJobs } from '../jobs/control-plane-jobs';
import { talosctlLabels } from '../jobs/talosctl-job';
import { JobImages, jobImages } from '../jobs/tool-images';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels } from '../kubernetes/labels';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { createNetworkPolicy, validateDefaultDeny } from '../kubernetes/network-policies';
import { requireLabels } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';
import { externalWorkerConfig, ExternalWorkerOptions, readExternalWorkerOptions } from '../machine-config/external-worker-config';
import { PodFacts } from '../machine-config/fitness/pod-facts';
import { MachineConfig } from '../machine-config/machine-config';
import { HostingNetwork } from '../network/hosting-network';
import { ConfigUpdate, defaultConfigUpdate } from '../node/config-update';
import { createDisruptionBudget } from '../node/disruption-budget';
import { roleFacts } from '../node/role-profile';
import { bindMachineConfig, createMachineConfig, ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosNode } from '../node/talos-node';
import { TalosSecrets } from '../secrets/talos-secrets';
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
   * @default - not known here, with a ready machine config that is made elsewhere
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
    props = readTalosControlPlaneProps('props', props);
    this.clusterName = props.clusterName;
    requireClusterName(this.clusterName);
    takeName(this, 'control plane', this.clusterName, 'clusterName');
    this.hostingNetwork = props.hostingNetwork ?? HostingNetwork.of({});
    this.names = new ControlPlaneNames(this.clusterName, requireNamespace(this), this.hostingNetwork.dnsDomain);
    this.labels = clusterLabels(this.clusterName);
    takeName(this, 'machines', this.names.machines, 'clusterName');
    requireLabels('labels', props.labels ?? {}, this.labels);
    this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
    const machineConfig = bindMachineConfig(this, props.machineConfig, this.names.machineConfig, this.labels, this.podFacts(props));
    this.props = { ...props, machineConfig };
    requireMembers(props, this.talosVersion);
    requireExposures(props, this.hostingNetwork.dnsDomain);
    requireSource(this.props);
    requireFit(this.props, this.names);
    this.addresses = new ControlPlaneAddresses(props, this.names, this.hostingNetwork);
    this.credentials = new ControlPlaneCredentials(this.clusterName, this.addresses, props.credentials);
    this.jobImages = jobImages(props.toolImages, this.talosVersion, props.imagePullSecrets);

    const subnets = checkedSubnets(this, this.props, this.hostingNetwork);
    this.secrets = this.findSecrets();
    takeSecrets(this, this.secrets, props.sharedSecrets ?? false);
    this.machineConfig = this.props.machineConfig ?? createMachineConfig(this, memberConfig({
      props: this.props,
      talosVersion: this.talosVersion,
      secrets: this.requireSecrets(),
      addresses: this.addresses,
      hostingNetwork: this.hostingNetwork,
      subnets,
    }), this.names.machineConfig, this.labels, this.podFacts(props));
    this._cluster = new InnerCluster({
      clusterName: this.clusterName,
      talosVersion: this.talosVersion,
      secrets: this.secrets,
      machineConfig: this.machineConfig,
      addresses: this.addresses,
      machines: new MachineRegistry(this),
      hostingNetwork: this.hostingNetwork,
      cni: props.cni,
      jobImages: this.jobImages,
      credentials: props.credentials,
      hasCredentials: this.secrets !== undefined && (props.credentialSecrets ?? true),
      hasExternalWorkers: props.externalWorkers ?? false,
      networkPolicy: props.networkPolicy,
    });
    this.endpoint = this._cluster.endpoint;
    requireSingleInit(this.machineConfig.config, this.addresses.members.length);
    this._cluster.machines.takeHostname(this.machineConfig.config?.hostname, this);
    this.talosNode = this.createTalosNode();
    this.exposureObjects = createServices(this, {
      names: this.names,
      addresses: this.addresses,
      hostingNetwork: this.hostingNetwork,
      labels: this.objectLabels,
      selector: this.talosNode.selectorLabels,
      ports: roleFacts(TalosRole.CONTROL_PLANE).ports,
      externalWorkers: this._cluster.hasExternalWorkers,
    });
    createDisruptionBudget(this, this.talosNode, this.labels, this.maxUnavailable);
    if (this.secrets && this._cluster.hasCredentials) {
      this.credentials.createSecrets(this, this.secrets, this.labels);
    }
    this.jobNames = this.createJobs(this.machineConfig);
    this.createNetworkPolicies();
    this.createNotes();
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
    return this.requireSecrets().talosconfig(this.credentials.talosconfigOptions(readControlPlaneTalosconfigOptions('options', options)));
  }

  /**
   * A kubeconfig. By default it is for an administrator, with the address at which the Kubernetes API is exposed.
   *
   * @param options endpoint, user, groups and validity
   * @throws if the secrets aren't known here
   */
  public kubeconfig(options: ControlPlaneKubeconfigOptions = {}): string {
    return this.requireSecrets().kubeconfig(this.credentials.kubeconfigOptions(readControlPlaneKubeconfigOptions('options', options)));
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
    options = readExternalWorkerOptions('options', options);
    if (!this._cluster.hasExternalWorkers) {
      throw new Error('\'externalWorkers\' (false) leaves trustd (50001) out of the Service by which external workers would join: set it, '
        + 'with \'kubernetesApi\' at an address that is reachable from outside');
    }
    const { facts } = this._cluster;
    warnIfNewer(this, options.talosVersion ?? this.talosVersion, this.talosVersion);
    return externalWorkerConfig(facts, {
      endpoint: this.addresses.externalEndpoint!,
      certificateNames: this.machineConfig.config!._facts.machineNames,
    }, options);
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
      members: addresses.members,
      replicas: this.replicas,
      isLeaving: props.scaleDownFrom !== undefined,
      hasStableAddresses: addresses.areStable,
      objects: this.node.findAll().flatMap((construct) => construct instanceof ApiObject ? [{ kind: construct.kind, name: construct.name }] : []),
      endpoint: this.endpoint,
      kubernetesApi: addresses.kubernetesApi,
      talosApi: addresses.talosApi,
      ports: roleFacts(TalosRole.CONTROL_PLANE).ports,
      statefulSet: this.talosNode.name,
      storage: this.talosNode._storage,
      claimRetentionPolicy: props.claimRetentionPolicy,
      credentials: this._cluster.hasCredentials ? this.credentials.periods(this.requireSecrets()) : undefined,
      bootstrap: props.bootstrap ?? BootstrapMode.JOB,
      configUpdate: this.configUpdate,
      allowsEviction: this.maxUnavailable > 0,
      jobs: this.jobNames,
    });
  }

  private get replicas(): number {
    return this.props.replicas ?? 1;
  }

  private get maxUnavailable(): number {
    return this.addresses.members.length > 1 || (this.props.allowSingleMemberEviction ?? true) ? 1 : 0;
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? defaultConfigUpdate(this.talosVersion);
  }

  private get objectLabels(): { readonly [key: string]: string } {
    return { ...this.talosNode.selectorLabels, 'app.kubernetes.io/component': TalosRole.CONTROL_PLANE, ...this.labels };
  }

  private podFacts({ memberAddresses, cni, readOnlyRootFilesystem }: TalosControlPlaneProps): PodFacts {
    const isReadOnly = readOnlyRootFilesystem ?? !cni?._needsWritableRoot(this.talosVersion);
    return {
      hostingNetwork: this.hostingNetwork,
      hasServiceAddress: memberAddresses === MemberAddresses.STABLE,
      hasWritableRoot: !isReadOnly,
      areOfCluster: true,
    };
  }

  private findSecrets(): TalosSecrets | undefined {
    const { secrets, machineConfig } = this.props;
    if (secrets && machineConfig?.config) {
      requireSameCluster(secrets, machineConfig.config);
    }
    return secrets ?? machineConfig?.config?.secrets();
  }

  private requireSecrets(): TalosSecrets {
    if (!this.secrets) {
      throw new Error(`'secrets' is missing, and 'machineConfig' (${this.machineConfig.secretName}) is made elsewhere: give the secrets`);
    }
    return this.secrets;
  }

  private createTalosNode(): TalosNode {
    const { props, names, addresses: { members, areStable } } = this;
    const talosNode = new TalosNode(this, 'Machines', {
      ...props,
      name: names.machines,
      talosVersion: this.talosVersion,
      role: TalosRole.CONTROL_PLANE,
      machineConfig: this.machineConfig,
      configUpdate: this.configUpdate === ConfigUpdate.ROLL ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL,
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? !this._cluster.needsWritableRoot(this.talosVersion),
      replicas: members.length,
      labels: { ...props.labels, ...this.labels },
      affinity: withMemberSpread(props.affinity, members.length === 1 ? MemberSpread.NONE : props.memberSpread ?? MemberSpread.REQUIRED),
    });
    if (areStable) {
      talosNode.addInitContainer(memberAddressContainer(this.jobImages.busyboxImage, this.hostingNetwork));
    }
    return talosNode;
  }

  private createNetworkPolicies(): void {
    const { names, labels, talosNode: { selectorLabels }, props: { networkPolicy } } = this;
    if (!networkPolicy) {
      validateDefaultDeny(this);
      return;
    }
    createNetworkPolicy(this, 'NetworkPolicy', { name: names.machines, labels: this.objectLabels },
      controlPlanePolicySpec(networkPolicy, selectorLabels, labels));
    if (this.jobNames.length > 0) {
      const ofJobs = talosctlLabels(this.clusterName);
      createNetworkPolicy(this, 'JobsNetworkPolicy', { name: names.jobs, labels: { ...ofJobs, ...labels } }, jobsPolicySpec(ofJobs, selectorLabels));
    }
  }

  private createJobs(machineConfig: ITalosMachineConfig): string[] {
    const { props, names, clusterName, addresses: { members } } = this;
    const tasks = {
      bootstraps: (props.bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB,
      applies: this.configUpdate === ConfigUpdate.APPLY_JOB,
      leaving: props.scaleDownFrom === undefined ? [] : members.slice(this.replicas).reverse(),
    };
    if (!tasks.bootstraps && !tasks.applies && tasks.leaving.length === 0) {
      return [];
    }
    return createControlPlaneJobs(this, {
      ...tasks,
      ...this.jobImages,
      clusterName,
      secrets: this.requireSecrets(),
      credentials: props.credentials,
      endpoint: names.headlessHost,
      members,
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
}

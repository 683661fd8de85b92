import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ApiExposure } from './api-exposure';
import { BootstrapMode } from './bootstrap-mode';
import { overlap, requireCidr } from './cidr';
import { Cni } from './cni';
import { ConfigUpdate } from './config-update';
import { initPatch, memberNamesPatch, stableAddressPatch } from './control-plane-config';
import { ControlPlaneNames } from './control-plane-names';
import { createExposedService } from './control-plane-services';
import { HostNetwork } from './host-network';
import { KubeconfigSecret } from './kubeconfig-secret';
import { requireName } from './kubernetes-syntax';
import { MachineConfig } from './machine-config';
import { MachineConfigPatch } from './machine-config-patch';
import { memberAddressContainer } from './member-address';
import { MemberAddresses } from './member-addresses';
import { NodeStorage } from './node-storage';
import { takeName } from './object-name';
import { roleFacts } from './role-facts';
import { Affinity } from './scheduling';
import { ITalosMachineConfig, TalosMachineConfig } from './talos-machine-config';
import { ClaimRetentionPolicy, TalosNode } from './talos-node';
import { TalosPodOptions } from './talos-pod-options';
import { TalosRole } from './talos-role';
import { ClientCertificateOptions, KubeconfigOptions, TalosApiRole, TalosconfigOptions, TalosSecrets } from './talos-secrets';
import { TalosVersion } from './talos-version';
import { TalosconfigSecret } from './talosconfig-secret';
import { TalosctlJob } from './talosctl-job';
import { ToolImages } from './tool-images';
import { warn } from './warning';

/**
 * How members are kept on different nodes of the hosting cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export enum MemberSpread {
  /** Each on a node of its own; a member that finds none waits. */
  REQUIRED = 'Required',

  /** Each on a node of its own where that can be. */
  PREFERRED = 'Preferred',

  /** Anywhere. */
  NONE = 'None',
}

/**
 * Properties of a `TalosControlPlane`.
 */
export interface TalosControlPlaneProps extends TalosPodOptions {
  /** The name of the cluster, from which all objects have theirs; a DNS label of up to 38 characters that begins with a letter. */
  readonly clusterName: string;

  /**
   * The release of Talos.
   *
   * @default - the release that `machineConfig` is for, otherwise `TalosVersion.DEFAULT`
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The release of Kubernetes inside.
   *
   * @default - the default of the Talos release
   */
  readonly kubernetesVersion?: string;

  /**
   * The secrets of the cluster.
   *
   * @default - those in `machineConfig`, one of the two must be given
   */
  readonly secrets?: TalosSecrets;

  /**
   * A ready machine config, instead of one that is generated from `secrets`. It must fit what else is chosen here.
   *
   * @default - one is generated
   */
  readonly machineConfig?: ITalosMachineConfig;

  /**
   * How many members there are: 1, 3, 5 or 7.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * By which addresses the members of etcd know each other. More than one member needs a choice.
   *
   * @default - `MemberAddresses.POD_IP` for a single member
   */
  readonly memberAddresses?: MemberAddresses;

  /**
   * The networks of the hosting cluster.
   *
   * @default - not known, with a warning that says what isn't checked
   */
  readonly hostNetwork?: HostNetwork;

  /**
   * The host of the Kubernetes API as the machines of the cluster reach it; a DNS name or an address. Machines inside the hosting cluster join
   * fastest by the default.
   *
   * @default - the name of the headless Service
   */
  readonly endpointHost?: string;

  /**
   * Whether machines outside of the hosting cluster join. The Service of the Kubernetes API carries trustd (50001) then, and the endpoint must be
   * reachable from outside.
   *
   * @default false
   */
  readonly outsideWorkers?: boolean;

  /**
   * The network of the inner cluster's pods.
   *
   * @default ['172.24.0.0/16']
   */
  readonly podSubnets?: string[];

  /**
   * The network of the inner cluster's Services.
   *
   * @default ['172.25.0.0/16']
   */
  readonly serviceSubnets?: string[];

  /**
   * The DNS domain of the inner cluster's Services.
   *
   * @default 'cluster.local'
   */
  readonly dnsDomain?: string;

  /**
   * What brings the network of the inner cluster's pods.
   *
   * @default - flannel
   */
  readonly cni?: Cni;

  /**
   * Whether ordinary pods run on the control planes too.
   *
   * @default false
   */
  readonly allowSchedulingOnControlPlanes?: boolean;

  /**
   * Further names and addresses in the certificates, without ports; those of the exposures are there anyway.
   *
   * @default - none
   */
  readonly additionalSans?: string[];

  /**
   * Changes to the machine config, after all others.
   *
   * @default - none
   */
  readonly patches?: MachineConfigPatch[];

  /**
   * How the Kubernetes API is reached.
   *
   * @default ApiExposure.clusterIp()
   */
  readonly kubernetesApi?: ApiExposure;

  /**
   * How the Talos API is reached, which controls the machines.
   *
   * @default ApiExposure.none()
   */
  readonly talosApi?: ApiExposure;

  /**
   * Where the machines' files are kept.
   *
   * @default NodeStorage.persistent()
   */
  readonly storage?: NodeStorage;

  /**
   * What happens to the claims when their pods go for good.
   *
   * @default - they stay, with their data
   */
  readonly claimRetentionPolicy?: ClaimRetentionPolicy;

  /**
   * What a changed machine config does.
   *
   * @default - `ConfigUpdate.ROLL`, or `ConfigUpdate.INITIAL` where the release loses the node's name with its state
   */
  readonly configUpdate?: ConfigUpdate;

  /**
   * How etcd comes to life for the first time.
   *
   * @default BootstrapMode.JOB
   */
  readonly bootstrap?: BootstrapMode;

  /**
   * How several members are kept on different nodes of the hosting cluster.
   *
   * @default MemberSpread.REQUIRED
   */
  readonly memberSpread?: MemberSpread;

  /**
   * Whether a single member may be evicted when its node is drained; the cluster is away for about half a minute then. Of several members, one
   * at a time may always be evicted.
   *
   * @default true
   */
  readonly allowSingleMemberEviction?: boolean;

  /**
   * Whether Secrets with a talosconfig and a kubeconfig of an administrator are made.
   *
   * @default true
   */
  readonly credentialSecrets?: boolean;

  /**
   * The images of the tools that Jobs and init containers need.
   *
   * @default - the official ones
   */
  readonly toolImages?: ToolImages;
}

/**
 * What is in a talosconfig of a control plane.
 */
export interface ControlPlaneTalosconfigOptions extends ClientCertificateOptions {
  /**
   * The hosts that `talosctl` connects to.
   *
   * @default - where the Talos API is exposed, or the headless Service
   */
  readonly endpoints?: string[];

  /**
   * The machines that commands are about.
   *
   * @default - each command must name them
   */
  readonly nodes?: string[];

  /**
   * What its holder may do.
   *
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: TalosApiRole[];
}

/**
 * What is in a kubeconfig of a control plane.
 */
export interface ControlPlaneKubeconfigOptions extends ClientCertificateOptions {
  /**
   * The URL of the Kubernetes API.
   *
   * @default - where the Kubernetes API is exposed
   */
  readonly endpoint?: string;

  /**
   * The name of the user.
   *
   * @default 'admin'
   */
  readonly user?: string;

  /**
   * The groups of the user.
   *
   * @default ['system:masters']
   */
  readonly groups?: string[];
}

const BUSYBOX_IMAGE = 'docker.io/library/busybox:1.37.0-musl';

const CONTROL_PLANE_SUFFIX = '-control-plane';

/** A StatefulSet's name has 52 characters at most. */
const LONGEST_CLUSTER_NAME = 52 - CONTROL_PLANE_SUFFIX.length;

const MEMBER_COUNTS = [1, 3, 5, 7];

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

  private readonly props: TalosControlPlaneProps;
  private readonly names: ControlPlaneNames;
  private readonly labels: { readonly [key: string]: string };
  private readonly host: HostNetwork;
  private readonly exposureObjects: ApiObject[];

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
    requireName('clusterName', this.clusterName, LONGEST_CLUSTER_NAME, `a StatefulSet\'s name has 52 with '${CONTROL_PLANE_SUFFIX}'`);
    this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? TalosVersion.DEFAULT;
    this.host = props.hostNetwork ?? HostNetwork.of({});
    this.names = new ControlPlaneNames(this.clusterName, requireNamespace(this), this.host.dnsDomain);
    this.labels = { 'app.kubernetes.io/part-of': this.clusterName };
    takeName(this, 'control plane', this.clusterName);
    requireMembers(props);
    requireExposures(props);

    const endpointHost = props.endpointHost ?? (props.outsideWorkers ? props.kubernetesApi?.externalHost : undefined) ?? this.names.headlessHost;
    this.endpoint = `https://${endpointHost.includes(':') ? `[${endpointHost}]` : endpointHost}:6443`;
    this.requireAddressPlan();
    this.secrets = props.secrets ?? (props.machineConfig?.config && TalosSecrets.fromMachineConfig(props.machineConfig.config));
    this.machineConfig = props.machineConfig ?? this.createMachineConfig();
    this.talosNode = this.createTalosNode();
    this.exposureObjects = this.createExposures();
    if (this.hasStableAddresses) {
      this.createMemberServices();
    }
    this.createDisruptionBudget();
    this.createCredentials();
    this.createJobs();
  }

  /** The Services: the headless one, those of the APIs with what leads to them, and those of the members. */
  public get services(): ApiObject[] {
    return [this.talosNode.service, ...this.exposureObjects];
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

  private get replicas(): number {
    return this.props.replicas ?? 1;
  }

  private get hasStableAddresses(): boolean {
    return this.props.memberAddresses === MemberAddresses.STABLE;
  }

  private get kubernetesApi(): ApiExposure {
    return this.props.kubernetesApi ?? ApiExposure.clusterIp();
  }

  private get talosApi(): ApiExposure {
    return this.props.talosApi ?? ApiExposure.none();
  }

  private get podSubnets(): string[] {
    return this.props.podSubnets ?? ['172.24.0.0/16'];
  }

  private get serviceSubnets(): string[] {
    return this.props.serviceSubnets ?? ['172.25.0.0/16'];
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? (this.talosVersion.keepsHostname ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL);
  }

  private get talosctlImage(): string {
    return this.props.toolImages?.talosctl ?? `ghcr.io/siderolabs/talosctl:${this.talosVersion.imageTag}`;
  }

  private get busyboxImage(): string {
    return this.props.toolImages?.busybox ?? BUSYBOX_IMAGE;
  }

  private requireAddressPlan(): void {
    this.podSubnets.forEach((cidr) => requireCidr('podSubnets', cidr));
    this.serviceSubnets.forEach((cidr) => requireCidr('serviceSubnets', cidr));
    const common = overlap(this.podSubnets, this.serviceSubnets);
    if (common) {
      throw new Error(`'podSubnets' (${common[0]}) overlaps 'serviceSubnets' (${common[1]}): choose another range, for example 172.24.0.0/16`);
    }
    this.host._requireApart('podSubnets', this.podSubnets);
    this.host._requireApart('serviceSubnets', this.serviceSubnets);
    if (this.host.unknown.length > 0) {
      warn(this, `'hostNetwork' has no ${this.host.unknown.join(', ')}: whether ${[...this.podSubnets, ...this.serviceSubnets].join(', ')} `
        + 'overlap the hosting cluster\'s networks isn\'t checked, and etcd would wait for ever if they do');
    }
  }

  /** Every name by which a client may reach a member, other than a wildcard. */
  private subjectAlternativeNames(): string[] {
    const { names, props } = this;
    const exposed = [this.kubernetesApi, this.talosApi].flatMap(({ externalHost }) => externalHost ?? []);
    const services = [names.machines, names.kubernetesApi, ...props.talosApi ? [names.talosApi] : []];
    return [...new Set([
      ...services.flatMap((name) => names.forms(name)),
      ...exposed,
      ...props.endpointHost ? [props.endpointHost] : [],
      ...props.additionalSans ?? [],
    ])];
  }

  private createMachineConfig(): TalosMachineConfig {
    const { props, talosVersion, names } = this;
    const config = MachineConfig.controlPlane({
      clusterName: this.clusterName,
      endpoint: this.endpoint,
      secrets: this.requireSecrets(),
      talosVersion,
      kubernetesVersion: props.kubernetesVersion,
      additionalSans: this.subjectAlternativeNames(),
      podSubnets: this.podSubnets,
      serviceSubnets: this.serviceSubnets,
      dnsDomain: props.dnsDomain,
      cni: props.cni,
      allowSchedulingOnControlPlanes: props.allowSchedulingOnControlPlanes,
      // machines find each other by the endpoint; nothing is told to a service outside
      discovery: false,
    }).patch(
      memberNamesPatch(names.forms(names.machines)),
      ...this.hasStableAddresses ? [stableAddressPatch(this.host, talosVersion)] : [],
      ...props.bootstrap === BootstrapMode.INIT ? [initPatch()] : [],
      ...props.patches ?? [],
    );
    return new TalosMachineConfig(this, 'Config', { config, name: `${names.machines}-config`, labels: this.labels });
  }

  private createTalosNode(): TalosNode {
    const { props, names } = this;
    const talosNode = new TalosNode(this, 'Machines', {
      ...props,
      name: names.machines,
      talosVersion: this.talosVersion,
      role: TalosRole.CONTROL_PLANE,
      machineConfig: this.machineConfig,
      configUpdate: this.configUpdate === ConfigUpdate.ROLL ? ConfigUpdate.ROLL : ConfigUpdate.INITIAL,
      replicas: this.replicas,
      labels: { ...this.labels, ...props.labels },
      affinity: props.affinity ?? this.spread(),
    });
    if (this.hasStableAddresses) {
      talosNode.addInitContainer(memberAddressContainer(this.busyboxImage, this.host));
    }
    return talosNode;
  }

  private spread(): Affinity | undefined {
    const apart = { topologyKey: 'kubernetes.io/hostname' };
    const spread = this.replicas === 1 ? MemberSpread.NONE : this.props.memberSpread ?? MemberSpread.REQUIRED;
    switch (spread) {
      case MemberSpread.REQUIRED: return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } };
      case MemberSpread.PREFERRED:
        return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }] } };
      case MemberSpread.NONE: return undefined;
    }
  }

  private createExposures(): ApiObject[] {
    const { names } = this;
    const port = (name: string) => roleFacts(TalosRole.CONTROL_PLANE).ports.find((candidate) => candidate.name === name)!;
    const common = { labels: this.objectLabels, selector: this.talosNode.selectorLabels };
    const joins = this.props.outsideWorkers ? [port('trustd')] : [];
    return [
      ...createExposedService(this, 'KubernetesApi', {
        ...common, name: names.kubernetesApi, ports: [port('k8s-api'), ...joins], exposure: this.kubernetesApi._exposure,
      }),
      ...createExposedService(this, 'TalosApi', { ...common, name: names.talosApi, ports: [port('talos-api')], exposure: this.talosApi._exposure }),
    ];
  }

  private get objectLabels(): { readonly [key: string]: string } {
    return { ...this.talosNode.selectorLabels, 'app.kubernetes.io/component': TalosRole.CONTROL_PLANE, ...this.labels };
  }

  /** One Service for each member, named like its pod: its address stays when the pod's changes. */
  private createMemberServices(): void {
    const ports = roleFacts(TalosRole.CONTROL_PLANE).ports.map(({ name, port }) => ({ name, port, targetPort: name, protocol: 'TCP' }));
    for (let ordinal = 0; ordinal < this.replicas; ordinal++) {
      const name = this.names.member(ordinal);
      this.exposureObjects.push(new ApiObject(this, `Member${ordinal}`, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, labels: this.objectLabels },
        spec: {
          publishNotReadyAddresses: true,
          selector: { ...this.talosNode.selectorLabels, 'statefulset.kubernetes.io/pod-name': name },
          ports,
        },
      }));
    }
  }

  private createDisruptionBudget(): void {
    const maxUnavailable = this.replicas > 1 || (this.props.allowSingleMemberEviction ?? true) ? 1 : 0;
    new ApiObject(this, 'DisruptionBudget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: this.names.machines, labels: this.objectLabels },
      spec: { maxUnavailable, selector: { matchLabels: this.talosNode.selectorLabels } },
    });
  }

  private createCredentials(): void {
    if (!this.secrets || this.props.credentialSecrets === false) {
      return;
    }
    new TalosconfigSecret(this, 'Talosconfig', { ...this.talosconfigOptions({}), secrets: this.secrets, labels: this.labels });
    new KubeconfigSecret(this, 'Kubeconfig', { ...this.kubeconfigOptions({}), secrets: this.secrets, labels: this.labels });
  }

  private createJobs(): void {
    const bootstraps = (this.props.bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB;
    const applies = this.configUpdate === ConfigUpdate.APPLY_JOB;
    if (!bootstraps && !applies) {
      return;
    }
    const options = { clusterName: this.clusterName, endpoints: [this.names.headlessHost] };
    const secrets = this.requireSecrets();
    const { secretName } = new TalosconfigSecret(this, 'JobTalosconfig', {
      ...options, secrets, name: `${this.names.machines}-jobs`, labels: this.labels,
    });
    const job = {
      labels: { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': this.clusterName, ...this.labels },
      talosctlImage: this.talosctlImage,
      busyboxImage: this.busyboxImage,
      talosconfig: { secretName, text: secrets.talosconfig(options) },
    };
    if (bootstraps) {
      new TalosctlJob(this, 'Bootstrap', { ...job, name: `${this.clusterName}-bootstrap`, script: bootstrapScript(this.names.memberHost(0)) });
    }
    if (applies) {
      const { config, secretName: configSecret, secretKey } = this.machineConfig;
      const hosts = Array.from({ length: this.replicas }, (_, ordinal) => this.names.memberHost(ordinal));
      new TalosctlJob(this, 'ApplyConfig', {
        ...job,
        name: `${this.clusterName}-apply-config`,
        script: applyConfigScript(hosts, `/config/${secretKey}`),
        secrets: { '/config': { secretName: configSecret, text: config?.toUserData() ?? '' } },
      });
    }
  }

  private talosconfigOptions(options: ControlPlaneTalosconfigOptions): TalosconfigOptions {
    return {
      ...options,
      clusterName: this.clusterName,
      endpoints: options.endpoints ?? [this.talosApi.externalHost ?? this.names.headlessHost],
    };
  }

  private kubeconfigOptions(options: ControlPlaneKubeconfigOptions): KubeconfigOptions {
    const host = this.kubernetesApi.externalHost;
    const exposed = this.kubernetesApi._exposure.kind === 'none' ? this.names.headlessHost : this.names.kubernetesApiHost;
    return {
      ...options,
      clusterName: this.clusterName,
      endpoint: options.endpoint ?? `https://${host ?? exposed}:${host ? this.kubernetesApi._externalPort : 6443}`,
    };
  }

  private requireSecrets(): TalosSecrets {
    if (!this.secrets) {
      throw new Error('\'secrets\' is missing, and \'machineConfig\' is made elsewhere: give the secrets, or use BootstrapMode.MANUAL');
    }
    return this.secrets;
  }
}

function requireNamespace(construct: Construct): string {
  const { namespace } = Chart.of(construct);
  if (namespace === undefined) {
    throw new Error('\'namespace\' of the chart is missing, without which the machines don\'t know each other\'s names: give the chart one');
  }
  return namespace;
}

function requireMembers({ replicas = 1, memberAddresses, hostNetwork, bootstrap }: TalosControlPlaneProps): void {
  if (!MEMBER_COUNTS.includes(replicas)) {
    const reason = Number.isInteger(replicas) && replicas > 0 && replicas % 2 === 0 ? ' (of an even number one more may not fail than of one less)' : '';
    throw new Error(`'replicas' (${replicas}) must be ${MEMBER_COUNTS.join(', ')}${reason}: choose one of them`);
  }
  if (replicas > 1 && memberAddresses === undefined) {
    throw new Error(`'memberAddresses' is missing for ${replicas} replicas: use MemberAddresses.STABLE with 'hostNetwork', `
      + 'or MemberAddresses.POD_IP, which doesn\'t survive the replacement of all members at once');
  }
  if (memberAddresses === MemberAddresses.STABLE && !hostNetwork?.serviceCidrs.length) {
    throw new Error('\'memberAddresses\' (STABLE) needs the networks of the hosting cluster\'s Services: give \'hostNetwork\' with \'serviceCidrs\'');
  }
  if (bootstrap === BootstrapMode.INIT && replicas > 1) {
    throw new Error(`'bootstrap' (INIT) would begin ${replicas} clusters with ${replicas} replicas: use BootstrapMode.JOB`);
  }
}

function requireExposures({ kubernetesApi, talosApi, outsideWorkers, endpointHost, machineConfig }: TalosControlPlaneProps): void {
  if (talosApi && ['ingress', 'gateway'].includes(talosApi._exposure.kind)) {
    throw new Error(`'talosApi' (${talosApi._exposure.kind}) can't be exposed so, as its clients don't name a host: use a load balancer or node port`);
  }
  const host = endpointHost ?? kubernetesApi?.externalHost;
  if (outsideWorkers && (!host || /\.svc(\.|$)/.test(host))) {
    throw new Error(`'outsideWorkers' can't reach ${host ?? 'the headless Service'}: give 'endpointHost', or 'kubernetesApi' an address from outside`);
  }
  const exposed = kubernetesApi?.externalHost;
  const names = machineConfig?.config?._apiServerNames;
  if (exposed && names && !names.includes(exposed)) {
    throw new Error(`'kubernetesApi' (${exposed}) isn't among the names in the certificate of 'machineConfig': add it to 'cluster.apiServer.certSANs'`);
  }
}

function bootstrapScript(host: string): string {
  return `node=${host}
until out=$(talosctl --endpoints "$node" --nodes "$node" bootstrap); do
  case $out in *AlreadyExists*) echo "already bootstrapped"; break ;; esac
  echo "$out"; /tools/busybox sleep 3
done
until out=$(talosctl --endpoints "$node" --nodes "$node" etcd status); do
  echo "waiting for etcd: $out"; /tools/busybox sleep 3
done
echo "$out"
`;
}

function applyConfigScript(hosts: string[], file: string): string {
  return `/tools/busybox base64 -d ${file} > /work/config
/tools/busybox gunzip -c /work/config > /work/plain 2>/dev/null || /tools/busybox cp /work/config /work/plain
for node in ${hosts.join(' ')}; do
  until out=$(talosctl --endpoints "$node" --nodes "$node" apply-config --file /work/plain); do
    echo "$out"; /tools/busybox sleep 3
  done
  echo "$node: $out"
done
`;
}

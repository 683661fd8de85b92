import { ConfigDocuments } from './documents/config-documents';
import { contractOf } from './generate/options/contract';
import { openMetricsPorts } from './open-metrics';
import { LEGACY_KIND } from './schema/schema';
import { ClusterSubnets } from '../network/cluster-subnets';
import { splitUrl } from '../network/url';
import { PLACES } from '../secrets/bundle/config-places';
import { AuthorityName } from '../secrets/bundle/parts';
import { DEFAULT_DNS_DOMAIN, DEFAULT_SUBNETS } from '../talos/default-subnets';
import { MachineType } from '../talos/machine-type';
import { FLANNEL, KUBE_PRISM, KUBERNETES_API, TalosPort } from '../talos/ports';
import { TalosRole } from '../talos/talos-role';
import { secondsOf } from './validation/check/durations';

/** The images of Kubernetes's components that Talos runs on control planes, and of kube-proxy. */
export interface KubernetesImages {
  readonly apiServer?: string;
  readonly controllerManager?: string;
  readonly scheduler?: string;
  readonly proxy?: string;
}

/** What a machine config says about its machine and cluster, in the legacy document or in separate documents. */
export class MachineConfigFacts {
  constructor(private readonly documents: ConfigDocuments) {}

  /** The type of the machine; a worker if the machine config doesn't set it. */
  public get machineType(): MachineType {
    const type = this.legacy('machine.type');
    return [MachineType.CONTROL_PLANE, MachineType.INIT].find((known) => known === type) ?? MachineType.WORKER;
  }

  /** The role of the machine in its cluster. */
  public get role(): TalosRole {
    return this.machineType === MachineType.WORKER ? TalosRole.WORKER : TalosRole.CONTROL_PLANE;
  }

  /** The hostname of the machine, if it is set. */
  public get hostname(): string | undefined {
    const hostname = this.documents.get('HostnameConfig', 'hostname') ?? this.legacy('machine.network.hostname');
    return typeof hostname === 'string' && hostname !== '' ? hostname : undefined;
  }

  /** The token with which the machine requests its certificates. */
  public get machineToken(): string | undefined {
    return textOf(this.legacy('machine.token'));
  }

  /** The certificate authority of the Talos API, as PEM text. */
  public get machineAuthority(): Buffer {
    return Buffer.from(String(this.legacy('machine.ca.crt')), 'base64');
  }

  /** The certificate of an authority of the cluster, as PEM text, if the machine has it. */
  public authority(name: AuthorityName): string | undefined {
    const { kind, path, legacy } = PLACES[`${name}.crt`];
    const inDocument = kind === undefined ? undefined : textOf(this.documents.get(kind, path!));
    const inLegacy = textOf(this.legacy(legacy));
    return inDocument ?? (inLegacy === undefined ? undefined : Buffer.from(inLegacy, 'base64').toString());
  }

  /** The additional names in the machine's certificates. */
  public get machineNames(): string[] {
    return this.list(LEGACY_KIND, 'machine.certSANs');
  }

  /** The URL with which the machine reaches the Kubernetes API. */
  public get endpoint(): string | undefined {
    return textOf(this.legacy('cluster.controlPlane.endpoint') ?? this.documents.get('KubeClusterConfig', 'endpoint'));
  }

  /** The host of that URL. */
  public get endpointHost(): string | undefined {
    return splitUrl(this.endpoint ?? '')?.host;
  }

  /** The port in that URL. */
  public get endpointPort(): number | undefined {
    const port = splitUrl(this.endpoint ?? '')?.port;
    return port === undefined ? undefined : Number(port);
  }

  /** The URL in the tokens of service accounts, if it is set; in the older layout it is the endpoint. */
  public get issuer(): string | undefined {
    return textOf(this.documents.get('KubeServiceAccountConfig', 'issuer.issuerURL'));
  }

  /** The port on which the API server of a control plane listens. Workers ignore it. */
  public get apiServerPort(): number {
    const port = this.documents.get('KubeAPIServerConfig', 'apiPort') ?? this.legacy('cluster.controlPlane.localAPIServerPort');
    // Talos takes 0 for the default
    return Number(port ?? 0) || KUBERNETES_API.port;
  }

  /** The port of KubePrism on each machine; undefined if it is off. */
  public get kubePrismPort(): number | undefined {
    const port = this.documents.get('KubePrismConfig', 'port') ?? this.legacy('machine.features.kubePrism.port');
    const isOn = this.has('KubePrismConfig') || this.legacy('machine.features.kubePrism.enabled') === true;
    return isOn ? Number(port ?? 0) || KUBE_PRISM.port : undefined;
  }

  /** Whether the CNI is Talos's flannel, as the machine config of a control plane says; that of a worker doesn't. */
  public get hasFlannel(): boolean {
    if (this.has('KubeFlannelCNIConfig')) {
      return true;
    }
    return this.legacy('cluster.network') === undefined
      ? !contractOf(this.documents.release).kubernetesDocuments
      : (this.legacy('cluster.network.cni.name') ?? 'flannel') === 'flannel';
  }

  /** The UDP port by which flannel carries the packets of pods between machines; undefined with another CNI. */
  public get flannelPort(): number | undefined {
    return this.hasFlannel ? Number(this.documents.get('KubeFlannelCNIConfig', 'backendPort') ?? 0) || FLANNEL.port : undefined;
  }

  /** The names in the Kubernetes API's certificate that the machine config sets. */
  public get apiServerNames(): string[] {
    const host = this.endpointHost;
    return [
      ...host ? [host] : [],
      ...this.list(LEGACY_KIND, 'cluster.apiServer.certSANs'),
      ...this.list('KubeAPIServerConfig', 'certExtraSANs'),
    ];
  }

  /** The networks of the cluster's pods and Services; Talos's defaults if none are set. */
  public get subnets(): ClusterSubnets {
    const [podSubnets, serviceSubnets] = ['podSubnets', 'serviceSubnets'].map((property) => [
      ...this.list(LEGACY_KIND, `cluster.network.${property}`),
      ...this.list('KubeNetworkConfig', property),
    ]);
    return {
      podSubnets: podSubnets.length > 0 ? podSubnets : [...DEFAULT_SUBNETS.podSubnets],
      serviceSubnets: serviceSubnets.length > 0 ? serviceSubnets : [...DEFAULT_SUBNETS.serviceSubnets],
    };
  }

  /** The DNS domain of the cluster's Services; Talos's default if none is set. */
  public get dnsDomain(): string {
    return textOf(this.legacy('cluster.network.dnsDomain') ?? this.documents.get('KubeNetworkConfig', 'dnsDomain')) || DEFAULT_DNS_DOMAIN;
  }

  /** The release of Kubernetes, if the kubelet's image tag contains it. */
  public get kubernetesVersion(): string | undefined {
    const image = this.legacy('machine.kubelet.image') ?? this.documents.get('KubeletConfig', 'image');
    return versionIn(image);
  }

  /** The release of the Kubernetes API, if the tag of its image contains it; the kubelet's if the machine config sets no image. */
  public get apiServerVersion(): string | undefined {
    const image = this.kubernetesImages.apiServer;
    return image === undefined ? this.kubernetesVersion : versionIn(image);
  }

  /** The images of Kubernetes's own components, where they are set. */
  public get kubernetesImages(): KubernetesImages {
    const image = (field: string, kind: string) => textOf(this.legacy(`cluster.${field}.image`) ?? this.documents.get(kind, 'image'));
    return {
      apiServer: image('apiServer', 'KubeAPIServerConfig'),
      controllerManager: image('controllerManager', 'KubeControllerManagerConfig'),
      scheduler: image('scheduler', 'KubeSchedulerConfig'),
      proxy: image('proxy', 'KubeProxyConfig'),
    };
  }

  /** Whether Talos installs kube-proxy, as the machine config of a control plane says. */
  public get hasKubeProxy(): boolean {
    return this.legacy('cluster.proxy.disabled') !== true && this.documents.get('KubeProxyConfig', 'enabled') !== false;
  }

  /** The name of the cluster, if it is set. */
  public get clusterName(): string | undefined {
    return textOf(this.legacy('cluster.clusterName') ?? this.documents.get('KubeClusterConfig', 'clusterName'));
  }

  /** For how many seconds Talos makes kubeconfigs of administrators valid; undefined for its default, a year. */
  public get adminKubeconfigSeconds(): number | undefined {
    const lifetime = textOf(this.legacy('cluster.adminKubeconfig.certLifetime'));
    return lifetime === undefined ? undefined : secondsOf(lifetime) || undefined;
  }

  /** Whether machines find each other with the discovery service. */
  public get hasDiscovery(): boolean {
    const [enabled, withoutService] = ['enabled', 'registries.service.disabled'].map((field) => this.legacy(`cluster.discovery.${field}`));
    return (enabled === true && withoutService !== true) || this.has('DiscoveryServiceConfig');
  }

  /** The networks of the IP addresses that etcd advertises to other members; empty if none are set. */
  public get etcdAdvertisedSubnets(): string[] {
    return this.list(LEGACY_KIND, 'cluster.etcd.advertisedSubnets');
  }

  /** The networks of the IP addresses on which etcd listens; empty if none are set. */
  public get etcdListenSubnets(): string[] {
    return this.list(LEGACY_KIND, 'cluster.etcd.listenSubnets');
  }

  /** The ports at which clients outside of the machine can read metrics of etcd, the controller manager and the scheduler. */
  public get metricsPorts(): TalosPort[] {
    return openMetricsPorts((kind, path) => this.documents.get(kind, path));
  }

  /** The keys of the labels with which the node registers. */
  public get nodeLabels(): string[] {
    return [...this.keys('KubeNodeConfig', 'labels'), ...this.keys(LEGACY_KIND, 'machine.nodeLabels')];
  }

  /** The keys of the node's taints in the legacy document. */
  public get legacyNodeTaints(): string[] {
    return this.keys(LEGACY_KIND, 'machine.nodeTaints');
  }

  private has(kind: string): boolean {
    return this.documents.has(kind);
  }

  private legacy(path: string): unknown {
    return this.documents.get(LEGACY_KIND, path);
  }

  private list(kind: string, path: string): string[] {
    const list = this.documents.get(kind, path);
    return Array.isArray(list) ? list.map(String) : [];
  }

  private keys(kind: string, path: string): string[] {
    return Object.keys(this.documents.get(kind, path) ?? {});
  }
}

function versionIn(image: unknown): string | undefined {
  return /:v?(\d+\.\d+\.\d+[^@]*)/.exec(String(image))?.[1];
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

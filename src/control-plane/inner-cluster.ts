import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { ControlPlaneAddresses } from './addresses';
import { ClusterKeys } from './cluster-keys';
import { requireEndpointPort, warnOfWorkerEndpoint } from './endpoint-checks';
import { MachineRegistry } from './machine-registry';
import { ControlPlaneNetworkPolicy } from '../access/network-policy';
import { ChosenPorts } from '../access/network-policy-spec';
import { JobImages } from '../jobs/tool-images';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';
import { METRICS_PORTS } from '../machine-config/open-metrics';
import { needsWritableRoot } from '../machine-config/pod-requirements';
import { ClusterFacts } from '../machine-config/worker-config';
import { HostingNetwork } from '../network/hosting-network';
import { coversHost } from '../network/hosts';
import { isIpv6 } from '../network/networks';
import { Preflight } from '../node/preflight';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { SecretDelivery } from '../secrets/secret-delivery';
import { ClientCertificateOptions } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/** What a control plane knows about its cluster. */
export interface InnerClusterOptions {
  readonly clusterName: string;
  readonly talosVersion: TalosVersion;
  /** The contract that the control plane was given. */
  readonly configContract?: TalosVersion;
  readonly keys: ClusterKeys;
  /** How the keys get to machines and Jobs. */
  readonly secretDelivery?: SecretDelivery;
  /** The machine config of the members. */
  readonly machineConfig: ITalosMachineConfig;
  readonly addresses: ControlPlaneAddresses;
  readonly machines: MachineRegistry;
  readonly hostingNetwork: HostingNetwork;
  readonly jobImages: JobImages;
  readonly credentials?: ClientCertificateOptions;
  /** Whether Secrets with credentials are made. */
  readonly hasCredentials: boolean;
  /** Whether external workers join. */
  readonly hasExternalWorkers: boolean;
  /** The number of members that stay; none while they are stopped. */
  readonly runningMembers: number;
  /** The policy that says who reaches the members. */
  readonly networkPolicy?: ControlPlaneNetworkPolicy;
}

/** The cluster of a control plane, as its pools, its Jobs and its external workers need to know it. */
export class InnerCluster {
  constructor(private readonly options: InnerClusterOptions) {}

  public get addresses(): ControlPlaneAddresses {
    return this.options.addresses;
  }

  /** Where the cluster's keys come from. */
  public get keys(): ClusterKeys {
    return this.options.keys;
  }

  /** How the keys get to machines and Jobs. */
  public get secretDelivery(): SecretDelivery | undefined {
    return this.options.secretDelivery;
  }

  /** The names of the cluster's machines. */
  public get machines(): MachineRegistry {
    return this.options.machines;
  }

  /** The networks of the hosting cluster. */
  public get hostingNetwork(): HostingNetwork {
    return this.options.hostingNetwork;
  }

  /** The images of the Jobs with talosctl. */
  public get jobImages(): JobImages {
    return this.options.jobImages;
  }

  /** The validity and generation of the cluster's credentials. */
  public get credentials(): ClientCertificateOptions | undefined {
    return this.options.credentials;
  }

  /** Whether Secrets with credentials are made. */
  public get hasCredentials(): boolean {
    return this.options.hasCredentials;
  }

  /** Whether external workers join. */
  public get hasExternalWorkers(): boolean {
    return this.options.hasExternalWorkers;
  }

  /** The number of members that stay; none while they are stopped. */
  public get runningMembers(): number {
    return this.options.runningMembers;
  }

  /** The policy that says who reaches the members. */
  public get networkPolicy(): ControlPlaneNetworkPolicy | undefined {
    return this.options.networkPolicy;
  }

  /** Whether the members are stopped. */
  public get isSuspended(): boolean {
    return this.runningMembers === 0;
  }

  /**
   * What the machine configs of all workers have in common.
   *
   * @throws if it isn't known here
   */
  public get facts(): ClusterFacts {
    const { machineConfig: { config, secretName }, clusterName, talosVersion, configContract, keys: { source: secrets } } = this.options;
    if (!config || !secrets) {
      throw new TalosError('talos:conflicting-properties', `'machineConfig' (${secretName}) of the control plane is made elsewhere, so the machine config of workers can't be generated: `
        + 'make theirs elsewhere too, and give it to a pool as its \'machineConfig\'');
    }
    const { subnets, kubernetesVersion, dnsDomain, hasDiscovery } = config._facts;
    return {
      ...subnets,
      clusterName,
      talosVersion,
      configContract,
      kubernetesVersion: kubernetesVersion ?? talosVersion.defaultKubernetesVersion,
      secrets,
      dnsDomain,
      discovery: hasDiscovery,
    };
  }

  /** The URL by which the members themselves reach the Kubernetes API. */
  public get endpoint(): string {
    return this.options.machineConfig.config?._facts.endpoint ?? this.addresses.endpoint;
  }

  /** The URL by which a pool reaches the Kubernetes API: if possible at the members' own addresses, which are available first. */
  public joinEndpoint(pool: IConstruct): string {
    const facts = this.options.machineConfig.config?._facts;
    const { headlessHost, joinEndpoint } = this.addresses;
    if (facts && [facts.apiServerNames, facts.machineNames].every((names) => names.some((name) => coversHost(name, headlessHost)))) {
      return joinEndpoint;
    }
    if (!this.hasExternalWorkers) {
      warn(pool, 'talos:pool-joins-by-endpoint', `the workers join by ${this.endpoint}, whose host must also lead to trustd (50001), or they have no Talos API: to let them join by the `
        + `members' own addresses, add ${headlessHost} to 'machine.certSANs' and to the certificate of the Kubernetes API in the control plane's 'machineConfig'`);
    }
    return this.endpoint;
  }

  /** Refuses a worker's machine config whose endpoint leads to a wrong port, and warns of one that leads elsewhere. */
  public checkEndpoint(pool: IConstruct, worker: MachineConfig | undefined): void {
    const { config } = this.options.machineConfig;
    if (worker && config) {
      requireEndpointPort(worker, this.addresses);
      warnOfWorkerEndpoint(pool, worker, config);
    }
  }

  /** Whether members of etcd advertise the addresses that their pods have in DNS, as `talosctl health` requires. */
  public get hasEtcdAtNodeAddresses(): boolean {
    const { machineConfig, hostingNetwork } = this.options;
    const advertised = machineConfig.config?._facts.etcdAdvertisedSubnets ?? [];
    const families = new Set([...hostingNetwork.podCidrs, ...hostingNetwork.serviceCidrs].map(isIpv6));
    return families.size < 2 && advertised.length === 0;
  }

  /** The ports that the members' machine config chooses; one that is made elsewhere may open those of metrics. */
  public get ports(): ChosenPorts {
    const facts = this.options.machineConfig.config?._facts;
    return { apiServerPort: this.addresses.apiServerPort, flannelPort: facts?.flannelPort, metricsPorts: facts?.metricsPorts ?? METRICS_PORTS };
  }

  /** The check of hosting nodes with the cluster's image and CNI, unless it has its own. */
  public preflight(chosen: Preflight | undefined): Preflight | undefined {
    const { jobImages, machineConfig: { config } } = this.options;
    return chosen?._withDefaults({ image: jobImages.busyboxImage, flannel: config?._facts.hasFlannel ?? true });
  }

  /** Whether the CNI needs a writable root file system on machines of a Talos release. */
  public needsWritableRoot(talosVersion: TalosVersion): boolean {
    return needsWritableRoot(this.options.machineConfig.config, talosVersion);
  }
}

import { externalEndpointHost } from './checks';
import { MemberAddresses, MOST_MEMBERS } from './members';
import { ControlPlaneNames } from './names';
import { TalosControlPlaneProps } from './talos-control-plane-props';
import { ApiExposure } from '../access/api-exposure';
import { HostingNetwork } from '../network/hosting-network';
import { hostAndPort } from '../network/hosts';
import { isIpv6 } from '../network/networks';
import { Member } from '../node/machine-names';
import { KUBERNETES_API, TALOS_API } from '../talos/ports';

/** An API, and where it is reached. */
export interface ApiAddress {
  readonly exposure: ApiExposure;
  /** Host and port from outside of the hosting cluster, where they are known. */
  readonly external?: string;
  /** Host and port inside the hosting cluster. */
  readonly inside: string;
}

/** By which names and addresses a control plane is reached, and from where. */
export class ControlPlaneAddresses {
  constructor(
    private readonly props: TalosControlPlaneProps,
    private readonly names: ControlPlaneNames,
    private readonly hostingNetwork: HostingNetwork,
  ) {}

  /** The members that are there, also while they become fewer. */
  public get members(): Member[] {
    const { replicas = 1, scaleDownFrom = replicas } = this.props;
    return this.names.members(scaleDownFrom);
  }

  /** Whether each member has a Service with an address that stays. */
  public get areStable(): boolean {
    return this.props.memberAddresses === MemberAddresses.STABLE;
  }

  public get kubernetesApi(): ApiAddress {
    const { kubernetesApi: exposure = ApiExposure.clusterIp() } = this.props;
    const host = exposure._exposure.hasService ? this.names.kubernetesApiHost : this.names.headlessHost;
    return { exposure, external: exposure._externalAddress(KUBERNETES_API.port), inside: hostAndPort(host, KUBERNETES_API.port) };
  }

  public get talosApi(): ApiAddress {
    const { talosApi: exposure = ApiExposure.none() } = this.props;
    const host = exposure._exposure.hasService ? this.names.talosApiHost : this.names.headlessHost;
    return { exposure, external: exposure._externalAddress(TALOS_API.port), inside: hostAndPort(host, TALOS_API.port) };
  }

  /** The name that leads to all members, by their own addresses. */
  public get headlessHost(): string {
    return this.names.headlessHost;
  }

  /** The URL by which machines inside the hosting cluster join: that of the members' own addresses, as these are there first. */
  public get joinEndpoint(): string {
    return endpoint(this.names.headlessHost);
  }

  /** The URL by which machines outside of the hosting cluster join, where it is known. */
  public get externalEndpoint(): string | undefined {
    const host = externalEndpointHost(this.props);
    return host === undefined ? undefined : endpoint(host);
  }

  /** The URL that the members themselves have for the cluster. */
  public get endpoint(): string {
    const { externalWorkers, endpointHost } = this.props;
    return externalWorkers || endpointHost !== undefined ? this.externalEndpoint! : this.joinEndpoint;
  }

  /** The URL of the Kubernetes API for clients inside the hosting cluster. */
  public get insideEndpoint(): string {
    return `https://${this.kubernetesApi.inside}`;
  }

  /** The host, and the port unless `talosctl` takes it by itself, for clients of the Talos API. */
  public get talosEndpoint(): string {
    const { exposure, external } = this.talosApi;
    return (exposure._exposure.externalPort(TALOS_API.port) === TALOS_API.port ? exposure.externalHost : external) ?? this.names.headlessHost;
  }

  /** The domain of the hosting cluster's Services. */
  public get hostingDomain(): string {
    return this.hostingNetwork.dnsDomain;
  }

  /** The type of the DNS records in which the hosting cluster has the addresses of pods: that of the family which Services have by default. */
  public get hostingRecord(): 'a' | 'aaaa' {
    const [primary = ''] = [...this.hostingNetwork.serviceCidrs, ...this.hostingNetwork.podCidrs];
    return isIpv6(primary) ? 'aaaa' : 'a';
  }

  /** Every name by which a client may reach a member, other than a wildcard. */
  public get subjectAlternativeNames(): string[] {
    const { names, props, kubernetesApi, talosApi } = this;
    const services = [names.machines, names.kubernetesApi, ...props.talosApi ? [names.talosApi] : []];
    return [...new Set([
      ...services.flatMap((name) => names.forms(name)),
      ...[kubernetesApi, talosApi].flatMap(({ exposure }) => exposure.externalHost ?? []),
      ...props.endpointHost ? [props.endpointHost] : [],
      ...props.additionalSans ?? [],
    ])];
  }

  /** The names of the machines; for any number of them, so that another number isn't another machine config. */
  public get memberNames(): string[] {
    const { names } = this;
    const services = names.members(this.areStable ? MOST_MEMBERS : 0);
    return [...names.wildcards, ...services.flatMap(({ name }) => names.forms(name))];
  }
}

function endpoint(host: string): string {
  return `https://${hostAndPort(host, KUBERNETES_API.port)}`;
}

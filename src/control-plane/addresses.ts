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

/** An API, and where clients reach it. */
export interface ApiAddress {
  readonly exposure: ApiExposure;
  /** The host and port for clients outside of the hosting cluster, where they are known. */
  readonly external?: string;
  /** The host and port for clients inside the hosting cluster. */
  readonly inside: string;
}

/** The names and addresses of a control plane, for clients inside and outside of the hosting cluster. */
export class ControlPlaneAddresses {
  constructor(
    private readonly props: TalosControlPlaneProps,
    private readonly names: ControlPlaneNames,
    private readonly hostingNetwork: HostingNetwork,
    /** The port of the members' API servers. Their Services have the usual port. */
    public readonly apiServerPort: number = KUBERNETES_API.port,
  ) {}

  /** The same with another port of the API servers. */
  public withApiServerPort(port: number | undefined): ControlPlaneAddresses {
    return new ControlPlaneAddresses(this.props, this.names, this.hostingNetwork, port);
  }

  /** The existing members, including those that leave. */
  public get members(): Member[] {
    const { replicas = 1, scaleDownFrom = replicas } = this.props;
    return this.names.members(scaleDownFrom);
  }

  /** Whether each member has a Service with a stable address. */
  public get areStable(): boolean {
    return this.props.memberAddresses === MemberAddresses.STABLE;
  }

  public get kubernetesApi(): ApiAddress {
    const { kubernetesApi: exposure = ApiExposure.clusterIp() } = this.props;
    const host = exposure._exposure.hasService ? this.names.kubernetesApiHost : this.names.headlessHost;
    return { exposure, external: exposure._externalAddress(KUBERNETES_API.port), inside: hostAndPort(host, this.portAt(host)) };
  }

  public get talosApi(): ApiAddress {
    const { talosApi: exposure = ApiExposure.none() } = this.props;
    const host = exposure._exposure.hasService ? this.names.talosApiHost : this.names.headlessHost;
    return { exposure, external: exposure._externalAddress(TALOS_API.port), inside: hostAndPort(host, TALOS_API.port) };
  }

  /** The DNS name of all members, which resolves to their own addresses. */
  public get headlessHost(): string {
    return this.names.headlessHost;
  }

  /** All forms of that name. */
  public get headlessForms(): string[] {
    return this.names.forms(this.names.machines);
  }

  /** The URL by which machines inside the hosting cluster join: it leads to the members' own addresses, which are available first. */
  public get joinEndpoint(): string {
    return this.endpointAt(this.names.headlessHost);
  }

  /** The URL by which external workers join, where it is known. */
  public get externalEndpoint(): string | undefined {
    const host = externalEndpointHost(this.props);
    return host === undefined ? undefined : this.endpointAt(host);
  }

  /** The URL of the Kubernetes API in the machine config of the members. */
  public get endpoint(): string {
    const { externalWorkers, endpointHost } = this.props;
    return externalWorkers || endpointHost !== undefined ? this.externalEndpoint! : this.joinEndpoint;
  }

  /** The URL of the Kubernetes API for clients inside the hosting cluster. */
  public get insideEndpoint(): string {
    return `https://${this.kubernetesApi.inside}`;
  }

  /** The host, and the port unless it is the default of `talosctl`, for clients of the Talos API. */
  public get talosEndpoint(): string {
    const { exposure, external } = this.talosApi;
    return (exposure._exposure.externalPort(TALOS_API.port) === TALOS_API.port ? exposure.externalHost : external) ?? this.names.headlessHost;
  }

  /** The domain of the hosting cluster's Services. */
  public get hostingDomain(): string {
    return this.hostingNetwork.dnsDomain;
  }

  /** The type of the hosting cluster's DNS records with the addresses of pods; it follows the default address family of Services. */
  public get hostingRecord(): 'a' | 'aaaa' {
    const [primary = ''] = [...this.hostingNetwork.serviceCidrs, ...this.hostingNetwork.podCidrs];
    return isIpv6(primary) ? 'aaaa' : 'a';
  }

  /** Every name by which a client may reach a member, except wildcards. */
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

  /** The names of the machines, for any number of them, so that the machine config doesn't depend on the number. */
  public get memberNames(): string[] {
    const { names } = this;
    const services = names.members(this.areStable ? MOST_MEMBERS : 0);
    return [...names.wildcards, ...services.flatMap(({ name }) => names.forms(name))];
  }

  /** The port of the Kubernetes API at a host: a headless Service, which leads to the pods' own addresses, can't map ports. */
  private portAt(host: string): number {
    return this.headlessForms.includes(host) ? this.apiServerPort : KUBERNETES_API.port;
  }

  private endpointAt(host: string): string {
    return `https://${hostAndPort(host, this.portAt(host))}`;
  }
}

import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { ControlPlaneNames } from './names';
import { Protocol } from '../kubernetes/container';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { ServiceSpec } from '../kubernetes/object-specs';
import { takeName } from '../kubernetes/taken-names';
import { HostingNetwork } from '../network/hosting-network';
import { isIpv6 } from '../network/networks';
import { KUBERNETES_API, TALOS_API, TalosPort, TRUSTD } from '../talos/ports';

/** Options of the Services of a control plane. */
export interface ServicesOptions {
  readonly names: ControlPlaneNames;
  readonly addresses: ControlPlaneAddresses;
  readonly hostingNetwork: HostingNetwork;
  /** The labels of the members. */
  readonly selector: { readonly [key: string]: string };
  /** The ports of a member. */
  readonly ports: TalosPort[];
  /** Whether external workers join. */
  readonly externalWorkers: boolean;
}

/** Creates the Services of the APIs with the objects that route to them, and those of the members where their addresses are stable. */
export function createServices(scope: Construct, options: ServicesOptions): ApiObject[] {
  const { names, addresses: { kubernetesApi, talosApi, areStable, members }, selector, externalWorkers } = options;
  return [
    ...kubernetesApi.exposure._exposure.createObjects(scope, 'KubernetesApi', {
      selector, name: names.kubernetesApi, ports: [KUBERNETES_API, ...externalWorkers ? [TRUSTD] : []],
    }),
    ...talosApi.exposure._exposure.createObjects(scope, 'TalosApi', { selector, name: names.talosApi, ports: [TALOS_API] }),
    ...(areStable ? members : []).map(({ name }, ordinal) => createMemberService(scope, `Member${ordinal}`, name, options)),
  ];
}

/** Creates the Service of a member: its address stays when the pod's changes. */
function createMemberService(scope: Construct, id: string, name: string, { selector, ports, hostingNetwork }: ServicesOptions): ApiObject {
  const families = hostingNetwork.serviceCidrs.map((cidr) => isIpv6(cidr) ? 'IPv6' : 'IPv4');
  takeName(scope, 'Service', name);
  const spec: ServiceSpec = {
    publishNotReadyAddresses: true,
    // the family that the init container looks up in DNS
    ipFamilies: new Set(families).size > 1 ? families.slice(0, 1) : undefined,
    selector: { ...selector, 'statefulset.kubernetes.io/pod-name': name },
    ports: ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.name, protocol: Protocol.TCP })),
  };
  return new KubernetesObject(scope, id, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec });
}

import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { takeName } from '../kubernetes/taken-names';
import { HostingNetwork } from '../network/hosting-network';
import { isIpv6 } from '../network/networks';
import { TalosPort } from '../talos/ports';

/** What the Service of a member is made of. */
export interface MemberServiceOptions {
  /** The name of the member's pod, and so of the Service. */
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  readonly selector: { readonly [key: string]: string };
  readonly ports: TalosPort[];
  readonly host: HostingNetwork;
}

/** The Service of a member: its address stays when the pod's changes. */
export function createMemberService(scope: Construct, id: string, options: MemberServiceOptions): ApiObject {
  const { name, labels, selector, ports, host } = options;
  const families = host.serviceCidrs.map((cidr) => isIpv6(cidr) ? 'IPv6' : 'IPv4');
  takeName(scope, 'Service', name);
  return new KubernetesObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: {
      publishNotReadyAddresses: true,
      // the one that the init container asks DNS for
      ipFamilies: new Set(families).size > 1 ? families.slice(0, 1) : undefined,
      selector: { ...selector, 'statefulset.kubernetes.io/pod-name': name },
      ports: ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.name, protocol: 'TCP' })),
    },
  });
}

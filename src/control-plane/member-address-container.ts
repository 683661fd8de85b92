import { lookUp } from '../jobs/dns-lookup';
import { Container, SeccompProfileType } from '../kubernetes/container';
import { HostingNetwork } from '../network/hosting-network';
import { isIpv6 } from '../network/networks';
import { MEMBER_ADDRESS } from '../node/member-address';

/**
 * The container that adds the address of a pod's own Service to its loopback interface before Talos starts. It looks the address up in DNS by the
 * name of the pod, as soon as the Service exists. The address has the first address family of the hosting cluster's Services.
 */
export function memberAddressContainer(image: string, hostingNetwork: HostingNetwork): Container {
  const [record, length] = isIpv6(hostingNetwork.serviceCidrs[0]) ? ['aaaa', 128] as const : ['a', 32] as const;
  const script = [
    `name="$POD_NAME.$POD_NAMESPACE.svc.${hostingNetwork.dnsDomain}."`,
    'while :; do',
    `  ip=$(${lookUp(record, '"$name"')})`,
    '  [ -n "$ip" ] && break',
    '  echo "waiting for $name"; sleep 1',
    'done',
    `ip addr show dev lo | grep -q " $ip/${length} " || ip addr add "$ip/${length}" dev lo`,
    '',
  ].join('\n');
  return {
    name: MEMBER_ADDRESS.container,
    image,
    command: ['/bin/busybox', 'sh', '-c', script],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: MEMBER_ADDRESS.capabilities },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
    },
  };
}

import { HostingNetwork, HostingNetworkOptions, TalosControlPlaneProps } from '../../src';
import { SynthesizedControlPlane } from '../support/control-planes';
import { refusal } from '../support/errors';

test('it keeps what it was given, and says what it wasn\'t', () => {
  const podCidrs = ['10.244.0.0/16'];
  const network = HostingNetwork.of({ podCidrs, dnsAddresses: ['169.254.20.10'] });
  podCidrs.push('10.245.0.0/16');
  expect(network.podCidrs).toEqual(['10.244.0.0/16']);
  expect(network.dnsAddresses).toEqual(['169.254.20.10']);
  expect(network.dnsDomain).toBe('cluster.local');
  expect(network.unknown).toEqual(['serviceCidrs', 'nodeCidrs']);
});

test.each<[HostingNetworkOptions, string]>([
  [{ podCidrs: ['10.244.0.0'] }, '\'podCidrs\' (10.244.0.0) is not a network: write an IP address and a prefix length, for example 192.0.2.0/24'],
  [{ serviceCidrs: ['10.96.0.1/16'] }, '\'serviceCidrs\' (10.96.0.1/16) is not written as a network: write 10.96.0.0/16'],
  [{ nodeCidrs: ['fd00::1/64'] }, '\'nodeCidrs\' (fd00::1/64) is not written as a network: write fd00::/64'],
  [{ dnsAddresses: ['10.96.0.0/16'] }, '\'dnsAddresses\' (10.96.0.0/16) is not an IP address: write one, for example 10.96.0.10'],
  [{ dnsDomain: 'Cluster' }, '\'dnsDomain\' (Cluster) is not a DNS name'],
  [{ podCidrs: ['10.0.0.0/8'], serviceCidrs: ['10.96.0.0/16'] },
    '\'podCidrs\' (10.0.0.0/8) overlaps \'serviceCidrs\' (10.96.0.0/16), which no cluster has: give its own networks'],
])('%j is refused', (options, message) => {
  expect(() => HostingNetwork.of(options)).toThrow(message);
});

type Props = Pick<TalosControlPlaneProps, 'podSubnets' | 'serviceSubnets'>;

function inner(host: HostingNetworkOptions, props: Props = {}): [string[], string[]] {
  const { podSubnets, serviceSubnets } = new SynthesizedControlPlane({ hostingNetwork: HostingNetwork.of(host), ...props }).legacy.cluster.network;
  return [podSubnets, serviceSubnets];
}

const [PODS4, SERVICES4, PODS6, SERVICES6] = ['172.24.0.0/16', '172.25.0.0/16', 'fd00:172:24::/56', 'fd00:172:25::/112'];

describe('the networks of the inner cluster', () => {
  test.each<[string, HostingNetworkOptions, Props, string[], string[]]>([
    ['nothing', {}, {}, [PODS4], [SERVICES4]],
    ['IPv4 pods', { podCidrs: ['10.244.0.0/16'] }, {}, [PODS4], [SERVICES4]],
    ['IPv6 pods', { podCidrs: ['fd00:10:244::/56'] }, {}, [PODS6], [SERVICES6]],
    ['IPv6 Services', { serviceCidrs: ['fd00:10:96::/112'] }, {}, [PODS6], [SERVICES6]],
    ['dual stack, IPv4 first', { podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'] }, {}, [PODS4], [SERVICES4]],
    ['dual stack, IPv6 first', { podCidrs: ['fd00:10:244::/56', '10.244.0.0/16'] }, {}, [PODS6], [SERVICES6]],
    ['dual stack that is asked for', { podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'] }, { podSubnets: [PODS4, PODS6] },
      [PODS4, PODS6], [SERVICES4, SERVICES6]],
    ['given Services', {}, { serviceSubnets: ['fd00:1::/112'] }, [PODS6], ['fd00:1::/112']],
  ])('follow the families of %s', (_, host, props, pods, services) => {
    expect(inner(host, props)).toEqual([pods, services]);
  });

  // the ranges that installers choose unless told otherwise
  test.each<[string, HostingNetworkOptions]>([
    ['kind', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['172.18.0.0/16'] }],
    ['kubeadm', { serviceCidrs: ['10.96.0.0/12'] }],
    ['k3s', { podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'] }],
    ['GKE', { serviceCidrs: ['34.118.224.0/20'], podCidrs: ['10.0.0.0/9'] }],
    ['EKS', { serviceCidrs: ['172.20.0.0/16'], podCidrs: ['192.168.0.0/16'] }],
    ['AKS', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.0.0.0/16'] }],
    ['OpenShift', { podCidrs: ['10.128.0.0/14'], serviceCidrs: ['172.30.0.0/16'] }],
    ['Calico', { podCidrs: ['192.168.0.0/16'] }],
    ['kOps', { podCidrs: ['100.96.0.0/11'], serviceCidrs: ['100.64.0.0/13'] }],
    ['Docker', { nodeCidrs: ['172.17.0.0/16', '172.18.0.0/16', '172.19.0.0/16', '172.20.0.0/14'].slice(0, 3) }],
  ])('overlap none of the usual ones of %s', (_, host) => {
    expect(() => inner(host)).not.toThrow();
  });

  test.each<[string, HostingNetworkOptions, Props, string]>([
    ['the first free range', { nodeCidrs: ['172.24.0.0/13'] }, {}, 'choose another range, for example 10.208.0.0/16'],
    ['one that the other network doesn\'t have', { podCidrs: ['10.244.0.0/16'] }, { podSubnets: ['10.244.0.0/16'], serviceSubnets: [PODS4] },
      'choose another range, for example 172.26.0.0/16'],
    ['one of IPv6', { podCidrs: ['fd00:172:24::/48'] }, {}, 'choose another range, for example fd00:172:26::/56'],
    ['none where all are taken', { nodeCidrs: ['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16'] }, {}, 'node network (172.16.0.0/12): choose another range'],
  ])('are told %s when they overlap', (_, host, props, remedy) => {
    expect(refusal(() => inner(host, props)).text.endsWith(remedy)).toBe(true);
  });

  test('may be those of another hosting cluster', () => {
    expect(inner({ podCidrs: ['10.0.0.0/16'] }, { podSubnets: ['10.1.0.0/16'], serviceSubnets: ['10.2.0.0/16'] })).toEqual([['10.1.0.0/16'], ['10.2.0.0/16']]);
  });
});

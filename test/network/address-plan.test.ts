import * as fc from 'fast-check';
import { AddressPlan, AddressPlanOptions, HostingNetwork, HostingNetworkOptions } from '../../src';
import { findOverlap } from '../../src/network/find-overlap';
import { SynthesizedControlPlane } from '../support/control-planes';

const IPV6: AddressPlanOptions = { podRange: 'fd00:192::/40', serviceRange: 'fd00:232::/96' };

test.each<[string, AddressPlanOptions, number, string, string]>([
  ['the first cluster', {}, 0, '10.192.0.0/18', '10.184.0.0/20'],
  ['the second one', {}, 1, '10.192.64.0/18', '10.184.16.0/20'],
  ['the last one', {}, 127, '10.223.192.0/18', '10.191.240.0/20'],
  ['other ranges', { podRange: '172.16.0.0/14', serviceRange: '172.30.0.0/16' }, 5, '172.17.64.0/18', '172.30.80.0/20'],
  ['other sizes', { podPrefixLength: 16, servicePrefixLength: 24 }, 3, '10.195.0.0/16', '10.184.3.0/24'],
  ['a range for one cluster', { podRange: '10.1.0.0/18', serviceRange: '10.2.0.0/20' }, 0, '10.1.0.0/18', '10.2.0.0/20'],
  ['the first cluster of IPv6', IPV6, 0, 'fd00:192::/56', 'fd00:232::/112'],
  ['a later one of IPv6', IPV6, 257, 'fd00:192:1:100::/56', 'fd00:232::101:0/112'],
  ['the last one of IPv6', IPV6, 65535, 'fd00:192:ff:ff00::/56', 'fd00:232::ffff:0/112'],
  ['other sizes of IPv6', { ...IPV6, podPrefixLength: 64, servicePrefixLength: 108 }, 4095, 'fd00:192:0:fff::/64', 'fd00:232::fff0:0/108'],
  ['the end of all addresses', { podRange: '128.0.0.0/1', serviceRange: '64.0.0.0/2' }, 131071, '255.255.192.0/18', '95.255.240.0/20'],
  ['the last one of more than a number holds', { podRange: 'fd00::/8', podPrefixLength: 64, serviceRange: 'fc00::/8' }, Number.MAX_SAFE_INTEGER - 1,
    'fd1f:ffff:ffff:fffe::/64', 'fc00::1f:ffff:ffff:fffe:0/112'],
])('%s', (_, options, number, pods, services) => {
  expect(AddressPlan.of(options).allocate('acme', number)).toEqual({ podSubnets: [pods], serviceSubnets: [services] });
});

test.each<[string, AddressPlanOptions, number]>([
  ['the defaults', {}, 128],
  ['fewer networks of Services', { servicePrefixLength: 18 }, 32],
  ['fewer networks of pods', { podPrefixLength: 14 }, 8],
  ['IPv6', IPV6, 65536],
  ['2^53 networks', { podRange: 'fd00::/11', podPrefixLength: 64, serviceRange: 'fc00::/8' }, Number.MAX_SAFE_INTEGER],
  ['2^56 networks', { podRange: 'fd00::/8', podPrefixLength: 64, serviceRange: 'fc00::/8' }, Number.MAX_SAFE_INTEGER],
])('the capacity with %s', (_, options, capacity) => {
  expect(AddressPlan.of(options).capacity).toBe(capacity);
});

test('it shows what it shares out', () => {
  expect(AddressPlan.of()).toMatchObject({ podRange: '10.192.0.0/11', serviceRange: '10.184.0.0/13', podPrefixLength: 18, servicePrefixLength: 20 });
  expect(AddressPlan.of(IPV6)).toMatchObject({ ...IPV6, podPrefixLength: 56, servicePrefixLength: 112 });
});

test.each<[AddressPlanOptions, string]>([
  [{ podRange: '10.192.0.0' }, '\'podRange\' (10.192.0.0) is not a network: write an IP address and a prefix length, for example 10.192.0.0/11'],
  [{ serviceRange: '10.184.0.1/13' }, '\'serviceRange\' (10.184.0.1/13) is not written as a network: write 10.184.0.0/13'],
  [{ podRange: 'fd00:192::/40' }, '\'podRange\' (fd00:192::/40) has another address family than \'serviceRange\' (10.184.0.0/13): '
    + 'give both of one family, and dual stack a plan for each'],
  [{ podRange: '10.0.0.0/8' }, '\'podRange\' (10.0.0.0/8) overlaps \'serviceRange\' (10.184.0.0/13): choose another range, for example 10.192.0.0/11'],
  [{ podRange: 'fd00:232::/40', serviceRange: 'fd00:232::/96' },
    '\'podRange\' (fd00:232::/40) overlaps \'serviceRange\' (fd00:232::/96): choose another range, for example fd00:192::/40'],
  [{ podRange: '10.1.0.0/26' }, '\'podRange\' (10.1.0.0/26) is too small for a cluster: choose one of /24 or larger, '
    + 'as every node takes a /24 of it, and Kubernetes counts 65536 nodes at most'],
  [{ serviceRange: '10.1.0.0/29' }, '\'serviceRange\' (10.1.0.0/29) is too small for a cluster: choose one of /28 or larger, '
    + 'as Kubernetes takes at most 2^20 addresses for Services, and the tenth is that of DNS'],
  [{ podRange: '10.1.0.0/20' }, '\'podPrefixLength\' (18) does not fit \'podRange\' (10.1.0.0/20): choose a whole number from 20 to 24, as every node'],
  [{ podPrefixLength: 10 }, '\'podPrefixLength\' (10) does not fit \'podRange\' (10.192.0.0/11): choose a whole number from 11 to 24, as every node'],
  [{ podPrefixLength: 25 }, '\'podPrefixLength\' (25) does not fit \'podRange\' (10.192.0.0/11): choose a whole number from 11 to 24, as every node'],
  [{ podPrefixLength: 18.5 }, '\'podPrefixLength\' (18.5) does not fit'],
  [{ podPrefixLength: NaN }, '\'podPrefixLength\' (NaN) does not fit'],
  [{ servicePrefixLength: 29 }, '\'servicePrefixLength\' (29) does not fit \'serviceRange\' (10.184.0.0/13): choose a whole number from 13 to 28, '
    + 'as Kubernetes takes at most 2^20 addresses for Services'],
  [{ serviceRange: '64.0.0.0/8', servicePrefixLength: 11 }, 'choose a whole number from 12 to 28'],
  [{ ...IPV6, podPrefixLength: 65 }, '\'podPrefixLength\' (65) does not fit \'podRange\' (fd00:192::/40): choose a whole number from 48 to 64, '
    + 'as every node takes a /64 of it'],
  [{ ...IPV6, podPrefixLength: 47 }, 'choose a whole number from 48 to 64'],
  [{ ...IPV6, servicePrefixLength: 107 }, '\'servicePrefixLength\' (107) does not fit \'serviceRange\' (fd00:232::/96): choose a whole number from 108 to 124'],
])('%j is refused', (options, message) => {
  expect(() => AddressPlan.of(options)).toThrow(message);
});

test.each<[string, HostingNetworkOptions, AddressPlanOptions, string]>([
  ['pods', { podCidrs: ['10.200.0.0/16'] }, {},
    '\'podRange\' (10.192.0.0/11) overlaps the hosting cluster\'s pod network (10.200.0.0/16): choose another range, for example 10.64.0.0/11'],
  ['Services', { serviceCidrs: ['10.188.0.0/18'] }, {},
    '\'serviceRange\' (10.184.0.0/13) overlaps the hosting cluster\'s Service network (10.188.0.0/18): choose another range, for example 10.232.0.0/13'],
  ['nodes', { nodeCidrs: ['10.128.0.0/9'] }, { podRange: '10.0.0.0/11' },
    '\'serviceRange\' (10.184.0.0/13) overlaps the hosting cluster\'s node network (10.128.0.0/9): choose another range'],
  ['DNS servers', { dnsAddresses: ['10.192.0.10'] }, {}, '\'podRange\' (10.192.0.0/11) overlaps the hosting cluster\'s DNS server (10.192.0.10/32)'],
  ['pods of IPv6', { podCidrs: ['10.244.0.0/16', 'fd00:192:1::/48'] }, IPV6,
    '\'podRange\' (fd00:192::/40) overlaps the hosting cluster\'s pod network (fd00:192:1::/48): choose another range, for example fd00:193::/40'],
])('ranges that overlap the hosting cluster\'s %s are refused', (_, host, options, message) => {
  expect(() => AddressPlan.of({ ...options, hostingNetwork: HostingNetwork.of(host) })).toThrow(message);
});

// the ranges that installers choose unless told otherwise
test.each<[string, HostingNetworkOptions]>([
  ['kind', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['172.18.0.0/16'] }],
  ['kubeadm', { serviceCidrs: ['10.96.0.0/12'] }],
  ['k3s', { podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'] }],
  ['GKE', { podCidrs: ['10.0.0.0/9'], serviceCidrs: ['34.118.224.0/20'] }],
  ['EKS', { podCidrs: ['192.168.0.0/16'], serviceCidrs: ['172.20.0.0/16', '10.100.0.0/16'] }],
  ['AKS', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.0.0.0/16'], nodeCidrs: ['10.224.0.0/12'] }],
  ['Kubespray', { podCidrs: ['10.233.64.0/18'], serviceCidrs: ['10.233.0.0/18'] }],
  ['OpenShift', { podCidrs: ['10.128.0.0/14'], serviceCidrs: ['172.30.0.0/16'], nodeCidrs: ['10.0.0.0/16', '100.64.0.0/16'] }],
  ['Calico', { podCidrs: ['192.168.0.0/16'] }],
  ['kOps', { podCidrs: ['100.96.0.0/11'], serviceCidrs: ['100.64.0.0/13'] }],
  ['Docker', { nodeCidrs: ['172.17.0.0/16', '172.18.0.0/15', '172.20.0.0/14', '172.24.0.0/13', '192.168.0.0/16'] }],
  ['a Talos cluster', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }],
])('the default ranges overlap none of the usual ones of %s', (_, host) => {
  expect(() => AddressPlan.of({ hostingNetwork: HostingNetwork.of(host) })).not.toThrow();
});

// as the documentation says
test.each<[string, HostingNetworkOptions]>([
  ['Cilium', { podCidrs: ['10.0.0.0/8'] }],
  ['Google Cloud', { nodeCidrs: ['10.128.0.0/9'] }],
])('the default ranges overlap those of %s', (_, host) => {
  expect(() => AddressPlan.of({ hostingNetwork: HostingNetwork.of(host) })).toThrow('overlaps the hosting cluster\'s');
});

describe('a number', () => {
  test.each([-1, 1.5, NaN, Infinity])('is not %p', (number) => {
    expect(() => AddressPlan.of().allocate('acme', number))
      .toThrow(`'number' (${number}) of cluster 'acme' is not a whole number from 0: count the clusters, beginning with 0`);
  });

  test.each([128, 1e300])('is in the plan, unlike %p', (number) => {
    expect(() => AddressPlan.of().allocate('acme', number)).toThrow(`'number' (${number}) of cluster 'acme' is beyond the plan, which is exhausted with `
      + '128 clusters (0 to 127), each with a /18 of \'podRange\' (10.192.0.0/11) and a /20 of \'serviceRange\' (10.184.0.0/13): '
      + 'add a plan with other ranges, or, while no cluster is there, choose larger ranges or longer prefixes');
  });

  test('belongs to one cluster', () => {
    const plan = AddressPlan.of();
    plan.allocate('acme', 3);
    expect(() => plan.allocate('umbrella', 3))
      .toThrow('\'number\' (3) of cluster \'umbrella\' is that of cluster \'acme\' already: give it another one, that no cluster has');
  });

  test('stays the cluster\'s', () => {
    const plan = AddressPlan.of();
    plan.allocate('acme', 3);
    expect(() => plan.allocate('acme', 4)).toThrow('\'number\' (4) of cluster \'acme\' is another than before (3): '
      + 'a cluster can\'t change its networks, so give it 3 again, or the other cluster another name');
  });

  test('that is refused isn\'t taken', () => {
    const plan = AddressPlan.of();
    const first = plan.allocate('acme', 0);
    expect(() => plan.allocate('acme', 1)).toThrow();
    expect(() => plan.allocate('umbrella', 0)).toThrow();
    expect(() => plan.allocate('umbrella', 128)).toThrow();
    expect(plan.allocate('umbrella', 1)).toEqual({ podSubnets: ['10.192.64.0/18'], serviceSubnets: ['10.184.16.0/20'] });
    expect(plan.allocate('acme', 0)).toEqual(first);
  });

  test('has a cluster', () => {
    expect(() => AddressPlan.of().allocate('', 0)).toThrow('\'clusterName\' is empty: give the name of the cluster');
  });
});

test('changing an answer changes no other', () => {
  const plan = AddressPlan.of();
  plan.allocate('acme', 0).podSubnets.push('10.0.0.0/16');
  expect(plan.allocate('acme', 0).podSubnets).toEqual(['10.192.0.0/18']);
});

describe('of every plan', () => {
  const ranges = (length: number, ...all: string[]) => fc.constantFrom(...all.map((address) => `${address}/${length}`));
  const sizes = (pods: [number, number], services: [number, number]) => ({
    podPrefixLength: fc.integer({ min: pods[0], max: pods[1] }), servicePrefixLength: fc.integer({ min: services[0], max: services[1] }),
  });
  const ipv4 = fc.record({ podRange: ranges(11, '10.0.0.0', '10.192.0.0'), serviceRange: ranges(13, '10.184.0.0', '172.16.0.0'), ...sizes([11, 24], [13, 28]) });
  const ipv6 = fc.record({ podRange: ranges(40, 'fd00:192::', 'fd00:ff00::'), serviceRange: ranges(96, 'fd01::', '2001:db8::'), ...sizes([48, 64], [108, 124]) });
  const plans = fc.oneof(ipv4, ipv6);
  /** Numbers of clusters, all of them in the plan. */
  const numbersOf = (options: AddressPlanOptions) =>
    fc.uniqueArray(fc.nat({ max: AddressPlan.of(options).capacity - 1 }), { minLength: 1, maxLength: 8 });
  const fleets = plans.chain((options) => fc.tuple(fc.constant(options), numbersOf(options)));

  test('the networks of different clusters have no address in common', () => {
    fc.assert(fc.property(fleets, ([options, numbers]) => {
      const plan = AddressPlan.of(options);
      const clusters = numbers.map((number) => plan.allocate(`cluster-${number}`, number));
      const networks = clusters.flatMap(({ podSubnets, serviceSubnets }) => [...podSubnets, ...serviceSubnets]);
      networks.forEach((network, index) => expect(findOverlap([network], networks.slice(index + 1))).toBeUndefined());
    }));
  });

  test('the networks lie in the ranges and have the size that is asked for', () => {
    fc.assert(fc.property(fleets, ([options, [number]]) => {
      const { podSubnets, serviceSubnets } = AddressPlan.of(options).allocate('acme', number);
      for (const [range, length, [network]] of [
        [options.podRange, options.podPrefixLength, podSubnets], [options.serviceRange, options.servicePrefixLength, serviceSubnets],
      ] as const) {
        expect(network).toMatch(new RegExp(`/${length}$`));
        expect(findOverlap([range], [network])).toBeDefined();
      }
    }));
  });

  test('the same cluster has the same networks, whatever other clusters there are', () => {
    fc.assert(fc.property(fleets, ([options, [number, ...others]]) => {
      const plan = AddressPlan.of(options);
      others.forEach((other) => plan.allocate(`cluster-${other}`, other));
      const answer = plan.allocate('acme', number);
      expect(answer).toEqual(AddressPlan.of(options).allocate('acme', number));
      expect(plan.allocate('acme', number)).toEqual(answer);
    }));
  });
});

describe('a control plane takes the networks', () => {
  const networkOf = (props: ConstructorParameters<typeof SynthesizedControlPlane>[0]) => new SynthesizedControlPlane(props).legacy.cluster.network;

  test('of a cluster', () => {
    expect(networkOf({ ...AddressPlan.of().allocate('acme', 7) })).toMatchObject({ podSubnets: ['10.193.192.0/18'], serviceSubnets: ['10.184.112.0/20'] });
  });

  test.each<[string, AddressPlanOptions]>([
    ['the smallest networks', { podPrefixLength: 24, servicePrefixLength: 28 }],
    ['the largest networks', { podRange: '20.0.0.0/8', podPrefixLength: 8, serviceRange: '32.0.0.0/8', servicePrefixLength: 12 }],
  ])('that are %s', (_, options) => {
    expect(() => networkOf({ ...AddressPlan.of(options).allocate('acme', 0) })).not.toThrow();
  });

  test.each<[string, AddressPlanOptions]>([
    ['usual', {}],
    ['the smallest', { podPrefixLength: 64, servicePrefixLength: 124 }],
    ['the largest', { podPrefixLength: 48, servicePrefixLength: 108 }],
  ])('of two plans, for dual stack, the ones of IPv6 %s', (_, sizes) => {
    const [four, six] = [{}, { ...IPV6, ...sizes }].map((options) => AddressPlan.of(options).allocate('acme', 0));
    const subnets = { podSubnets: [...four.podSubnets, ...six.podSubnets], serviceSubnets: [...four.serviceSubnets, ...six.serviceSubnets] };
    expect(networkOf(subnets)).toMatchObject(subnets);
  });
});

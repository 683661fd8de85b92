import { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import {
  AddressPlan, ApiExposure, BootstrapMode, ClusterSubnets, HostingNetwork, MachineConfig, MachineConfigOptions, MachineConfigPatch, NetworkPeer,
  TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosVersion,
} from '../../src';
import { findOverlap } from '../../src/network/find-overlap';
import { freeNetwork, FREE_NETWORKS, FreeNetworkUse } from '../../src/network/free-networks';
import { networkProblem, requireNetwork } from '../../src/network/network-checks';
import { canonicalNetwork, hasHostBits, overlap, parseNetwork } from '../../src/network/networks';
import { controlPlaneProps, newChart, secrets } from '../support/control-planes';
import { refusal } from '../support/errors';

test.each([
  ['10.0.0.0', 'is not a network: write an IP address and a prefix length, for example 192.0.2.0/24'],
  ['fd00::', 'is not a network: write an IP address and a prefix length, for example 2001:db8::/32'],
  ['10.0.0.0/33', 'is not a network'],
  ['10.0.0.0/08', 'is not a network'],
  ['010.0.0.0/8', 'is not a network'],
  ['10/8', 'is not a network'],
  ['fe80::1%eth0/64', 'is not a network'],
  ['a network', 'is not a network'],
  ['', 'is not a network'],
  ['10.0.3.0/16', 'is not written as a network: write 10.0.0.0/16'],
  ['FD00::1/64', 'is not written as a network: write fd00::/64'],
])('%j is refused as a network', (text, message) => {
  expect(() => requireNetwork('cidr', text)).toThrow(`'cidr' (${text}) ${message}`);
});

test.each(['10.0.0.0/8', '0.0.0.0/0', '192.0.2.1/32', 'fd00::/8', 'FD00:0::/8', '::1/128'])('%s is taken as a network', (text) => {
  expect(networkProblem('cidr', text)).toBeUndefined();
});

test('the remedy offers a network that is free, if there is one', () => {
  expect(networkProblem('serviceRange', 'x', 'serviceRange', ['10.184.0.0/16'])).toMatch(/write an IP address and a prefix length, for example 10\.232\.0\.0\/13$/);
  expect(networkProblem('serviceRange', 'x', 'serviceRange', ['10.0.0.0/8'])).toMatch(/write an IP address and a prefix length$/);
});

test('the first free networks of all uses overlap neither each other nor the defaults of Talos and kind', () => {
  const first = (Object.keys(FREE_NETWORKS) as FreeNetworkUse[]).flatMap((use) => [freeNetwork(use, 'IPv4')!, freeNetwork(use, 'IPv6')!]);
  const common = ['10.244.0.0/16', '10.96.0.0/12', 'fd00:10:244::/56', 'fd00:10:96::/112'];
  first.forEach((network, index) => expect(findOverlap([network], [...first.slice(index + 1), ...common])).toBeUndefined());
});

test('all free networks are written as networks', () => {
  const all = Object.values(FREE_NETWORKS).flatMap(({ IPv4, IPv6 }) => [...IPv4, ...IPv6]);
  expect(all.filter((network) => canonicalNetwork(network) !== network || networkProblem('x', network) !== undefined)).toEqual([]);
});

test('the remedy for a network with host bits is that network', () => {
  const network = fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(128))).map((parts) => parts.join('/'));
  fc.assert(fc.property(network.filter((text) => hasHostBits(parseNetwork(text)!)), (text) => {
    const remedy = /: write (.*)$/.exec(networkProblem('cidr', text)!)![1];
    expect(networkProblem('cidr', remedy)).toBeUndefined();
    expect(overlap(parseNetwork(remedy)!, parseNetwork(text)!)).toBe(true);
  }));
});

const { V1_14 } = TalosVersion;
const NOT_A_NETWORK = 'is not a network: write an IP address and a prefix length, for example';
const hostingNetwork = HostingNetwork.of({ nodeCidrs: ['172.24.0.0/15', '10.192.0.0/11'] });

// what must be a network, and the network that the remedy offers
test.each<[property: string, use: (network: string) => unknown, example: string]>([
  ['podCidrs', (cidr) => HostingNetwork.of({ podCidrs: [cidr] }), '192.0.2.0/24'],
  ['serviceCidrs', (cidr) => HostingNetwork.of({ serviceCidrs: [cidr] }), '192.0.2.0/24'],
  ['nodeCidrs', (cidr) => HostingNetwork.of({ nodeCidrs: [cidr] }), '192.0.2.0/24'],
  ['cidr', (cidr) => NetworkPeer.cidr(cidr), '192.0.2.0/24'],
  ['sourceRanges', (cidr) => ApiExposure.loadBalancer({ sourceRanges: [cidr] }), '192.0.2.0/24'],
  ['nodeCidrs', (cidr) => controlPlane({ externalWorkers: true, kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }) })
    .externalWorkerConfig({ installDisk: '/dev/sda', nodeCidrs: [cidr] }), '192.0.2.0/24'],
  ['podRange', (cidr) => AddressPlan.of({ podRange: cidr }), '10.192.0.0/11'],
  ['podRange', (cidr) => AddressPlan.of({ podRange: cidr, hostingNetwork }), '10.64.0.0/11'],
  ['serviceRange', (cidr) => AddressPlan.of({ serviceRange: cidr }), '10.184.0.0/13'],
  ['podSubnets', (cidr) => machineConfig({ podSubnets: [cidr], talosVersion: V1_14 }), '172.24.0.0/16'],
  ['serviceSubnets', (cidr) => machineConfig({ serviceSubnets: [cidr], talosVersion: V1_14 }), '172.25.0.0/16'],
  ['podSubnets', (cidr) => controlPlane({ podSubnets: [cidr], talosVersion: V1_14 }), '172.24.0.0/16'],
  ['podSubnets', (cidr) => controlPlane({ podSubnets: [cidr], serviceSubnets: ['10.60.0.0/16'], hostingNetwork, talosVersion: V1_14 }), '172.26.0.0/16'],
  ['serviceSubnets', (cidr) => controlPlane({ serviceSubnets: [cidr], talosVersion: V1_14 }), '172.25.0.0/16'],
])('\'%s\' is refused in the same words everywhere', (property, use, example) => {
  expect(refusal(() => use('x')).text).toBe(`'${property}' (x) ${NOT_A_NETWORK} ${example}`);
  expect(refusal(() => use('10.240.1.0/16')).text).toBe(`'${property}' (10.240.1.0/16) is not written as a network: write 10.240.0.0/16`);
});

function controlPlane(props: Partial<TalosControlPlaneProps>): TalosControlPlane {
  return new TalosControlPlane(newChart(), 'cp', controlPlaneProps(props));
}

function machineConfig(subnets: Partial<ClusterSubnets> & MachineConfigOptions): MachineConfig {
  return MachineConfig.controlPlane({ clusterName: 'acme', endpoint: 'https://cp.example.com:6443', secrets, ...subnets });
}

describe('networks of the inner cluster with host bits', () => {
  const given = { podSubnets: ['172.24.0.1/16'], serviceSubnets: ['172.25.0.1/16'] };
  const patch = MachineConfigPatch.fromDocuments({ cluster: { network: given } });
  const hosting = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/16'] });
  const withPatch = (version: TalosVersion) => MachineConfig.worker({ clusterName: 'acme', endpoint: 'https://cp.example.com:6443', secrets, talosVersion: version }).patch(patch);

  test.each<[string, () => IConstruct]>([
    ['properties of a control plane', () => controlPlane({ ...given, hostingNetwork: hosting })],
    ['a patch of a control plane', () => controlPlane({ patches: [patch], hostingNetwork: hosting, talosVersion: TalosVersion.V1_10 })],
    ['a ready machine config of a control plane', () => controlPlane({
      machineConfig: machineConfig(given), secrets: undefined, hostingNetwork: hosting, bootstrap: BootstrapMode.MANUAL,
    })],
    ['a TalosMachineConfig', () => new TalosMachineConfig(newChart(), 'config', { config: withPatch(TalosVersion.V1_13) })],
  ])('are taken up to 1.13, with a warning: %s', (_, create) => {
    const messages = create().node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
    expect(messages.filter((message) => message.includes('talos:network-host-bits'))).toEqual([
      '\'podSubnets\' (172.24.0.1/16) has host bits, which Talos refuses in its documents since 1.14: write 172.24.0.0/16 [talos:network-host-bits]',
      '\'serviceSubnets\' (172.25.0.1/16) has host bits, which Talos refuses in its documents since 1.14: write 172.25.0.0/16 [talos:network-host-bits]',
    ]);
  });

  test('are written as they were given', () => {
    expect(machineConfig(given).toYaml()).toContain('podSubnets:\n            - 172.24.0.1/16\n        serviceSubnets:\n            - 172.25.0.1/16\n');
  });

  test('still must not overlap', () => {
    expect(() => controlPlane({ podSubnets: ['10.244.7.1/16'], hostingNetwork: hosting })).toThrow('overlaps the hosting cluster\'s pod network');
    expect(() => controlPlane({ podSubnets: ['172.25.3.1/16'], serviceSubnets: given.serviceSubnets, hostingNetwork: hosting })).toThrow('overlaps \'serviceSubnets\'');
  });

  test('are refused in the documents of 1.14, but not in the fields of old', () => {
    const document = MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeNetworkConfig', ...given });
    expect(() => controlPlane({ patches: [document], hostingNetwork: hosting, talosVersion: V1_14 })).toThrow('is not the first address of its network');
    const old = MachineConfig.fromYaml(machineConfig(given).toYaml(), { talosVersion: V1_14 });
    expect(old.validate()).toMatchObject({ errors: [], findings: [] });
  });
});

import { generateControlPlane, generateWorker } from '../../../src/machine-config/generate/generate';
import { GenerateOptions } from '../../../src/machine-config/generate/options/options';
import { TalosError } from '../../../src/problem';
import { RELEASES } from '../../../src/talos/release';
import { bundle } from '../../support/secrets-fixtures';

const secrets = bundle();
const GOOD: GenerateOptions = { clusterName: 'lab', endpoint: 'https://cp.example.org:6443', contract: '1.13', kubernetesVersion: '1.36.3' };

/** The lines of the error that these options are refused with. */
function problemsOf(options: Partial<GenerateOptions>): string[] {
  try {
    generateControlPlane(secrets, { ...GOOD, ...options });
  } catch (error) {
    // a TypeError and the like is no refusal
    if (error instanceof TalosError) {
      return error.text.split('\n');
    }
    throw error;
  }
  return [];
}

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cni}\n';
const PRIVATE_KEY = '-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n';

const BAD: Array<[options: Partial<GenerateOptions>, message: string]> = [
  [{ contract: '1.100' as '1.14' }, `'contract' (1.100) is not a Talos release known here: choose one of ${RELEASES.join(', ')}`],

  [{ clusterName: '' }, "'clusterName' () is not a name: use up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"],
  [{ clusterName: 'my cluster' }, "'clusterName' (my cluster) is not a name: use up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"],

  [{ endpoint: 'http://cp.example.org:6443' }, "'endpoint' (http://cp.example.org:6443) is not https, the only scheme of the Kubernetes API: write https:// before the host"],
  [{ endpoint: 'https://cp.example.org:6443/api' }, "'endpoint' (https://cp.example.org:6443/api) has a path: remove it, the Kubernetes API is at the root of its host"],
  [{ endpoint: 'https://cp.example.org:6443/' }, "'endpoint' (https://cp.example.org:6443/) has a path: remove it, the Kubernetes API is at the root of its host"],
  [{ endpoint: 'https://cp.example.org?a=b' }, "'endpoint' (https://cp.example.org?******) has a query: remove it, the Kubernetes API is at the root of its host"],
  [{ endpoint: 'https://cp.example.org#a' }, "'endpoint' (https://cp.example.org#a) has a fragment: remove it, the Kubernetes API is at the root of its host"],
  [{ endpoint: 'https://me:hunter2@cp.example.org' }, "'endpoint' (https://******@cp.example.org) has a user name in it: remove it"],
  [{ endpoint: 'https://[fe80::1%25eth0]:6443' }, "'endpoint' (https://[fe80::1%25eth0]:6443) has an IPv6 zone, which means something on one machine only: use an IP address without a zone"],
  [{ endpoint: 'cp.example.org' }, "'endpoint' (cp.example.org) is not a URL: write it as https://cp.example.org:6443"],
  [{ endpoint: 'cp.example.org:7443' }, "'endpoint' (cp.example.org:7443) is not a URL: write it as https://cp.example.org:7443"],
  [{ endpoint: '10.0.0.1' }, "'endpoint' (10.0.0.1) is not a URL: write it as https://10.0.0.1:6443"],
  [{ endpoint: 'fd00::10' }, "'endpoint' (fd00::10) is not a URL: write it as https://[fd00::10]:6443"],
  [{ endpoint: '[fd00::10]:7443' }, "'endpoint' ([fd00::10]:7443) is not a URL: write it as https://[fd00::10]:7443"],
  [{ endpoint: 'https://fd00::10:6443' }, "'endpoint' (https://fd00::10:6443) is not a URL: write it as https://cluster.example.org:6443"],
  [{ endpoint: '' }, "'endpoint' () is not a URL: write it as https://cluster.example.org:6443"],
  [{ endpoint: 'https://' }, "'endpoint' (https://) has no valid host: use a DNS name, an IPv4 address, or an IPv6 address in brackets"],
  [{ endpoint: 'https://10.0.0.300:6443' }, "'endpoint' (https://10.0.0.300:6443) has no valid host: use a DNS name, an IPv4 address, or an IPv6 address in brackets"],
  [{ endpoint: 'https://cp_1.example.org' }, "'endpoint' (https://cp_1.example.org) has no valid host: use a DNS name, an IPv4 address, or an IPv6 address in brackets"],
  [{ endpoint: 'https://cp.example.org:70000' }, "'endpoint' (https://cp.example.org:70000) has no valid port: use a number from 1 to 65535"],
  [{ endpoint: 'https://cp.example.org:' }, "'endpoint' (https://cp.example.org:) has no valid port: use a number from 1 to 65535"],
  [{ endpoint: 'https://10.244.1.1:6443' }, "'podSubnets' (10.244.0.0/16) holds the address of 'endpoint' (https://10.244.1.1:6443), which is not inside the cluster: choose another range"],

  [{ kubernetesVersion: '1.30.5' }, "'kubernetesVersion' (1.30.5) does not run on Talos 1.13: choose 1.31 to 1.36, or take this one with Talos 1.7 to 1.12"],
  [{ kubernetesVersion: 'v1.25.0' }, "'kubernetesVersion' (1.25.0) does not run on Talos 1.13: choose 1.31 to 1.36, or take this one with Talos 1.7"],
  [{ kubernetesVersion: '1.999.0' }, "'kubernetesVersion' (1.999.0) does not run on Talos 1.13: choose 1.31 to 1.36, for no Talos release known here runs it"],
  [{ kubernetesVersion: '1.36' }, "'kubernetesVersion' (1.36) is not a full version: write it as 1.36.4, with the patch number"],
  [{ kubernetesVersion: 'v1.35' }, "'kubernetesVersion' (1.35) is not a full version: write it as 1.35.8, with the patch number"],
  [{ kubernetesVersion: '1.30' }, "'kubernetesVersion' (1.30) does not run on Talos 1.13: choose 1.31 to 1.36, or take this one with Talos 1.7 to 1.12"],
  [{ kubernetesVersion: '1.36.0+k3s1' }, "'kubernetesVersion' (1.36.0+k3s1) is not a full version: write it as 1.36.4, with the patch number"],

  [{ additionalSans: ['cp.example.org:6443'] }, "'additionalSans' (cp.example.org:6443) has a port, which can't be in a certificate: write the host alone"],
  [{ additionalSans: ['[fd00::1]:6443'] }, "'additionalSans' ([fd00::1]:6443) has a port, which can't be in a certificate: write the host alone"],
  [{ additionalSans: ['[fd00::1]'] }, "'additionalSans' ([fd00::1]) has brackets: write the IPv6 address without them"],
  [{ additionalSans: ['https://cp.example.org'] }, "'additionalSans' (https://cp.example.org) is a URL: write its host alone"],
  [{ additionalSans: ['10.0.0.0/24'] }, "'additionalSans' (10.0.0.0/24) is a network or has a path: write single IP addresses and DNS names"],
  [{ additionalSans: ['fe80::1%eth0'] }, "'additionalSans' (fe80::1%eth0) has an IPv6 zone, which can't be in a certificate: leave it out"],
  [{ additionalSans: ['cp.*.org'] }, "'additionalSans' (cp.*.org) is neither a DNS name nor an IP address: use one of these"],
  [{ additionalSans: ['10.0.0.300'] }, "'additionalSans' (10.0.0.300) is neither a DNS name nor an IP address: use one of these"],

  [{ podSubnets: [] }, "'podSubnets' is empty: give it a range, or leave it out for Talos's default"],
  [{ podSubnets: ['10.0.0.0'] }, "'podSubnets' (10.0.0.0) is not a network: write an IP address and a prefix length, for example 172.24.0.0/16"],
  [{ podSubnets: ['10.0.0.0/33'] }, "'podSubnets' (10.0.0.0/33) is not a network: write an IP address and a prefix length, for example 172.24.0.0/16"],
  [{ podSubnets: ['10.1/16'] }, "'podSubnets' (10.1/16) is not a network: write an IP address and a prefix length, for example 172.24.0.0/16"],
  [{ contract: '1.14', podSubnets: ['10.0.3.0/16'] }, "'podSubnets' (10.0.3.0/16) is not written as a network: write 10.0.0.0/16"],
  [{ podSubnets: ['10.0.0.0/25'] }, "'podSubnets' (10.0.0.0/25) is too small: choose a range from /8 to /24"],
  [{ podSubnets: ['10.0.0.0/7'] }, "'podSubnets' (10.0.0.0/7) is too large: choose a range from /8 to /24"],
  [{ podSubnets: ['fd00::/65'], serviceSubnets: ['fd01::/112'] }, "'podSubnets' (fd00::/65) is too small: choose a range from /48 to /64"],
  [{ podSubnets: ['fd00::/47'], serviceSubnets: ['fd02::/112'] }, "'podSubnets' (fd00::/47) is too large: choose a range from /48 to /64"],
  [{ serviceSubnets: ['x'] }, "'serviceSubnets' (x) is not a network: write an IP address and a prefix length, for example 172.25.0.0/16"],
  [
    { podSubnets: ['fd00::'], serviceSubnets: ['fd02::/112'] },
    "'podSubnets' (fd00::) is not a network: write an IP address and a prefix length, for example fd00:172:24::/56",
  ],
  [{ serviceSubnets: ['10.96.0.0/29'] }, "'serviceSubnets' (10.96.0.0/29) is too small: choose a range from /12 to /28"],
  [{ serviceSubnets: ['10.0.0.0/11'] }, "'serviceSubnets' (10.0.0.0/11) is too large: choose a range from /12 to /28"],
  [{ podSubnets: ['fd00::/64'], serviceSubnets: ['fd01::/107'] }, "'serviceSubnets' (fd01::/107) is too large: choose a range from /108 to /124"],
  [{ podSubnets: ['127.0.0.0/16'] }, "'podSubnets' (127.0.0.0/16) overlaps 127.0.0.0/8, which is not routed: choose a private range, for example 172.24.0.0/16"],
  [
    { podSubnets: ['fe80::/64'], serviceSubnets: ['fd01::/112'] },
    "'podSubnets' (fe80::/64) overlaps fe80::/10, which is not routed: choose a private range, for example fd00:172:24::/56",
  ],
  [{ podSubnets: ['169.0.0.0/8'] }, "'podSubnets' (169.0.0.0/8) overlaps 169.254.0.0/16, which is not routed: choose a private range, for example 172.24.0.0/16"],
  [{ podSubnets: ['10.100.0.0/16'] }, "'podSubnets' (10.100.0.0/16) overlaps 'serviceSubnets' (10.96.0.0/12): choose another range for one of them"],
  [{ podSubnets: ['10.0.0.0/8'] }, "'podSubnets' (10.0.0.0/8) overlaps 'serviceSubnets' (10.96.0.0/12): choose another range for one of them"],
  [
    { podSubnets: ['10.1.0.0/16', 'fd00::/56'], serviceSubnets: ['10.2.0.0/16', 'fd00::/112'] },
    "'podSubnets' (fd00::/56) overlaps 'serviceSubnets' (fd00::/112): choose another range for one of them",
  ],
  [
    { podSubnets: ['10.1.0.0/16', '10.2.0.0/16'] },
    "'podSubnets' (10.1.0.0/16, 10.2.0.0/16) has more than one IPv4 range: keep one of each family",
  ],
  [
    { podSubnets: ['fd00::/56'] },
    "'podSubnets' (fd00::/56) is IPv6, but 'serviceSubnets' (10.96.0.0/12) is IPv4: give both one range of the same families",
  ],
  [
    { podSubnets: ['10.1.0.0/16', 'fd00::/56'] },
    "'podSubnets' (10.1.0.0/16, fd00::/56) is IPv4 and IPv6, but 'serviceSubnets' (10.96.0.0/12) is IPv4: give both one range of the same families",
  ],

  [{ dnsDomain: 'cluster.local.' }, "'dnsDomain' (cluster.local.) is not a DNS domain: use lower-case labels with dots between them, for example cluster.local"],
  [{ dnsDomain: 'Cluster.local' }, "'dnsDomain' (Cluster.local) is not a DNS domain: use lower-case labels with dots between them, for example cluster.local"],
  [{ dnsDomain: '' }, "'dnsDomain' () is not a DNS domain: use lower-case labels with dots between them, for example cluster.local"],

  [{ cniName: 'cilium' as 'custom' }, "'cniName' (cilium) is not a choice of Talos: choose one of flannel, custom, none"],
  [{ cniName: 'custom' }, "'cniName' (custom) needs 'cniUrls': give the URLs of the CNI's manifests, or choose none and install the CNI by other means"],
  [{ cniUrls: ['https://example.org/cni.yaml'] }, "'cniUrls' (https://example.org/cni.yaml) has no effect without a custom 'cniName': set it to custom, or remove the URL"],
  [{ cniName: 'custom', cniUrls: ['cni.yaml'] }, "'cniUrls' (cni.yaml) is not an http or https URL: write it as https://host, with a port and a path if need be"],
  [{ cniName: 'custom', cniUrls: ['ftp://example.org/cni.yaml'] }, "'cniUrls' (ftp://example.org/cni.yaml) is not an http or https URL: write it as https://host, with a port and a path if need be"],
  [{ inlineManifests: {} }, "'inlineManifests' is empty: give it a manifest, or leave it out and install the CNI by other means"],
  [{ inlineManifests: { '': CONFIG_MAP } }, "'inlineManifests' () is not a name: use up to 253 lower-case letters, digits, '-' and '.', with a letter or digit at both ends"],
  [{ inlineManifests: { My_CNI: CONFIG_MAP } }, "'inlineManifests' (My_CNI) is not a name: use up to 253 lower-case letters, digits, '-' and '.', with a letter or digit at both ends"],
  [
    { inlineManifests: { cni: 'kind: ConfigMap\ndata: [' } },
    "'inlineManifests' (cni) is not valid YAML: bad indent at line 2: give it the text that kubectl apply would take",
  ],
  [
    { inlineManifests: { cni: 'kind: "\0"' } },
    "'inlineManifests' (cni) is not valid YAML: the text contains control characters: give it the text that kubectl apply would take",
  ],
  [{ inlineManifests: { cni: '' } }, "'inlineManifests' (cni) has no Kubernetes object in it: give it the text of one, or leave it out"],
  [{ inlineManifests: { cni: '# nothing\n---\n' } }, "'inlineManifests' (cni) has no Kubernetes object in it: give it the text of one, or leave it out"],
  ...['cilium.yaml', '- a', 'replicas: 1', 'kind: ConfigMap', 'apiVersion: v1\nkind: ', 'apiVersion: v1\nkind: [a]', `${CONFIG_MAP}---\nreplicas: 1`].map((text): typeof BAD[number] => [
    { inlineManifests: { cni: text } },
    "'inlineManifests' (cni) has a document without 'apiVersion' and 'kind': give it the text of Kubernetes objects, not a path, a URL or values of a chart",
  ]),
  [{ kubeSpan: true, discovery: false }, "'kubeSpan' (true) needs 'discovery', by which its members find each other: turn discovery on, or KubeSpan off"],

  [{ localApiServerPort: 0 }, "'localApiServerPort' (0) is not a port: choose a number from 1 to 65535"],
  [{ localApiServerPort: 50000 }, "'localApiServerPort' (50000) is the port of the Talos API: choose another one"],
  [{ kubePrismPort: 65536 }, "'kubePrismPort' (65536) is not a port: choose a number from 1 to 65535, or 0 to turn KubePrism off"],
  [{ kubePrismPort: 7445.5 }, "'kubePrismPort' (7445.5) is not a port: choose a number from 1 to 65535, or 0 to turn KubePrism off"],
  [{ kubePrismPort: 6443 }, "'kubePrismPort' (6443) is the port of the Kubernetes API: choose another one"],
  [{ localApiServerPort: 7445 }, "'kubePrismPort' (7445) is the port of the Kubernetes API: choose another one"],

  [
    { registryMirrors: { 'https://docker.io': ['https://mirror.example.org'] } },
    "'registryMirrors' (https://docker.io) is not the host of a registry: write it as ghcr.io or registry.example.org:5000, without https:// and path, or * for all others",
  ],
  [{ registryMirrors: { 'docker.io': [] } }, "'registryMirrors' (docker.io) has no endpoints: give it at least one URL"],
  [
    { registryMirrors: { 'docker.io': ['mirror.example.org'] } },
    "'registryMirrors' (mirror.example.org) is not an http or https URL: write it as https://host, with a port and a path if need be",
  ],
  [
    { registryMirrors: { 'docker.io': ['ftp://mirror.example.org'] } },
    "'registryMirrors' (ftp://mirror.example.org) is not an http or https URL: write it as https://host, with a port and a path if need be",
  ],
  [
    { registryMirrors: { 'docker.io': ['https://me:hunter2@mirror.example.org'] } },
    "'registryMirrors' (https://******@mirror.example.org) has a user name in it: remove it, and give the credentials of the registry by a patch",
  ],
  [
    { registryMirrors: { 'docker.io': ['https://mirror.example.org/v2?a=b'] } },
    "'registryMirrors' (https://mirror.example.org/v2?******) has a query or a fragment: write only the host and, if need be, a path",
  ],
  [
    { registryCaCerts: { 'mirror.example.org/v2': CERTIFICATE } },
    "'registryCaCerts' (mirror.example.org/v2) is not the host of a registry: write it as ghcr.io or registry.example.org:5000, without https:// and path",
  ],
  [
    { registryCaCerts: { 'mirror.example.org': 'ca.pem' } },
    "'registryCaCerts' (mirror.example.org) has no PEM certificate: give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
  ],
  [
    { registryCaCerts: { 'mirror.example.org': CERTIFICATE + PRIVATE_KEY } },
    "'registryCaCerts' (mirror.example.org) has a private key in it: give the certificate alone",
  ],
  [
    { registryInsecure: ['http://10.0.0.5:5000'] },
    "'registryInsecure' (http://10.0.0.5:5000) is not the host of a registry: write it as ghcr.io or registry.example.org:5000, without https:// and path",
  ],

  [{ installDisk: 'sda' }, "'installDisk' (sda) is not the path of a disk: write it as /dev/sda or /dev/nvme0n1"],
  [{ installDisk: '' }, "'installDisk' () is not the path of a disk: write it as /dev/sda or /dev/nvme0n1"],
  [{ installDisk: '/dev/sda" || true' }, "'installDisk' (/dev/sda\" || true) is not the path of a disk: write it as /dev/sda or /dev/nvme0n1"],
  [
    { installDisk: '/dev/disk/by-id/ata-1', contract: '1.14' },
    "'installDisk' (/dev/disk/by-id/ata-1) is a link, which Talos 1.14 finds no disk by: name the disk itself, or select it by a patch with UnattendedInstallConfig",
  ],
  [{ installImage: 'https://factory.talos.dev/installer' }, "'installImage' (https://factory.talos.dev/installer) is not an image: write it as ghcr.io/siderolabs/installer:v1.13.0"],
  [{ installExtraKernelArgs: ['a=1 b=2'] }, "'installExtraKernelArgs[0]' is not one kernel argument: give each argument as an item of its own, without spaces"],
  [{ sysctls: { max_map_count: '1' } }, "'sysctls' (max_map_count) is not a kernel parameter: write it as vm.max_map_count"],
  [{ sysctls: { 'vm.max_map_count': '' } }, "'sysctls' (vm.max_map_count) has no value: give it one, or remove it"],
  [{ ignoreInterfaces: ['eth0:1'] }, "'ignoreInterfaces' (eth0:1) is not the name of an interface: write it as eth0, with at most 15 characters"],
];

test.each(BAD)('%j is refused', (options, message) => {
  expect(problemsOf(options)).toEqual([message]);
});

test('the options that the bad ones differ from are good', () => {
  expect(problemsOf({})).toEqual([]);
});

test('one error tells of everything', () => {
  expect(problemsOf({ clusterName: '-', endpoint: 'cp', podSubnets: ['10.0.0.0'], kubePrismPort: -1 })).toHaveLength(4);
});

test('workers are checked as control planes are', () => {
  expect(() => generateWorker(secrets, { ...GOOD, clusterName: '-' })).toThrow("'clusterName' (-) is not a name");
});

test.each<Partial<GenerateOptions>>([
  { endpoint: 'https://cp' },
  { endpoint: 'https://localhost:6443' },
  { endpoint: 'https://[fd00::10]' },
  { endpoint: 'https://10.0.0.1:443' },
  { additionalSans: ['*.lab.svc.cluster.local', '::1', '10.0.0.1', 'cp'] },
  { podSubnets: ['10.0.0.0/8'], serviceSubnets: ['172.16.0.0/12'] },
  { podSubnets: ['10.0.0.0/24'], serviceSubnets: ['10.0.1.0/28'] },
  { podSubnets: ['fd00::/48'], serviceSubnets: ['fd01::/108'] },
  { podSubnets: ['FD00:0::/48'], serviceSubnets: ['fd01:0::/108'] },
  { podSubnets: ['fd00::/64', '240.0.0.0/16'], serviceSubnets: ['198.18.0.0/16', 'fd01::/124'] },
  { cniName: 'custom', cniUrls: ['https://me:pass@example.org/cni.yaml?a=b'] },
  { cniName: 'none', inlineManifests: { 'cni': CONFIG_MAP, 'cni.2': `# Source: cni/templates/a.yaml\n---\n${CONFIG_MAP}---\n# none\n---\n${CONFIG_MAP}` } },
  { inlineManifests: { cni: '{"apiVersion": "v1", "kind": "ConfigMap"}' } },
  { kubePrismPort: 0, localApiServerPort: 7445 },
  { kubernetesVersion: '1.31.0-alpha.1' },
  { registryMirrors: { '[fd00::1]:5000': ['http://[fd00::2]:5000/v2'] }, registryInsecure: ['registry:5000'] },
  { installDisk: '/dev/disk/by-id/ata-1' },
  { installImage: 'registry:5000/installer@sha256:' + 'a'.repeat(64) },
  { sysctls: { 'net/ipv4/conf/eth0.100/forwarding': '1', 'net.ipv6.conf.all.disable_ipv6': '0' } },
])('%j is taken', (options) => {
  expect(problemsOf(options)).toEqual([]);
});

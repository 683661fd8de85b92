import { loadConfig } from '../../../src/machine-config/documents/load';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { validateConfig } from '../../../src/machine-config/validation/validate';
import { Release, RELEASES } from '../../../src/talos/release';
import { GenerateCase, generateCases, releaseOf } from '../../support/talos-answers';

type Role = 'controlplane' | 'worker';

const generated = generateCases;
const contractOf = ({ contract }: GenerateCase) => contract.slice(1) as Release;

/** The findings in a generated configuration with a patch over it. */
function findings(patch: string, release: Release = '1.13', role: Role = 'controlplane'): string[] {
  const { expect: texts } = generated.find(({ id }) => id === `v${release}/base`)!;
  const config = applyPatches(loadConfig(texts[role], release), [loadPatch(patch, release)], release);
  return validateConfig(config, release, 'container').findings.map(({ message }) => message);
}

/** The findings in a configuration as it is. */
function findingsIn(text: string, release: Release): string[] {
  return validateConfig(loadConfig(text, release), release, 'container').findings.map(({ message }) => message);
}

test.each(generated.map((testCase) => [testCase.id, testCase] as const))('generated config %s has no findings', (_, testCase) => {
  for (const role of ['controlplane', 'worker'] as const) {
    const config = loadConfig(testCase.expect[role], releaseOf(testCase.oracle));
    expect(validateConfig(config, contractOf(testCase), 'container').findings).toEqual([]);
  }
});

describe.each(['1.7', '1.13', '1.14'] as const)('for Talos %s', (release) => {
  test.each(['controlplane', 'worker'])('what a %s needs is missed', (role) => {
    expect(findingsIn(`machine: { type: ${role} }\ncluster: {}\n`, release)).toMatchSnapshot();
  });
});

test('a document that replaces a field does for it', () => {
  const found = findingsIn('machine: { type: controlplane }\ncluster: {}\n---\napiVersion: v1alpha1\nkind: KubeEtcdEncryptionConfig\nconfig: { a: b }\n', '1.14');
  expect(found.filter((message) => message.includes('Encryption'))).toEqual([]);
});

test('a configuration without a machine is not enough to boot', () => {
  expect(findingsIn('apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\n', '1.13')).toEqual([
    "'machine' is required: without it the machine doesn't boot and waits in maintenance mode",
  ]);
});

const PATCHES: ReadonlyArray<readonly [title: string, patch: string, release?: Release, role?: Role]> = [
  ['an endpoint without https', 'cluster: { controlPlane: { endpoint: "http://kube.example.com:6443" } }'],
  ['an endpoint with a path', 'cluster: { controlPlane: { endpoint: "https://kube.example.com:6443/api" } }', '1.13', 'worker'],
  ['an endpoint without https in a document', 'apiVersion: v1alpha1\nkind: KubeClusterConfig\nendpoint: "http://kube.example.com:6443"', '1.14'],
  ['pod subnets that are none', 'cluster: { network: { podSubnets: [nonsense] } }'],
  ['pod subnets over the service subnets', 'cluster: { network: { podSubnets: [10.96.1.0/24] } }'],
  ['service subnets over the usual pod subnets', 'cluster: { network: { podSubnets: [], serviceSubnets: [10.0.0.0/8] } }'],
  ['service subnets over each other', 'cluster: { network: { serviceSubnets: [10.96.0.0/12, 10.100.0.0/16] } }'],
  ['subnets of a document that overlap', 'apiVersion: v1alpha1\nkind: KubeNetworkConfig\nserviceSubnets: [10.244.16.0/20]', '1.14'],
  ['a host name with an underscore', 'machine: { network: { hostname: my_node } }', '1.11'],
  ['a host name with a label that is too long', `machine: { network: { hostname: ${'a'.repeat(64)}.example.com } }`, '1.11'],
  ['a host name in a document', 'apiVersion: v1alpha1\nkind: HostnameConfig\nauto: "off"\nhostname: -node'],
  ['a VLAN id that is too large', 'machine: { network: { interfaces: [{ interface: eth0, vlans: [{ vlanId: 5000 }] }] } }'],
  ['a VLAN without an id', 'machine: { network: { interfaces: [{ interface: eth0, vlans: [{ dhcp: true }] }] } }'],
  ['arguments of etcd that Talos denies', 'cluster: { etcd: { extraArgs: { data-dir: /x, election-timeout: "5000", experimental-initial-corrupt-check: "true" } } }'],
  ['arguments of etcd that 1.14 denies', 'cluster: { etcd: { extraArgs: { feature-gates: x, experimental-initial-corrupt-check: "true" } } }', '1.14'],
  ['nulls where Talos crashes', 'machine: { files: [null], acceptedCAs: [null], kubelet: { extraConfig: { a: null } } }'],
  ['a version of Kubernetes that is too old', 'machine: { kubelet: { image: "ghcr.io/siderolabs/kubelet:v1.20.1" } }'],
  ['a version of Kubernetes that is too new', 'cluster: { scheduler: { image: "registry.k8s.io/kube-scheduler:v1.99.0@sha256:abc" } }'],
  ['an image without its version', 'machine: { kubelet: { image: "registry.example.com/kubelet@sha256:abc" } }', '1.13', 'worker'],
  ['an old version of Kubernetes on an older Talos', 'machine: { kubelet: { image: "ghcr.io/siderolabs/kubelet:v1.20.1" } }', '1.10'],
];

test.each(PATCHES.map(([title, ...given]) => [title, given] as const))('%s', (_, given) => {
  expect(findings(...given)).toMatchSnapshot();
});

test.each(RELEASES.slice(0, RELEASES.indexOf('1.14')))('what Talos %s does not know is found', (release) => {
  const { expect: { controlplane } } = generated.find(({ id }) => id === 'v1.14/base')!;
  const found = validateConfig(loadConfig(controlplane, '1.14'), release, 'container').findings;
  const isAboutKubernetes = ({ kind }: { kind: string }) => kind.startsWith('Kube'); // there are many of these, all since 1.14
  expect(found.filter(({ document, message }) => message.includes('known') && !isAboutKubernetes(document))).toMatchSnapshot();
});

describe('an API server with a document of its own', () => {
  const removed = (kind: string, name?: string) => `{ apiVersion: v1alpha1, kind: ${kind}, ${name ? `name: ${name}, ` : ''}$patch: delete }`;

  test('needs authentication', () => {
    expect(findings(removed('KubeAuthenticationConfig'), '1.14')).toEqual([
      'the KubeAuthenticationConfig document is missing beside KubeAPIServerConfig, so the API server reads an empty file in its place and doesn\'t start: add one with '
      + '\'configuration: { anonymous: { enabled: true, conditions: [{ path: /livez }, { path: /readyz }, { path: /healthz }] } }\', and with \'jwt\' beside '
      + '\'anonymous\' for OpenID Connect',
    ]);
  });

  test('needs an authorizer', () => {
    const patch = [removed('KubeAuthorizerConfig', 'node'), removed('KubeAuthorizerConfig', 'rbac')].join('\n---\n');
    expect(findings(patch, '1.14')).toEqual([
      'the KubeAuthorizerConfig document is missing beside KubeAPIServerConfig, so the API server has no way to authorize requests and doesn\'t start: add two, one with '
      + '\'name: node\' and \'type: Node\', one with \'name: rbac\' and \'type: RBAC\'',
    ]);
    expect(findings(removed('KubeAuthorizerConfig', 'rbac'), '1.14')).toEqual([]);
  });

  test('has defaults in the form of an older release', () => {
    const { expect: { controlplane } } = generated.find(({ id }) => id === 'v1.13/base')!;
    expect(findingsIn(controlplane, '1.14')).toEqual([]);
    const document = 'apiVersion: v1alpha1\nkind: KubeAPIServerConfig\nimage: registry.k8s.io/kube-apiserver:v1.36.3\n';
    expect(findingsIn(`machine: { type: controlplane }\ncluster: {}\n---\n${document}`, '1.14').filter((message) => message.includes('missing beside'))).toHaveLength(2);
  });
});

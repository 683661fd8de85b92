import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { sourceOf } from '../../src/cli/hosting/where-to-find';
import { main } from '../../src/cli/main';

/** What kubectl answers, by a part of its arguments; what isn't here is an error of the server. */
type Answers = { readonly [args: string]: unknown };

/** An answer of kubectl that fails, or that has more than objects. */
class Printed {
  constructor(public readonly code: number, public readonly stderr: string, public readonly stdout = '') {}
}

const denied = (verb: string, resource: string) => new Printed(1, `Error from server (Forbidden): ${resource} is forbidden: User "dev" cannot ${verb} resource "${resource}" in API group "" at the cluster scope`);

const node = (name: string, more: object = {}) => ({
  metadata: { name },
  spec: { podCIDRs: ['10.244.1.0/24'] },
  status: { addresses: [{ type: 'InternalIP', address: '192.168.7.4' }], nodeInfo: { architecture: 'amd64', operatingSystem: 'linux', kernelVersion: '6.14.0-29-generic', ...more } },
});

const CLUSTER: Answers = {
  'version --output json': { serverVersion: { gitVersion: 'v1.34.1' } },
  'get nodes': { items: [node('a'), node('b')] },
  'get servicecidrs': { items: [{ spec: { cidrs: ['10.96.0.0/16'] } }] },
  'get configmap kubeadm-config': { data: { ClusterConfiguration: 'networking:\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/16\n' } },
  'get storageclasses': { items: [{ metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } }] },
  'get services': { items: [] },
  'auth can-i': 'yes',
  'api-versions': 'v1\napps/v1',
};

/** Runs the command line with a stand-in for kubectl. */
function run(answers: Answers, ...args: string[]): { readonly code: number; readonly out: string; readonly errors: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const branches = Object.entries(answers).map(([part, answer], index) => {
    const { code, stderr, stdout } = answer instanceof Printed ? answer : new Printed(0, '', typeof answer === 'string' ? answer : JSON.stringify(answer));
    writeFileSync(join(folder, `${index}`), stdout);
    writeFileSync(join(folder, `${index}.stderr`), stderr);
    const print = (file: string) => `cat '${join(folder, file)}'`;
    return `*"${part}"*) ${stderr === '' ? '' : `${print(`${index}.stderr`)} >&2;`} ${stdout === '' ? '' : `${print(`${index}`)};`} exit ${code} ;;`;
  });
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\ncase "$*" in\n${branches.join('\n')}\n*) echo "Error from server (NotFound): it isn't there" >&2; exit 1 ;;\nesac\n`, { mode: 0o755 });
  const path = process.env.PATH;
  const [out, errors]: string[][] = [[], []];
  try {
    process.env.PATH = [folder, path].join(delimiter);
    const code = main(args, { print: (text) => out.push(text), printError: (text) => errors.push(text) });
    return { code, out: out.join('\n'), errors: errors.join('\n') };
  } finally {
    process.env.PATH = path;
  }
}

test.each([['doctor'], ['init']])('%s says that there is no kubectl', (command) => {
  const path = process.env.PATH;
  const errors: string[] = [];
  try {
    process.env.PATH = mkdtempSync(join(tmpdir(), 'empty-'));
    const code = main([command, ...command === 'init' ? [join(tmpdir(), 'acme')] : []], { print: (text) => errors.push(text), printError: (text) => errors.push(text) });
    expect({ code, errors }).toEqual({
      code: 1,
      errors: [`cdk8s-talos ${command}: kubectl is not on the PATH: install it, or add its folder; init does without it by --offline [talos:invalid-value]`],
    });
  } finally {
    process.env.PATH = path;
  }
});

describe('doctor', () => {
  test('says that a cluster is fit', () => {
    const { code, out } = run(CLUSTER, 'doctor');
    expect(out.split('\n')).toEqual([
      'ok    Kubernetes: v1.34.1',
      'ok    nodes: 2, Linux 6.14.0-29-generic',
      'ok    permissions: you may create everything that a cluster needs',
      'ok    Pod Security: the namespace talos doesn\'t exist: TalosNamespace makes it with the labels that admit privileged pods',
      'ok    StorageClass: standard is the default one',
      'ok    networks: pods 10.244.0.0/16, Services 10.96.0.0/16, nodes 192.168.7.0/24',
      expect.stringMatching(/^\? {5}load balancer: no Service has one/),
      expect.stringMatching(/^\? {5}cgroups, kernel modules: /),
    ]);
    expect(code).toBe(0);
  });

  const service = (ingress: object[]) => ({ items: [{ metadata: { name: 'web', namespace: 'shop' }, spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress } } }] });

  test.each<[string, Answers, string[], number, string]>([
    ['an old Kubernetes', { 'version --output json': { serverVersion: { gitVersion: 'v1.27.3+k3s1' } } }, [], 1, 'FAIL  Kubernetes: v1.27.3+k3s1 is too old'],
    ['an old kernel for Talos 1.14', { 'get nodes': { items: [node('a'), node('b', { kernelVersion: '6.1.0-41-amd64' })] } }, ['--talos-version', 'v1.14.1'], 1,
      'FAIL  kernel: Talos v1.14.1 needs Linux 6.13, not on b: '],
    ['an old kernel that is fit for Talos 1.13', { 'get nodes': { items: [node('b', { kernelVersion: '6.1.0-41-amd64' })] } }, ['--talos-version', 'v1.13.9'], 0,
      'ok    nodes: 1, Linux 6.1.0-41-amd64'],
    ['another processor', { 'get nodes': { items: [node('a'), node('p', { architecture: 'ppc64le' })] } }, [], 0, 'hint  architecture: Talos runs on amd64 and arm64, not on p'],
    ['no release in the version', { 'version --output json': { serverVersion: { gitVersion: 'next' } } }, [], 0, '?     Kubernetes: next is no release'],
    ['no other processor', { 'get nodes': { items: [node('p', { architecture: 'ppc64le' })] } }, [], 1, 'FAIL  architecture: Talos runs on amd64 and arm64, not on p'],
    ['a warning beside no', { 'auth can-i': new Printed(1, 'Warning: resource \'namespaces\' is not namespace scoped\n', 'no\n') }, [], 1,
      'FAIL  permissions: you may not create namespaces, '],
    ['a namespace that only others may make', { 'can-i create namespaces': new Printed(1, '', 'no - no policy matched\n') }, [], 0,
      'hint  permissions: you may not create namespaces: ask an administrator for talos, and set \'createNamespace\' to false'],
    ['permissions of which nobody says anything', { 'can-i create secrets': denied('create', 'selfsubjectaccessreviews') }, [], 0, '?     permissions: '],
    ['nodes that may not be seen', { 'get nodes': denied('list', 'nodes') }, [], 0, '?     nodes: there is none, or you may not list them'],
    ['Services that may not be seen', { 'get services': denied('list', 'services') }, [], 0, '?     load balancer: you may not list Services'],
    ['a namespace that may not be seen', { 'get namespace talos': denied('get', 'namespaces') }, [], 0, '?     Pod Security: the API doesn\'t show the namespace talos'],
    ['a namespace without the right to make pods', { 'get namespace talos': {}, 'create --dry-run=server': denied('create', 'pods') }, [], 0,
      '?     Pod Security: you may not create pods in talos'],
    ['lines before the objects', { 'get storageclasses': 'Switched to context "a".\n{"items":[]}' }, [], 1, 'FAIL  StorageClass: there is none'],
    ['no objects', { 'get storageclasses': 'No resources found' }, [], 0, '?     StorageClass: you may not list them'],
    ['missing permissions', { 'auth can-i': 'no' }, [], 1, 'FAIL  permissions: you may not create namespaces, '],
    ['a namespace that admits', { 'get namespace talos': {}, 'create --dry-run=server': 'pod/x created' }, [], 0, 'ok    Pod Security: the namespace talos admits'],
    ['a namespace that refuses', { 'get namespace talos': {} }, [], 1, 'FAIL  Pod Security: the namespace talos refuses a privileged pod'],
    ['Kyverno', { 'api-versions': 'v1\nkyverno.io/v1' }, [], 0, 'hint  policies: Kyverno may refuse'],
    ['no StorageClass', { 'get storageclasses': { items: [] } }, [], 1, 'FAIL  StorageClass: there is none'],
    ['no default StorageClass', { 'get storageclasses': { items: [{ metadata: { name: 'fast' } }] } }, [], 0, 'hint  StorageClass: none is the default one: give \'storageClassName\', one of fast'],
    ['networks of the defaults', { 'get servicecidrs': { items: [{ spec: { cidrs: ['172.24.0.0/14'] } }] } }, [], 0, 'hint  networks: the default \'podSubnets\' overlap them: use 10.208.0.0/16'],
    ['a load balancer', { 'get services': service([{ ip: '203.0.113.7' }]) }, [], 0, 'ok    load balancer: Services get addresses: shop/web has one'],
    ['a load balancer that doesn\'t come', { 'get services': service([]) }, [], 0, 'hint  load balancer: shop/web waits for an address'],
  ])('finds %s', (_, answers, args, code, line) => {
    // the first that matches is taken
    const found = run({ ...answers, ...Object.fromEntries(Object.entries(CLUSTER).filter(([part]) => !(part in answers))) }, 'doctor', ...args);
    expect(found.out).toContain(line);
    expect(found).toMatchObject({ code, errors: '' });
  });

  test.each([
    [['--talos-version', '1.6'], '--talos-version (1.6) is not a known release of Talos: give one of '],
    [['--namespace', 'Talos'], '\'--namespace\' (Talos) is not a DNS label'],
    [['acme'], '\'acme\' is the value of no option'],
  ])('refuses %j', (args, message) => {
    expect(run(CLUSTER, 'doctor', ...args)).toMatchObject({ code: 1, out: '', errors: expect.stringContaining(message) });
  });

  test('says what it couldn\'t see', () => {
    const { code, out } = run({}, 'doctor', '--json');
    const findings = JSON.parse(out);
    expect(code).toBe(1);
    expect(findings).toContainEqual({ fitness: 'FAIL', subject: 'Kubernetes', text: expect.stringContaining('(Error from server (NotFound): it isn\'t there): choose the cluster') });
    expect(findings).toContainEqual({ fitness: '?', subject: 'nodes', text: expect.any(String) });
  });

  test('takes the range of Services from the server\'s refusal where it shows it nowhere else', () => {
    const refusal = new Printed(1, 'The Service "cdk8s-talos-probe" is invalid: spec.clusterIPs: Invalid value: ["192.0.2.1"]: failed to allocate IP 192.0.2.1: '
      + 'the provided IP (192.0.2.1) is not in the valid range. The range of valid IPs is 10.43.0.0/16');
    const { 'get configmap kubeadm-config': _, ...k3s } = CLUSTER;
    expect(run({ ...k3s, 'get servicecidrs': { items: [] }, 'create --dry-run=server': refusal }, 'doctor').out).toContain('networks: pods 10.244.0.0/16, Services 10.43.0.0/16, ');
    expect(run({ ...k3s, 'get servicecidrs': { items: [] } }, 'doctor').out).toContain('networks: pods 10.244.0.0/16, Services ?');
  });

  test('says why the API doesn\'t answer, and asks it no further', () => {
    const refused = new Printed(1, 'Unable to connect to the server: dial tcp 127.0.0.1:6443: connect: connection refused\nWarning: a plugin is old\n');
    const { code, out } = run({ ...CLUSTER, 'version --output json': refused }, 'doctor');
    expect(out).toContain('FAIL  Kubernetes: the API doesn\'t answer (Unable to connect to the server: dial tcp 127.0.0.1:6443: connect: connection refused): choose');
    expect(out).toContain('?     nodes: the API doesn\'t answer');
    expect(code).toBe(1);
  });
});

/** The networks that `init` finds. */
function networksWith(answers: Answers): any {
  const directory = join(mkdtempSync(join(tmpdir(), 'init-')), 'acme');
  return JSON.parse(run({ 'version --output json': CLUSTER['version --output json'], ...answers }, 'init', directory, '--json').out).networks;
}

const nodesIn = (podCidrs: string[][], addresses: string[]) => ({
  items: addresses.map((address, index) => ({ spec: { podCIDRs: podCidrs[index] }, status: { addresses: [{ type: 'InternalIP', address }, { type: 'Hostname', address: 'a' }] } })),
});

const SETTINGS = {
  podCidrs: 'fill in what is in the settings of the CNI',
  serviceCidrs: 'fill in what is in the flag --service-cluster-ip-range of the API server',
};
const SERVICES = { 'get servicecidrs': { items: [{ spec: { cidrs: ['10.100.0.0/16'] } }] } };
const EKS = ['192.168.10.4', '192.168.93.7'].map((address) => ({ spec: { providerID: 'aws:///us-east-1a/i-0abc' }, status: { addresses: [{ type: 'InternalIP', address }] } }));
const VPC = 'aws ec2 describe-vpcs --vpc-ids "$(aws eks describe-cluster --name NAME --query cluster.resourcesVpcConfig.vpcId --output text)" --query \'Vpcs[].CidrBlockAssociationSet[].CidrBlock\'';
const pod = (address: string, more: object = {}, spec: object = {}) => ({ spec, status: { podIP: address, hostIP: '192.168.7.4', ...more } });
const system = (...pods: object[]) => ({ 'get pods --namespace kube-system': { items: pods } });
const component = (...command: string[]) => pod('192.168.7.4', {}, { hostNetwork: true, containers: [{ command }, { args: ['--v=2'] }] });

test.each<[string, Answers, object]>([
  ['k3s', { 'get nodes': nodesIn([['10.42.0.0/24'], ['10.42.1.0/24']], ['192.168.7.4', '192.168.7.9']) },
    { podCidrs: ['10.42.0.0/16'], serviceCidrs: [], nodeCidrs: ['192.168.7.0/24'], remarks: { serviceCidrs: SETTINGS.serviceCidrs } }],
  ['EKS whose pods nobody may see', { ...SERVICES, 'get nodes': { items: EKS } },
    { podCidrs: [], serviceCidrs: ['10.100.0.0/16'], nodeCidrs: ['192.168.0.0/17'], remarks: { podCidrs: `fill in what is printed by: ${VPC}` } }],
  ['EKS', { ...SERVICES, 'get nodes': { items: EKS }, ...system(pod('192.168.31.7'), pod('192.168.10.4', {}, { hostNetwork: true }), pod('100.64.8.1')) },
    {
      podCidrs: ['192.168.0.0/16', '100.64.0.0/16'],
      serviceCidrs: ['10.100.0.0/16'],
      nodeCidrs: ['192.168.0.0/17'],
      remarks: { podCidrs: `from the addresses of a few pods; compare with what is printed by: ${VPC}` },
    }],
  ['nodes far apart', { ...SERVICES, 'get nodes': nodesIn([], ['10.0.1.5', '192.168.93.7', '10.0.1.6']) },
    { podCidrs: [], serviceCidrs: ['10.100.0.0/16'], nodeCidrs: ['10.0.1.0/24', '192.168.93.0/24'], remarks: { podCidrs: SETTINGS.podCidrs } }],
  ['Services beside pods', { 'get nodes': nodesIn([['10.4.0.0/24'], ['10.4.1.0/24']], ['10.128.0.2', '10.128.0.3']), 'get servicecidrs': { items: [{ spec: { cidrs: ['10.4.16.0/20'] } }] } },
    { podCidrs: ['10.4.0.0/24', '10.4.1.0/24'], serviceCidrs: ['10.4.16.0/20'], nodeCidrs: ['10.128.0.0/24'], remarks: {} }],
  ['two families', { 'get nodes': nodesIn([['10.42.0.0/24', 'fd42::/64']], ['192.168.7.4']), 'get servicecidrs': { items: [{ spec: { cidrs: ['10.43.0.0/16', 'fd43::/112'] } }] } },
    { podCidrs: ['10.42.0.0/16', 'fd42::/56'], serviceCidrs: ['10.43.0.0/16', 'fd43::/112'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['IPv6 alone', { 'get nodes': nodesIn([['fd42::/64']], ['fd07::4']), 'get servicecidrs': { items: [{ spec: { cidrs: ['fd43::/112'] } }] } },
    { podCidrs: ['fd42::/56'], serviceCidrs: ['fd43::/112'], nodeCidrs: ['fd07::/64'], remarks: {} }],
  ['OpenShift', {
    'get nodes': nodesIn([], ['192.168.7.4']),
    'get networks.config.openshift.io cluster': {
      spec: { clusterNetwork: [{ cidr: '10.0.0.0/14' }] },
      status: { clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }, { cidr: 'fd01::/48' }], serviceNetwork: ['172.30.0.0/16'] },
    },
  }, { podCidrs: ['10.128.0.0/14', 'fd01::/48'], serviceCidrs: ['172.30.0.0/16'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['Talos, by the flags of its pods', {
    'get nodes': nodesIn([['10.244.0.0/24']], ['192.168.7.4']),
    ...system(component('/usr/local/bin/kube-controller-manager', '--cluster-cidr=10.244.0.0/16,fd44::/56'), component('kube-apiserver', '--service-cluster-ip-range=10.96.0.0/12'), pod('10.244.0.3')),
  }, { podCidrs: ['10.244.0.0/16', 'fd44::/56'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['Calico', {
    ...SERVICES,
    'get nodes': nodesIn([['10.244.0.0/24']], ['192.168.7.4']),
    ...system(pod('192.168.64.3')),
    'get ippools.crd.projectcalico.org': {
      items: [
        { spec: { cidr: '192.168.64.0/18' } }, { spec: { cidr: 'fd64::/64', allowedUses: ['Workload', 'Tunnel'] } }, { spec: { cidr: '203.0.113.0/24', allowedUses: ['LoadBalancer'] } },
      ],
    },
  }, { podCidrs: ['192.168.64.0/18', 'fd64::/64'], serviceCidrs: ['10.100.0.0/16'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['Cilium', {
    ...SERVICES,
    'get nodes': nodesIn([['10.244.0.0/24']], ['192.168.7.4']),
    'get configmap cilium-config': {
      data: {
        'ipam': 'cluster-pool', 'enable-ipv6': 'false', 'cluster-pool-ipv4-cidr': '10.50.0.0/16 10.51.0.0/16', 'cluster-pool-ipv6-cidr': 'fd00::/104',
      },
    },
  }, { podCidrs: ['10.50.0.0/16', '10.51.0.0/16'], serviceCidrs: ['10.100.0.0/16'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['Cilium, whose pool has the Services in it', {
    ...SERVICES,
    'get nodes': nodesIn([['10.244.0.0/24']], ['192.168.7.4']),
    'get configmap cilium-config': { data: { 'ipam': 'cluster-pool', 'cluster-pool-ipv4-cidr': '10.0.0.0/8' } },
    'get ciliumnodes.cilium.io': { items: [{ spec: { ipam: { podCIDRs: ['10.0.0.0/24'] } } }, { spec: { ipam: { podCIDRs: ['10.0.1.0/24'] } } }] },
  },
  { podCidrs: ['10.0.0.0/16'], serviceCidrs: ['10.100.0.0/16'], nodeCidrs: ['192.168.7.0/24'], remarks: {} }],
  ['kubeadm, whose CNI takes others', { ...SERVICES, 'get nodes': nodesIn([], ['192.168.7.4']), 'get configmap kubeadm-config': CLUSTER['get configmap kubeadm-config'], ...system(pod('10.244.0.3'), pod('172.20.3.1')) },
    {
      podCidrs: ['10.244.0.0/16', '172.20.0.0/16'],
      serviceCidrs: ['10.100.0.0/16'],
      nodeCidrs: ['192.168.7.0/24'],
      remarks: { podCidrs: 'from the addresses of a few pods; compare with what is in the settings of the CNI' },
    }],
  ['a namespace, to somebody who sees no more', { 'get pods --output json': { items: [pod('10.42.3.7', { podIPs: [{ ip: '10.42.3.7' }, { ip: 'fd42::7' }] })] } },
    {
      podCidrs: ['10.42.0.0/16', 'fd42::/56'],
      serviceCidrs: [],
      nodeCidrs: ['192.168.7.0/24'],
      remarks: {
        podCidrs: 'from the addresses of a few pods; compare with what is printed by: kubectl get nodes --output jsonpath=\'{.items[*].spec.podCIDRs}\'',
        serviceCidrs: SETTINGS.serviceCidrs,
      },
    }],
])('init finds the networks of %s', (_, answers, networks) => {
  expect(networksWith(answers)).toEqual(networks);
});

test('the commands that the networks of a cloud come from are in the documentation', () => {
  const page = readFileSync(join(__dirname, '../../docs/hosting-cluster.md'), 'utf8');
  for (const scheme of ['aws', 'gce', 'azure']) {
    for (const property of ['podCidrs', 'serviceCidrs']) {
      expect(page).toContain(sourceOf(property, [{ spec: { providerID: `${scheme}:///a` } }]).replace('printed by: ', ''));
    }
  }
});

describe('init', () => {
  const init = (answers: Answers, ...args: string[]) => {
    const directory = join(mkdtempSync(join(tmpdir(), 'init-')), 'acme');
    const result = run(answers, 'init', directory, ...args);
    return { ...result, directory, file: (name: string) => readFileSync(join(directory, name), 'utf8') };
  };

  test('writes an app in TypeScript with the networks of the hosting cluster', () => {
    const { code, out, file, directory } = init(CLUSTER);
    expect(code).toBe(0);
    expect(readdirSync(directory).sort()).toEqual(['.gitignore', 'cdk8s.yaml', 'main.ts', 'package.json', 'tsconfig.json']);
    expect(file('main.ts')).toContain('podCidrs: [\'10.244.0.0/16\'],\n      serviceCidrs: [\'10.96.0.0/16\'],\n      nodeCidrs: [\'192.168.7.0/24\'],');
    expect(file('main.ts')).toContain('secretDelivery: SecretDelivery.generateOnce()');
    expect(file('.gitignore')).not.toContain('dist');
    expect(file('main.ts')).not.toContain('fill in');
    expect(out).not.toContain('complete');
  });

  test('writes where to find what the hosting cluster doesn\'t show', () => {
    const { file, out } = init({ ...CLUSTER, 'get nodes': { items: EKS }, 'get configmap kubeadm-config': new Printed(1, 'NotFound') });
    expect(file('main.ts')).toContain(`      // fill in what is printed by: ${VPC}\n      podCidrs: [],\n      serviceCidrs: ['10.96.0.0/16'],\n`);
    expect(out).toContain(`  podCidrs: fill in what is printed by: ${VPC}\n`);
  });

  test('says which commands are next, and how to install a package that no registry has', () => {
    const { out } = init(CLUSTER);
    expect(out).toContain('install the file from its dist/ into the app');
    expect(out.split('Next:\n')[1].split('\n')).toEqual([
      '  npm install && npm run synth',
      '  npm run report',
      '  kubectl apply --filename dist',
      '  kubectl --namespace acme get jobs,pods',
    ]);
  });

  test('takes other networks where the default ones are taken', () => {
    const taken = { ...CLUSTER, 'get servicecidrs': { items: [{ spec: { cidrs: ['172.24.0.0/14'] } }] } };
    expect(init(taken).file('main.ts')).toContain('    podSubnets: [\'10.208.0.0/16\'],\n    serviceSubnets: [\'10.209.0.0/16\'],\n  },\n');
    expect(init(taken, '--language', 'python').file('main.py')).toContain('        pod_subnets=["10.208.0.0/16"],\n');
  });

  test('keeps keys out of Git', () => {
    const { file, out } = init(CLUSTER, '--keys', 'file');
    expect(file('.gitignore')).toMatch(/^dist\/\nsecrets\/$/m);
    expect(out).toContain('Make the keys once, and keep the file: mkdir -p secrets && (umask 077; talosctl gen secrets --output-file secrets/acme.yaml)\n');
  });

  test('writes an app in Python, without a cluster', () => {
    const { code, out, file } = init({}, '--language', 'python', '--offline', '--keys', 'file');
    expect(code).toBe(0);
    expect(file('main.py')).toContain('secrets=TalosSecrets.from_file("secrets/acme.yaml"),');
    expect(file('main.py')).toContain('pod_cidrs=[],');
    expect(file('main.py')).toContain('            # fill in what is printed by: kubectl get servicecidrs\n            service_cidrs=[],\n');
    expect(out).toContain('Next:\n  python3 -m venv .venv && . .venv/bin/activate\n  pip install -r requirements.txt && python main.py\n');
    expect(out).toContain('First complete \'hostingNetwork\'');
    expect(out).toContain('\n  nodeCidrs: fill in what is printed by: kubectl get nodes --output wide\n');
  });

  test('overwrites nothing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'init-'));
    writeFileSync(join(directory, 'main.ts'), '// mine');
    expect(run(CLUSTER, 'init', directory, '--cluster-name', 'acme')).toMatchObject({ code: 1, errors: expect.stringContaining('has main.ts already') });
    expect(readdirSync(directory)).toEqual(['main.ts']);
  });

  test.each<[string[], string]>([
    [['--language', 'rust'], '--language (rust) is unknown: give one of typescript, python'],
    [['--keys', 'none'], '--keys (none) is unknown: give one of generate-once, file'],
    [['--cluster-name', 'Acme'], '--cluster-name (Acme) is not a DNS label'],
    [['--cluster-name', '42'], '--cluster-name (42) is not a DNS label: use lower-case letters, digits and \'-\', beginning with a letter'],
    [['--cluster-name', 'a'.repeat(39)], 'has 39 characters, 38 at most'],
    [['--ofline'], 'there is no option \'--ofline\': did you mean \'--offline\'?'],
    [['other'], 'is more than one: give one'],
  ])('refuses %j', (args, message) => {
    expect(init(CLUSTER, ...args)).toMatchObject({ code: 1, errors: expect.stringContaining(message) });
  });

  test('refuses the name of a directory that is no name of a cluster', () => {
    expect(run(CLUSTER, 'init', 'My_App').errors).toContain('--cluster-name, by default the name of DIRECTORY (My_App) is not a DNS label');
  });

  test('says that it can\'t write', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'init-')), 'file');
    writeFileSync(file, '');
    expect(run(CLUSTER, 'init', join(file, 'acme'))).toMatchObject({ code: 1, errors: expect.stringContaining(`DIRECTORY (${join(file, 'acme')}) can't be written: ENOTDIR; give one`) });
  });

  test('says that the hosting cluster doesn\'t answer', () => {
    expect(init({})).toMatchObject({ code: 1, errors: expect.stringContaining('the hosting cluster doesn\'t answer') });
  });
});

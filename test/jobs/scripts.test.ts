import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { applyConfigScript, bootstrapScript, healthScript, prelude, readyScript, scaleDownScript } from '../../src/jobs/scripts';
import { placeFunctions } from '../../src/jobs/snapshot-place';
import { upgradeKubernetesScript, UpgradeKubernetesOptions, upgradeTarget } from '../../src/jobs/upgrade-kubernetes-script';
import { SHELLS } from '../support/shells';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'scripts-')); });
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Runs a script with tools of our own, in each shell that is there, and returns what it printed.
 *
 * @param talosctl the body of the function; `$node` is the machine, `$deed` what it is to do, and `$count` how often it was called for that
 * @param kubectl the same for kubectl; `$deed` is all that it is to do
 * @param prepare what each shell begins with
 */
function run(script: string, talosctl: string, kubectl: string = 'return 1', prepare: () => void = () => undefined): string {
  const beginning = `cd ${folder}
record() {
  key=$(echo "$deed" | tr -c a-z0-9- _)
  echo x >> "count-$key"
  count=$(wc -l < "count-$key")
}
talosctl() {
  local node=
  while [ $# -gt 0 ]; do
    case $1 in --endpoints) shift 2 ;; --nodes) node=$2; shift 2 ;; *) break ;; esac
  done
  deed="$*"
  record
  echo "$node $deed" >> calls
  ${talosctl}
}
kubectl() {
  deed="$*"
  record
  echo "kubectl $deed" >> calls
  ${kubectl}
}
`;
  const own = script.replace(/\/tools\/busybox sleep \d+/g, ':').replace('/tools/busybox cat /proc/sys/kernel/random/uuid', 'echo 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed')
    .replace(/\/tools\/busybox /g, '').replace(/\/scratch\//g, `${folder}/`);
  const outcomes = SHELLS.map(([program, args]) => {
    readdirSync(folder).filter((name) => /^(count-|calls|seen|later|left)/.test(name)).forEach((name) => rmSync(join(folder, name)));
    prepare();
    const { stdout, stderr, status, signal } = spawnSync(program, [...args, '-c', beginning + own], { encoding: 'utf8', timeout: 20_000 });
    expect({ program, stderr, signal }).toEqual({ program, stderr: expect.not.stringContaining('not found'), signal: null });
    return { stdout, status, calls: calls() };
  });
  outcomes.forEach((outcome) => expect(outcome).toEqual(outcomes[0]));
  lastStatus = outcomes[0].status;
  return outcomes[0].stdout;
}

let lastStatus: number | null;

function calls(): string[] {
  return existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : [];
}

/** A nslookup that knows these names. */
const dns = (answers: { readonly [host: string]: string[] }) => `nslookup() {
  case "$2" in
    ${Object.entries(answers).map(([host, addresses]) => `${host}.) printf 'Server:\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\n${addresses.map((address) => `Name:\\t${host}\\nAddress: ${address}\\n`).join('')}' ;;`).join('\n    ')}
    *) printf "Server:\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\n** server can't find it: NXDOMAIN\\n"; return 1 ;;
  esac
}
`;

describe('bootstrap', () => {
  test('is tried until it is taken, and waits for etcd', () => {
    const output = run(dns({ 'a-0.a': ['10.244.0.1'], 'a': ['10.244.0.1'] }) + bootstrapScript('a-0.a', 'a', 'a'), `case $deed in
      bootstrap) [ "$count" -ge 3 ] || { echo refused; return 1; } ;;
      "etcd status") [ "$count" -ge 2 ] || { echo starting; return 1; }; echo healthy ;;
    esac`);
    expect(calls()).toEqual(['a-0.a bootstrap', 'a-0.a bootstrap', 'a-0.a bootstrap', 'a-0.a etcd status', 'a-0.a etcd status']);
    expect(output).toBe(`${'waiting for a-0.a to bootstrap etcd: refused\n'.repeat(2)}waiting for etcd of a-0.a: starting\nhealthy\n`);
  });

  test('does nothing to a cluster that is there', () => {
    const output = run(dns({ 'a-0.a': ['10.244.0.1'], 'a': ['10.244.0.1'] }) + bootstrapScript('a-0.a', 'a', 'a'), `case $deed in
      bootstrap) echo "error: rpc error: code = AlreadyExists desc = etcd data directory is not empty"; return 1 ;;
      *) echo healthy ;;
    esac`);
    expect(calls()).toEqual(['a-0.a bootstrap', 'a-0.a etcd status']);
    expect(output).toBe('already bootstrapped\nhealthy\n');
  });

  test('begins no second cluster on a member that has lost its data, while another lives', () => {
    const output = run(dns({ 'a-0.a': ['10.244.0.1'], 'a': ['10.244.0.1', '10.244.0.2', '10.244.0.3'] }) + bootstrapScript('a-0.a', 'a', 'a'), `case "$node $deed" in
      "10.244.0.2 etcd status") echo unreachable; return 1 ;;
      "a-0.a etcd status") [ "$count" -ge 5 ] || { echo joining; return 1; }; echo healthy ;;
    esac`);
    expect(calls()).not.toContain('a-0.a bootstrap');
    expect(output).toBe(`etcd runs at 10.244.0.3 already\n${'waiting for etcd of a-0.a: joining\n'.repeat(2)}healthy\n`);
  });

  test('begins a cluster where no other member answers', () => {
    const output = run(dns({ 'a-0.a': ['10.244.0.1'], 'a': ['10.244.0.1', '10.244.0.2', '10.244.0.3'] }) + bootstrapScript('a-0.a', 'a', 'a'), 'case "$node $deed" in 10.244*) return 1 ;; *status) echo healthy ;; esac');
    expect(calls()).toEqual(['10.244.0.2 etcd status', '10.244.0.3 etcd status', 'a-0.a bootstrap', 'a-0.a etcd status']);
    expect(output).toBe('healthy\n');
  });
});

describe('a machine config', () => {
  test.each<[string, (text: Buffer) => Buffer]>([
    ['plain', (text) => text],
    ['compressed', (text) => gzipSync(text)],
  ])('that is %s is applied to each member, when the one before it is well', (_, pack) => {
    const file = join(folder, 'userdata');
    writeFileSync(file, pack(Buffer.from('machine: {}\n')).toString('base64'));
    run(applyConfigScript(['a-0.a', 'a-1.a'], { shared: file, isUserData: true }), `case $deed in
      apply-config*) cat "${folder}/plain" >> seen ;;
      "etcd status") [ "$count" -ge 2 ] || return 1 ;;
    esac`);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('machine: {}\nmachine: {}\n');
    expect(calls().map((call) => call.replace(/ --file .*/, ''))).toEqual([
      'a-0.a apply-config', 'a-0.a etcd status', 'a-0.a etcd status', 'a-1.a apply-config', 'a-1.a etcd status',
    ]);
  });
});

test('a machine config of its own is applied to its member only', () => {
  const [file, own] = ['userdata', 'machineconfig-1'].map((name) => join(folder, name));
  writeFileSync(file, Buffer.from('machine: {}\n').toString('base64'));
  writeFileSync(own, 'machine: {type: worker}\n');
  run(applyConfigScript(['a-0.a', 'a-1.a', 'a-2.a'], { shared: file, isUserData: true, own: new Map([[1, own]]) }), `case $deed in
    apply-config*) cat "\${deed#*--file }" >> seen ;;
  esac`);
  expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('machine: {}\nmachine: {type: worker}\nmachine: {}\n');
});

describe('a scale-down', () => {
  const member = (name: string, nodeName: string = name) => ({ name, nodeName, host: `${name}.a` });
  const three = ['a-0', 'a-1', 'a-2'].map((name) => member(name));
  const script = scaleDownScript('a', three, 1);
  const state = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));
  const etcd = (...names: string[]) => state('members', ...names.map((name) => `a-0.a   0123   ${name}   https://10.96.0.1:2380`));
  /** Three members of etcd and a StatefulSet of three pods; each pod takes one more look to go. */
  const cluster = () => { etcd('a-0', 'a-1', 'a-2'); state('replicas', '3'); state('pods', 'pod/a-0', 'pod/a-1', 'pod/a-2'); };

  const TALOSCTL = `case $deed in
    "etcd members") echo "NODE    ID   HOSTNAME   PEER URLS"; cat members ;;
    "etcd leave") grep -v " \${node%%.*} " members > left; mv left members ;;
  esac`;
  const KUBECTL = `case $deed in
    *jsonpath*) echo "replicas=$(cat replicas)" ;;
    *patch*) n=\${deed##*:}; echo "\${n%%\\}*}" > replicas ;;
    "get pod"*) [ "$count" -ge 2 ] || echo "pod/$3" ;;
  esac`;
  const brief = () => calls().map((call) => call.replace(/kubectl get statefulset.*/, 'replicas?').replace(/kubectl patch .*"value":(\d)}]/, 'replicas=$1').replace(/kubectl get pod (\S+) .*/, '$1?'));

  test('makes each member leave and its pod go, the last one first', () => {
    const output = run(script, TALOSCTL, KUBECTL, cluster);
    expect(brief()).toEqual([
      'replicas?', 'a-0.a etcd members', 'a-2.a etcd leave', 'replicas=2', 'a-2?', 'replicas?', 'a-2?',
      'replicas?', 'a-0.a etcd members', 'a-1.a etcd leave', 'replicas=1', 'a-1?', 'replicas?', 'a-1?',
      'replicas?',
    ]);
    expect(output).toBe('a-2 has left etcd\nwaiting for a-2 to stop\na-1 has left etcd\nwaiting for a-1 to stop\n1 of 3 members stay\n');
    expect(lastStatus).toBe(0);
  });

  test('knows members by their hostnames', () => {
    const output = run(scaleDownScript('a', [member('a-0', 'cp-0'), member('a-1', 'cp-1')], 1), TALOSCTL.replace('\${node%%.*}', 'cp-1'), KUBECTL, () => {
      etcd('cp-0', 'cp-1');
      state('replicas', '2');
    });
    expect(output).toContain('cp-1 has left etcd\n');
    expect(brief()).toContain('a-1.a etcd leave');
  });

  test('goes on where it was interrupted: a member that has left isn\'t asked again', () => {
    run(script, TALOSCTL, KUBECTL, () => { cluster(); etcd('a-0', 'a-1'); });
    expect(brief().slice(0, 3)).toEqual(['replicas?', 'a-0.a etcd members', 'replicas=2']);
  });

  test('ends at once when it is done', () => {
    run(script, TALOSCTL, KUBECTL, () => { cluster(); state('replicas', '1'); });
    expect(brief()).toEqual(['replicas?']);
    expect(lastStatus).toBe(0);
  });

  test('removes members again that somebody has brought back', () => {
    run(script, TALOSCTL, KUBECTL.replace('*jsonpath*)', '*jsonpath*) [ "$count" != 2 ] || echo 3 > replicas;'), cluster);
    expect(brief().filter((call) => call.startsWith('replicas='))).toEqual(['replicas=2', 'replicas=2', 'replicas=1']);
  });

  test('doesn\'t wait for a pod that somebody has brought back', () => {
    // the pod stays as long as the StatefulSet wants it
    const output = run(script, TALOSCTL, KUBECTL.replace('*jsonpath*)', '*jsonpath*) [ "$count" != 2 ] || echo 3 > replicas;')
      .replace('[ "$count" -ge 2 ]', '[ "$(cat replicas)" != 3 ] && [ "$count" -ge 3 ]'), cluster);
    expect(output).toContain('something has set the StatefulSet to 3 replicas again\na-2 has left etcd\n');
    expect(lastStatus).toBe(0);
  });

  test('never raises the number: the StatefulSet must have the replicas that it has seen', () => {
    // another one has removed the same pod meanwhile
    const output = run(script, TALOSCTL, `case "$deed $count" in *patch*value*3*" 1") echo 1 > replicas; echo "the server rejected our request"; return 1 ;; esac
      ${KUBECTL}`, cluster);
    expect(calls().find((call) => call.startsWith('kubectl patch'))).toBe('kubectl patch statefulset a --subresource scale --type json --patch '
      + '[{"op":"test","path":"/spec/replicas","value":3},{"op":"replace","path":"/spec/replicas","value":2}]');
    expect(output).toBe('a-2 has left etcd\nwaiting to remove a-2: the server rejected our request\n1 of 3 members stay\n');
  });

  test('reads past the warnings of kubectl, which come from other APIs', () => {
    const output = run(script, TALOSCTL, `echo "E1130 memcache.go:287 couldn't get resource list for metrics.k8s.io/v1beta1"
      ${KUBECTL}`, cluster);
    expect(output).toContain('1 of 3 members stay\n');
    expect(lastStatus).toBe(0);
  });

  test('removes no pod while nobody knows whether its member has left', () => {
    const output = run(script, `case $deed in "etcd members") case $count in 1) echo unreachable; return 1 ;; 2) return ;; esac ;; esac
      ${TALOSCTL}`, KUBECTL, cluster);
    // an answer without the member that stays is none
    expect(brief().slice(0, 7)).toEqual([...Array(3).fill(['replicas?', 'a-0.a etcd members']).flat(), 'a-2.a etcd leave']);
    expect(output).toContain('waiting for etcd of a-0.a: unreachable\nwaiting for etcd of a-0.a: \na-2 has left etcd\n');
  });

  test('removes no pod whose member refuses to leave', () => {
    const output = run(script, `case $deed in "etcd leave") [ "$count" -ge 3 ] || { echo "no leader"; return 1; } ;; esac
      ${TALOSCTL}`, KUBECTL, cluster);
    expect(brief().slice(0, 10)).toEqual([...Array(3).fill(['replicas?', 'a-0.a etcd members', 'a-2.a etcd leave']).flat(), 'replicas=2']);
    expect(output).toContain('waiting for a-2 to leave etcd: no leader\n');
  });

  test('waits for the API of the hosting cluster', () => {
    const output = run(script, TALOSCTL, `case "$deed $count" in *jsonpath*" 1" | *patch*" 1") echo forbidden; return 1 ;; esac
      ${KUBECTL}`, cluster);
    expect(output).toContain('waiting for the StatefulSet: forbidden\na-2 has left etcd\nwaiting to remove a-2: forbidden\n');
  });

  test('fails where there are more members than it knows', () => {
    const output = run(script, TALOSCTL, KUBECTL, () => { cluster(); state('replicas', '5'); });
    expect(output).toBe('the StatefulSet has 5 replicas, and should have at most 3: set \'scaleDownFrom\' to the number of members\n');
    expect(lastStatus).toBe(1);
  });
});

describe('an upgrade of Kubernetes', () => {
  const IMAGE = 'registry.k8s.io/kube-apiserver:v1.36.3';
  const images = (registry = 'registry.k8s.io', tag = 'v1.36.3') => ({
    apiServer: `${registry}/kube-apiserver:${tag}`,
    controllerManager: `${registry}/kube-controller-manager:${tag}`,
    scheduler: `${registry}/kube-scheduler:${tag}`,
    proxy: `${registry}/kube-proxy:${tag}`,
  });

  test.each<[string, Parameters<typeof upgradeTarget>, string | undefined, string | undefined]>([
    ['the official images', [images(), true], '1.36.3', 'registry.k8s.io/kube-proxy'],
    ['images of a registry with a port', [images('registry.example.com:5000/k8s'), true], '1.36.3', 'registry.example.com:5000/k8s/kube-proxy'],
    ['a release candidate', [images(undefined, 'v1.37.0-rc.0'), true], '1.37.0-rc.0', 'registry.k8s.io/kube-proxy'],
    ['no kube-proxy', [{ ...images(), proxy: undefined }, false], '1.36.3', undefined],
    ['a kube-proxy of another release that isn\'t installed', [{ ...images(), proxy: 'registry.k8s.io/kube-proxy:v1.35.0' }, false], '1.36.3', undefined],
    ['a kube-proxy of another release', [{ ...images(), proxy: 'registry.k8s.io/kube-proxy:v1.35.0' }, true], undefined, undefined],
    ['a scheduler of another release', [{ ...images(), scheduler: 'registry.k8s.io/kube-scheduler:v1.36.2' }, true], undefined, undefined],
    ['a digest', [images(undefined, `v1.36.3@sha256:${'a'.repeat(64)}`), true], undefined, undefined],
    ['a tag without v', [images(undefined, '1.36.3'), true], undefined, undefined],
    ['words for a shell', [{ ...images(), apiServer: 'a $(reboot):v1.36.3' }, true], undefined, undefined],
    ['no tag', [{ ...images(), apiServer: 'registry.example.com:5000/kube-apiserver' }, true], undefined, undefined],
    ['images that aren\'t set', [{}, true], undefined, undefined],
  ])('knows what it can set: %s', (_, [of, hasKubeProxy], version, proxy) => {
    const target = upgradeTarget(of, hasKubeProxy);
    expect(target?.version).toBe(version);
    expect(target?.names.proxy).toBe(proxy);
  });

  interface Stage extends Partial<UpgradeKubernetesOptions> {
    /** What the clock says, by the number of the look. */
    readonly clock?: string;
    /** Prints further addresses of members. */
    readonly addresses?: string;
    readonly prepare?: () => void;
  }

  /** Three members that are new, and an upgrade that works, unless the first lines say otherwise; `twice` is true for the first two looks. */
  const upgrade = (behaviour = '', { clock = '0', addresses = '', prepare, ...options }: Stage = {}): string => {
    const script = upgradeKubernetesScript({
      target: upgradeTarget(images(), true)!, talosTag: 'v1.13.9', host: 'a-0.a', all: 'a', record: 'a', kubernetesApi: 'https://acme.tenant.svc.cluster.local:6443', ...options,
    });
    const tools = `limit=60
twice() { echo x >> seen-$1; [ "$(wc -l < seen-$1)" -le 2 ]; }
date() { case "$*" in -u*) echo 20261201T000000Z; return ;; esac; echo x >> seen-clock; look=$(($(wc -l < seen-clock) - 1)); echo $((${clock})); }
nslookup() { echo "Name: a"; ${addresses} printf 'Address: %s\\n' 10.244.0.1 10.244.0.2; }
`;
    return run(tools + script, `image= tag=
      ${behaviour}
      case $deed in
        get*) printf '%s\\n' registry.k8s.io/kube-controller-manager:v1.36.3 \${image:-${IMAGE}} registry.k8s.io/kube-scheduler:v1.36.3 ;;
        version) printf 'Client:\\n\\tTag:         v1.13.9\\nServer:\\n\\tNODE:        a\\n\\tTag:         %s\\n\\tBuilt:\\n' \${tag:-v1.13.9} ;;
        upgrade-k8s*) printf '%s\\n' 'discovered nodes' ' > processing Secret' ' data:' '-  token: old-secret' '+  token: new-secret' ' < applied' ;;
      esac`, undefined, prepare);
  };
  const brief = () => calls().map((call) => call.replace(/ get .*/, '?').replace(/ version$/, ' version?').replace(/ upgrade-k8s .*/, ' upgrade'));
  const upgrades = () => brief().filter((call) => call.endsWith('upgrade')).length;

  const LOOK = ['a-0.a', '10.244.0.1', '10.244.0.2'].flatMap((member) => [`${member}?`, `${member} version?`]);
  const NEW = 'every member runs Kubernetes 1.36.3\n';
  const DONE = 'all that Talos installs is that of Kubernetes 1.36.3\n';
  const old = (member: string, what: string) => `case $node in ${member}) twice "$node" && { ${what}; } ;; esac`;

  test('runs once every member is new, and hides differences, which can be secret', () => {
    expect(upgrade()).toBe(`${NEW}discovered nodes\n > processing Secret\n < applied\n${DONE}`);
    expect(brief()).toEqual([...LOOK, ...LOOK, 'a-0.a upgrade']);
    expect(calls().pop()).toBe('a-0.a upgrade-k8s --from 1.36.3 --to 1.36.3 --endpoint https://acme.tenant.svc.cluster.local:6443 '
      + '--with-docs=false --with-examples=false --pre-pull-images=false --upgrade-kubelet=false --apiserver-image registry.k8s.io/kube-apiserver '
      + '--controller-manager-image registry.k8s.io/kube-controller-manager --scheduler-image registry.k8s.io/kube-scheduler --proxy-image registry.k8s.io/kube-proxy');
    expect(lastStatus).toBe(0);
  });

  test('keeps images from elsewhere, and names no kube-proxy where there is none', () => {
    upgrade('image=registry.example.com:5000/kube-apiserver:v1.36.3', { target: upgradeTarget({ ...images('registry.example.com:5000'), proxy: undefined }, false)! });
    expect(calls().pop()).toMatch(/--apiserver-image registry\.example\.com:5000\/kube-apiserver .*--scheduler-image registry\.example\.com:5000\/kube-scheduler$/);
  });

  test.each<[string, string, string]>([
    ['a cluster that isn\'t bootstrapped', old('a-0.a', 'echo "connection refused"; return 1'), 'waiting for a-0.a: connection refused\n'],
    ['the first member, which is replaced last', old('a-0.a', 'image=registry.k8s.io/kube-apiserver:v1.35.0'), `waiting for a-0.a to run ${IMAGE}\n`],
    ['another member', old('10.244.0.2', 'image=registry.k8s.io/kube-apiserver:v1.36.30'), `waiting for 10.244.0.2 to run ${IMAGE}\n`],
    ['a member without static pods', old('10.244.0.2', 'return'), `waiting for 10.244.0.2 to run ${IMAGE}\n`],
    ['a member with an older Talos', `[ "$deed" != version ] || ${old('10.244.0.1', 'tag=v1.13.8')}`, 'waiting for 10.244.0.1 to run Talos v1.13.9\n'],
    ['a member with a longer number', `[ "$deed" != version ] || ${old('10.244.0.1', 'tag=v1.13.90')}`, 'waiting for 10.244.0.1 to run Talos v1.13.9\n'],
    ['a member that doesn\'t say which Talos it runs', `[ "$deed" != version ] || ${old('10.244.0.1', 'echo unreachable; return 1')}`, 'waiting for 10.244.0.1: unreachable\n'],
    ['an address of a member that is gone', '[ "$node" != 10.244.9.9 ] || { echo unreachable; return 1; }', 'waiting for 10.244.9.9: unreachable\n'],
  ])('waits for %s', (_, behaviour, waiting) => {
    expect(upgrade(behaviour, { addresses: behaviour.includes('10.244.9.9') ? 'twice names && echo "Address: 10.244.9.9";' : '' })).toMatch(new RegExp(`^(${waiting.replace(/[.]/g, '\\.')}){2}${NEW}`));
    expect(upgrades()).toBe(1);
    expect(lastStatus).toBe(0);
  });

  test('takes a build of one\'s own for the release, and any where none is known', () => {
    expect(upgrade('tag=v1.13.9-acme')).toContain(DONE);
    expect(upgrade('tag=v1.12.0', { talosTag: undefined })).toContain(DONE);
    expect(brief()).not.toContain('a-0.a version?');
  });

  test.each<[string, string]>([
    ['while Kubernetes knows members by their former addresses', 'echo "error: network is unreachable"; return 1'],
    ['when it hangs', 'echo "error: network is unreachable"; return 143'],
  ])('is tried again %s', (_, failure) => {
    expect(upgrade(`case $deed in upgrade*) [ "$limit" = 900 ] || echo "limit $limit"; twice upgrade && { ${failure}; } ;; *) [ "$limit" = 60 ] || echo "limit $limit" ;; esac`))
      .toBe(`${NEW}${'error: network is unreachable\n'.repeat(2)}discovered nodes\n > processing Secret\n < applied\n${DONE}`);
    expect(upgrades()).toBe(3);
  });

  test('prints why an attempt fails, in the form in which talosctl lists errors', () => {
    const errors = ['error checking: node "10.244.0.1": 1 error occurred:', '\t* 10.244.0.1: network is unreachable', '2 errors occurred:'];
    expect(upgrade(`case $deed in upgrade*) twice upgrade && { printf '%b\\n' ${errors.map((line) => `'${line.replace('\t', '\\t')}'`).join(' ')} '' '\\tkey: secret' ' * secret' '-* secret'; return 1; } ;; esac`))
      .toContain(`${NEW}${errors.join('\n')}\n${errors.join('\n')}\ndiscovered nodes\n`);
  });

  test('looks at the members each time', () => {
    const output = upgrade('case $node$deed in *upgrade*) touch later; twice upgrade && return 1 ;; 10.244.0.2get*) [ -f later ] && twice "$node" && image=older ;; esac');
    expect(output).toContain(`waiting for 10.244.0.2 to run ${IMAGE}\n`.repeat(2));
    expect(upgrades()).toBe(3);
    expect(lastStatus).toBe(0);
  });

  describe('with a snapshot', () => {
    const PLACE = placeFunctions({
      place: 'the claim backups',
      own: `directory=$PWD/place
prepare() { mkdir -p place; [ ! -f "$directory/full" ] || { echo "no space"; return 1; }; }
names() { ls place; }
store() { mv "$directory/.$1" "$directory/$1"; mv "$directory/.$1.sha256" "$directory/$1.sha256"; }
remove() { echo "removes $1"; }
bring() { :; }
`,
    });
    const SNAPSHOT = `case $deed in "etcd snapshot "*)
      [ ! -f refuses ] || { echo PermissionDenied; return 1; }
      cp database "\${deed##* }"
      [ ! -f damages ] || printf x >> "\${deed##* }"
      echo "snapshot info: hash 1, revision 2" ;;
    esac`;
    const shot = (behaviour = '', prepare = () => undefined as void, clock = 'look * 600') => upgrade(`${SNAPSHOT}\n${behaviour}`, {
      snapshots: PLACE,
      clock,
      prepare: () => {
        rmSync(join(folder, 'place'), { recursive: true, force: true });
        const data = Buffer.from('the data of etcd');
        // a snapshot ends with the checksum of what is before
        writeFileSync(join(folder, 'database'), Buffer.concat([data, createHash('sha256').update(data).digest()]));
        ['refuses', 'damages', 'snapshot'].forEach((name) => rmSync(join(folder, name), { force: true }));
        prepare();
      },
    });
    const mark = (name: string) => () => writeFileSync(join(folder, name), '');
    const snapshots = () => calls().filter((call) => call.includes('etcd snapshot')).length;

    test('stores one before anything changes, however often the upgrade is tried', () => {
      expect(shot('case $deed in upgrade*) twice upgrade && return 1 ;; esac', undefined, '0')).toMatch(/^every member .*\netcd-.*\.db is stored: .* bytes from a-0\.a, SHA-256 .*\n/);
      expect(snapshots()).toBe(1);
      expect(upgrades()).toBe(3);
      expect(brief().findIndex((call) => call.includes('etcd snapshot'))).toBeLessThan(brief().findIndex((call) => call.endsWith('upgrade')));
      expect(lastStatus).toBe(0);
    });

    test('takes none again in a container that starts again', () => {
      expect(shot('', mark('snapshot'))).toBe(`${NEW}discovered nodes\n > processing Secret\n < applied\n${DONE}`);
      expect(snapshots()).toBe(0);
    });

    test.each<[string, string, string]>([
      ['a member that gives none', 'refuses', 'no snapshot from a-0.a: PermissionDenied\n'],
      ['a snapshot that is damaged', 'damages', 'no snapshot from a-0.a: what came is damaged\n'],
      ['a place that takes none', 'place/full', 'can\'t write snapshots: no space\n'],
    ])('upgrades nothing with %s', (_, file, message) => {
      const output = shot('', () => { mkdirSync(join(folder, 'place')); mark(file)(); });
      expect(output.startsWith(`${NEW}${message}`)).toBe(true);
      expect(upgrades()).toBe(0);
      expect(lastStatus).toBe(1);
      expect(existsSync(join(folder, 'snapshot'))).toBe(false);
    });

    test('waits for new members before it takes one', () => {
      shot(old('10.244.0.2', 'image=older'), undefined, '0');
      expect(brief().slice(0, LOOK.length - 1).some((call) => call.includes('snapshot'))).toBe(false);
      expect(snapshots()).toBe(1);
    });
  });

  test('gives up after an hour, for the Job to begin anew', () => {
    expect(upgrade('case $deed in upgrade*) echo "error: not ready"; return 1 ;; esac', { clock: 'look * 1800' }))
      .toBe(`${NEW}error: not ready\nerror: not ready\nnot done after 60 minutes\n`);
    expect(upgrades()).toBe(2);
    expect(lastStatus).toBe(1);
  });
});

describe('health', () => {
  test('is asked for with the addresses of all machines, until it is there', () => {
    const script = healthScript(['a-0.a', 'a-1.a'], ['b-0.b'], 'a');
    run(dns({ 'a-0.a': ['10.244.0.1'], 'a-1.a': ['10.244.0.2'], 'b-0.b': ['10.244.0.3'] }) + script, '[ "$count" -ge 3 ] || { echo unhealthy; return 1; }');
    const call = 'a-0.a health --control-plane-nodes 10.244.0.1,10.244.0.2 --worker-nodes 10.244.0.3 --wait-timeout 2m';
    expect(calls()).toEqual([call, call, call]);
  });

  test('is asked for without workers', () => {
    run(dns({ 'a-0.a': ['fd00::1'] }) + healthScript(['a-0.a'], [], 'aaaa'), '');
    expect(calls()).toEqual(['a-0.a health --control-plane-nodes fd00::1 --worker-nodes  --wait-timeout 2m']);
  });

  test('waits for machines that have no address yet', () => {
    const script = healthScript(['a-0.a'], ['b-0.b'], 'a').replace('/tools/busybox sleep 3', 'touch later');
    run(dns({ 'a-0.a': ['10.244.0.1'] }).replace('case', '[ -f later ] && [ "$2" = b-0.b. ] && { echo "Name: b"; echo "Address: 10.244.0.9"; return; }\n    case') + script, '');
    expect(calls()).toEqual(['a-0.a health --control-plane-nodes 10.244.0.1 --worker-nodes 10.244.0.9 --wait-timeout 2m']);
  });
});

describe('readiness without health', () => {
  test('is that of etcd at each member and of each node', () => {
    const output = run(readyScript(['a-0.a', 'a-1.a'], ['b-0.b']), `case $deed in
      "etcd status") [ "$count" -ge 4 ] || { echo starting; return 1; } ;;
      *) [ "$count" -ge 6 ] && echo true || echo false ;;
    esac`);
    expect(output).toContain('waiting for etcd of a-0.a: starting');
    expect(output).toContain('waiting for the node of a-0.a: false');
    expect(calls().slice(-5)).toEqual([
      'a-0.a etcd status', 'a-1.a etcd status',
      ...['a-0.a', 'a-1.a', 'b-0.b'].map((host) => `${host} get nodestatus --output jsonpath={.spec.nodeReady}`),
    ]);
  });
});

describe('a call', () => {
  const beginning = prelude().replace(/limit=\d+/, 'limit=1').replace(/\/tools\/busybox /g, '').replace(/\/(tools\/)?(talosctl|kubectl)/g, '"$tool"');

  test.each<[string, string, string]>([
    ['passes on what it prints, and its credentials', 'echo', '--talosconfig /talosconfig/talosconfig 5\n0\n'],
    ['passes on its failure', 'false', '1\n'],
  ])('%s', (_, tool, expected) => {
    for (const [program, args] of SHELLS) {
      expect(spawnSync(program, [...args, '-c', `tool=${tool}; ${beginning}talosctl 5; echo $?`], { encoding: 'utf8' }).stdout).toBe(expected);
    }
  });

  test('has a limit, and says so', () => {
    const hang = join(folder, 'hang');
    writeFileSync(hang, '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
    for (const [program, args] of SHELLS.filter(([name]) => name === 'busybox')) {
      expect(spawnSync(program, [...args, '-c', `tool=${hang}; ${beginning}out=$(talosctl version); echo "$? $out"`], { encoding: 'utf8' }).stdout)
        .toMatch(/^143 (Terminated\n)?no answer in 1 seconds\n$/);
    }
  });
});

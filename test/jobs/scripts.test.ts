import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { applyConfigScript, bootstrapScript, healthScript, leaveScript, readyScript } from '../../src/jobs/scripts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'scripts-')); });
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Runs a script with a talosctl of our own, and returns what it printed.
 *
 * @param talosctl the body of the function; `$node` is the machine, `$deed` what it is to do, and `$count` how often it was called for that
 */
function run(script: string, talosctl: string): string {
  const prelude = `cd ${folder}
talosctl() {
  node=
  while [ $# -gt 0 ]; do
    case $1 in --endpoints) shift 2 ;; --nodes) node=$2; shift 2 ;; *) break ;; esac
  done
  deed="$*"
  key=$(echo "$deed" | tr -c a-z- _)
  echo x >> "count-$key"
  count=$(wc -l < "count-$key")
  echo "$node $deed" >> calls
  ${talosctl}
}
`;
  const own = script.replace(/\/tools\/busybox sleep \d+/g, ':').replace(/\/tools\/busybox /g, '').replace(/\/scratch\//g, `${folder}/`);
  return execFileSync('sh', ['-c', prelude + own], { encoding: 'utf8', timeout: 10_000 });
}

function calls(): string[] {
  return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
}

describe('bootstrap', () => {
  test('is tried until it is taken, and waits for etcd', () => {
    const output = run(bootstrapScript('a-0.a'), `case $deed in
      bootstrap) [ "$count" -ge 3 ] || { echo refused; return 1; } ;;
      "etcd status") [ "$count" -ge 2 ] || { echo starting; return 1; }; echo healthy ;;
    esac`);
    expect(calls()).toEqual(['a-0.a bootstrap', 'a-0.a bootstrap', 'a-0.a bootstrap', 'a-0.a etcd status', 'a-0.a etcd status']);
    expect(output).toBe('refused\nrefused\nwaiting for etcd: starting\nhealthy\n');
  });

  test('does nothing to a cluster that is there', () => {
    const output = run(bootstrapScript('a-0.a'), `case $deed in
      bootstrap) echo "error: rpc error: code = AlreadyExists desc = etcd data directory is not empty"; return 1 ;;
      *) echo healthy ;;
    esac`);
    expect(calls()).toEqual(['a-0.a bootstrap', 'a-0.a etcd status']);
    expect(output).toBe('already bootstrapped\nhealthy\n');
  });
});

describe('a machine config', () => {
  test.each<[string, (text: Buffer) => Buffer]>([
    ['plain', (text) => text],
    ['compressed', (text) => gzipSync(text)],
  ])('that is %s is applied to each member, when the one before it is well', (_, pack) => {
    const file = join(folder, 'userdata');
    writeFileSync(file, pack(Buffer.from('machine: {}\n')).toString('base64'));
    run(applyConfigScript(['a-0.a', 'a-1.a'], file), `case $deed in
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
  run(applyConfigScript(['a-0.a', 'a-1.a', 'a-2.a'], file, { 'a-1.a': own }), `case $deed in
    apply-config*) cat "\${deed#*--file }" >> seen ;;
  esac`);
  expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('machine: {}\nmachine: {type: worker}\nmachine: {}\n');
});

describe('members that leave', () => {
  const member = (name: string, nodeName: string = name) => ({ name, nodeName, host: `${name}.a` });
  const script = leaveScript(member('a-0'), [member('a-2'), member('a-1')]);
  const MEMBERS = 'echo "NODE    ID   HOSTNAME   PEER URLS"; cat members';
  const members = (...names: string[]) =>
    writeFileSync(join(folder, 'members'), names.map((name) => `a-0.a   0123   ${name}   https://10.96.0.1:2380\n`).join(''));

  test('do so one after the other, the last one first', () => {
    members('a-0', 'a-1', 'a-2');
    const output = run(script, `case $deed in
      "etcd members") ${MEMBERS} ;;
      "etcd leave") grep -v " \${node%%.*} " members > left; mv left members ;;
    esac`);
    expect(calls()).toEqual([
      'a-0.a etcd members', 'a-2.a etcd leave', 'a-0.a etcd members', 'a-0.a etcd members', 'a-1.a etcd leave', 'a-0.a etcd members',
    ]);
    expect(output).toBe('a-2 has left\na-1 has left\n');
  });

  test('are known by their hostnames', () => {
    members('cp-0', 'cp-1');
    const output = run(leaveScript(member('a-0', 'cp-0'), [member('a-1', 'cp-1')]), `case $deed in
      "etcd members") ${MEMBERS} ;;
      "etcd leave") grep -v " cp-1 " members > left; mv left members ;;
    esac`);
    expect(calls()).toEqual(['a-0.a etcd members', 'a-1.a etcd leave', 'a-0.a etcd members']);
    expect(output).toBe('cp-1 has left\n');
  });

  test('aren\'t asked again when they have left', () => {
    members('a-0');
    expect(run(script, `${MEMBERS}`)).toBe('a-2 has left\na-1 has left\n');
    expect(calls()).toEqual(['a-0.a etcd members', 'a-0.a etcd members']);
  });

  test('haven\'t left where nobody knows', () => {
    members('a-0');
    const output = run(script, `case $deed in
      "etcd members") case $count in 1) echo unreachable; return 1 ;; 2) ;; *) ${MEMBERS} ;; esac ;;
    esac`);
    // an answer without the member that stays is none
    expect(calls().slice(0, 4)).toEqual(['a-0.a etcd members', 'a-0.a etcd members', 'a-2.a etcd leave', 'a-0.a etcd members']);
    expect(output).toBe('unreachable\na-2 has left\na-1 has left\n');
  });
});

describe('health', () => {
  const dns = (answers: { [host: string]: string }) => `nslookup() {
    case "$2" in
      ${Object.entries(answers).map(([host, address]) => `${host}.) printf 'Server:\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\nName:\\t${host}\\nAddress: ${address}\\n' ;;`).join('\n      ')}
      *) printf "Server:\\t10.96.0.10\\nAddress:\\t10.96.0.10:53\\n\\n** server can't find it: NXDOMAIN\\n"; return 1 ;;
    esac
  }
  `;

  test('is asked for with the addresses of all machines, until it is there', () => {
    const script = healthScript(['a-0.a', 'a-1.a'], ['b-0.b'], 'a');
    run(dns({ 'a-0.a': '10.244.0.1', 'a-1.a': '10.244.0.2', 'b-0.b': '10.244.0.3' }) + script, '[ "$count" -ge 3 ] || { echo unhealthy; return 1; }');
    const call = 'a-0.a health --control-plane-nodes 10.244.0.1,10.244.0.2 --worker-nodes 10.244.0.3 --wait-timeout 2m';
    expect(calls()).toEqual([call, call, call]);
  });

  test('is asked for without workers', () => {
    run(dns({ 'a-0.a': 'fd00::1' }) + healthScript(['a-0.a'], [], 'aaaa'), '');
    expect(calls()).toEqual(['a-0.a health --control-plane-nodes fd00::1 --worker-nodes  --wait-timeout 2m']);
  });

  test('waits for machines that have no address yet', () => {
    const script = healthScript(['a-0.a'], ['b-0.b'], 'a').replace('/tools/busybox sleep 3', 'touch later');
    run(dns({ 'a-0.a': '10.244.0.1' }).replace('case', '[ -f later ] && [ "$2" = b-0.b. ] && { echo "Name: b"; echo "Address: 10.244.0.9"; return; }\n    case') + script, '');
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

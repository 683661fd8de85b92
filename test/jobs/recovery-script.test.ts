import { createHash } from 'crypto';
import { TalosVersion } from '../../src';
import { recoveryScript } from '../../src/jobs/recovery-script';
import { prelude } from '../../src/jobs/scripts';
import { bucketPlace } from '../../src/jobs/snapshot-bucket';
import { claimPlace } from '../../src/jobs/snapshot-claim';
import { snapshotScript } from '../../src/jobs/snapshot-script';
import { jobImages } from '../../src/jobs/tool-images';
import { Files, RCLONE_WITH_FOLDERS, runJobScript, ScriptOutcome } from '../support/job-scripts';

const CLAIM = claimPlace('recoverFrom', 'acme', { claimName: 'backups' }, true);
const WRITTEN_CLAIM = claimPlace('target', 'acme', { claimName: 'backups' });
const BUCKET = bucketPlace('recoverFrom', 'acme', { bucket: 'backups', credentialsSecretName: 'credentials', region: 'eu-central-1' }, jobImages({}, TalosVersion.V1_13));

/** A snapshot as etcd writes it, which ends with the hash of the rest. */
function snapshotOf(text: string): Buffer {
  const data = Buffer.alloc(1024, text);
  return Buffer.concat([data, createHash('sha256').update(data).digest()]);
}

/** A snapshot with the checksum that `EtcdSnapshots` puts beside it. */
function stored(name: string, folder = 'snapshots/acme'): Files {
  const snapshot = snapshotOf(name);
  return { [`${folder}/${name}`]: snapshot, [`${folder}/${name}.sha256`]: `${createHash('sha256').update(snapshot).digest('hex')}  ${name}\n` };
}

const OLD = 'etcd-20261201T000000Z.db';
const NEW = 'etcd-20261202T000000Z.db';

/** A member without data whose etcd answers once it is recovered. `$deed` is what a call is for; `$count` how often it came. */
const MEMBER = `case $deed in
  "a-0.a etcd status") [ -f scratch/recovered ] || { echo "connection refused"; exit 1; }; echo "healthy" ;;
  "a-0.a bootstrap --recover-from "*) echo "recovering from snapshot" ;;
  "a-0.a get machinestatus") ;;
  *) echo "connection refused"; exit 1 ;;
esac`;
const HAS_DATA = 'echo "error executing bootstrap: rpc error: code = AlreadyExists desc = etcd data directory is not empty"; exit 1';

interface Run {
  readonly files?: Files;
  /** What talosctl does before it acts as the member. */
  readonly talosctl?: string;
  readonly rclone?: string;
  readonly members?: string[];
  readonly place?: typeof CLAIM;
  readonly snapshot?: string;
  /** The time in the pod. */
  readonly now?: string;
  /** What has run in the same place. */
  readonly before?: string;
}

function run({ files = { ...stored(OLD), ...stored(NEW) }, talosctl = '', rclone = '', members = [], place = CLAIM, snapshot, now = '20991231T000000Z', before = '' }: Run = {}): ScriptOutcome {
  const script = recoveryScript({ host: 'a-0.a', all: 'a', record: 'a', functions: place.functions, snapshot });
  const nslookup = `nslookup() {
  case "$2" in a-0.a.) set -- 10.0.0.1 ;; *) set -- 10.0.0.1 ${members.join(' ')} ;; esac
  for address in "$@"; do printf 'Name:\\ta\\nAddress: %s\\n' "$address"; done
}
`;
  return runJobScript(nslookup + prelude() + before + script.replace(/\/tools\/busybox nslookup/g, 'nslookup').replace('/tools/busybox date -u +%Y%m%dT%H%M%SZ', `echo ${now}`), {
    talosctl: `host=$6; shift 6; deed="$host $*"\n${talosctl}\n${MEMBER}`,
    rclone: `${rclone}\n${RCLONE_WITH_FOLDERS}`,
  }, { other: '', ...files });
}

const deeds = ({ calls }: ScriptOutcome) => calls.filter((call) => call.startsWith('talosctl')).map((call) => call.replace(/.* --nodes /, ''));
const recovered = (outcome: ScriptOutcome) => deeds(outcome).filter((deed) => deed.includes('bootstrap')).map((deed) => deed.replace(/.*\//, ''));

describe('a recovery', () => {
  test('takes the newest good snapshot, and waits for etcd', () => {
    const outcome = run({ files: { ...stored(OLD), ...stored(NEW), 'snapshots/acme/etcd-20261203T000000Z.db': 'half-written' } });
    expect(deeds(outcome)).toEqual([
      'a-0.a etcd status', 'a-0.a get machinestatus', `a-0.a bootstrap --recover-from ./snapshots/acme/${NEW}`, 'a-0.a etcd status',
    ]);
    expect(outcome.output).toMatch(new RegExp(`^${NEW} has the checksum [0-9a-f]{64}\nrecovering from snapshot\nhealthy\netcd is recovered from ${NEW}\n$`));
    expect(outcome.status).toBe(0);
  });

  test.each([[OLD, stored(OLD)], ['copy.db', { 'snapshots/acme/copy.db': snapshotOf('copy') }]])('takes the one that is named: %s', (snapshot, files) => {
    const outcome = run({ snapshot, files: { ...stored(NEW), ...files } });
    expect(recovered(outcome)).toEqual([snapshot]);
    expect(outcome.output).toContain(`etcd is recovered from ${snapshot}\n`);
  });

  test('takes the one that is named, also if it has a later time than now', () => {
    expect(recovered(run({ snapshot: NEW, now: '20261201T120000Z' }))).toEqual([NEW]);
  });

  test('takes one of this second', () => {
    const name = 'etcd-20261202T000000Z-1b9d6bcd.db';
    expect(recovered(run({ files: { ...stored(OLD), ...stored(name) }, now: '20261202T000000Z' }))).toEqual([name]);
  });

  test('takes one from a bucket', () => {
    const outcome = run({ place: BUCKET, files: { ...stored(OLD, 'buckets/backups/acme'), ...stored(NEW, 'buckets/backups/acme') } });
    expect(recovered(outcome)).toEqual([NEW]);
    expect(outcome.status).toBe(0);
  });
});

test('it takes what `EtcdSnapshots` has stored', () => {
  const take = snapshotScript({ hosts: ['a-0.a'], functions: WRITTEN_CLAIM.functions, keep: 1, timeoutSeconds: 600 })
    .replace('/tools/busybox cat /proc/sys/kernel/random/uuid', 'echo 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed')
    .replace('now() { /tools/busybox date -u +%Y%m%dT%H%M%SZ', 'now() { echo 20261203T000000Z');
  const outcome = run({
    files: { ...stored(OLD), 'new.db': snapshotOf('new') },
    talosctl: 'case "$deed" in *"etcd snapshot "*) cp new.db "${deed##* }"; echo "snapshot info: hash 1"; exit ;; esac',
    before: take,
  });
  const [, name] = /^(etcd-\S+\.db) is stored: 1056 bytes from a-0\.a/.exec(outcome.output)!;
  expect(recovered(outcome)).toEqual([name]);
  expect(outcome.output).toContain(`${OLD} is removed\n${name} has the checksum `);
  expect(outcome.output).toContain(`etcd is recovered from ${name}\n`);
});

/** Brings what is below `later` to its place when the machine is asked for the third time. */
const LATER = 'case "$deed" in "a-0.a get machinestatus") [ "$count" != 3 ] || cp -r later/. . ;; esac';
const later = (files: Files) => Object.fromEntries(Object.entries(files).map(([name, content]) => [`later/${name}`, content]));

describe('it waits, and says for what', () => {
  test.each<[string, Run, string, string]>([
    ['the machine', { talosctl: 'case "$deed $count" in "a-0.a get machinestatus "[12]) echo "name resolver error"; exit 1 ;; esac' }, NEW, 'waiting for a-0.a: name resolver error\n'],
    ['a snapshot', { files: { 'snapshots/acme/.etcd-1.db': '', ...later(stored(OLD)) }, talosctl: LATER }, OLD, 'there is no good snapshot in the claim backups\n'],
    ['the directory of snapshots', { files: later(stored(OLD)), talosctl: LATER }, OLD, 'can\'t list the snapshots in the claim backups: '],
    ['a named snapshot', { snapshot: OLD, files: { ...stored(NEW), ...later(stored(OLD)) }, talosctl: LATER }, OLD, `there is no snapshot ${OLD} in the claim backups\n`],
    ['a snapshot that is whole', {
      snapshot: 'copy.db', files: { 'snapshots/acme/copy.db': snapshotOf('copy').subarray(0, 512), 'later/snapshots/acme/copy.db': snapshotOf('copy') }, talosctl: LATER,
    }, 'copy.db', 'copy.db isn\'t a whole snapshot of etcd: remove it, or name another one\n'],
    ['a snapshot whose hash is right', {
      snapshot: 'copy.db', files: { 'snapshots/acme/copy.db': Buffer.concat([Buffer.alloc(1024), Buffer.alloc(32)]), 'later/snapshots/acme/copy.db': snapshotOf('copy') }, talosctl: LATER,
    }, 'copy.db', 'copy.db isn\'t a whole snapshot of etcd: remove it, or name another one\n'],
    ['a snapshot whose checksum is right', {
      files: { ...stored(OLD), [`snapshots/acme/${OLD}`]: snapshotOf('damaged'), ...later(stored(OLD)) }, talosctl: LATER,
    }, OLD, `${OLD} is damaged: its checksum isn't the one of ${OLD}.sha256\n`],
    ['a name where a clock was ahead', {
      now: '20261201T120000Z', talosctl: `case "$deed $count" in "a-0.a get machinestatus 3") rm snapshots/acme/${NEW}* ;; esac`,
    }, OLD, `a clock is wrong: ${NEW} has a later time than now. Name the snapshot that is wanted\n`],
    ['the bucket', { place: BUCKET, files: stored(NEW, 'buckets/backups/acme'), rclone: '[ "$1 $count" != "lsf 1" ] || { echo "no route to host"; exit 1; }' }, NEW,
      'can\'t list the snapshots in s3://backups/acme: no route to host\n'],
    ['the object', { place: BUCKET, files: stored(NEW, 'buckets/backups/acme'), rclone: '[ "$1 $count" != "copyto 1" ] || { echo "connection reset"; exit 1; }' }, NEW,
      `can't fetch ${NEW} from s3://backups/acme: connection reset\n`],
    ['the machine to take it', { talosctl: 'case "$deed $count" in *bootstrap*" "[12]) echo "time is not in sync yet"; exit 1 ;; esac' }, NEW,
      'waiting for a-0.a to recover etcd: time is not in sync yet\n'],
  ])('%s', (_, options, snapshot, message) => {
    const outcome = run(options);
    expect(outcome.output).toContain(message);
    expect(recovered(outcome).pop()).toBe(snapshot);
    expect(new Set(recovered(outcome)).size).toBe(1);
    expect(outcome.output).toContain(`etcd is recovered from ${snapshot}\n`);
    expect(outcome.status).toBe(0);
  });

  test('and takes another snapshot when the one that it has is gone', () => {
    const outcome = run({ talosctl: `case "$deed $count" in *${NEW}" 1") rm snapshots/acme/${NEW}*; echo "not ready"; exit 1 ;; esac` });
    expect(recovered(outcome)).toEqual([NEW, OLD]);
    expect(outcome.output).toContain(`etcd is recovered from ${OLD}\n`);
  });

  test('and keeps the snapshot that it has, also when a newer one comes', () => {
    const outcome = run({
      files: { ...stored(OLD), ...later(stored(NEW)) },
      talosctl: 'case "$deed $count" in *bootstrap*" 1") cp -r later/. .; echo "not ready"; exit 1 ;; esac',
    });
    expect(recovered(outcome)).toEqual([OLD, OLD]);
  });
});

describe('it recovers nothing', () => {
  const NOTHING = 'etcd of a-0.a has data already, so nothing is recovered\n';

  test('where etcd runs, and needs no snapshot for that', () => {
    const outcome = run({ files: {}, talosctl: '[ "$deed" != "a-0.a etcd status" ] || { echo healthy; exit; }' });
    expect(outcome).toMatchObject({ status: 0, output: `${NOTHING}healthy\n` });
    expect(deeds(outcome)).toEqual(['a-0.a etcd status', 'a-0.a etcd status']);
  });

  test('where an empty etcd was faster, which the log shows', () => {
    const outcome = run({ talosctl: `case "$deed $count" in *bootstrap*) ${HAS_DATA} ;; "a-0.a etcd status "[3-9]) echo healthy; exit ;; esac` });
    expect(outcome.status).toBe(0);
    expect(recovered(outcome)).toEqual([NEW, NEW]);
    expect(outcome.output).toContain('a-0.a has data already, so nothing is recovered: waiting for its etcd\n');
    expect(outcome.output).toContain(`${NOTHING}healthy\n`);
    expect(outcome.output).not.toContain('etcd is recovered');
  });

  test('a second time after its own success, in the same pod', () => {
    const outcome = run({ files: { ...stored(NEW), 'scratch/recovered': `${OLD}\n` }, talosctl: '[ "$deed $count" != "a-0.a etcd status 1" ] || { echo starting; exit 1; }' });
    expect(outcome).toMatchObject({ status: 0, output: `waiting for etcd of a-0.a: starting\nhealthy\netcd is recovered from ${OLD}\n` });
    expect(deeds(outcome)).toEqual(['a-0.a etcd status', 'a-0.a etcd status']);
  });

  test('while the etcd of another member runs, which this one joins', () => {
    const outcome = run({ members: ['10.0.0.2', '10.0.0.3'], talosctl: 'case "$deed $count" in "10.0.0.3 etcd"*) exit ;; "a-0.a etcd status "[3-9]) echo joined; exit ;; esac' });
    expect(recovered(outcome)).toEqual([]);
    expect(outcome.output).toBe(`${'etcd runs at 10.0.0.3 already\nnothing is recovered while a member has data: waiting for etcd of a-0.a\n'.repeat(2)}${NOTHING}joined\n`);
  });

  test('where the etcd of another member begins a little later', () => {
    const outcome = run({ members: ['10.0.0.2'], talosctl: 'case "$deed $count" in "10.0.0.2 etcd status "[3-9]) exit ;; "a-0.a etcd status "[2-9]) echo joined; exit ;; esac' });
    expect(recovered(outcome)).toEqual([]);
    expect(outcome.output).toContain(`etcd runs at 10.0.0.2 already\n${NOTHING}joined\n`);
  });

  test('while members have data without a leader, and recovers when that is gone', () => {
    const outcome = run({ talosctl: 'case "$deed $count" in "a-0.a etcd status "[12]) echo "a-0.a 1 0 false 3.6.12 etcdserver: no leader"; exit ;; esac' });
    expect(outcome.output).toContain(`${'etcd of a-0.a has data, but no leader: nothing is recovered while a member has data\n'.repeat(2)}${NEW} has the checksum`);
    expect(recovered(outcome)).toEqual([NEW]);
  });
});

test('it asks the first member alone while the others have no data, and gives their etcd time to begin', () => {
  const outcome = run({ members: ['10.0.0.2', '10.0.0.3'] });
  expect(recovered(outcome)).toEqual([NEW]);
  expect(deeds(outcome).filter((deed) => deed.startsWith('10.0.0.2'))).toHaveLength(6);
});

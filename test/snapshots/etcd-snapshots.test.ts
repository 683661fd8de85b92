import { createHash, X509Certificate } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { BootstrapMode, EtcdSnapshots, EtcdSnapshotsProps, SecretDelivery, SnapshotTarget, TalosControlPlane, TalosControlPlaneProps, TalosMachineConfig, TalosNamespace } from '../../src';
import { controlPlaneProps, decode, newChart, STABLE } from '../support/control-planes';
import { RCLONE_WITH_FOLDERS, runJobScript, ScriptOutcome } from '../support/job-scripts';
import { isAllowed } from '../support/network-policies';
import { SHELLS } from '../support/shells';
import { warningsOf } from '../support/warnings';

const claim = SnapshotTarget.claim({ claimName: 'backups' });
const bucket = SnapshotTarget.s3({ endpoint: 'https://s3.example.com:9000', bucket: 'backups', credentialsSecretName: 'credentials' });
const existing: Partial<TalosControlPlaneProps> = { secrets: undefined, secretDelivery: SecretDelivery.existing({ secretName: 'vault' }) };

function synth(props: Partial<EtcdSnapshotsProps> = {}, controlPlane: Partial<TalosControlPlaneProps> = {}, defaultDeny: boolean = false): any[] {
  const chart = newChart();
  new TalosNamespace(chart, 'namespace', { defaultDeny });
  new EtcdSnapshots(chart, 'snapshots', {
    controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps(controlPlane)), schedule: '@daily', target: claim, ...props,
  });
  return Testing.synth(chart);
}

const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps(STABLE));

/** The CronJob of snapshots of a control plane. */
function cronJobOf(props: Partial<EtcdSnapshotsProps>, chart: Chart = newChart()): any {
  const name = props.name ?? 'acme-snapshots';
  const snapshots = new EtcdSnapshots(chart, name, { controlPlane, schedule: '@daily', target: claim, ...props });
  return (snapshots.node.findChild('Resource') as ApiObject).toJson();
}

const ofKind = (objects: any[], kind: string, name: string = 'acme-snapshots') =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);
const cronJob = (objects: any[], name?: string) => ofKind(objects, 'CronJob', name);
const pod = (objects: any[]) => cronJob(objects).spec.jobTemplate.spec.template;
const scriptOf = (job: any): string => job.spec.jobTemplate.spec.template.spec.containers[0].command[3];
const script = (objects: any[]): string => scriptOf(cronJob(objects));

describe('the CronJob', () => {
  test('runs one Job at a time, which ends', () => {
    const { spec } = cronJobOf({ schedule: '30 */6 * * *', timeZone: 'Europe/Berlin', timeout: Duration.minutes(20) });
    expect(spec).toMatchObject({
      schedule: '30 */6 * * *', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { activeDeadlineSeconds: 1200, backoffLimit: 1 } },
    });
    expect(spec).not.toHaveProperty('suspend');
  });

  test('is suspended with the members', () => {
    expect(cronJob(synth({}, { ...STABLE, suspend: true })).spec.suspend).toBe(true);
  });

  test('may take snapshots, and nothing else', () => {
    const { contexts: { acme } } = parse(decode(ofKind(synth(), 'Secret').data.talosconfig));
    expect(new X509Certificate(Buffer.from(acme.crt, 'base64')).subject).toBe('O=os:etcd:backup');
    expect(script(synth({}, existing))).toContain('--roles os:etcd:backup ');
    expect(script(synth({}, existing))).not.toContain('gen config');
  });

  test('has a pod without rights, whose log stays', () => {
    const { spec } = pod(synth({ target: bucket }));
    expect(spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    const images = [...spec.initContainers, ...spec.containers].map(({ image, securityContext }: any) => {
      expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      return image.split('/').pop().split(':')[0];
    });
    expect(images).toEqual(['busybox', 'rclone', 'talosctl']);
    expect(spec.containers[0].resources.limits).toEqual({ memory: '512Mi' });
  });

  test('takes rclone from the chosen image', () => {
    const { spec } = pod(synth({ target: bucket }, { toolImages: { rclone: 'registry.example.com/rclone:1' } }));
    expect(spec.initContainers[1]).toMatchObject({
      image: 'registry.example.com/rclone:1',
      command: ['/tools/busybox', 'cp', '/usr/local/bin/rclone', '/etc/ssl/certs/ca-certificates.crt', '/tools/'],
    });
  });

  test('gets its talosconfig in the way of the cluster', () => {
    const keys = newChart();
    expect(ofKind(synth({}, { secretDelivery: SecretDelivery.scope(keys) }), 'Secret')).toBeUndefined();
    expect(ofKind(Testing.synth(keys), 'Secret')).toBeDefined();
  });

  test('can be one of several of a cluster', () => {
    const chart = newChart();
    expect([cronJobOf({ name: 'near' }, chart), cronJobOf({ name: 'far', target: bucket }, chart)].map(({ metadata }) => metadata.name)).toEqual(['near', 'far']);
    expect(() => cronJobOf({ name: 'near' }, new Chart(chart, 'other'))).toThrow('(near) is already the name of the CronJob');
  });

  describe('has a place of its own', () => {
    const s3 = { bucket: 'backups', credentialsSecretName: 'credentials', endpoint: 'https://s3.example.com' };

    test.each([
      ['a claim', SnapshotTarget.claim({ claimName: 'backups', directory: 'acme' }), 'tenant', 'the directory \'acme\' of the claim backups', 'directory'],
      ['a bucket', SnapshotTarget.s3({ ...s3, endpoint: 'https://s3.example.com:9000/', prefix: 'acme' }), 'other', 's3://backups/acme of https://s3.example.com:9000', 'prefix'],
    ])('in %s', (kind, target, namespace, place, property) => {
      const app = new App();
      const [first, second] = ['tenant', namespace].map((name, index) => new Chart(app, `chart-${index}`, { namespace: name }));
      cronJobOf({ name: 'near', target: kind === 'a claim' ? claim : bucket }, first);
      const other = new TalosControlPlane(second, 'cp', controlPlaneProps());
      expect(() => cronJobOf({ name: 'far', target, controlPlane: other }, second))
        .toThrow(`'target' (${place}) has the snapshots of chart-0/near already, and each would remove those of the other: give one of them another '${property}'`);
    });

    test('which differs by claim, directory, namespace, bucket, prefix, endpoint or region', () => {
      const app = new App();
      const [chart, elsewhere] = ['tenant', 'other'].map((namespace) => new Chart(app, namespace, { namespace }));
      [
        claim, SnapshotTarget.claim({ claimName: 'others' }), SnapshotTarget.claim({ claimName: 'backups', directory: 'hourly' }), bucket, SnapshotTarget.s3(s3),
        SnapshotTarget.s3({ ...s3, bucket: 'others' }), SnapshotTarget.s3({ ...s3, prefix: 'hourly' }),
        ...['eu', 'us'].map((region) => SnapshotTarget.s3({ ...s3, endpoint: undefined, region })),
      ].forEach((target, index) => expect(cronJobOf({ name: `snapshots-${index}`, target }, chart)).toBeDefined());
      expect(cronJobOf({ controlPlane: new TalosControlPlane(elsewhere, 'cp', controlPlaneProps()) }, elsewhere)).toBeDefined();
    });
  });

  test('warns of an endpoint without TLS', () => {
    const chart = newChart();
    ['http', 'https'].forEach((scheme) => cronJobOf({
      name: scheme, target: SnapshotTarget.s3({ endpoint: `${scheme}://minio:9000`, bucket: 'backups', credentialsSecretName: 'credentials' }),
    }, chart));
    const warnings = warningsOf(chart).filter((text) => text.endsWith('[talos:snapshots-without-tls]'));
    expect(warnings).toEqual([expect.stringContaining('test/http')]);
    expect(warnings[0]).toContain('(http://minio:9000)');
  });
});

describe('its pods', () => {
  const objects = synth({ target: bucket }, { networkPolicy: {} }, true);
  const job = { namespace: 'tenant', labels: pod(objects).metadata.labels };
  const member = { namespace: 'tenant', labels: ofKind(objects, 'StatefulSet', 'acme-control-plane').spec.template.metadata.labels };
  const outside = { cidr: '192.0.2.1/32' };

  test.each([
    ['the Talos API', member, 'tcp/50000', true],
    ['DNS', outside, 'udp/53', true],
    ['the bucket', outside, 'tcp/9000', true],
    ['the Kubernetes API', member, 'tcp/6443', false],
    ['etcd', member, 'tcp/2379', false],
    ['another port', outside, 'tcp/443', false],
  ])('reach %s as they should, where all is denied', (_, to, port, allowed) => {
    expect(isAllowed(objects, job, to, port)).toBe(allowed);
  });

  test('need a policy where all is denied', () => {
    expect(() => synth({}, {}, true)).toThrow('\'networkPolicy\' is missing');
    expect(ofKind(synth(), 'NetworkPolicy')).toBeUndefined();
  });
});

describe('a schedule', () => {
  test.each([
    '* * * * *', '0 */6 * * *', '5,10-20/2 0-23 1 jan-Mar SUN,wed', '0/15 ? * * 0-6', ' 0  3 * 12 * ', '@yearly', '@midnight', '@every 1h30m', '007 1 1 1 1',
  ])('can be %p', (schedule) => {
    expect(cronJobOf({ schedule }).spec.schedule).toBe(schedule);
  });

  test.each([
    ['', 'is not a schedule'],
    ['* * * *', 'is not a schedule'],
    ['0 0 0 * * *', 'is not a schedule'],
    ['@reboot', 'is not a schedule'],
    ['@Daily', 'is not a schedule'],
    ['@every 6', 'is not a schedule'],
    ['TZ=Europe/Berlin * * * * *', 'is not a schedule'],
    ['60 * * * *', 'has \'60\' as its minute'],
    ['* 24 * * *', 'has \'24\' as its hour'],
    ['* * 0 * *', 'has \'0\' as its day of the month'],
    ['* * * 13 *', 'has \'13\' as its month'],
    ['* * * * 7', 'has \'7\' as its day of the week'],
    ['* * * * mon-sun', 'has \'mon-sun\' as its day of the week'],
    ['*/0 * * * *', 'has \'*/0\' as its minute'],
    ['5- * * * *', 'has \'5-\' as its minute'],
    ['1,,2 * * * *', 'has \'1,,2\' as its minute'],
    ['*-5 * * * *', 'has \'*-5\' as its minute'],
    ['1/2/3 * * * *', 'has \'1/2/3\' as its minute'],
    ['jan * * * *', 'has \'jan\' as its minute'],
  ])('can\'t be %p', (schedule, message) => {
    expect(() => cronJobOf({ schedule })).toThrow(message);
  });
});

test.each<[Partial<EtcdSnapshotsProps>, string]>([
  [{ timeZone: 'Mars/Olympus' }, '\'timeZone\' (Mars/Olympus) is not a time zone'],
  [{ timeZone: 'europe/berlin' }, '\'timeZone\' (europe/berlin) is not a time zone'],
  [{ timeZone: 'Local' }, '\'timeZone\' (Local) is not a time zone'],
  [{ timeZone: '' }, '\'timeZone\' () is not a time zone'],
  [{ timeZone: '+01:00' }, '\'timeZone\' (+01:00) is not a time zone'],
  [{ keep: 0 }, '\'keep\' (0) must be a whole number of at least 1'],
  [{ keep: 1.5 }, '\'keep\' (1.5) must be a whole number'],
  [{ timeout: Duration.seconds(59) }, '\'timeout, in seconds\' (59) must be a whole number of at least 60'],
  [{ name: 'Acme' }, '\'name\' (Acme) is not a DNS label'],
  [{ name: 'a'.repeat(53) }, 'has 53 characters, 52 at most'],
  [{ target: SnapshotTarget.claim({ claimName: 'Backups' }) }, '\'target.claimName\' (Backups) is not a DNS name'],
  [{ target: SnapshotTarget.claim({ claimName: 'a', directory: '..' }) }, '\'target.directory\' (..) is not a directory'],
  [{ target: SnapshotTarget.s3({ bucket: 'backups', region: 'eu', credentialsSecretName: 'acme-snapshots' }) },
    '\'target.credentialsSecretName\' (acme-snapshots) is the name of a Secret that is made at test/acme-snapshots/Talosconfig'],
  [{ target: SnapshotTarget.s3({ bucket: 'backups', region: 'eu', credentialsSecretName: 'bucket', caSecretName: 'acme-snapshots' }) },
    '\'target.caSecretName\' (acme-snapshots) is the name of a Secret that is made at test/acme-snapshots/Talosconfig'],
  [{ target: 'claim' as any }, '\'target\' is a string'],
])('refuses %p', (props, message) => {
  expect(() => cronJobOf(props)).toThrow(message);
});

test('refuses a Secret that comes later, under the name of the one with the credentials', () => {
  const chart = newChart();
  cronJobOf({ target: bucket }, chart);
  expect(() => cronJobOf({ name: 'credentials', target: claim }, chart))
    .toThrow('\'name\' (credentials) is the name of the Secret in \'target.credentialsSecretName\' of test/acme-snapshots, which would be overwritten');
});

test.each(['UTC', 'Etc/UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])('takes the time zone %s', (timeZone) => {
  expect(cronJobOf({ timeZone }).spec.timeZone).toBe(timeZone);
});

test('refuses a control plane of another namespace, and one whose keys are made elsewhere', () => {
  const machineConfig = TalosMachineConfig.fromSecretName(newChart(), 'config', 'machine-config');
  expect(() => synth({}, { machineConfig, bootstrap: BootstrapMode.MANUAL })).toThrow('\'secrets\' is missing');
  expect(() => new EtcdSnapshots(newChart('other'), 'snapshots', { controlPlane, schedule: '@daily', target: claim })).toThrow('\'controlPlane\' is in the namespace tenant');
});

/** What etcd sends: its data, and their SHA-256. */
const DATA = 'data of etcd';
const DIGEST = createHash('sha256').update(DATA).digest();
const SNAPSHOT = Buffer.concat([Buffer.from(DATA), DIGEST]);
const NAME = 'etcd-20261201T060000Z-1b9d6bcd.db';
/** What makes the name of a snapshot, and what does in its place. */
const UUID = ['/tools/busybox cat /proc/sys/kernel/random/uuid', 'echo 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'] as const;
const NOW = ['now() { /tools/busybox date -u +%Y%m%dT%H%M%SZ', 'now() { echo 20261201T060000Z'] as const;
const octalsOf = (data: string) => data + [...createHash('sha256').update(data).digest()].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const TALOSCTL = `case "$7 $8" in
  "etcd snapshot") printf '${octalsOf(DATA)}' > "$9"; echo "etcd snapshot saved to \\"$9\\" (44 bytes)"; echo "snapshot info: hash 1234abcd, revision 7, total keys 3, total size 44" ;;
  *) echo "unknown command: $*"; exit 1 ;;
esac`;

const earlier = (day: number): [string, string] => [`etcd-202611${String(day).padStart(2, '0')}T060000Z.db`, `day ${day}`];
const withChecksums = (snapshots: [string, string][]) => Object.fromEntries(snapshots.flatMap(([name, text]) => [
  [name, text], [`${name}.sha256`, `${createHash('sha256').update(text).digest('hex')}  ${name}\n`],
]));

describe.each([['a claim', claim, 'snapshots/acme'], ['a bucket', bucket, 'buckets/backups/acme']] as const)('a run with %s', (kind, target, folder) => {
  const run = (props: Partial<EtcdSnapshotsProps> = {}, talosctl = '', files: { [name: string]: string } = {}, rclone = '', late = 9): ScriptOutcome => {
    const clock = scriptOf(cronJobOf({ target, ...props }))
      .replace(NOW[0], `now() { echo x >> times; [ "$(wc -l < times)" -lt ${late} ] && echo 20261201T060000Z || echo 20261201T060500Z`)
      .replace(...UUID)
      .replace('/tools/busybox date +%s;', 'echo x >> clock; echo "$(($(wc -l < clock) * 300))";');
    return runJobScript(clock, { talosctl: `${talosctl}\n${TALOSCTL}`, rclone: `${rclone}\n${RCLONE_WITH_FOLDERS}` }, {
      [`${folder}/notes.txt`]: 'mine', ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text])),
    });
  };
  const left = ({ file }: ScriptOutcome, snapshots: [string, string][]) => snapshots.filter(([name]) => file(`${folder}/${name}`) !== undefined).map(([, text]) => text);
  const sum = createHash('sha256').update(SNAPSHOT).digest('hex');

  test('stores a snapshot of the first member with its checksum', () => {
    const outcome = run();
    const host = 'acme-control-plane-0.acme-control-plane.tenant.svc.cluster.local';
    expect(outcome.output).toBe(`${NAME} is stored: 44 bytes from ${host}, SHA-256 ${sum}, snapshot info: hash 1234abcd, revision 7, total keys 3, total size 44\n`);
    expect(outcome.status).toBe(0);
    expect(outcome.file(`${folder}/${NAME}.sha256`)).toBe(`${sum}  ${NAME}\n# snapshot info: hash 1234abcd, revision 7, total keys 3, total size 44\n# from ${host}\n`);
    expect(outcome.file(`${folder}/${NAME}`)).toBe(SNAPSHOT.toString('utf8'));
    expect(outcome.calls.filter((call) => call.startsWith('talosctl'))).toHaveLength(1);
  });

  test.each([
    ['doesn\'t answer', 'case "$4" in *-0.*) echo refused; exit 1 ;; esac', /^no snapshot from acme-control-plane-0.*: refused\n/],
    ['ends in the middle', 'case "$4" in *-0.*) echo half > "$9.part"; echo "the connection ended"; exit 1 ;; esac', /^no snapshot from acme-control-plane-0.*: the connection ended\n/],
    ['gives half a snapshot', 'case "$4" in *-0.*) printf "half of the data of a snapshot, without a checksum" > "$9"; exit ;; esac', /-0.*: what came is damaged\n/],
    ['gives nothing', 'case "$4" in *-0.*) : > "$9"; exit ;; esac', /-0.*: what came is damaged\n/],
  ])('takes the next member where one %s', (_, talosctl, output) => {
    const outcome = run({}, talosctl);
    expect(outcome.output).toMatch(output);
    expect(outcome.output).toContain(`${NAME} is stored: 44 bytes from acme-control-plane-1.`);
    expect(outcome.status).toBe(0);
  });

  test('waits for members that start', () => {
    const outcome = run({}, 'case "$count" in [12]) echo starting; exit 1 ;; esac');
    expect(outcome.output.match(/no snapshot from/g)).toHaveLength(6);
    expect(outcome.status).toBe(0);
  });

  test('fails and removes nothing where no member gives a snapshot', () => {
    const snapshots = [1, 2, 3].map(earlier);
    const outcome = run({ keep: 1 }, 'echo half > "$9"; echo refused; exit 1', withChecksums(snapshots));
    expect(outcome.output).toMatch(/no member has given a snapshot\n$/);
    expect(outcome.status).toBe(1);
    expect(left(outcome, snapshots)).toHaveLength(3);
    expect([folder, 'snapshots', 'snapshots/acme'].map((place) => outcome.file(`${place}/.${NAME}`))).toEqual([undefined, undefined, undefined]);
  });

  test.each([[1, ['new']], [2, ['new', 'day 3']], [4, ['new', 'day 1', 'day 2', 'day 3']], [9, ['new', 'day 1', 'day 2', 'day 3']]])('keeps %d', (keep, expected) => {
    const snapshots = [1, 2, 3].map(earlier);
    const outcome = run({ keep }, '', withChecksums(snapshots));
    expect([...outcome.file(`${folder}/${NAME}`) === undefined ? [] : ['new'], ...left(outcome, snapshots)]).toEqual(expected);
    expect(outcome.status).toBe(0);
  });

  test('leaves what isn\'t a good snapshot, and what has a later time', () => {
    const others = { 'etcd-20261101T000000Z.db': 'no checksum', 'etcd-2026.db': 'odd', 'etcd-2026.db.sha256': 'odd', 'my-etcd-20261101T060000Z.db': 'mine' };
    const later = withChecksums([['etcd-20991231T060000Z.db', 'tomorrow']]);
    const outcome = run({ keep: 1 }, '', { ...others, ...later, ...withChecksums([earlier(2)]) });
    expect(Object.keys({ ...others, ...later, 'notes.txt': '', [NAME]: '' }).filter((name) => outcome.file(`${folder}/${name}`) === undefined)).toEqual([]);
    expect(outcome.output).toMatch(/etcd-20261102T060000Z.db is removed\na clock is wrong: .* and stay: etcd-20991231T060000Z.db\n$/);
    expect(outcome.status).toBe(0);
  });

  test('takes the clock for right where another Job has stored a snapshot in the meantime', () => {
    const others: [string, string][] = [['etcd-20261201T060100Z.db', 'of another Job'], earlier(1)];
    const outcome = run({ keep: 2 }, '', withChecksums(others), '', 2);
    expect(left(outcome, others)).toEqual(['of another Job']);
    expect(outcome.file(`${folder}/${NAME}`)).toBeDefined();
    expect(outcome.output).toMatch(/is stored: .*\netcd-20261101T060000Z.db is removed\n$/);
  });

  describe('beside another one in the same second', () => {
    const both = (props: Partial<EtcdSnapshotsProps>, talosctl: string, files: [string, string][] = [], rclone = '') => {
      const clock = scriptOf(cronJobOf({ target, ...props })).replace(...NOW);
      const each = (id: string) => `( ${clock} ) > ${id} 2>&1 || echo "failed: $?" >> ${id}`;
      const outcome = runJobScript(`{ ${each('one')}; } & { ${each('two')}; } & wait; cat one two`, { talosctl, rclone: `${rclone}\n${RCLONE_WITH_FOLDERS}` },
        Object.fromEntries(Object.entries(withChecksums(files)).map(([name, text]) => [`${folder}/${name}`, text])), SHELLS.slice(-1));
      const names = [...outcome.output.matchAll(/^(etcd-\S+) is stored/gm)].map(([, name]) => name);
      return { ...outcome, names };
    };
    // each gives another snapshot, when both have been asked for
    const MEETING = `echo x >> meeting; mine=$(wc -l < meeting); while [ "$(wc -l < meeting)" -lt 2 ]; do sleep 0.05; done
case $mine in 1) printf '${octalsOf('data 1')}' ;; *) printf '${octalsOf('data 2')}' ;; esac > "$9"
echo "snapshot info: hash 1, revision $mine, total keys 3, total size 38"`;

    test('stores both, whole', () => {
      const { output, names, file } = both({}, MEETING);
      expect(output).not.toMatch(/failed|can't|no snapshot from/);
      expect(new Set(names).size).toBe(2);
      names.forEach((name) => {
        expect(name).toMatch(/^etcd-20261201T060000Z-[0-9a-f]{8}[.]db$/);
        const content = file(`${folder}/${name}`)!;
        const revision = /^data (\d)/.exec(content)![1];
        expect(file(`${folder}/${name}.sha256`)).toContain(`revision ${revision},`);
      });
    });

    test('keeps one of both, and takes it well that the other one has removed a snapshot', () => {
      const { output, file, names } = both({ keep: 1 }, MEETING, [earlier(1), earlier(2)]);
      expect(output).not.toMatch(/failed|can't/);
      expect(names.filter((name) => file(`${folder}/${name}`) !== undefined)).toHaveLength(1);
    });
  });

  if (kind === 'a bucket') {
    test.each([['sha256', '*.sha256'], ['snapshot', '*.db']])('fails and removes nothing where the %s doesn\'t arrive', (_, pattern) => {
      const snapshots = [1, 2, 3].map(earlier);
      const outcome = run({ keep: 1 }, '', withChecksums(snapshots), `case "$1 $3" in "copyto :s3:"${pattern}) echo "connection refused"; exit 1 ;; esac`);
      expect(outcome.output).toBe(`can't store ${NAME}: connection refused\n`);
      expect(outcome.status).toBe(1);
      expect(left(outcome, snapshots)).toHaveLength(3);
      expect(outcome.file(`${folder}/${NAME}`)).toBeUndefined();
      expect(outcome.file(`${folder}/${NAME}.sha256`)).toBeUndefined();
    });

    test('fails where old ones can\'t be removed, and keeps the new one', () => {
      const outcome = run({ keep: 1 }, '', withChecksums([earlier(1)]), 'case "$1" in deletefile) echo forbidden; exit 1 ;; esac');
      expect(outcome.output).toMatch(/^etcd-20261201T060000Z-1b9d6bcd.db is stored: .*\ncan't remove etcd-20261101T060000Z.db: forbidden\n$/);
      expect(outcome.status).toBe(1);
      expect(outcome.file(`${folder}/${NAME}`)).toBeDefined();
    });
  }
});

test('a bundle that synthesis never sees gives a talosconfig with one role, and its authority\'s key doesn\'t stay', () => {
  const { output, status, file, calls } = runJobScript(script(synth({}, existing)).replace(...UUID).replace(...NOW), {
    talosctl: `case $* in
      "gen key "*) echo key > "$4.key" ;;
      "gen csr "*) cat "$4" > /dev/null && echo csr > "\${4%.key}.csr" ;;
      "gen crt "*) grep -q 'ED25519 PRIVATE KEY' "$4.key" && grep -q 'BEGIN CERTIFICATE' "$4.crt" && echo crt > "$8.crt" ;;
    esac || exit 1
    [ "$1" = gen ] && exit
    ${TALOSCTL}`,
  }, { 'bundle/bundle': readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8') });
  expect({ output, status }).toEqual({ output: expect.stringMatching(/^etcd-.*is stored/), status: 0 });
  expect(calls[1]).toBe('talosctl gen csr --key ./scratch/client.key --ip 127.0.0.1 --roles os:etcd:backup --force');
  const { context, contexts: { acme } } = parse(file('scratch/talosconfig')!);
  expect([context, decode(acme.crt), decode(acme.key)]).toEqual(['acme', 'crt\n', 'key\n']);
  expect([file('scratch/ca.key'), file('scratch/values')]).toEqual([undefined, undefined]);
});

import { createHash } from 'crypto';
import { TalosVersion } from '../../src';
import { prelude } from '../../src/jobs/scripts';
import { bucketPlace, SnapshotS3Options } from '../../src/jobs/snapshot-bucket';
import { claimPlace } from '../../src/jobs/snapshot-claim';
import { jobImages } from '../../src/jobs/tool-images';
import { RCLONE_WITH_FOLDERS, runJobScript, ScriptOutcome } from '../support/job-scripts';

const images = jobImages({}, TalosVersion.V1_13);
const S3: SnapshotS3Options = { bucket: 'backups', credentialsSecretName: 'credentials', endpoint: 'https://s3.example.com' };
const bucket = (options: Partial<SnapshotS3Options> = {}) => bucketPlace('target', 'acme', { ...S3, ...options }, images);

/** Both kinds of places, and where their files are in a test. */
const PLACES = [
  ['a claim', claimPlace('target', 'acme', { claimName: 'backups' }), 'snapshots/acme', 'the claim backups'],
  ['a bucket', bucket(), 'buckets/backups/acme', 's3://backups/acme'],
] as const;

const names = (day: number, text = `day ${day}`) => {
  const name = `etcd-2026120${day}T000000Z.db`;
  return { [name]: text, [`${name}.sha256`]: `${createHash('sha256').update(text).digest('hex')}  ${name}\n# hash 1\n` };
};
const below = (folder: string, files: { [name: string]: string }) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

describe.each(PLACES)('%s', (_kind, { functions }, folder, place) => {
  const run = (script: string, files: { [name: string]: string } = {}, rclone = ''): ScriptOutcome => runJobScript(`${prelude()}${functions.replace('/tools/busybox date -u +%Y%m%dT%H%M%SZ', 'echo 20261231T000000Z')}${script}`, {
    talosctl: 'exit 1', rclone: `${rclone}\n${RCLONE_WITH_FOLDERS}`,
  }, below(folder, files));

  test('lists the good snapshots, the oldest first', () => {
    const files = {
      ...names(3),
      ...names(1),
      'etcd-20261202T000000Z.db': 'no checksum',
      'etcd-20261204T000000Z.db.sha256': 'no snapshot',
      'notes.txt': '',
      '.etcd-20261205T000000Z.db': '',
      'my-etcd-20261206T000000Z.db': '',
      'my-etcd-20261206T000000Z.db.sha256': '',
      'etcd-1.db': '',
      'etcd-1.db.sha256': '',
    };
    expect(run('list', files)).toMatchObject({ status: 0, output: 'etcd-20261201T000000Z.db\netcd-20261203T000000Z.db\n' });
  });

  test('stores a snapshot with its checksum, which comes first', () => {
    const { file, status } = run('prepare && echo snapshot > "$directory/.a.db" && echo checksum > "$directory/.a.db.sha256" && store a.db', { other: '' });
    expect(status).toBe(0);
    expect([file(`${folder}/a.db`), file(`${folder}/a.db.sha256`)]).toEqual(['snapshot\n', 'checksum\n']);
    expect([file('snapshots/.a.db'), file('snapshots/acme/.a.db')]).toEqual([undefined, undefined]);
  });

  test('stores no snapshot without a checksum', () => {
    const { file, status } = run('prepare && echo snapshot > "$directory/.a.db" && store a.db > /dev/null 2>&1', { other: '' });
    expect(status).not.toBe(0);
    expect(file(`${folder}/a.db`)).toBeUndefined();
  });

  test('removes a snapshot with its checksum', () => {
    const { file, status } = run('remove etcd-20261201T000000Z.db', { ...names(1), ...names(2) });
    expect(status).toBe(0);
    expect([1, 2].map((day) => Object.keys(names(day)).map((name) => file(`${folder}/${name}`) !== undefined))).toEqual([[false, false], [true, true]]);
  });

  test.each<[string, string, { [name: string]: string }, number, RegExp]>([
    ['the newest good one', 'fetch && cat "$snapshot"', { ...names(1), ...names(2), 'etcd-20261203T000000Z.db': 'half' }, 0, /^etcd-20261202T000000Z.db has the checksum [0-9a-f]{64}\nday 2$/],
    ['a named one', 'fetch etcd-20261201T000000Z.db && cat "$snapshot"', { ...names(1), ...names(2) }, 0, /^etcd-20261201T000000Z.db has the checksum [0-9a-f]{64}\nday 1$/],
    ['a foreign one', 'fetch "my copy.db" && cat "$snapshot"', { 'my copy.db': 'mine' }, 0, /^my copy.db has no checksum beside it\nmine$/],
    ['one like an option', 'fetch -v.db && cat "$snapshot"', { '-v.db': 'mine' }, 0, /^-v.db has no checksum beside it\nmine$/],
    ['one that isn\'t there', 'fetch other.db', names(1), 1, /^there is no snapshot other.db in .*backups/],
    ['none', 'fetch', { 'etcd-20261203T000000Z.db': 'half' }, 1, /^there is no good snapshot in .*backups/],
    ['a damaged one', 'fetch', { ...names(1), 'etcd-20261201T000000Z.db': 'damaged' }, 1, /^etcd-20261201T000000Z.db is damaged: its checksum isn't the one of etcd-20261201T000000Z.db.sha256\n$/],
  ])('fetches %s', (_, script, files, status, output) => {
    const outcome = run(script, files);
    expect(outcome.output).toMatch(output);
    expect(outcome.status).toBe(status);
  });

  test('says why nothing is listed', () => {
    // tools have other words for the same
    const said = (script: string) => run(`out=$(${script}); code=$?; echo "$out" | sed 's/: ls: .*: No such file.*/: No such file/'; exit "$code"`);
    const unlisted = new RegExp(`^can't list the snapshots in ${place}: .*(No such file|bucket does not exist)\n$`);
    expect(said('list')).toMatchObject({ status: 1, output: expect.stringMatching(unlisted) });
    expect(said('fetch')).toMatchObject({ status: 1, output: expect.stringMatching(unlisted) });
  });
});

describe('a claim', () => {
  test('is clean of what Jobs have left long ago', () => {
    const { file } = runJobScript(`${prelude()}${PLACES[0][1].functions}touch -d '2020-01-01 00:00:00' "$directory/.etcd-1.db.part" "$directory/etcd-1.db"; prepare`, { talosctl: '' }, {
      'snapshots/acme/.etcd-1.db.part': '', 'snapshots/acme/.etcd-2.db': '', 'snapshots/acme/etcd-1.db': '',
    });
    expect(['.etcd-1.db.part', '.etcd-2.db', 'etcd-1.db'].map((name) => file(`snapshots/acme/${name}`) !== undefined)).toEqual([false, true, true]);
  });

  test('says that it can\'t be written', () => {
    const { output, status } = runJobScript(`${prelude()}${PLACES[0][1].functions}ln -s /nowhere/file "$directory/.etcd-is-writable"; prepare`, { talosctl: '' }, {
      'snapshots/acme/etcd-1.db': '',
    });
    expect(output).toMatch(/^touch: .*No such file or directory\n$/);
    expect(status).not.toBe(0);
  });

  test('can be read only, and have its snapshots in its root', () => {
    const { mounted, functions, ports } = claimPlace('from', 'acme', { claimName: 'backups', directory: '' }, true);
    expect(mounted.volumes).toEqual([{ name: 'snapshots', persistentVolumeClaim: { claimName: 'backups' } }]);
    expect(mounted.volumeMounts).toEqual([{ name: 'snapshots', mountPath: '/snapshots', readOnly: true }]);
    expect(functions).toContain('directory=\'/snapshots\'\n');
    expect(ports).toEqual([]);
  });
});

describe('a bucket', () => {
  const env = (options: Partial<SnapshotS3Options> = {}) =>
    Object.fromEntries(bucket(options).mounted.env!.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));

  test('gets its settings and credentials as environment variables', () => {
    expect(env({ endpoint: 'http://minio.storage:9000', region: 'here', pathStyle: false, caSecretName: 'authority' })).toMatchObject({
      RCLONE_S3_PROVIDER: 'Other',
      RCLONE_S3_ENDPOINT: 'http://minio.storage:9000',
      RCLONE_S3_REGION: 'here',
      RCLONE_S3_FORCE_PATH_STYLE: 'false',
      RCLONE_CA_CERT: '/snapshots-ca/ca.crt',
      RCLONE_S3_ACCESS_KEY_ID: { secretKeyRef: { name: 'credentials', key: 'AWS_ACCESS_KEY_ID' } },
      RCLONE_S3_SECRET_ACCESS_KEY: { secretKeyRef: { name: 'credentials', key: 'AWS_SECRET_ACCESS_KEY' } },
    });
    expect(env({ endpoint: undefined, region: 'eu-central-1' })).toMatchObject({ RCLONE_S3_PROVIDER: 'AWS', RCLONE_S3_REGION: 'eu-central-1' });
    expect(Object.keys(env())).not.toEqual(expect.arrayContaining(['RCLONE_CA_CERT', 'RCLONE_S3_REGION', 'RCLONE_S3_FORCE_PATH_STYLE']));
  });

  test.each<[Partial<SnapshotS3Options>, number]>([
    [{}, 443], [{ endpoint: 'http://minio' }, 80], [{ endpoint: 'https://[2001:db8::1]:9000/' }, 9000], [{ endpoint: undefined, region: 'eu' }, 443],
  ])('needs the port of its endpoint: %p', (options, port) => {
    expect(bucket(options).ports).toEqual([port]);
  });

  test('keeps a snapshot on its way on a disk', () => {
    const { volumes } = bucket({ scratchSizeLimit: '3Gi', caSecretName: 'authority' }).mounted;
    expect(volumes).toEqual([
      { name: 'snapshots', emptyDir: { sizeLimit: '3Gi' } },
      { name: 'snapshots-ca', secret: { secretName: 'authority', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
  });

  test.each<[Partial<SnapshotS3Options>, string]>([
    [{ bucket: 'My_Bucket' }, '\'target.bucket\' (My_Bucket) is not the name of a bucket'],
    [{ endpoint: 'minio:9000' }, '\'target.endpoint\' (minio:9000) is not the URL of a service'],
    [{ endpoint: 'https://key:password@minio' }, '\'target.endpoint\' (https://******@minio) is not the URL'],
    [{ endpoint: 'https://minio/path' }, '\'target.endpoint\' (https://minio/path) is not the URL'],
    [{ endpoint: 'ftp://minio' }, '\'target.endpoint\' (ftp://minio) is not the URL'],
    [{ endpoint: 'https://minio:0' }, '\'target.endpoint\' (https://minio:0) is not the URL'],
    [{ endpoint: undefined }, '\'target.region\' is missing'],
    [{ endpoint: undefined, region: 'eu', pathStyle: true }, '\'target.pathStyle\' (true) needs an \'endpoint\', for example \'https://s3.eu.amazonaws.com\''],
    [{ region: 'eu central' }, '\'target.region\' (eu central) is not a region'],
    [{ prefix: '../other' }, '\'target.prefix\' (../other) is not a directory'],
    [{ prefix: 'a//b' }, '\'target.prefix\' (a//b) is not a directory'],
    [{ prefix: '/a' }, '\'target.prefix\' (/a) is not a directory'],
    [{ prefix: 'it\'s' }, '\'target.prefix\' (it\'s) is not a directory'],
    [{ credentialsSecretName: 'A' }, '\'target.credentialsSecretName\' (A) is not a DNS name'],
    [{ caSecretName: 'A' }, '\'target.caSecretName\' (A) is not a DNS name'],
    [{ scratchSizeLimit: 'much' }, '\'target.scratchSizeLimit\' (much) is not a quantity'],
  ])('refuses %p', (options, message) => {
    expect(() => bucket(options)).toThrow(message);
  });

  test('shows no password of an endpoint', () => {
    expect(() => bucket({ endpoint: 'https://key:password@minio' })).not.toThrow('password');
  });
});

import { execFileSync, spawn, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind } from './manifests';
import { applyAll, endOf } from './rollout';
import { newNamespace } from './run';
import { until } from './until';
import { SecretDelivery, TalosVersion } from '../../src';
import { BundleSecretsJob } from '../../src/jobs/bundle-secrets-job';
import { CredentialJobs } from '../../src/jobs/credential-jobs';
import { jobImages } from '../../src/jobs/tool-images';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'keyless-jobs-')); });
afterEach(() => rmSync(folder, { recursive: true }));

const BUNDLE = readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8');

/** A talosctl whose bundles differ in the cluster's id, and which makes credentials of the bundle that it is given. */
const TALOSCTL = `#!/bin/sh
case $* in
  "gen secrets "*) sed "s|id: .*|id: $$-$(date +%N)|" "$BUNDLE" > "$5" ;;
  "gen config "*) grep id: "$6" > "\${10}" ;;
  *" config endpoint "*) file=$2; shift 4; echo "endpoints: $*" >> "$file" ;;
  *" kubeconfig "*) echo '{"apiVersion":"v1","kind":"Config","clusters":[{"name":"acme","cluster":{"server":"https://10.0.0.1:6443","certificate-authority-data":"Y2E="}}]}' > "$9" ;;
  *) echo "unknown command: $*"; exit 1 ;;
esac
`;

/** Both Jobs, in a namespace that takes only pods without any rights. */
function manifests(namespace: string, delivery: SecretDelivery = SecretDelivery.generateOnce({ talosAuthoritySecretName: 'acme-talos-ca' })): KubeObject[] {
  const objects = synthesize(namespace, (chart) => {
    const common = { ...jobImages({}, TalosVersion.V1_13), clusterName: 'acme', bundle: delivery._bundleSecrets('acme')!, labels: {} };
    new BundleSecretsJob(chart, 'secrets', common);
    new CredentialJobs(chart, 'credentials', {
      ...common, namespace, hosts: ['a-0.a'], talosEndpoints: ['a.example.com'], kubernetesEndpoint: 'https://[2001:db8::1]:6443',
    });
  });
  const [{ metadata }] = ofKind(objects, 'Namespace');
  metadata.labels = { ...metadata.labels, 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'latest' };
  return objects;
}

/** The objects without the Jobs, which end at once on pretended nodes. */
const withoutJobs = (objects: KubeObject[]) => objects.filter(({ kind }) => kind !== 'Job' && kind !== 'CronJob');
const jobOf = (objects: KubeObject[], prefix: string) => ofKind(objects, 'Job').find(({ metadata }) => metadata.name.startsWith(prefix))!;
const account = ({ metadata: { namespace }, spec: { template } }: KubeObject) => `system:serviceaccount:${namespace}:${template.spec.serviceAccountName}`;

interface Run {
  readonly output: () => string;
  readonly end: Promise<string>;
}

let runs = 0;

/** Runs the script of a Job with kubectl as its account. */
function start(job: KubeObject, bundle?: string): Run {
  const own = join(folder, `${++runs}`);
  [own, join(own, 'scratch'), join(own, 'bundle')].forEach((path) => mkdirSync(path));
  writeFileSync(join(own, 'fixture'), BUNDLE);
  writeFileSync(join(own, 'bundle', 'bundle'), bundle ?? '');
  writeFileSync(join(own, 'talosctl'), TALOSCTL, { mode: 0o755 });
  const script = job.spec.template.spec.containers[0].command[3]
    .replace(/\/tools\/busybox sleep \d+/g, 'sleep 0.3')
    .replace(/\/tools\/busybox /g, '')
    .replace(/\/tools\/kubectl --cache-dir \/scratch/g, `kubectl --cache-dir ${folder}/cache --as ${account(job)} --namespace ${job.metadata.namespace}`)
    .replace(/(?<![\w/])\/talosctl/g, './talosctl')
    .replace(/(?<![\w/])\/(scratch|bundle)\b/g, './$1');
  const child = spawn('sh', ['-c', script], { cwd: own, env: { PATH: process.env.PATH, KUBECONFIG: process.env.KUBECONFIG, BUNDLE: join(own, 'fixture') } });
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  const end = new Promise<string>((done) => child.on('close', (code) => done(code === 0 ? output : `${output}exit code ${code}`)));
  return { output: () => output, end };
}

const secretOf = (namespace: string, name: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
async function secret(namespace: string, name: string): Promise<KubeObject> {
  const { status, body } = await client.get(secretOf(namespace, name));
  return status === 200 ? body : undefined;
}
const textOf = (object: KubeObject, key = 'bundle') => Buffer.from(object.data[key], 'base64').toString();
const idOf = (object: KubeObject): string => parse(textOf(object)).cluster.id;
const DONE = /secret\/acme-worker-secrets serverside-applied\nsecret\/acme-talos-ca serverside-applied\n$/;

test('ten Jobs at once make one bundle, a later one changes nothing, and what is deleted is waited for or made again', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace);
  const job = jobOf(objects, 'acme-secrets');
  await applyAll(client, withoutJobs(objects));
  const ends = await Promise.all(Array.from({ length: 10 }, () => start(job).end));
  ends.forEach((output) => expect(output).toMatch(DONE));
  expect(ends.filter((output) => output.includes('secret/acme-secrets serverside-applied'))).toHaveLength(1);
  const [bundle, workers] = [await secret(namespace, 'acme-secrets'), await secret(namespace, 'acme-worker-secrets')];
  expect(idOf(workers)).toBe(idOf(bundle));
  expect(parse(textOf(workers)).certs).toEqual({ k8s: { crt: parse(BUNDLE).certs.k8s.crt }, os: { crt: parse(BUNDLE).certs.os.crt } });
  const authority = await secret(namespace, 'acme-talos-ca');
  expect(authority).toMatchObject({ type: 'kubernetes.io/tls', data: { 'tls.crt': parse(BUNDLE).certs.os.crt } });
  expect(textOf(authority, 'tls.key')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(Object.keys(bundle.metadata)).not.toContain('labels');
  expect(Object.keys(bundle.metadata)).not.toContain('ownerReferences');

  expect(await start(job).end).toMatch(DONE);
  expect(await secret(namespace, 'acme-secrets')).toEqual(bundle);
  expect(await secret(namespace, 'acme-worker-secrets')).toEqual(workers);
  expect(await secret(namespace, 'acme-talos-ca')).toEqual(authority);

  await client.delete(bundle);
  const waiting = start(job);
  await until('the Job says what it waits for', async () => waiting.output().includes('the Secret acme-secrets is gone: bring it back') || undefined);
  // as a person brings it back
  execFileSync('kubectl', ['--namespace', namespace, 'create', 'secret', 'generic', 'acme-secrets', `--from-literal=bundle=${textOf(bundle)}`]);
  expect(await waiting.end).toMatch(DONE);
  expect(textOf(await secret(namespace, 'acme-secrets'))).toBe(textOf(bundle));
  expect(await secret(namespace, 'acme-worker-secrets')).toEqual(workers);

  await Promise.all([bundle, workers].map((object) => client.delete(object)));
  expect(await start(job).end).toMatch(DONE);
  expect(idOf(await secret(namespace, 'acme-secrets'))).not.toBe(idOf(bundle));
});

test('a Job makes the workers\' part of a bundle that others bring, and follows it', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace, SecretDelivery.existing({ talosAuthoritySecretName: 'acme-talos-ca' }));
  const job = jobOf(objects, 'acme-secrets');
  await applyAll(client, withoutJobs(objects));
  const first = start(job);
  await until('the Job says what it waits for', async () => first.output().includes('waiting for the Secret acme-secrets with the key bundle') || undefined);
  const bring = (text: string) => client.apply({ ...secretOf(namespace, 'acme-secrets'), data: { bundle: Buffer.from(text).toString('base64') } });
  await bring(BUNDLE);
  expect(await first.end).toMatch(DONE);
  expect(idOf(await secret(namespace, 'acme-worker-secrets'))).toBe(parse(BUNDLE).cluster.id);
  await bring(BUNDLE.replace(/id: .*/, 'id: another'));
  expect(await start(job).end).toMatch(DONE);
  expect(idOf(await secret(namespace, 'acme-worker-secrets'))).toBe('another');
});

test('credentials are written, and renewed', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace);
  const job = jobOf(objects, 'acme-credentials');
  await applyAll(client, withoutJobs(objects));
  expect(await start(job, BUNDLE).end).not.toContain('exit code');
  const [talosconfig, kubeconfig] = [await secret(namespace, 'acme-talosconfig'), await secret(namespace, 'acme-kubeconfig')];
  expect(textOf(talosconfig, 'talosconfig')).toMatch(/^ *id: hy4.*\nendpoints: a-0.a\nendpoints: a.example.com\n$/);
  expect(kubeconfig).toMatchObject({ type: 'cluster.x-k8s.io/secret', metadata: { labels: { 'cluster.x-k8s.io/cluster-name': 'acme' } } });
  expect(parse(textOf(kubeconfig, 'value')).clusters).toEqual([
    { name: 'acme', cluster: { 'server': 'https://[2001:db8::1]:6443', 'certificate-authority-data': 'Y2E=' } },
  ]);

  // nothing new changes nothing
  expect(await start(job, BUNDLE).end).not.toContain('exit code');
  expect(await secret(namespace, 'acme-talosconfig')).toEqual(talosconfig);
  expect(await secret(namespace, 'acme-kubeconfig')).toEqual(kubeconfig);

  expect(await start(job, BUNDLE.replace(/id: .*/, 'id: another')).end).not.toContain('exit code');
  expect(textOf(await secret(namespace, 'acme-talosconfig'), 'talosconfig')).toContain('id: another');
});

test('the rights of the Jobs end at their Secrets', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace);
  await applyAll(client, withoutJobs(objects));
  const apply = (job: KubeObject, name: string): boolean => spawnSync('kubectl', [
    '--as', account(job), '--namespace', namespace, 'apply', '--server-side', '--field-manager', 'test', '--filename', '-',
  ], { input: JSON.stringify(secretOf(namespace, name)), encoding: 'utf8' }).status === 0;
  const [secrets, credentials] = [jobOf(objects, 'acme-secrets'), jobOf(objects, 'acme-credentials')];
  expect(['acme-secrets', 'acme-worker-secrets', 'acme-kubeconfig', 'other'].map((name) => apply(secrets, name))).toEqual([true, true, false, false]);
  expect(['acme-secrets', 'acme-talosconfig', 'acme-kubeconfig', 'other'].map((name) => apply(credentials, name))).toEqual([false, true, true, false]);
  const may = (job: KubeObject, ...args: string[]) =>
    spawnSync('kubectl', ['auth', 'can-i', ...args, '--as', account(job), '--namespace', namespace], { encoding: 'utf8' }).stdout.trim();
  expect(may(credentials, 'get', 'secrets/acme-secrets')).toBe('no');
  expect(may(secrets, 'list', 'secrets')).toBe('no');
  expect(may(secrets, 'delete', 'secrets/acme-secrets')).toBe('no');
});

test('Pod Security takes the pods without rights, and those that need the bundle wait for it', async () => {
  const namespace = newNamespace();
  const objects = manifests(namespace);
  await applyAll(client, objects);
  expect(await endOf(client, jobOf(objects, 'acme-secrets'))).toEqual({ succeeded: 1, failed: undefined });
  const first = jobOf(objects, 'acme-credentials');
  const pod = await until('there is a pod', async () => (await client.list('v1', 'Pod', namespace))
    .find(({ metadata }) => metadata.labels['job-name'] === first.metadata.name));
  expect(pod.status.phase).toBe('Pending');
  await client.apply({ ...secretOf(namespace, 'acme-secrets'), data: { bundle: Buffer.from(BUNDLE).toString('base64') } });
  expect(await endOf(client, first)).toEqual({ succeeded: 1, failed: undefined });

  // what the user is told to do for credentials at once
  execFileSync('kubectl', ['--namespace', namespace, 'create', 'job', 'by-hand', '--from', 'cronjob/acme-credentials']);
  expect(await endOf(client, { ...first, metadata: { name: 'by-hand', namespace } })).toEqual({ succeeded: 1, failed: undefined });
});

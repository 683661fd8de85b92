import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { synthesize } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { ofKind } from './manifests';
import { applyAll } from './rollout';
import { newNamespace } from './run';
import { TalosVersion } from '../../src';
import { MetricsTokenJob } from '../../src/jobs/metrics-token-job';
import { jobImages } from '../../src/jobs/tool-images';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-token-'));
  mkdirSync(join(folder, 'scratch'));
});
afterEach(() => rmSync(folder, { recursive: true }));

// an API server with the kinds of others has more metrics than the buffer that a child has by default
const kubectl = (...args: string[]) => spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/** Runs the script of a Job as its account. The cluster is both the hosting one and the inner one. */
function run(job: KubeObject): string {
  const { metadata: { namespace }, spec: { template: { spec: { containers: [{ command }], serviceAccountName } } } } = job;
  const script = command[3]
    .replace(/\/tools\/busybox sleep \d+/g, 'sleep 0.3')
    .replace(/\/tools\/busybox /g, '')
    .replace(/\/tools\/kubectl --cache-dir \/scratch/g, `kubectl --as system:serviceaccount:${namespace}:${serviceAccountName} --namespace ${namespace}`)
    .replace(/\/tools\/kubectl/g, 'kubectl')
    .replace(/\/kubeconfig\/value/g, process.env.KUBECONFIG!)
    .replace(/\/scratch\b/g, './scratch');
  return execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
}

test('a token reads metrics and nothing else, and is renewed', async () => {
  const namespace = newNamespace();
  const server = execFileSync('kubectl', ['config', 'view', '--raw', '--minify', '--output', 'jsonpath={.clusters[0].cluster.server}'], { encoding: 'utf8' });
  const objects = synthesize(namespace, (chart) => new MetricsTokenJob(chart, 'token', {
    ...jobImages({}, TalosVersion.V1_13), clusterName: 'acme', namespace, kubernetesEndpoint: server, suspend: false,
  }));
  const [job] = ofKind(objects, 'Job');
  await applyAll(client, objects.filter(({ kind }) => !['Job', 'CronJob'].includes(kind)));
  try {
    expect(run(job)).toContain('secret/acme-metrics-token serverside-applied');
    const secret = async () => (await client.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-metrics-token', namespace } })).body;
    const valueOf = ({ data }: KubeObject, key: string) => Buffer.from(data[key], 'base64').toString();
    const first = await secret();
    expect(valueOf(first, 'ca.crt')).toMatch(/^-----BEGIN CERTIFICATE-----/);
    const token = valueOf(first, 'token');
    const get = (path: string) => kubectl('--token', token, 'get', '--raw', path);
    expect(get('/metrics').stdout).toContain('apiserver_request_total{');
    expect(get('/api/v1/secrets').stderr).toContain('cdk8s-talos-metrics-reader" cannot list resource "secrets"');
    expect(get('/api/v1/nodes').stderr).toContain('cannot list resource "nodes"');
    expect(kubectl('--token', token, 'auth', 'can-i', 'get', 'nodes', '--subresource', 'metrics').stdout.trim()).toBe('yes');
    const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    expect(exp - iat).toBe(30 * 24 * 60 * 60);

    expect(run(job)).toContain('secret/acme-metrics-token serverside-applied');
    expect(valueOf(await secret(), 'token')).not.toBe(token);
  } finally {
    kubectl('delete', 'clusterrole,clusterrolebinding', 'cdk8s-talos-metrics-reader');
    kubectl('--namespace', 'kube-system', 'delete', 'serviceaccount', 'cdk8s-talos-metrics-reader');
  }
});

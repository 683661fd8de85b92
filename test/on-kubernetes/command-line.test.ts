import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { KubeClient } from './kube-client';
import { newNamespace } from './run';
import { main } from '../../src/cli/main';
import { findOverlap } from '../../src/network/find-overlap';
import { networkOfAddress } from '../../src/network/networks';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

function run(...args: string[]): { readonly code: number; readonly out: string; readonly errors: string } {
  const [out, errors]: string[][] = [[], []];
  const code = main(args, { print: (text) => out.push(text), printError: (text) => errors.push(text) });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

function kubectl(...args: string[]): string {
  return execFileSync('kubectl', args, { encoding: 'utf8', stdio: 'pipe' });
}

function networksThatInitFinds(...args: string[]): { readonly [property: string]: string[] } {
  return JSON.parse(run('init', join(mkdtempSync(join(tmpdir(), 'init-')), 'acme'), '--json', ...args).out).networks;
}

/** The kubeconfig of somebody who may do what an administrator of a namespace may, and has a pod there. */
function kubeconfigFor(namespace: string): string {
  const own = ['--namespace', namespace];
  kubectl('create', 'namespace', namespace);
  kubectl('create', 'serviceaccount', 'developer', ...own);
  kubectl('create', 'rolebinding', 'developer', '--clusterrole', 'admin', '--serviceaccount', `${namespace}:developer`, ...own);
  kubectl('create', 'deployment', 'web', '--image', 'registry.k8s.io/pause:3.10', ...own);
  kubectl('wait', 'deployment/web', '--for', 'condition=Available', '--timeout', '60s', ...own);
  const path = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'kubeconfig');
  writeFileSync(path, kubectl('config', 'view', '--raw', '--flatten', '--minify'), { mode: 0o600 });
  kubectl('config', 'set-credentials', 'developer', `--token=${kubectl('create', 'token', 'developer', ...own).trim()}`, '--kubeconfig', path);
  kubectl('config', 'set-context', '--current', '--user', 'developer', '--namespace', namespace, '--kubeconfig', path);
  return path;
}

test('init finds the networks also for somebody who has no more than a namespace', () => {
  const namespace = newNamespace();
  const kubeconfig = kubeconfigFor(namespace);
  expect(() => kubectl('get', 'nodes', '--kubeconfig', kubeconfig)).toThrow('Forbidden');

  const { podCidrs, serviceCidrs, nodeCidrs, remarks } = networksThatInitFinds('--kubeconfig', kubeconfig);
  const [podIp, hostIp] = kubectl('get', 'pods', '--namespace', namespace, '--output', 'jsonpath={.items[0].status.podIP} {.items[0].status.hostIP}').split(' ');
  expect(findOverlap([networkOfAddress(podIp)], podCidrs)).toBeDefined();
  expect(findOverlap([networkOfAddress(hostIp)], nodeCidrs)).toBeDefined();
  expect([...serviceCidrs].sort()).toEqual([...networksThatInitFinds().serviceCidrs].sort());
  expect(remarks).toEqual({ podCidrs: expect.stringMatching(/^from the addresses of a few pods; compare with /) });
});

test('doctor finds the cluster fit, and init writes its networks', () => {
  const { code, out } = run('doctor', '--namespace', 'not-there', '--json');
  const findings = JSON.parse(out);
  const text = (subject: string) => findings.find((finding: any) => finding.subject === subject);
  expect(code).toBe(0);
  expect(text('Kubernetes')).toMatchObject({ fitness: 'ok', text: expect.stringMatching(/^v1\./) });
  expect(text('permissions').fitness).toBe('ok');
  expect(text('StorageClass')).toMatchObject({ fitness: 'ok', text: 'standard is the default one' });

  const directory = join(mkdtempSync(join(tmpdir(), 'init-')), 'acme');
  const { networks } = JSON.parse(run('init', directory, '--json').out);
  expect(networks.serviceCidrs.length).toBeGreaterThan(0);
  expect(readFileSync(join(directory, 'main.ts'), 'utf8')).toContain(`serviceCidrs: [${networks.serviceCidrs.map((cidr: string) => `'${cidr}'`).join(', ')}],`);
});

test('doctor says that a namespace refuses privileged pods', async () => {
  const namespace = newNamespace();
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
  const { code, out } = run('doctor', '--namespace', namespace);
  expect(out).toContain(`FAIL  Pod Security: the namespace ${namespace} refuses a privileged pod`);
  expect(code).toBe(1);
});

import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { KubeClient } from './kube-client';
import { newNamespace } from './run';
import { main } from '../../src/cli/main';

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

function run(...args: string[]): { readonly code: number; readonly out: string; readonly errors: string } {
  const [out, errors]: string[][] = [[], []];
  const code = main(args, { print: (text) => out.push(text), printError: (text) => errors.push(text) });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

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

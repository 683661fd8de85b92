import { existsSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { ControlPlaneOptions, MachineConfigPatch, MemberAddresses, TalosCluster, TalosClusterProps } from '../../src';
import { RELEASES } from '../../src/talos/release';
import { hostingNetwork, secrets } from '../support/control-planes';

const root = join(__dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

// npm and PyPI show the README, and know no path of the repository
test('the README\'s links are absolute, and lead to files and folders that exist', () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  expect(links.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
  const own = links.flatMap((target) => {
    const [, kind, path] = /^https:\/\/(?:github\.com\/cdk8s-talos\/cdk8s-talos\/(blob|tree)|raw\.githubusercontent\.com\/cdk8s-talos\/cdk8s-talos)\/main\/([^#]+)/.exec(target) ?? [];
    return path === undefined ? [] : [{ kind: kind ?? 'blob', path }];
  });
  expect(own.length).toBeGreaterThan(50);
  expect(own.filter(({ kind, path }) => !existsSync(join(root, path)) || statSync(join(root, path)).isDirectory() !== (kind === 'tree'))).toEqual([]);
});

// scripts/check-types.ts compiles every snippet
test.each(['ephemeral-cluster', 'single-node'])('the README has the example %s, which is run', (name) => {
  const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(snippets).toContain(readFileSync(join(root, 'examples', name, 'main.ts'), 'utf8'));
});

test.each<[string, ControlPlaneOptions, Partial<TalosClusterProps>]>([
  ['networks that overlap', { podSubnets: ['10.244.0.0/16'] }, {}],
  ['two members', { replicas: 2, memberAddresses: MemberAddresses.STABLE }, {}],
  ['a typing error', {}, { patches: [MachineConfigPatch.fromYaml('machine: {kubelet: {extraArg: {v: "2"}}}')] }],
])('the README shows the error about %s as it is', (_, controlPlane, props) => {
  const errors = [...readme.matchAll(/^```text\n(acme\/acme: .*)\n```$/gm)].map(([, text]) => text);
  expect(errors).toHaveLength(3);
  try {
    new TalosCluster(new Chart(new App(), 'acme'), 'acme', { clusterName: 'acme', secrets, controlPlane: { hostingNetwork, ...controlPlane }, ...props });
  } catch (error) {
    expect(errors).toContain((error as Error).message);
  }
  expect.assertions(2);
});

test('the README\'s table of releases is that of the package', () => {
  const { engines, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const rows = new Map([...readme.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(([, what, releases]) => [what, releases]));
  expect(rows.get('Talos')).toBe(RELEASES.join(', '));
  expect(rows.get('cdk8s, constructs')).toBe(`${peerDependencies.cdk8s}, ${peerDependencies.constructs}`);
  expect(`>= ${/^[\d.]+/.exec(rows.get('Node.js')!)![0]}.0`).toBe(engines.node);
  const languages = readFileSync(join(root, 'docs/languages.md'), 'utf8');
  const [python, java, go] = rows.get('Python, Java, Go')!.split(', ');
  expect(languages).toContain(`\nPython ${python} or newer`);
  expect(languages).toContain(`\nJava ${java} or newer`);
  expect(languages).toContain(`\nGo ${go} or newer`);
});

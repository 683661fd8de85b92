import { execFileSync } from 'child_process';
import { cases } from './cases';
import { KubeClient, KubeObject } from './kube-client';
import { applyAll } from './rollout';
import { newNamespace } from './run';

jest.spyOn(process, 'emitWarning').mockImplementation();

const client = KubeClient.fromEnvironment();
afterAll(() => client.close());

/** kubectl replaces the selector of a PodDisruptionBudget with every apply, and reports that as a change. */
const ALWAYS_CONFIGURED = /^poddisruptionbudget/;

function kubectlApply(objects: KubeObject[]): string[] {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const output = execFileSync('kubectl', ['apply', '--filename', '-'], { input, encoding: 'utf8', stdio: 'pipe' });
  return output.trim().split('\n').filter((line) => !ALWAYS_CONFIGURED.test(line));
}

/** All kinds of objects, and all properties whose defaults the API server adds. */
const DIFFERENT = /^(example|env, volumes|sidecars|scheduling|credentials|control plane: (everything|a Gateway|workers)|cluster: pools)/;

test.each(cases.filter(({ name }) => DIFFERENT.test(name)))(
  'a second kubectl apply leaves everything unchanged: $name', async ({ manifests, surroundings = [] }) => {
    const namespace = newNamespace();
    const own = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    const objects = [own, ...manifests(namespace).filter(({ kind }) => kind !== 'Namespace')];
    kubectlApply([own]);
    await applyAll(client, surroundings.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } })));
    kubectlApply(objects);
    const again = kubectlApply(objects);
    expect(again.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
    expect(again.length).toBeGreaterThan(0);
  });

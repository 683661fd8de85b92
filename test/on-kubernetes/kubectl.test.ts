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
  const output = execFileSync('kubectl', ['apply', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }), encoding: 'utf8' });
  return output.trim().split('\n').filter((line) => !ALWAYS_CONFIGURED.test(line));
}

// releases and storages differ in nothing that matters here
test.each(cases.filter(({ name }) => !/^(release|storage):/.test(name)))(
  'a second kubectl apply leaves everything unchanged: $name', async ({ manifests, surroundings = [] }) => {
    const namespace = newNamespace();
    const [namespaces, others] = [true, false].map((wanted) => manifests(namespace).filter(({ kind }) => (kind === 'Namespace') === wanted));
    await applyAll(client, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
    await applyAll(client, surroundings.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } })));
    kubectlApply([...namespaces, ...others]);
    const again = kubectlApply([...namespaces, ...others]);
    expect(again.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
    expect(again.length).toBeGreaterThan(0);
  });

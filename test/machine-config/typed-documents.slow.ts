import { MachineConfig, MachineConfigPatch, talos, TalosVersion } from '../../src';
import { nodesOf } from '../../src/machine-config/documents/load';
import { plainDocuments } from '../../src/machine-config/documents/plain-documents';
import { nodeOf } from '../../src/machine-config/yaml/nodes';
import { TalosError } from '../../src/problem';
import { RELEASES } from '../../src/talos/release';
import { compilerMessages } from '../support/compiler';
import { kindsOf } from '../support/schema-places';
import { patchBases, PatchCase, patchCases, releaseOf } from '../support/talos-answers';
import { filledDocument, typedForm } from '../support/typed-documents';

/** The documents as the code of a user's file. */
function codeOf(documents: readonly talos.Documents[]): string {
  const calls = documents.map((typed) => `MachineConfigPatch.of(${JSON.stringify(typed)});`);
  return ["import { MachineConfigPatch } from 'cdk8s-talos';", ...calls, ''].join('\n');
}

describe.each(RELEASES)('every field of Talos %s', (release) => {
  const talosVersion = TalosVersion.of(release);
  const documents = kindsOf(release).map((kind) => [kind.kind, filledDocument(kind)] as const);
  const typedOf = (document: object) => typedForm(plainDocuments([document]).map(nodeOf))!;

  test.each(documents)('is written as without types: %s', (_, document) => {
    const [typed, untyped] = [MachineConfig.of(typedOf(document), { talosVersion }), MachineConfig.fromDocuments([document], { talosVersion })];
    expect(typed.toYaml()).toBe(untyped.toYaml());
  });

  test('compiles', () => {
    expect(compilerMessages(new Map([['fields.ts', codeOf(documents.map(([, document]) => typedOf(document)))]]))).toEqual([]);
  });
});

const isJsonPatch = (patch: string) => /^\s*\[/.test(patch);

/** The recorded patches that have a typed form, and it. */
function typedCases(areAccepted: boolean): Array<[string, PatchCase, talos.Documents[]]> {
  return patchCases.filter(({ expect: { ok, reloadError } }) => ok === areAccepted && !reloadError).flatMap((testCase) => {
    try {
      const typed = testCase.patches.map((patch) => typedForm(isJsonPatch(patch) ? [] : nodesOf(patch)));
      return typed.includes(undefined) ? [] : [[testCase.id, testCase, typed as talos.Documents[]]];
    } catch (error) {
      // Talos can't read it
      return error instanceof TalosError && !areAccepted ? [] : [[testCase.id, testCase, []]];
    }
  });
}

function patched({ base, oracle }: PatchCase, typed: readonly talos.Documents[]): string {
  const config = MachineConfig.fromYaml(patchBases[base], { talosVersion: TalosVersion.of(releaseOf(oracle)) });
  return config.patch(...typed.map((patch) => MachineConfigPatch.of(patch))).toYaml();
}

describe('recorded patches', () => {
  const [accepted, refused] = [typedCases(true), typedCases(false)];

  test('most have a typed form', () => {
    expect([accepted.length, refused.length]).toEqual([384, 55]);
  });

  test.each(accepted)('%s gives the same when it is typed', (_, testCase, typed) => {
    const sorted = (text: string) => text.split(/^---\n/m).sort();
    expect(sorted(patched(testCase, typed))).toEqual(sorted(testCase.expect.reloaded ?? testCase.expect.result!));
  });

  test.each(refused)('%s is refused when it is typed', (_, testCase, typed) => {
    expect(() => patched(testCase, typed)).toThrow(TalosError);
  });

  test('compile when they are typed', () => {
    expect(compilerMessages(new Map([['patches.ts', codeOf(accepted.flatMap(([, , typed]) => typed))]]))).toEqual([]);
  });
});

const MISTAKES: Array<[string, string, RegExp]> = [
  ['an unknown property', '{ machine: { kubelt: {} } }', /'kubelt' does not exist in type 'MachineConfig'\. Did you mean to write 'kubelet'\?/],
  ['an unknown kind', '{ registryMirorConfig: [] }', /Did you mean to write 'registryMirrorConfig'\?/],
  ['a text for a list', "{ machine: { certSANs: 'a' } }", /Type 'string' is not assignable to type 'string\[]'/],
  ['a number for a text', '{ machine: { nodeLabels: { a: 1 } } }', /Type 'number' is not assignable to type 'string'/],
  ['a word that isn\'t in the closed set', "{ networkDefaultActionConfig: { ingress: 'deny' } }", /Type '"deny"' is not assignable to type '"accept" \| "block" \| undefined'/],
  ['one of several documents', "{ registryMirrorConfig: { name: 'docker.io' } }", /does not exist in type 'RegistryMirrorConfig\[]'/],
  ['a list of the only document', '{ kubePrismConfig: [{ port: 7445 }] }', /has no properties in common with type 'KubePrismConfig'/],
  ['a document without its name', '{ registryMirrorConfig: [{ endpoints: [] }] }', /Property 'name' is missing/],
  ['null', '{ machine: { network: null } }', /Type 'null' is not assignable to type 'NetworkConfig \| undefined'/],
  ['a deletion', "{ machine: { network: { $patch: 'delete' } } }", /'\$patch' does not exist in type 'NetworkConfig'/],
];

test('the compiler names mistakes', () => {
  const files = new Map(MISTAKES.map(([, documents], index) => [`mistake-${index}.ts`, `import { MachineConfigPatch } from 'cdk8s-talos';\nMachineConfigPatch.of(${documents});\n`]));
  const messages = compilerMessages(files);
  MISTAKES.forEach(([name, , message], index) => {
    const own = messages.filter((text) => text.startsWith(`mistake-${index}.ts`));
    expect([name, own]).toEqual([name, [expect.stringMatching(message)]]);
  });
});

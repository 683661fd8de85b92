import { loadConfig } from '../../../src/machine-config/documents/load';
import { findFitness } from '../../../src/machine-config/fitness/fitness';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { Release } from '../../../src/talos/release';
import { generated } from '../../support/machine-configs';

/** What is said of a config in the form of a release that Talos 1.14 reads, with patches over it. */
function told(form: Release, patches: readonly string[], role: 'controlplane' | 'worker' = 'controlplane'): string[] {
  const config = applyPatches(loadConfig(generated(`v${form}`)[role], '1.14'), patches.map((patch) => loadPatch(patch, '1.14')), '1.14');
  const { findings, warnings } = findFitness(config, '1.14', {});
  expect(findings).toEqual([]);
  return warnings.filter(({ id }) => id !== 'talos:sysctl-not-in-pod').map(({ message }) => message);
}

const document = (kind: string, fields: string) => `{ apiVersion: v1alpha1, kind: ${kind}, ${fields} }`;

test('authentication that the API server doesn\'t get', () => {
  const authentication = document('KubeAuthenticationConfig', 'configuration: { anonymous: { enabled: false } }');
  expect(told('1.13', [authentication])).toEqual([
    "the KubeAuthenticationConfig document has no effect without a KubeAPIServerConfig document: write 'anonymous-auth' and 'oidc-…' to 'cluster.apiServer.extraArgs' instead",
  ]);
  expect(told('1.14', [authentication])).toEqual([]);
});

test.each([['KubeProxyConfig', 'kube-proxy'], ['KubeCoreDNSConfig', 'CoreDNS']])('a %s that was deleted', (kind, component) => {
  expect(told('1.14', [document(kind, '$patch: delete')])).toEqual([
    `the ${kind} document is missing, but ${component} then runs with its defaults: keep the document, with 'enabled: false' to switch ${component} off`,
  ]);
  expect(told('1.14', [document(kind, 'enabled: false')])).toEqual([]);
  expect(told('1.14', [], 'worker')).toEqual([]);
  expect(told('1.13', [])).toEqual([]);
});

test('what the document without a kind says of a component', () => {
  expect(told('1.14', [document('KubeProxyConfig', '$patch: delete'), 'cluster: { proxy: { disabled: true } }'])).toEqual([]);
});

test('authorities that nobody accepts', () => {
  const accepted = 'cluster: { acceptedCAs: [{ crt: "" }] }';
  expect(told('1.14', [accepted])).toEqual([
    "'cluster.acceptedCAs' has no effect beside a KubeAPIServerCAConfig document: write it to 'acceptedCAs' there, as PEM text without base64",
  ]);
  expect(told('1.13', [accepted])).toEqual([]);
});

test.each([
  ['machine: { sysctls: { net.core.somaxconn: "1", net.core.a: "2" } }', 'SysctlConfig', 'params: { net.core.somaxconn: "3" }', "'machine.sysctls' (net.core.somaxconn)"],
  ['machine: { registries: { mirrors: { docker.io: { endpoints: ["https://a.example.org"] } } } }', 'RegistryMirrorConfig', 'name: docker.io, endpoints: [{ url: "https://b.example.org" }]', "'machine.registries.mirrors' (docker.io)"],
])('a value that a document replaces: %s', (legacy, kind, fields, subject) => {
  const message = `${subject} has no effect where a ${kind} document has the same key: keep one of the two`;
  expect(told('1.13', [legacy, document(kind, fields)])).toContain(message);
  expect(told('1.13', [legacy])).not.toContain(message);
  expect(told('1.13', [legacy, document(kind, fields.replace(/net.core.somaxconn|docker.io/, 'other'))])).not.toContain(message);
});

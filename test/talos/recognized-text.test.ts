import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { MachineConfig, MachineConfigPatch, TalosSecrets } from '../../src';

const config = MachineConfig.fromYaml('machine: {type: worker}\n---\napiVersion: v1alpha1\nkind: OOMConfig\n');

const AS_CONFIG = (text: string) => MachineConfig.fromYaml(text);
const AS_PATCH = (text: string) => config.patch(MachineConfigPatch.fromYaml(text));
const AS_SECRETS = (text: string) => TalosSecrets.fromYaml(text);

const BUNDLE = 'cluster: {id: x, secret: y}\nsecrets: {bootstraptoken: a.b}\ntrustdinfo: {token: a}\ncerts: {}\n';
const TALOSCONFIG = 'context: lab\ncontexts:\n  lab: {endpoints: [192.0.2.1], ca: a, crt: b, key: c}\n';
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n';
const TALHELPER = 'clusterName: lab\ntalosVersion: v1.13.9\nendpoint: https://192.0.2.1:6443\nnodes:\n  - hostname: a\n';
const RESOURCE = 'node: 192.0.2.1\nmetadata: {type: MachineConfigs.config.talos.dev}\nspec: |\n  machine: {}\n';
const SOPS = 'machine: {token: "ENC[AES256_GCM,data:x]"}\nsops: {version: 3.9.0}\n';

test.each<[string, (text: string) => unknown, string, string]>([
  ['a secrets bundle as a machine config', AS_CONFIG, BUNDLE, 'the machine config is a secrets bundle: read it with TalosSecrets.fromYaml()'],
  ['a secrets bundle as a patch', AS_PATCH, BUNDLE, 'the patch is a secrets bundle: read it with TalosSecrets.fromYaml()'],
  ['only the certificates of one', AS_CONFIG, 'certs: {os: {}}', 'is a secrets bundle'],
  ['a talosconfig as a machine config', AS_CONFIG, TALOSCONFIG, 'the machine config is a talosconfig, which no class reads: talosconfig() of TalosSecrets makes one'],
  ['a talosconfig as secrets', AS_SECRETS, TALOSCONFIG, "'secrets bundle' is a talosconfig"],
  ['a kubeconfig as a machine config', AS_CONFIG, KUBECONFIG, 'the machine config is a kubeconfig'],
  ['a kubeconfig as secrets', AS_SECRETS, KUBECONFIG, "'secrets bundle' is a kubeconfig"],
  ['a config of talhelper as a machine config', AS_CONFIG, TALHELPER, 'is a config of talhelper: run `talhelper genconfig`'],
  ['a config of talhelper as secrets', AS_SECRETS, TALHELPER, "'secrets bundle' is a config of talhelper"],
  ['a resource as a machine config', AS_CONFIG, RESOURCE, 'is a resource that talosctl printed'],
  ['a machine config as secrets', AS_SECRETS, 'machine: {type: worker}\n---\nkind: OOMConfig\n', "'secrets bundle' is a machine config: read it with MachineConfig.fromYaml()"],
  ['what sops encrypted as a machine config', AS_CONFIG, SOPS, 'is encrypted by sops: decrypt it (`sops --decrypt`), and give the text to MachineConfig.fromYaml()'],
  ['what sops encrypted as JSON', AS_PATCH, '{"data": "ENC[AES256_GCM,data:x]", "sops": {}}', 'is encrypted by sops'],
  ['what sops encrypted as secrets', AS_SECRETS, SOPS, 'is encrypted by sops: decrypt it (`sops --decrypt`), and give the text to TalosSecrets.fromYaml()'],
  ['what ansible-vault encrypted', AS_CONFIG, '$ANSIBLE_VAULT;1.1;AES256\n613462\n', 'is encrypted by ansible-vault: decrypt it (`ansible-vault view`)'],
  ['the same as secrets', AS_SECRETS, '$ANSIBLE_VAULT;1.1;AES256\n613462\n', "'secrets bundle' is encrypted by ansible-vault"],
  ['what age encrypted', AS_PATCH, '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n', 'is encrypted by age: decrypt it (`age --decrypt`)'],
  ['what age encrypted as bytes', AS_SECRETS, 'age-encryption.org/v1\n-> X25519 x\n', 'is encrypted by age'],
  ['@file as a patch', AS_PATCH, '@patches/worker.yaml', "the patch begins with @, by which talosctl takes a file: read it with MachineConfigPatch.fromFile('patches/worker.yaml')"],
  ['@file as a machine config', AS_CONFIG, '@worker.yaml\n', "read it with MachineConfig.fromFile('worker.yaml')"],
  ['@file as secrets', AS_SECRETS, '@secrets.yaml', "read it with TalosSecrets.fromFile('secrets.yaml')"],
  ['the name of a file', AS_PATCH, 'patches/worker.yaml', "the patch is the name of a file: read it with MachineConfigPatch.fromFile('patches/worker.yaml')"],
  ['comments as a patch', AS_PATCH, '# machine:\n#   sysctls: {}\n', 'the patch is empty or has only comments'],
  ['comments as a machine config', AS_CONFIG, '# machine: {}\n', 'there is no document: give at least one'],
  ['two documents as secrets', AS_SECRETS, 'cluster: {}\n---\nsecrets: {}\n', 'has several YAML documents, the second from line 2'],
])('%s is refused, with what it is', (_, read, text, words) => {
  expect(() => read(text)).toThrow(words);
});

test('files and plain objects get the same words', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'recognized-')), 'bundle.yaml');
  writeFileSync(path, BUNDLE);
  expect(() => MachineConfig.fromFile(path)).toThrow(`${path} is a secrets bundle`);
  expect(() => config.patch(MachineConfigPatch.fromFile(path))).toThrow(`patches[0] (${path}): the patch is a secrets bundle`);
  writeFileSync(path, TALOSCONFIG, { mode: 0o600 });
  expect(() => TalosSecrets.fromFile(path)).toThrow(`'${path}': 'secrets bundle' is a talosconfig`);
  expect(() => MachineConfig.fromDocuments([{ contexts: {}, context: 'lab' }])).toThrow('is a talosconfig');
  expect(() => config.patch(MachineConfigPatch.fromDocuments({ secrets: {} }))).toThrow('is a secrets bundle');
});

test('what is wrong in a machine config or a secrets bundle is still said', () => {
  expect(() => AS_CONFIG('machine: {kubelt: {}}')).toThrow("unknown key 'machine.kubelt'");
  expect(() => AS_PATCH('cluster: {secrets: {}}')).toThrow("unknown key 'cluster.secrets'");
  expect(() => AS_SECRETS(BUNDLE)).toThrow("'certs.os.crt' is missing");
});

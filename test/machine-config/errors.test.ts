import { loadConfig } from '../../src/machine-config/documents/load';
import { applyPatches } from '../../src/machine-config/patches/apply';
import { loadPatch } from '../../src/machine-config/patches/load-patch';
import { TalosError } from '../../src/problem';
import { Release } from '../../src/talos/release';

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof TalosError) {
      return error.text;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

const DOCUMENT = 'apiVersion: v1alpha1\nkind: ';

test.each<[string, Release, string]>([
  ['', '1.13', 'there is no document: give at least one'],
  ['machine: {kubelt: {}}', '1.13', "unknown key 'machine.kubelt' in the v1alpha1 document: did you mean 'kubelet'?"],
  ['machine: {zzz: 1}', '1.13', "unknown key 'machine.zzz' in the v1alpha1 document"],
  ['machine: {nodeAnnotations: {a: b}}', '1.7', "'machine.nodeAnnotations' in the v1alpha1 document is known since Talos 1.8, but the config is for Talos 1.7"],
  [`${DOCUMENT}KubeNodeConfig`, '1.13', 'the KubeNodeConfig document is known since Talos 1.14, but the config is for Talos 1.13'],
  [`${DOCUMENT}LinkConfig\nname: eth0\nmtuu: 5`, '1.13', "unknown key 'mtuu' in the LinkConfig document 'eth0': did you mean 'mtu'?"],
  [`${DOCUMENT}LnkConfig`, '1.13', "unknown kind 'LnkConfig': did you mean 'LinkConfig'?"],
  [`${DOCUMENT}ExistingVolumeConfig\nname: a\nmount: {readOnly: true}`, '1.12', ''],
  ['kind: OOMConfig', '1.13', "the OOMConfig document needs 'apiVersion: v1alpha1'"],
  ['apiVersion: v9\nkind: OOMConfig', '1.13', 'the OOMConfig document needs \'apiVersion: v1alpha1\', not "v9"'],
  ['foo: bar', '1.13', "a document needs 'kind' and 'apiVersion: v1alpha1', or 'machine' and 'cluster'"],
  ['just text', '1.13', "document 1 must be an object with keys such as 'machine' or 'kind', not a text"],
  ['machine: {}\n---\n', '1.11', "document 2 is empty, which Talos accepts only since 1.12: remove its '---'"],
  [`${DOCUMENT}StaticHostConfig\nhostnames: []\nname: kind`, '1.13', "the last value of a document can't be the text 'kind', because Talos mistakes it for a key: put another key last"],
  ['machine: {features: {kubePrism: {port: "7000"}}}', '1.13', '\'machine.features.kubePrism.port\' in the v1alpha1 document must be a whole number from -9223372036854775808 to 9223372036854775807, not "7000"'],
  ['machine: {time: {bootTimeout: soon}}', '1.13', '\'machine.time.bootTimeout\' in the v1alpha1 document must be a duration such as 1m30s, not "soon"'],
  ['machine: {certSANs: {a: b}}', '1.13', "'machine.certSANs' in the v1alpha1 document must be a list, not an object"],
  ['machine: {nodeLabels: [a]}', '1.13', "'machine.nodeLabels' in the v1alpha1 document must be an object, not a list"],
  ['machine: {certSANs: [a, [b]]}', '1.13', "'machine.certSANs[1]' in the v1alpha1 document must be a text, not a list"],
  [`${DOCUMENT}NetworkDefaultActionConfig\ningress: deny`, '1.13', '\'ingress\' in the NetworkDefaultActionConfig document must be one of accept, block, not "deny"'],
  ['machine: {ca: {key: "no base64!"}}', '1.13', "'machine.ca.key' in the v1alpha1 document must be base64, not the value given (not shown)"],
  [`machine: {network: {hostname: [${'x'.repeat(90)}]}}`, '1.13', "'machine.network.hostname' in the v1alpha1 document must be a text, not a list"],
  ['machine: {ca: S3CRET}', '1.13', "'machine.ca' in the v1alpha1 document must be an object, not the value given (not shown)"],
  ['machine: {env: S3CRET}', '1.13', "'machine.env' in the v1alpha1 document must be an object, not the value given (not shown)"],
  ['machine: {files: S3CRET}', '1.13', "'machine.files' in the v1alpha1 document must be a list, not the value given (not shown)"],
  ['machine: {kubelet: {extraConfig: S3CRET}}', '1.13',
    "'machine.kubelet.extraConfig' in the v1alpha1 document must be an object, not the value given (not shown)"],
  ['machine: {certSANs: a.lab}', '1.13', '\'machine.certSANs\' in the v1alpha1 document must be a list, not "a.lab"'],
  ['machine: {sysctls: a=b}', '1.13', '\'machine.sysctls\' in the v1alpha1 document must be an object, not "a=b"'],
  ['cluster: {extraManifestHeaders: S3CRET}', '1.13',
    "'cluster.extraManifestHeaders' in the v1alpha1 document must be an object, not the value given (not shown)"],
  [`${DOCUMENT}ExtensionServiceConfig\nname: a\nenvironment: S3CRET`, '1.13',
    "'environment' in the ExtensionServiceConfig document 'a' must be a list, not the value given (not shown)"],
  [`${DOCUMENT}SideroLinkConfig\napiUrl: "%S3CRET"`, '1.13',
    "'apiUrl' in the SideroLinkConfig document must be a URL, not the value given (not shown)"],
  [`${DOCUMENT}KmsgLogConfig\nname: a\nurl: "https://u:S3CRET@a:x"`, '1.13',
    '\'url\' in the KmsgLogConfig document \'a\' must be a URL, not "https://******@a:x"'],
  [`${DOCUMENT}WireguardConfig\nname: a\npeers: [S3CRET]`, '1.13',
    "'peers[0]' in the WireguardConfig document 'a' must be an object, not the value given (not shown)"],
  ['machine: {type: a, type: b}', '1.13', "'machine.type' in the v1alpha1 document is given twice"],
  ['machine: {install: {$patch: delete}}', '1.13', "'machine.install.$patch' in the v1alpha1 document: only a patch can have $patch, and only with the value 'delete'"],
  ['machine: {certSANs: *none}', '1.13', 'not valid YAML: there is no anchor before its alias: quote texts that begin with *'],
  ['machine:\n  token: s3cret\n token: x', '1.13', 'not valid YAML: bad indent at line 3'],
  ['machine: {type: "\0"}', '1.13', 'not valid YAML: the text contains control characters'],
  ['debug: !!int x', '1.13', 'not valid YAML: a value does not match its tag !!int'],
  ['machine: {nodeLabels: {<<: {a: b}}}', '1.13', "'machine.nodeLabels' in the v1alpha1 document needs an alias as the value of its merge key"],
  ['{[a]: b, machine: {}}', '1.13', "unknown key '' in the v1alpha1 document"],
  ['machine: {pods: [{a: {[b]: c}}]}', '1.13', "'machine.pods[0].a' in the v1alpha1 document has an object or a list for a key"],
  [`${DOCUMENT}LinkConfig\nname: a\n---\n${DOCUMENT}LinkConfig\nname: a`, '1.13', "the LinkConfig document 'a' occurs twice: merge them"],
  [`${DOCUMENT}LinkConfig\nname: a\n---\n${DOCUMENT}DummyLinkConfig\nname: a`, '1.13',
    "the LinkConfig document 'a' and the DummyLinkConfig document 'a' both claim the name 'a': keep one of them"],
])('config %j for %s', (text, release, message) => {
  if (message === '') {
    expect(() => loadConfig(text, release)).not.toThrow();
  } else {
    expect(refusal(() => loadConfig(text, release))).toBe(message);
  }
});

test.each<[string, Release, string]>([
  ['{}', '1.13', 'there is no document in the patch: give at least one'],
  ['[1]', '1.13', 'a JSON patch must be a list of operations'],
  ['machine: {install: {$patch: delete}}', '1.7', '$patch: delete is known since Talos 1.8, but the patch is for Talos 1.7'],
  ['version: v1alpha1\n$patch: delete', '1.13', 'a document: $patch: delete needs both apiVersion and kind in its document'],
  ['machine: {network: {interfaces: [{$patch: delete}]}}', '1.13',
    "'machine.network.interfaces[0]': $patch: delete needs another key in the same object that selects the element to delete"],
  ['machine: {network: {interfaces: [{interface: eth0, dhcpOptions: {$patch: delete}}]}}', '1.13',
    "'machine.network.interfaces[0].dhcpOptions': $patch can't delete a key of a list's element, only the element"],
])('patch %j for %s', (text, release, message) => {
  expect(refusal(() => loadPatch(text, release))).toBe(message);
});

const BASE = `machine: {type: worker, token: s3cret, certSANs: [a], network: {interfaces: [{interface: eth0}, ~]}, kubelet: {extraConfig: {maxPods: 110, at: 2026-01-02}}}
cluster: {controlPlane: {endpoint: "https://u:p@a.lab"}}
`;

test.each([
  ['machine: {kubelet: {extraConfig: {maxPods: many}}}', "can't merge 'machine.kubelet.extraConfig.maxPods': it is a whole number, but the patch has a text"],
  ['machine: {kubelet: {extraConfig: {maxPods: ~}}}', "can't merge 'machine.kubelet.extraConfig.maxPods': it is a whole number, but the patch has null"],
  ['machine: {kubelet: {extraConfig: {at: 2026-01-03}}}', "can't merge 'machine.kubelet.extraConfig.at': Talos can't merge dates: quote them"],
  ['machine: {network: {interfaces: [~]}}', "can't merge 'machine.network.interfaces': Talos can't merge a null into this list"],
  ['machine: {network: {interfaces: [{interface: eth1}]}}', "can't merge 'machine.network.interfaces': Talos can't merge into a list with a null"],
  ['cluster: {controlPlane: {endpoint: "https://v@b.lab"}}', "can't merge 'cluster.controlPlane.endpoint': Talos can't merge these two values: delete the first one before"],
  ['machine: {udev: {rules: {$patch: delete}}}', "'machine.udev.rules': there isn't anything to delete"],
  ['machine: {network: {interfaces: [{interface: eth9, $patch: delete}]}}', "'machine.network.interfaces[0]': there isn't an element with 'interface' \"eth9\""],
  [`${DOCUMENT}OOMConfig\n$patch: delete`, '$patch: delete: there is no OOMConfig document'],
  ['[{"op":"test","path":"/machine/token","value":"other"}]', "JSON patch: the test of '/machine/token' failed: it is not the value given (not shown)"],
  ['[{"op":"test","path":"/machine/type","value":"controlplane"}]', 'JSON patch: the test of \'/machine/type\' failed: it is not "controlplane"'],
  ['[{"op":"remove","path":"/machine/udev"}]', "JSON patch: there is nothing at '/machine/udev'"],
  ['[{"op":"add","path":"/machine/certSANs/9","value":"x"}]', "JSON patch: '/machine/certSANs/9' has no index '9': the list has 1 elements"],
  ['[{"op":"frob","path":""}]', 'JSON patch: unknown operation "frob": use add, remove, replace, move, copy or test'],
  ['[{"op":"add"}]', 'JSON patch: the operation "add" needs \'path\' as a text'],
  ['[{"op":"add","path":"/machine/nope","value":1}]', "unknown key 'machine.nope' in the v1alpha1 document"],
])('applying %j', (patch, message) => {
  expect(refusal(() => applyPatches(loadConfig(BASE, '1.13'), [loadPatch(patch, '1.13')], '1.13'))).toBe(message);
});

test('the remedy for a json patch has no secrets in it', () => {
  const config = loadConfig(`${BASE}---\n${DOCUMENT}OOMConfig\n`, '1.13');
  const operations = [
    { op: 'add', path: '/machine/ca', value: { crt: 'YQ==', key: 'S3CRET' } },
    { op: 'add', path: '/machine/registries', value: { config: { 'a.lab': { auth: { username: 'me', password: 'S3CRET', typo: 'S3CRET' } } } } },
    { op: 'add', path: '/cluster/extraManifests', value: ['https://u:S3CRET@a.lab/b?token=S3CRET'] },
    { op: 'add', path: '/machine/kubelet/image', value: 'a:1' },
  ];
  expect(refusal(() => applyPatches(config, [loadPatch(JSON.stringify(operations), '1.13')], '1.13')))
    .toBe(`a JSON patch works only on a machine config with a single document: use documents as a patch, for example (****** stands for a secret)
cluster:
    extraManifests:
        - https://******@a.lab/b?******
machine:
    ca:
        crt: YQ==
        key: '******'
    kubelet:
        image: a:1
    registries:
        config:
            a.lab:
                auth:
                    password: '******'
                    typo: '******'
                    username: me
`);
});

test('the remedy for a json patch is short', () => {
  const config = loadConfig(`${BASE}---\n${DOCUMENT}OOMConfig\n`, '1.13');
  const patch = JSON.stringify([{ op: 'add', path: '/machine/kubelet/image', value: 'a'.repeat(100_000) }]);
  expect(refusal(() => applyPatches(config, [loadPatch(patch, '1.13')], '1.13'))).toMatch(/use documents as a patch$/);
});

test('a json patch is for a single document', () => {
  const config = loadConfig(`${BASE}---\n${DOCUMENT}OOMConfig\n`, '1.13');
  expect(refusal(() => applyPatches(config, [loadPatch('# nothing', '1.13')], '1.13')))
    .toBe('the patch is empty or has only comments, which Talos refuses on a machine config with several documents: leave it out');
  expect(refusal(() => applyPatches(config, [loadPatch('[{op: move}]', '1.13')], '1.13')))
    .toBe('a JSON patch works only on a machine config with a single document: use documents as a patch');
});

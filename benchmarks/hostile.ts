import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import { MachineConfig, MachineConfigPatch, TalosSecrets, TalosVersion } from '../src';
import { requireUnique } from '../src/kubernetes/syntax';
import { ownSecrets } from '../src/machine-config/own-secrets';
import { findOverlap } from '../src/network/find-overlap';
import { shortened, withoutCredentials } from '../src/problem';
import { identityIn } from '../src/secrets/bundle/cluster-identity';
import { Manifest } from '../src/update/manifests/manifest';
import { readManifests } from '../src/update/manifests/read-manifests';
import { UpdatePlan } from '../src/update/update-plan';

/**
 * How long texts and lists take that somebody wrote to make it slow: `npm run benchmark hostile`.
 *
 * Each row is one kind of input at four sizes, up to 1 MiB, in a process of its own, with the time of the processor in milliseconds for the slowest
 * of its steps, and the largest factor by which it grows when the size doubles: 2 is linear, 4 quadratic. Only times that can be told from noise,
 * with the same answer, give a factor. A refusal counts as an answer. A row is SLOW if a size takes more than a second, and GROWS if a factor is
 * above 3. An input that takes longer than `PATIENCE` isn't tried at larger sizes. `npm run benchmark hostile WORD` measures only the rows with this
 * word in their name.
 */
const SIZES = [2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20];
const PATIENCE = 4000;
/** Shorter times say nothing about growth. */
const NOISE = 40;

/** Prepares an input of about so many bytes, and returns what reads it; each of several steps is measured by itself. */
type Hostile = (size: number) => Run | Run[];
type Run = () => unknown;

const read = (text: string) => MachineConfig.fromYaml(text, { talosVersion: TalosVersion.V1_14 });
const LEGACY = 'machine: {type: worker}\ncluster: {controlPlane: {endpoint: "https://a:6443"}}\n';

/** The text of a machine config, and what can be done with it. */
function config(textOf: (size: number) => string): Hostile {
  return (size) => {
    const text = textOf(size);
    let given: MachineConfig;
    return [
      () => {
        given = read(text);
      },
      () => given.toYaml(),
      () => given.validate(),
      () => given.explain('/machine'),
      () => given.diff(read(LEGACY)),
      () => given.toString(),
      () => given.withTalosVersion(TalosVersion.V1_13),
    ];
  };
}

/** The text of a patch. */
function patch(textOf: (size: number) => string, base: (size: number) => string = () => LEGACY): Hostile {
  return (size) => {
    const [given, change] = [read(base(size / 2)), MachineConfigPatch.fromYaml(textOf(size / 2))];
    return () => given.patch(change);
  };
}

/** As many repetitions as fit, with their number. */
function repeat(size: number, part: (index: number) => string): string {
  const parts: string[] = [];
  for (let [length, index] = [0, 0]; length < size; index++) {
    parts.push(part(index));
    length += parts[index].length;
  }
  return parts.join('');
}

/** A free-form field with this value. */
const free = (value: string) => `machine:\n  type: worker\n  kubelet:\n    extraConfig:\n      key: ${value}\ncluster:\n  controlPlane: {endpoint: "https://a:6443"}\n`;
const literal = (body: string) => free(`|+\n        x\n${body}        y`);

const TEXTS: { [name: string]: Hostile } = {
  'line breaks in a text': config((size) => free(JSON.stringify(`a${'\n'.repeat(size / 2)}b`))),
  'line breaks at the end of a text': config((size) => free(JSON.stringify(`a${'\n'.repeat(size / 2)}`))),
  'empty lines of a literal': config((size) => literal('\n'.repeat(size))),
  'lines of spaces in a literal': config((size) => literal(`${' '.repeat(60)}\n`.repeat(size / 61))),
  'a line of spaces in a literal': config((size) => literal(`        ${' '.repeat(size)}x\n`)),
  'separators in a literal': config((size) => literal(`        ${'\u2028 '.repeat(size / 4)}x\n`)),
  'spaces in a plain text': config((size) => free(`a${' '.repeat(size)}b`)),
  'tabs in a quoted text': config((size) => free(`"a${'\t'.repeat(size)}b"`)),
  'lines of spaces in a quoted text': config((size) => free(`"a${`${' '.repeat(50)}\n`.repeat(size / 51)} b"`)),
  'a line of spaces in a quoted text': config((size) => free(`"a\n${' '.repeat(size)}b"`)),
  'spaces and separators in a quoted text': config((size) => free(`"a${' '.repeat(size / 2)}\u2028${' '.repeat(size / 2)}b"`)),
  'a plain text of many lines': config((size) => free(`a\n${'        b\n'.repeat(size / 10)}`)),
  'escapes in a quoted text': config((size) => free(`"${'\\n\\t\\"\\\\'.repeat(size / 8)}"`)),
  'quotes in a quoted text': config((size) => free(`'${"''".repeat(size / 2)}'`)),
  'a folded text': config((size) => free(`>-\n${'        a\n\n'.repeat(size / 11)}`)),
  'a text of letters': config((size) => free('a'.repeat(size))),
  'a text of digits': config((size) => free('1'.repeat(size))),
  'a text of zeros and points': config((size) => free(`"${'0'.repeat(size)}.0.0"`)),
  'a text of colons': config((size) => free(`"${':'.repeat(size)}"`)),
  'a text of user names and colons': config((size) => free(`"${'//a:b'.repeat(size / 5)}"`)),
  'a text of colons after a space': config((size) => free(`"${' a:b'.repeat(size / 4)}@ x"`)),
  'a text of colons and digits': config((size) => free(`"${':1'.repeat(size / 2)}"`)),
  'a text of question marks': config((size) => free(`"//a${'?'.repeat(size)}"`)),
  'a text of at signs': config((size) => free(`"//a:${'@'.repeat(size)} "`)),
  'a text of slashes': config((size) => free(`"${'/'.repeat(size)}"`)),
  'a text of controls': config((size) => free(`"${'\\e'.repeat(size / 2)}"`)),
  'carriage returns': config((size) => `${LEGACY}${'\r\n'.repeat(size / 2)}`),
  'a byte order mark': config((size) => free(`"\ufeff${'a'.repeat(size)}"`)),
  'comments at the start': config((size) => `${'# a\n'.repeat(size / 4)}${LEGACY}`),
  'comments at the end': config((size) => `${LEGACY}${'# a\n'.repeat(size / 4)}`),
  'comments between keys': config((size) => `machine:\n${'  # a\n'.repeat(size / 6)}  type: worker\n${'# a\n'.repeat(size / 6)}cluster: {}\n`),
  'comments in a list': config((size) => `machine:\n  certSANs:\n${'    # a\n    - a\n'.repeat(size / 16)}`),
  'a comment in one line': config((size) => `${LEGACY}# ${'a'.repeat(size)}`),
  'comments in a flow list': config((size) => `machine: {certSANs: [\n${' # a\n'.repeat(size / 5)} a]}`),
};

const STRUCTURES: { [name: string]: Hostile } = {
  'deep flow mappings': config((size) => free('{a: '.repeat(size / 5) + '}'.repeat(size / 5))),
  'deep flow lists': config((size) => free('['.repeat(size / 2) + ']'.repeat(size / 2))),
  'deep flow lists without an end': config((size) => free('['.repeat(size))),
  'deep block lists': config((size) => `machine:\n  kubelet:\n    extraConfig:\n      a:\n        ${'- '.repeat(size / 2)}a`),
  'deep block mappings': config((size) => `machine:\n  kubelet:\n    extraConfig:\n${Array.from({ length: Math.sqrt(2 * size) }, (_, index) => `${' '.repeat(6 + index)}a:`).join('\n')} a`),
  'deep explicit keys': config((size) => `machine:\n  kubelet:\n    extraConfig:\n      ${'? '.repeat(size / 2)}a`),
  'some depth, many values': config((size) => free(`${'{a: '.repeat(90)}[${'a,'.repeat(size / 2)}]${'}'.repeat(90)}`)),
  'more depth, fewer values': config((size) => free(`${'{a: '.repeat(450)}[${'a,'.repeat(20_000)}]${'}'.repeat(450)} # ${' '.repeat(size)}`)),
  'many documents': config((size) => `${LEGACY}${repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth${index}\nmtu: 1400\n`)}`),
  'many empty documents': config((size) => `${LEGACY}${'---\n'.repeat(size / 4)}`),
  'many ends of documents': config((size) => `${LEGACY}${'...\n'.repeat(size / 4)}`),
  'many directives': config((size) => `${repeat(size, (index) => `%TAG !a${index}! tag:a\n`)}---\n${LEGACY}`),
  'many keys': config((size) => free(`{${repeat(size, (index) => `a${index}: b, `)}}`)),
  'many block keys': config((size) => `machine:\n  kubelet:\n    extraConfig:\n${repeat(size, (index) => `      a${index}: b\n`)}`),
  'many equal keys': config((size) => free(`{${'a: b, '.repeat(size / 6)}}`)),
  'many kernel parameters': config((size) => `machine:\n  sysctls:\n${repeat(size, (index) => `    net.a${index}: b\n`)}`),
  'long kernel parameters': config((size) => `machine:\n  sysctls:\n${repeat(size, (index) => `    ${'net.ipv4.conf.'.repeat(60)}${index}: b\n`)}`),
  'many mounts of the kubelet': config((size) => `machine: {kubelet: {extraMounts: [${repeat(size, (index) => `{source: /etc/a${index}},`)}]}}`),
  'many labels': config((size) => `machine:\n  nodeLabels:\n${repeat(size, (index) => `    a${index}: "${index}"\n`)}`),
  'many bad labels': config((size) => `machine:\n  nodeLabels:\n${repeat(size, (index) => `    -${index}: "-"\n`)}`),
  'long equal keys': config((size) => `machine:\n  nodeLabels:\n${repeat(size, (index) => `    ${'a'.repeat(900)}${index}: b\n`)}`),
  'long keys of digits': config((size) => `machine:\n  nodeLabels:\n${repeat(size, (index) => `    "${'1'.repeat(900)}${index}": b\n`)}`),
  'a very long key': config((size) => `machine:\n  nodeLabels:\n    ? ${'a'.repeat(size)}\n    : b\n`),
  'a very long key with many values': config((size) => `machine:\n  registries:\n    mirrors:\n      ? ${'a'.repeat(size / 2)}\n      : {endpoints: [${'a,'.repeat(size / 4)}]}\n`),
  'a very long name with many problems': config((size) => `apiVersion: v1alpha1\nkind: ContainerConfig\nname: ${'a'.repeat(size / 2)}\nimage: a\nenvironment: [${'a,'.repeat(size / 4)}]\n`),
  'a list of many texts': config((size) => `machine: {certSANs: [${repeat(size, (index) => `a${index},`)}]}`),
  'a list of nulls': config((size) => `machine: {certSANs: [${'~,'.repeat(size / 2)}]}`),
  'a list of commas': config((size) => `machine: {certSANs: [${','.repeat(size)}]}`),
  'explicit keys': config((size) => `machine:\n  nodeLabels:\n${repeat(size, (index) => `    ? a${index}\n    : b\n`)}`),
  'aliases of a large list': config((size) => free(`{a: &a [${'a,'.repeat(size / 4)}], b: [${'*a,'.repeat(size / 6)}]}`)),
  'aliases of a long text': config((size) => free(`{a: &a ${'a'.repeat(size / 2)}, b: [${'*a,'.repeat(size / 6)}]}`)),
  'aliases of aliases': config((size) => free(`{${repeat(size, (index) => index === 0 ? 'a0: &a0 [a,a], ' : `a${index}: &a${index} [*a${index - 1},*a${index - 1}], `)}}`)),
  'many anchors': config((size) => free(`[${repeat(size, (index) => `&a${index} a,`)}]`)),
  'merge keys of a large mapping': config((size) => free(`{a: &a {${repeat(size / 2, (index) => `a${index}: b,`)}}, b: {<<: [${'*a,'.repeat(size / 6)}]}}`)),
  'nested merge keys': config((size) => free(`{${repeat(size, (index) => index === 0 ? 'a0: &a0 {a: a}, ' : `a${index}: &a${index} {<<: [*a${index - 1},*a${index - 1}]}, `)}}`)),
  'long chains of merge keys': config((size) => free(`{${repeat(size, (index) => index === 0 ? 'a0: &a0 {k: a}, ' : `a${index}: &a${index} {<<: *a${index - 1}, k${index}: a}, `)}}`)),
  'a quote without an end': config((size) => free(`"${'a\n'.repeat(size / 2)}`)),
  'many quotes': config((size) => free('"'.repeat(size))),
  'many tags': config((size) => free('!a '.repeat(size / 3))),
  'many anchors of one value': config((size) => free('&a '.repeat(size / 3))),
  'many colons': config((size) => free(': '.repeat(size / 2))),
  'many dashes': config((size) => free('-'.repeat(size))),
  'flow in flow keys': config((size) => free('{'.repeat(size))),
  'many brackets': config((size) => free(`[${'[],'.repeat(size / 3)}]`)),
  'many errors': config((size) => `${'a: b: c\n'.repeat(size / 8)}`),
  'networks of the kubelet': config((size) => `machine: {kubelet: {nodeIP: {validSubnets: [${repeat(size, (index) => `${index % 2 ? '"!10' : '"11'}.${networkOf(index)}",`)}]}}}`),
  'networks of pods': config((size) => `cluster: {network: {podSubnets: [${repeat(size, (index) => `10.${networkOf(index)},`)}]}}`),
  'expressions': config((size) => repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a${index}\nprovisioning: {diskSelector: {match: '${'disk.size > 1u && '.repeat(5000)}true'}}\n`)),
  'certificates that are none': config((size) => `machine: {acceptedCAs: [{crt: ${Buffer.from('-----BEGIN A-----\nx\n'.repeat(size / 27)).toString('base64')}}]}`),
  'containers in a chain': config((size) => repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: ContainerConfig\nname: a${index}\nimage: a\ndependsOn: {containers: [a${index + 1}]}\n`)),
  'JSON in one line': config((size) => JSON.stringify({ machine: { type: 'worker', nodeLabels: Object.fromEntries(Array.from({ length: size / 14 }, (_, index) => [`a${index}`, 'b'])) } })),
};

/** The end of a network's address. */
function networkOf(index: number): string {
  return `${Math.floor(index / 256) % 256}.${index % 256}.0/24`;
}

const interfaces = (size: number) => `machine: {network: {interfaces: [${repeat(size, (index) => `{interface: eth${index}, mtu: 1400},`)}]}}`;
const selectors = (size: number) => `machine: {network: {interfaces: [${repeat(size, (index) => `{deviceSelector: {hardwareAddr: "a${index}"}, mtu: 1400},`)}]}}`;
const labels = (size: number) => `machine: {nodeLabels: {${repeat(size, (index) => `a${index}: b,`)}}}`;
const names = (size: number) => `machine: {certSANs: [${repeat(size, (index) => `a${index},`)}]}`;
const plugins = (size: number) => `cluster: {apiServer: {admissionControl: [${repeat(size, (index) => `{name: a${index}, configuration: {a: b}},`)}]}}`;
const links = (size: number) => repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth${index}\nmtu: 1400\n`);

const PATCHES: { [name: string]: Hostile } = {
  'deletes of many keys': patch((size) => `machine: {nodeLabels: {${repeat(size * 2, (index) => `a${index}: {$patch: delete},`)}}}`, labels),
  'deletes among many keys': patch((size) => `machine: {nodeLabels: {${repeat(size, (index) => index % 2 ? `a${index}: c,` : `a${index}: {$patch: delete},`)}}}`, labels),
  'deletes of many elements': patch((size) => `machine: {network: {interfaces: [${repeat(size, (index) => `{interface: eth${index}, $patch: delete},`)}]}}`, interfaces),
  'deletes of many documents': patch((size) => repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth${index}\n$patch: delete\n`), links),
  'deletes in many documents': patch((size) => repeat(size, (index) => `---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth${index}\nmtu: {$patch: delete}\n`), links),
  'deep deletes': patch((size) => free(`${'{a: '.repeat(90)}{${repeat(size, (index) => `a${index}: {$patch: delete},`)}}${'}'.repeat(90)}`), (size) => free(`${'{a: '.repeat(90)}{${repeat(size, (index) => `a${index}: b,`)}}${'}'.repeat(90)}`)),
  'interfaces over interfaces': patch(interfaces, interfaces),
  'selectors over selectors': patch(selectors, selectors),
  'plugins over plugins': patch(plugins, plugins),
  'names after names': patch(names, names),
  'labels over labels': patch(labels, labels),
  'documents over documents': patch(links, links),
  'JSON patch: many additions': patch((size) => `[${repeat(size, (index) => `{"op":"add","path":"/machine/nodeLabels/b${index}","value":"c"},`).slice(0, -1)}]`, labels),
  'JSON patch: additions at the start': patch((size) => `[${repeat(size, () => '{"op":"add","path":"/machine/certSANs/0","value":"c"},').slice(0, -1)}]`, names),
  'JSON patch: copies of copies': patch((size) => `[${repeat(Math.min(size, 4000), (index) => `{"op":"copy","from":"/machine/nodeLabels","path":"/machine/nodeLabels/b${index}"},`).slice(0, -1)}]`, labels),
  'JSON patch: tests': patch((size) => `[${repeat(size, () => '{"op":"test","path":"/machine/nodeLabels","value":{}},').slice(0, -1)}]`, labels),
  'JSON patch of several documents': patch((size) => `[${repeat(size, (index) => `{"op":"add","path":"/machine/nodeLabels/b${index}","value":"c"},`).slice(0, -1)}]`, (size) => `${labels(size)}\n---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: 1400\n`),
  'a patch as documents of 1.14': (size) => {
    const given = MachineConfigPatch.fromYaml(`${labels(size / 4)}\n---\ncluster: {extraManifests: [${repeat(size / 2, (index) => `"http://a/${'a'.repeat(60)}/${index}",`)}]}`);
    return () => given.toDocuments(TalosVersion.V1_14);
  },
  'mirrors as documents of 1.14': (size) => {
    const given = MachineConfigPatch.fromYaml(`machine: {registries: {mirrors: {${repeat(size, (index) => `a${index}: {endpoints: ["http://a"]},`)}}}}`);
    return () => given.toDocuments(TalosVersion.V1_14);
  },
};

const secretsWith = (text: string) => () => TalosSecrets.fromYaml(`cluster: {id: a}\n${text}`);

const OTHERS: { [name: string]: Hostile } = {
  'secrets of a machine config of many documents': (size) => {
    const given = read(`${LEGACY.replace('worker', 'controlplane')}${links(size / 3).replace(/^---$/gm, `--- # ${'a'.repeat(80)}`)}`);
    return () => given.secrets();
  },
  'secrets of many keys': (size) => secretsWith(repeat(size, (index) => `a${index}: b\n`)),
  'secrets of equal keys': (size) => secretsWith('a: b\n'.repeat(size / 5)),
  'deep secrets': (size) => secretsWith('a: {'.repeat(size / 4)),
  'secrets of many documents': (size) => secretsWith('---\na: b\n'.repeat(size / 9)),
  'secrets of many mistakes': (size) => secretsWith('a: b: c\n'.repeat(size / 8)),
  'secrets with aliases of aliases': (size) => secretsWith(repeat(size, (index) => index === 0 ? 'a0: &a0 [a,a]\n' : `a${index}: &a${index} [*a${index - 1},*a${index - 1}]\n`)),
  'an identity among many keys': (size) => {
    const text = `${LEGACY}${repeat(size, (index) => `a${index}: b\n`)}`;
    return () => identityIn(text);
  },
  'a deep identity': (size) => {
    const text = `${LEGACY}a: ${'{a: '.repeat(size / 4)}`;
    return () => identityIn(text);
  },
  'registries without certificates': (size) => {
    const registryInsecure = Array.from({ length: size / 16 }, (_, index) => `a${index}.example`);
    const secrets = TalosSecrets.generate();
    return () => MachineConfig.worker({ clusterName: 'a', endpoint: 'https://a:6443', secrets, registryInsecure });
  },
  'own secrets in many places': (size) => {
    const peers = repeat(size, (index) => `{publicKey: a${index}, presharedKey: b${index}},`);
    const given = read(`${LEGACY}---\napiVersion: v1alpha1\nkind: WireguardConfig\nname: wg0\npeers: [${peers}]\n`);
    return () => ownSecrets(given._history);
  },
  'a message about a long text': (size) => () => shortened('a:'.repeat(size / 2)),
  'credentials of many URLs': (size) => () => withoutCredentials('https://a:b@c '.repeat(size / 14)),
  'networks that do not overlap': (size) => {
    const networks = Array.from({ length: size / 32 }, (_, index) => `10.${networkOf(index)}`);
    return () => findOverlap(networks, networks.map((network) => network.replace('10.', '11.')));
  },
  'unique names': (size) => {
    const texts = Array.from({ length: size / 8 }, (_, index) => `a${index}`);
    return () => requireUnique('names', texts);
  },
  'manifests to compare': (size) => {
    const manifests = (value: string) => objects(size, 64, (index) => ({ kind: 'ConfigMap', metadata: { name: `a${index}` }, data: { value } }));
    const [applied, wanted] = [manifests('b'), manifests('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'manifests of other names': (size) => {
    const [applied, wanted] = ['a', 'b'].map((name) => objects(size, 64, (index) => ({ kind: 'ConfigMap', metadata: { name: `${name}${index}` } })));
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'Secrets that are no machine configs': (size) => {
    const secrets = (value: string) => objects(size, size, () => ({ kind: 'Secret', metadata: { name: 'a' }, stringData: { a: `${'a: b\n'.repeat(size / 5)}${value}` } }));
    const [applied, wanted] = [secrets('b'), secrets('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'machine configs to compare': (size) => {
    const manifests = (value: string) => objects(size, 128, (index) => ({ kind: 'ConfigMap', metadata: { name: `a${index}` }, data: { value: `machine: {type: worker, install: {disk: ${value}}}` } }));
    const [applied, wanted] = [manifests('b'), manifests('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'Secrets that are almost machine configs': (size) => {
    const secrets = (value: string) => objects(size, size, () => ({ kind: 'Secret', metadata: { name: 'a' }, stringData: { a: `machine: {}\n${repeat(size, (index) => `a${index}: b\n`)}${value}` } }));
    const [applied, wanted] = [secrets('b'), secrets('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'Secrets of certificates that are none': (size) => {
    const secrets = (value: string) => objects(size, size, () => ({ kind: 'Secret', metadata: { name: 'a' }, stringData: { a: `${'LS0tLS1CRUdJTi1 '.repeat(size / 16)}${value}` } }));
    const [applied, wanted] = [secrets('b'), secrets('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'machines that name one machine config': (size) => {
    const machines = (value: string) => [
      ...objects(size, size, () => ({ kind: 'Secret', metadata: { name: 'a' }, stringData: { userdata: `machine: {type: worker, network: {hostname: ${value}}, nodeLabels: {${repeat(size / 2, (index) => `a${index}: b,`)}}}` } })),
      ...objects(size, 512, (index) => ({
        kind: 'StatefulSet',
        metadata: { name: `a${index}` },
        spec: { replicas: 1, template: { spec: { containers: [{ name: 'talos', image: 'a:v1.13.0', env: [{ name: 'USERDATA', valueFrom: { secretKeyRef: { name: 'a', key: 'userdata' } } }] }] } } },
      })),
    ];
    const [applied, wanted] = [machines('b'), machines('c')];
    return () => UpdatePlan._of(applied, wanted, []).toString();
  },
  'manifests of many lists': manifestsOf((size) => `a: [${'[],'.repeat(size / 3)}]`),
  'manifests of nulls': manifestsOf((size) => `a: [${'~,'.repeat(size / 2)}]`),
  'manifests of many documents': manifestsOf((size) => '---\na: b\n'.repeat(size / 9)),
  'manifests of empty documents': manifestsOf((size) => '---\n'.repeat(size / 4)),
  'manifests of short lines': manifestsOf((size) => repeat(size, (index) => `a${index}: b\n`)),
  'manifests of many roles': manifestsOf((size) => 'kind: Role\nmetadata: {name: a}\nrules:\n- apiGroups: [""]\n  resources:\n  - pods\n  verbs:\n  - get\n  - list\n---\n'.repeat(size / 105)),
  'manifests in JSON': manifestsOf((size) => JSON.stringify({ kind: 'List', items: objects(size, 90, (index) => ({ kind: 'ConfigMap', metadata: { name: `a${index}` }, data: {} })) })),
  'machines to check': (size) => {
    const machines = (replicas: number) => objects(size, 256, (index) => ({
      kind: 'StatefulSet',
      metadata: { name: `a${index}`, labels: { 'app.kubernetes.io/component': 'control-plane' } },
      spec: { replicas, template: { spec: { containers: [{ name: 'talos', image: 'a:v1.13.0' }] } }, volumeClaimTemplates: [{ metadata: { name: `a${replicas}` } }] },
    }));
    const [applied, wanted] = [machines(3), machines(0)];
    return () => UpdatePlan._risksOf(applied, wanted, []);
  },
};

/** The text of a file of manifests. */
function manifestsOf(textOf: (size: number) => string): Hostile {
  return (size) => {
    const text = textOf(size);
    return () => {
      const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
      try {
        writeFileSync(join(directory, 'a.yaml'), text);
        return readManifests('applied', directory);
      } finally {
        rmSync(directory, { recursive: true });
      }
    };
  };
}

function objects(size: number, each: number, object: (index: number) => object): Manifest[] {
  return Array.from({ length: size / each }, (_, index) => ({ apiVersion: 'v1', ...object(index) }) as Manifest);
}

interface Result {
  readonly time: number;
  readonly answer: string;
}

/** The slowest of the steps in milliseconds of the processor, and whether one was refused. */
function measure(steps: Run[]): Result {
  let [time, answer] = [0, ''];
  for (const step of steps) {
    collectGarbage();
    const start = process.cpuUsage();
    try {
      step();
    } catch (error) {
      answer ||= error instanceof Error ? error.message.split('\n')[0] : '';
    }
    const { user, system } = process.cpuUsage(start);
    time = Math.max(time, (user + system) / 1000);
    if (answer !== '' && step === steps[0]) {
      break; // there is nothing to go on with
    }
  }
  return { time, answer };
}

/** The garbage of one input isn't collected at the cost of the next. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

/** The largest factor from one size to the next; undefined if none is certain. */
function growthOf(results: readonly Result[]): number | undefined {
  const factors = results.slice(1).flatMap(({ time, answer }, index) => {
    const before = results[index];
    return before.time < NOISE || (before.answer === '') !== (answer === '') ? [] : [time / before.time];
  });
  return factors.length === 0 ? undefined : Math.max(...factors);
}

/** What reads an input. Where preparing it is refused, that is the answer. */
function prepared(hostile: Hostile, size: number): Run[] {
  try {
    return [hostile(size)].flat();
  } catch (error) {
    return [() => {
      throw error;
    }];
  }
}

const ROWS: { readonly [name: string]: Hostile } = { ...TEXTS, ...STRUCTURES, ...PATCHES, ...OTHERS };

/** The line of a row. */
function line(name: string): string {
  const hostile = ROWS[name];
  measure(prepared(hostile, 2 ** 14)); // compiles what the others measure
  const results: Result[] = [];
  for (const size of SIZES) {
    if (results.every(({ time }) => time < PATIENCE)) {
      results.push(measure(prepared(hostile, size)));
    }
  }
  const growth = growthOf(results);
  const marks = [Math.max(...results.map(({ time }) => time)) > 1000 && 'SLOW', growth !== undefined && growth > 3 && 'GROWS', results.length < SIZES.length && 'STOPPED'];
  const times = results.map(({ time }) => time.toFixed(0).padStart(7)).join('').padEnd(7 * SIZES.length);
  return `${name.padEnd(46)}${times}${(growth?.toFixed(1) ?? '').padStart(6)} ${marks.filter(Boolean).join(' ').padEnd(13)} ${results[results.length - 1].answer.slice(0, 90)}`.trimEnd();
}

const [argument = '', row] = process.argv.slice(2);
if (argument === '--row') {
  console.log(line(row));
} else {
  for (const name of Object.keys(ROWS).filter((candidate) => candidate.includes(argument))) {
    execFileSync(process.execPath, [...process.execArgv, __filename, '--row', name], { stdio: 'inherit' });
  }
}

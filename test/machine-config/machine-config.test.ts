import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inspect } from 'util';
import { gunzipSync } from 'zlib';
import { parse, parseAllDocuments } from 'yaml';
import { Cni, MachineConfig, MachineConfigPatch, MachineType, TalosRole, TalosSecrets, TalosVersion } from '../../src';
import { RELEASES } from '../../src/talos/release';
import { generated } from '../support/machine-configs';

const controlPlane = generated('v1.13').controlplane;

function documentsOf(config: MachineConfig): any[] {
  return parseAllDocuments(config.toYaml()).map((document) => document.toJS());
}

function fileWith(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'machine-config-')), 'machine.yaml');
  writeFileSync(path, text);
  return path;
}

describe('reading', () => {
  test.each(['v1.7', 'v1.8', 'v1.9', 'v1.10', 'v1.11', 'v1.12', 'v1.13', 'v1.14'])('what talosctl generated for %s comes out unchanged', (contract) => {
    const { controlplane, worker } = generated(contract);
    const options = { talosVersion: TalosVersion.of(contract) };
    expect(MachineConfig.fromYaml(controlplane, options).toYaml()).toBe(controlplane);
    expect(MachineConfig.fromYaml(worker, options).toYaml()).toBe(worker);
  });

  test('text, a file and plain objects give the same', () => {
    const config = MachineConfig.fromYaml(controlPlane);
    expect(MachineConfig.fromFile(fileWith(controlPlane)).toYaml()).toBe(config.toYaml());
    expect(MachineConfig.fromDocuments(documentsOf(config)).toYaml()).toBe(config.toYaml());
  });

  test('values of plain objects keep their types', () => {
    const config = MachineConfig.fromDocuments([{
      machine: { type: 'worker', nodeLabels: { on: 'yes', ip: '012', empty: undefined }, sysctls: { a: '1e3' } },
      cluster: {},
    }]);
    expect(documentsOf(config)[0].machine).toMatchObject({ nodeLabels: { on: 'yes', ip: '012' }, sysctls: { a: '1e3' } });
  });

  test.each([
    ['controlplane', MachineType.CONTROL_PLANE, TalosRole.CONTROL_PLANE],
    ['init', MachineType.INIT, TalosRole.CONTROL_PLANE],
    ['worker', MachineType.WORKER, TalosRole.WORKER],
    ['join', MachineType.WORKER, TalosRole.WORKER],
  ])('machine.type %s', (type, machineType, role) => {
    const config = MachineConfig.fromDocuments([{ machine: { type }, cluster: {} }]);
    expect(config.machineType).toBe(machineType);
    expect(config.role).toBe(role);
  });

  test('the release is the default one unless given', () => {
    expect(MachineConfig.fromYaml(controlPlane).talosVersion).toBe(TalosVersion.DEFAULT);
  });

  test.each<[string, MachineConfig, string | undefined]>([
    ['its own document', MachineConfig.fromYaml('machine: {type: worker}\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: edge'), 'edge'],
    ['the network', MachineConfig.fromYaml('machine: {type: worker, network: {hostname: edge}}'), 'edge'],
    ['nowhere', MachineConfig.fromYaml(controlPlane), undefined],
  ])('the hostname comes from %s', (_, config, hostname) => {
    expect(config.hostname).toBe(hostname);
  });

  test.each<[string, string, string]>([
    ['not YAML', 'machine: [', 'the machine config: '],
    ['a scalar', 'hello', 'the machine config: '],
    ['nothing', '', 'the machine config: '],
    ['a kubeconfig', 'apiVersion: v1\nkind: Config\nclusters: []', 'the machine config: '],
    ['an unknown field', 'machine: {kubelt: {}}', 'kubelt'],
  ])('%s is refused', (_, text, message) => {
    expect(() => MachineConfig.fromYaml(text)).toThrow(message);
  });

  test('what is wrong in a file is said with its path', () => {
    const path = fileWith('machine: {kubelt: {}}');
    expect(() => MachineConfig.fromFile(path)).toThrow(path);
    expect(() => MachineConfig.fromFile('no/such.yaml')).toThrow(`'path' (no/such.yaml) does not exist at ${join(process.cwd(), 'no/such.yaml')}: `);
    expect(() => MachineConfig.fromFile(tmpdir())).toThrow('can\'t be read: EISDIR');
  });

  test('a field of a newer release is refused with the release that brought it', () => {
    const text = 'machine: {nodeAnnotations: {a: b}}';
    expect(() => MachineConfig.fromYaml(text, { talosVersion: TalosVersion.V1_7 })).toThrow('1.8');
    expect(() => MachineConfig.fromYaml(text, { talosVersion: TalosVersion.V1_8 })).not.toThrow();
  });
});

describe('patching', () => {
  test('gives another value', () => {
    const config = MachineConfig.fromYaml(controlPlane);
    const patched = config.patch(MachineConfigPatch.fromYaml('machine: {kubelet: {extraArgs: {v: "2"}}}'));
    expect(documentsOf(patched)[0].machine.kubelet.extraArgs).toEqual({ v: '2' });
    expect(config.toYaml()).toBe(controlPlane);
    expect(config.patch().toYaml()).toBe(controlPlane);
  });

  test('takes text, files and plain objects, one after the other', () => {
    const patched = MachineConfig.fromYaml(controlPlane).patch(
      MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [172.24.0.0/16]}}'),
      MachineConfigPatch.fromFile(fileWith('machine: {certSANs: [a.example.com]}')),
      MachineConfigPatch.fromDocuments({ machine: { certSANs: ['b.example.com'] } }, { apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', mtu: 1400 }),
    );
    const [machine, , link] = documentsOf(patched);
    expect(machine.cluster.network.podSubnets).toEqual(['172.24.0.0/16']);
    expect(machine.machine.certSANs).toEqual(['a.example.com', 'b.example.com']);
    expect(link).toEqual({ apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', mtu: 1400 });
  });

  test.each([
    [TalosVersion.V1_7, { machine: { features: { hostDNS: { enabled: true, forwardKubeDNSToHost: true } } } }],
    [TalosVersion.V1_13, { machine: { features: { hostDNS: { enabled: true, forwardKubeDNSToHost: true } } } }],
  ])('host DNS for Talos %s is the guide\'s patch', (talosVersion, expected) => {
    const config = MachineConfig.fromYaml('machine: {type: worker}', { talosVersion }).patch(MachineConfigPatch.hostDns(talosVersion));
    expect(documentsOf(config)[0]).toMatchObject(expected);
  });

  test('host DNS for Talos 1.14 is a document of its own', () => {
    const talosVersion = TalosVersion.V1_14;
    const config = MachineConfig.fromYaml('machine: {type: worker}', { talosVersion }).patch(MachineConfigPatch.hostDns(talosVersion));
    expect(documentsOf(config)[1]).toEqual({ apiVersion: 'v1alpha1', kind: 'ResolverConfig', hostDNS: { enabled: true, forwardKubeDNSToHost: true } });
  });

  test('a bad patch is refused with its source', () => {
    const config = MachineConfig.fromYaml(controlPlane);
    expect(() => config.patch(MachineConfigPatch.fromYaml('machine: {kubelt: {}}'))).toThrow(/^patches\[0\]: .*kubelt/);
    const path = fileWith('machine: {kubelt: {}}');
    expect(() => config.patch(MachineConfigPatch.fromFile(path))).toThrow(path);
    expect(() => MachineConfigPatch.fromFile('no/such.yaml')).toThrow(`'path' (no/such.yaml) does not exist at ${join(process.cwd(), 'no/such.yaml')}: give the path of a YAML file`);
  });
});

describe('writing a file', () => {
  const config = MachineConfig.fromYaml(controlPlane);
  const newPath = () => join(mkdtempSync(join(tmpdir(), 'machine-config-')), 'machine.yaml');
  const modeOf = (path: string) => statSync(path).mode.toString(8).slice(-3);

  test('is for its owner\'s eyes only', () => {
    const path = newPath();
    config.toFile(path);
    expect(readFileSync(path, 'utf8')).toBe(controlPlane);
    expect(modeOf(path)).toBe('600');
    expect(MachineConfig.fromFile(path).toYaml()).toBe(controlPlane);
  });

  test.each([0o644, 0o666, 0o777, 0o600])('replaces what is there and keeps its mode, %i, with a warning if others can read it', (mode) => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
    const path = fileWith('x'.repeat(2 * controlPlane.length));
    chmodSync(path, mode);
    config.toFile(path);
    expect(readFileSync(path, 'utf8')).toBe(controlPlane);
    expect(modeOf(path)).toBe(mode.toString(8));
    const warning = `'${path}' can be read or written by others than its owner (mode 0${mode.toString(8)}): run 'chmod 600' on it [talos:file-mode]`;
    expect(emitWarning.mock.calls).toEqual(mode === 0o600 ? [] : [[warning, 'TalosWarning']]);
  });

  test.each<[string, () => string, string]>([
    ['a directory', tmpdir, 'EISDIR'],
    ['a directory that isn\'t there', () => join(newPath(), 'no', 'such.yaml'), 'ENOENT'],
    ['a file as a directory', () => join(fileWith('a'), 'machine.yaml'), 'ENOTDIR'],
    ['nothing', () => '', 'ENOENT'],
  ])('is refused where it can\'t be: %s', (_, pathOf, code) => {
    const path = pathOf();
    expect(() => config.toFile(path)).toThrow(`'path' (${path}) can't be written: ${code}; give the path of a file in an existing directory`);
  });
});

describe('user data', () => {
  const withManifest = (contents: string) => MachineConfig.fromYaml(controlPlane)
    .patch(MachineConfigPatch.fromDocuments({ cluster: { inlineManifests: [{ name: 'large', contents }] } }));

  test('is base64 of the text', () => {
    const userData = MachineConfig.fromYaml(controlPlane).toUserData();
    expect(Buffer.from(userData, 'base64').toString()).toBe(controlPlane);
  });

  test('is plain up to the last character that Linux takes', () => {
    const rest = withManifest('').toYaml().length;
    const longest = 98295; // base64 makes 131,060 characters of them, and 131,064 of one more
    const fits = withManifest('x'.repeat(longest - rest + 2));
    expect(fits.toYaml().length).toBe(longest);
    expect(Buffer.from(fits.toUserData(), 'base64').equals(Buffer.from(fits.toYaml()))).toBe(true);
    const tooLong = withManifest('x'.repeat(longest - rest + 3));
    expect(Buffer.from(tooLong.toUserData(), 'base64').subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  test('is gzip beyond, the same bytes every time', () => {
    const config = withManifest('kind: ConfigMap\n'.repeat(50000));
    const bytes = Buffer.from(config.toUserData(), 'base64');
    expect(gunzipSync(bytes).toString() === config.toYaml()).toBe(true);
    expect(bytes.subarray(4, 8)).toEqual(Buffer.alloc(4)); // no time of day
    expect(withManifest('kind: ConfigMap\n'.repeat(50000)).toUserData() === config.toUserData()).toBe(true);
  });

  test('is refused with its sizes when too long in both forms', () => {
    let seed = 1;
    const noise = Array.from({ length: 200000 }, () => String.fromCharCode(33 + (seed = (seed * 48271) % 2147483647) % 90)).join('');
    expect(() => withManifest(noise).toUserData()).toThrow(/'config' has \d+ bytes, which need \d+ characters of USERDATA, or \d+ with gzip; it holds at most 131062/);
  });
});

describe('generating', () => {
  const secrets = TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
  const options = { clusterName: 'lab', endpoint: 'https://cp.lab.example.org:6443', secrets };

  test.each(RELEASES)('gives what talosctl gives for Talos %s', (minor) => {
    const talosVersion = TalosVersion.of(minor);
    const { controlplane, worker } = generated(`v${minor}`);
    const kubernetesVersion = /kubelet:v(\S+)/.exec(worker)![1];
    expect(MachineConfig.controlPlane({ ...options, talosVersion, kubernetesVersion }).toYaml() === controlplane).toBe(true);
    expect(MachineConfig.worker({ ...options, talosVersion, kubernetesVersion }).toYaml() === worker).toBe(true);
  });

  test('takes the default Kubernetes of the release, and its own network', () => {
    const [{ cluster, machine }] = documentsOf(MachineConfig.worker({ ...options, cni: Cni.custom('https://example.org/cni.yaml') }));
    expect(machine.kubelet.image).toBe(`ghcr.io/siderolabs/kubelet:v${TalosVersion.DEFAULT.defaultKubernetesVersion}`);
    expect(cluster.network.cni).toEqual({ name: 'custom', urls: ['https://example.org/cni.yaml'] });
    expect(documentsOf(MachineConfig.worker({ ...options, cni: Cni.none() }))[0].cluster.network.cni).toEqual({ name: 'none' });
    expect(MachineConfig.worker({ ...options, cni: Cni.flannel() }).role).toBe(TalosRole.WORKER);
  });

  test.each<[string, object, string]>([
    ['an endpoint without https', { endpoint: 'http://cp:6443' }, '\'endpoint\' (http://cp:6443)'],
    ['a bare host', { endpoint: 'cp.example.org' }, '\'endpoint\' (cp.example.org)'],
    ['a Kubernetes that is too old', { kubernetesVersion: '1.29.0' }, 'take this one with Talos 1.7 to 1.11'],
    ['a SAN with a port', { additionalSans: ['a:443'] }, '\'additionalSans\' (a:443)'],
    ['overlapping networks', { podSubnets: ['10.96.0.0/16'] }, 'overlap'],
  ])('%s is refused', (_, wrong, message) => {
    expect(() => MachineConfig.worker({ ...options, ...wrong })).toThrow(message);
  });
});

describe('looking into it', () => {
  const base = MachineConfig.fromYaml(controlPlane);
  const patched = base.patch(
    MachineConfigPatch.fromYaml('machine: {certSANs: [a.example.com], kubelet: {extraArgs: {v: "2"}}}'),
    MachineConfigPatch.fromYaml('machine: {token: other1.0123456789abcdef, kubelet: {extraArgs: {v: "3"}}}'),
    MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'LinkConfig', name: 'eth0', mtu: 1400 }),
  );

  test('explain says which source gave a value', () => {
    expect(patched.explain('/machine/kubelet/extraArgs')).toEqual(['the patch: v: "2"', 'the patch: v: "3"']);
    expect(patched.explain('/machine/type')).toEqual(['the machine config: "controlplane"']);
    expect(patched.explain('LinkConfig/eth0/mtu')).toEqual(['the patch: 1400']);
    expect(patched.explain('LinkConfig/mtu')).toEqual(['the patch: 1400']);
    expect(patched.explain('HostnameConfig')).toEqual(['the machine config: apiVersion: "v1alpha1", kind: "HostnameConfig", auto: "stable"']);
    expect(patched.explain('/machine/token')).toEqual(['the machine config: ******']);
    expect(() => patched.explain('/machine/nothing')).toThrow('\'path\': nothing is set at \'/machine/nothing\'');
  });

  test('explain says that a patch removed a value', () => {
    const removed = patched.patch(MachineConfigPatch.fromYaml('machine: {kubelet: {$patch: delete}}'));
    expect(removed.explain('/machine/kubelet/extraArgs').pop()).toBe('the patch: removed');
  });

  test('diff is a line for each value, with secrets masked', () => {
    expect(base.diff(patched)).toEqual([
      '~ v1alpha1 machine.token: ****** -> ******',
      '- v1alpha1 machine.certSANs: []',
      '+ v1alpha1 machine.certSANs[0]: "a.example.com"',
      '+ v1alpha1 machine.kubelet.extraArgs.v: "3"',
      '+ LinkConfig/eth0 apiVersion: "v1alpha1"',
      '+ LinkConfig/eth0 kind: "LinkConfig"',
      '+ LinkConfig/eth0 name: "eth0"',
      '+ LinkConfig/eth0 mtu: 1400',
    ]);
    expect(base.diff(base)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['addresses of an interface', 'machine: {network: {interfaces: [{interface: eth1, addresses: [192.0.2.10/24]}]}}',
      ['machine.network.interfaces[0].addresses']],
    ['addresses and routes of an interface by its selector',
      'machine: {network: {interfaces: [{deviceSelector: {busPath: "00:1"}, addresses: [192.0.2.10/24], routes: [{network: 10.0.0.0/8}]}]}}',
      ['machine.network.interfaces[0].addresses', 'machine.network.interfaces[0].routes']],
    ['addresses of a VLAN', 'machine: {network: {interfaces: [{interface: eth1, vlans: [{vlanId: 7, addresses: [192.0.2.10/24]}]}]}}',
      ['machine.network.interfaces[0].vlans[0].addresses']],
    ['exemptions of an admission plugin',
      'cluster: {apiServer: {admissionControl: [{name: X, configuration: {exemptions: {namespaces: [a]}}}]}}',
      ['cluster.apiServer.admissionControl[1].configuration.exemptions.namespaces']],
  ])('elements that a patch appends again are noticed in merged ones: %s', (_, text, paths) => {
    const patch = MachineConfigPatch.fromYaml(text);
    const config = MachineConfig.fromYaml(controlPlane).patch(patch);
    expect(config.warnings).toEqual([]);
    expect(config.patch(patch).warnings).toEqual(paths.map((path) => `patches[0] appends a duplicate element to '${path}' in the v1alpha1 document`));
  });

  test('what a patch replaces, and what moves because another element is deleted, is no repetition', () => {
    const config = MachineConfig.fromYaml(controlPlane).patch(MachineConfigPatch.fromYaml(`
machine: {network: {interfaces: [{interface: eth1, addresses: [192.0.2.1/24]}, {interface: eth2, addresses: [192.0.2.2/24, 192.0.2.1/24]}]}}
`));
    expect(config.patch(
      MachineConfigPatch.fromYaml('machine: {network: {interfaces: [{interface: eth1, $patch: delete}]}}'),
      MachineConfigPatch.fromYaml('cluster: {network: {podSubnets: [10.200.0.0/16, 10.244.0.0/16]}}'),
    ).warnings).toEqual([]);
  });

  test('a patch that appends a duplicate element is a warning', () => {
    const twice = base.patch(
      MachineConfigPatch.fromYaml('machine: {certSANs: [a.example.com]}'),
      MachineConfigPatch.fromYaml('machine: {certSANs: [b.example.com, a.example.com]}'),
    );
    expect(twice.warnings).toEqual(['patches[1] appends a duplicate element to \'machine.certSANs\' in the v1alpha1 document']);
    expect(patched.warnings).toEqual([]);
  });

  test.each(['v1.7', 'v1.12', 'v1.13', 'v1.14'])('no secret of a generated config for %s shows where it isn\'t asked for', (contract) => {
    const text = generated(contract).controlplane;
    const config = MachineConfig.fromYaml(text, { talosVersion: TalosVersion.of(contract) });
    const secretTexts = secretsOf(text);
    expect(secretTexts.length).toBeGreaterThan(8);
    const redacted = config.toYaml({ redactSecrets: true });
    for (const shown of [redacted, `${config}`, inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config) ?? '', config.diff(config.patch()).join()]) {
      expect(secretTexts.filter((secret) => shown.includes(secret))).toEqual([]);
    }
    expect(redacted).toContain('******');
    expect(redacted.split('\n').length).toBeGreaterThan(40);
  });
});

/** Everything in a generated config that was random when it was made, other than certificates and the cluster's id. */
function secretsOf(text: string): string[] {
  const bundle = parse(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', 'a.yaml'), 'utf8'));
  const keys = Object.values<any>(bundle.certs).map(({ key }) => key);
  const keyLines = keys.map((key) => Buffer.from(key, 'base64').toString().split('\n')[1]);
  const tokens = [bundle.cluster.secret, bundle.secrets.bootstraptoken, bundle.secrets.secretboxencryptionsecret, bundle.trustdinfo.token];
  return [...keys, ...keyLines, ...tokens].filter((secret) => text.includes(secret));
}

import { ApiObject, App, Chart, Lazy, Testing } from 'cdk8s';
import {
  ConfigUpdate, KubeconfigSecret, MachineConfig, MachineConfigPatch, MountStorage, NodeStorage, Preflight, Registry, SecretDelivery, SecretText,
  TalosMachineConfig, TalosMachineConfigProps, TalosMount, TalosNode, TalosNodeProps, TalosRole, TalosVersion, Warnings,
} from '../../src';
import { settingsPatches } from '../../src/machine-config/machine-settings';
import { encodeUserData } from '../../src/machine-config/user-data';
import { standIns, standInSecrets } from '../../src/secrets/stand-in';
import { secrets } from '../support/control-planes';
import { refusal } from '../support/errors';
import { generatedConfig } from '../support/stand-ins';
import { newChart } from '../support/talos-nodes';
import { warningsOf } from '../support/warnings';

const { V1_11, V1_13, V1_14 } = TalosVersion;
const PASSWORD = SecretText.fromSecret('acme-registry', 'password');
const environment = (value: string) => MachineConfigPatch.fromDocuments({ machine: { env: { PASSWORD: value } } });
const files = (content: string) => MachineConfigPatch.fromDocuments({ machine: { files: [{ path: '/var/a', permissions: 0o600, op: 'create', content }] } });

interface Options {
  readonly talosVersion?: TalosVersion;
  readonly role?: TalosRole;
  readonly patches?: MachineConfigPatch[];
  readonly inline?: boolean;
  readonly config?: Partial<TalosMachineConfigProps>;
  readonly node?: TalosNodeProps;
}

/** A node that renders its machine config, and all that is synthesized for it. */
function synth(options: Options = {}) {
  const { talosVersion = V1_13, role = TalosRole.CONTROL_PLANE, patches = [], inline = false, config: own = {}, node = {} } = options;
  const chart = newChart();
  const config = generatedConfig(inline ? secrets : standInSecrets(), talosVersion, role).patch(...patches);
  const secretDelivery = inline ? SecretDelivery.inline() : SecretDelivery.existing();
  const machineConfig = new TalosMachineConfig(chart, 'config', { config, secretDelivery, ...own });
  new TalosNode(chart, 'node', { machineConfig, ...node });
  const objects: any[] = Testing.synth(chart);
  const pod = objects.find(({ kind }) => kind === 'StatefulSet').spec.template;
  const [talos] = pod.spec.containers;
  const renderer = pod.spec.initContainers?.find(({ name }: any) => name === 'machine-config');
  return { chart, objects, machineConfig, pod, talos, renderer, ofKind: (wanted: string) => objects.filter(({ kind }) => kind === wanted) };
}

describe('with the keys elsewhere', () => {
  test('a ConfigMap has the template, and pods mount the bundle', () => {
    const { ofKind, machineConfig, pod, talos, renderer } = synth({ config: { labels: { team: 'a' } } });
    expect(ofKind('Secret')).toEqual([]);
    const [configMap] = ofKind('ConfigMap');
    expect(configMap.metadata).toMatchObject({ name: 'test-config', namespace: 'talos', labels: { team: 'a' } });
    expect(Object.keys(configMap.data)).toEqual(['config.yaml']);
    expect(configMap.data['config.yaml']).toContain('token: @@trustdinfo.token@@');
    expect([machineConfig.secretName, machineConfig.secretKey]).toEqual(['acme-secrets', 'bundle']);
    expect(pod.spec.volumes).toEqual(expect.arrayContaining([
      { name: 'machine-config-templates', configMap: { name: 'test-config' } },
      { name: 'machine-config-bundle', secret: { secretName: 'acme-secrets', items: [{ key: 'bundle', path: 'bundle' }], defaultMode: 0o400 } },
      { name: 'machine-config-scratch', emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } },
      { name: 'machine-config', emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } },
    ]));
    expect(talos.env).toEqual([{ name: 'PLATFORM', value: 'container' }]);
    expect(talos.volumeMounts).toContainEqual({ name: 'machine-config', mountPath: '/usr/local/etc/talos', readOnly: true });
    expect({ ...renderer, command: renderer.command.length }).toEqual({
      name: 'machine-config',
      image: 'public.ecr.aws/docker/library/busybox:1.37.0-musl',
      command: 5,
      env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      securityContext: {
        runAsUser: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: [
        { name: 'machine-config-templates', mountPath: '/templates', readOnly: true },
        { name: 'machine-config-bundle', mountPath: '/bundle', readOnly: true },
        { name: 'machine-config-scratch', mountPath: '/scratch' },
        { name: 'machine-config', mountPath: '/config' },
      ],
    });
  });

  test('workers get their part alone', () => {
    const { pod, machineConfig } = synth({ role: TalosRole.WORKER });
    expect(pod.spec.volumes.find(({ name }: any) => name === 'machine-config-bundle').secret.secretName).toBe('acme-worker-secrets');
    expect(machineConfig.secretName).toBe('acme-worker-secrets');
  });

  test('names, revision and image are the user\'s', () => {
    const delivery = (revision: string) => SecretDelivery.existing({ secretName: 'keys', workerSecretName: 'worker-keys', revision });
    const [one, two] = ['1', '2'].map((revision) => synth({
      config: { secretDelivery: delivery(revision), busyboxImage: 'registry.example.com/busybox:1' }, node: { configUpdate: ConfigUpdate.ROLL },
    }));
    expect(one.machineConfig.secretName).toBe('keys');
    expect(one.renderer.image).toBe('registry.example.com/busybox:1');
    expect(one.pod.metadata.annotations['checksum/machine-config']).not.toBe(two.pod.metadata.annotations['checksum/machine-config']);
    expect(synth({ config: { _clusterName: 'globex' } }).machineConfig.secretName).toBe('globex-secrets');
  });

  test.each<[string, Options]>([
    ['the machine config', { patches: [files('b')] }],
    ['the machine config of one machine', { config: { memberPatches: [{ ordinal: 0, patches: [files('b')] }] } }],
  ])('pods roll when %s changes', (_, changed) => {
    const checksums = [{}, {}, changed].map((options) => synth({ ...options, node: { configUpdate: ConfigUpdate.ROLL } }).pod.metadata.annotations['checksum/machine-config']);
    expect(checksums[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(checksums[1]).toBe(checksums[0]);
    expect(checksums[2]).not.toBe(checksums[0]);
    expect(synth(changed).pod.metadata.annotations).toBeUndefined();
  });

  test('machines with patches of their own have templates of their own', () => {
    const { ofKind } = synth({ config: { memberPatches: [{ ordinal: 1, patches: [files('own')] }] }, node: { replicas: 3 } });
    expect(Object.keys(ofKind('ConfigMap')[0].data)).toEqual(['config.yaml', 'machineconfig-1']);
    expect(ofKind('ConfigMap')[0].data['machineconfig-1']).toContain('content: own');
  });

  describe('a release without an embedded machine config reads it from its state', () => {
    const stateOf = ({ renderer }: ReturnType<typeof synth>) => renderer.volumeMounts.find(({ mountPath }: any) => mountPath === '/config');

    test('which is kept', () => {
      const result = synth({ talosVersion: V1_11 });
      expect(stateOf(result)).toEqual({ name: 'data', subPath: 'system-state', mountPath: '/config' });
      expect(result.renderer.command[3]).toContain('the machine keeps the machine config that it has');
      expect(result.talos.volumeMounts.filter(({ mountPath }: any) => mountPath.includes('/usr/local'))).toEqual([]);
      expect(result.pod.spec.volumes.map(({ name }: any) => name)).not.toContain('machine-config');
    });

    test('which goes with the pod', () => {
      const result = synth({ talosVersion: V1_11, node: { configUpdate: ConfigUpdate.ROLL } });
      expect(stateOf(result)).toEqual({ name: 'system-state', mountPath: '/config' });
      expect(result.renderer.command[3]).not.toContain('keeps');
    });

    test('which is in a claim that exists', () => {
      const storage = NodeStorage.persistent().withMount(TalosMount.SYSTEM_STATE, MountStorage.existingClaim('state'));
      const result = synth({ talosVersion: V1_11, node: { storage } });
      expect(stateOf(result)).toEqual({ name: 'system-state', mountPath: '/config' });
      expect(result.pod.spec.volumes).toContainEqual({ name: 'system-state', persistentVolumeClaim: { claimName: 'state' } });
    });

    test('also with patches for single machines', () => {
      expect(synth({ talosVersion: V1_11, config: { memberPatches: [{ ordinal: 0, patches: [files('own')] }] } }).ofKind('ConfigMap')[0].data).toHaveProperty('machineconfig-0');
    });
  });

  test('the check of the hosting node comes first, the containers of users last', () => {
    const { pod } = synth({ node: { initContainers: [{ name: 'own', image: 'a' }], preflight: Preflight.initContainer() } });
    expect(pod.spec.initContainers.map(({ name }: any) => name)).toEqual(['preflight', 'machine-config', 'own']);
  });

  test('a Job gets the machine configs of all machines, and needs no rights', () => {
    const { machineConfig } = synth({ patches: [environment(PASSWORD.placeholder)], config: { memberPatches: [{ ordinal: 0, patches: [files('own')] }] } });
    const { initContainer, volumes, volumeMounts } = machineConfig._rendered!.forJob('/machine-configs');
    expect(volumeMounts).toEqual([{ name: 'machine-config', mountPath: '/machine-configs', readOnly: true }]);
    expect(volumes.map(({ name }) => name)).toEqual(initContainer.volumeMounts!.map(({ name }) => name));
    expect(initContainer.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(initContainer.command![3]).toContain('for template in /templates/*; do');
    expect(machineConfig._rendered!.secretNames).toEqual(['acme-secrets', 'acme-registry']);
  });

  test('a large machine config needs another way to apply, and a larger one has no place', () => {
    const { chart, ofKind } = synth({ patches: [files('x'.repeat(300_000))] });
    expect(warningsOf(chart).filter((warning) => warning.includes('needs-server-side-apply'))).toEqual([expect.stringContaining('the ConfigMap test-config has 30')]);
    expect(ofKind('ConfigMap')[0].data['config.yaml'].length).toBeGreaterThan(300_000);
    expect(refusal(() => synth({ patches: [files('x'.repeat(1_100_000))] })).message).toContain('needs a ConfigMap of 110');
  });

  test('a machine config with keys of its own is refused, and one without needs the delivery', () => {
    const own = { config: generatedConfig(secrets, V1_13, TalosRole.WORKER) };
    expect(refusal(() => synth({ config: own })).message).toContain('\'config\' has keys in it, and \'secretDelivery\' keeps them out of manifests');
    for (const secretDelivery of [undefined, SecretDelivery.inline()]) {
      const message = 'of a cluster whose keys synthesis never sees';
      expect(refusal(() => synth({ config: { secretDelivery } })).message).toContain(message);
      expect(refusal(() => synth({ config: { secretDelivery }, patches: [environment(PASSWORD.placeholder)] })).message).toContain(message);
    }
  });

  test('a machine config without the name of its cluster needs the names of the Secrets', () => {
    const worker = { talosVersion: TalosVersion.V1_7, role: TalosRole.WORKER };
    expect(refusal(() => synth(worker)).message).toContain('whose name \'config\' doesn\'t have: give \'secretName\' and \'workerSecretName\'');
    const secretDelivery = SecretDelivery.existing({ secretName: 'keys', workerSecretName: 'worker-keys' });
    expect(synth({ ...worker, config: { secretDelivery } }).machineConfig.secretName).toBe('worker-keys');
    expect(synth({ ...worker, config: { _clusterName: 'acme' } }).machineConfig.secretName).toBe('acme-worker-secrets');
  });

  test('a node gives the delivery of a machine config without a construct', () => {
    const chart = newChart();
    const node = new TalosNode(chart, 'node', { machineConfig: generatedConfig(standInSecrets(), V1_13, TalosRole.WORKER), secretDelivery: SecretDelivery.existing() });
    expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain('ConfigMap test-node-config');
    const machineConfig = node.machineConfig!;
    expect(refusal(() => new TalosNode(chart, 'other', { machineConfig, secretDelivery: SecretDelivery.existing() })).message)
      .toContain('\'secretDelivery\' would not reach the ready \'machineConfig\' (acme-worker-secrets)');
  });
});

describe('secrets of users with the keys elsewhere', () => {
  test.each<[string, MachineConfigPatch, string]>([
    ['the password of a registry', MachineConfigPatch.fromDocuments({ machine: { registries: { config: { 'a.example': { auth: { username: 'a', password: 'hunter2' } } } } } }),
      'machine.registries.config.a.example.auth.password'],
    ['a key of WireGuard', MachineConfigPatch.fromDocuments({
      machine: { network: { interfaces: [{ interface: 'wg0', wireguard: { privateKey: Buffer.alloc(32, 7).toString('base64') } }] } },
    }), 'machine.network.interfaces[0].wireguard.privateKey'],
    ['a token of the cluster', MachineConfigPatch.fromDocuments({ cluster: { token: 'abcdef.0123456789abcdef' } }), 'cluster.token'],
    ['the token of its machines', MachineConfigPatch.fromDocuments({ machine: { token: 'abcdef.0123456789abcdef' } }), 'machine.token'],
  ])('%s is refused', (_, patch, path) => {
    const error = refusal(() => synth({ patches: [environment('a'), patch], config: { validate: false } }));
    expect(error.message).toContain(path);
    expect(error.message).toContain('is a secret, and \'secretDelivery\' keeps secrets out of manifests: put it into a Secret, and give the placeholder of SecretText.fromSecret()');
    expect(error.message).not.toMatch(/hunter2|BwcHBw|abcdef/);
    const inline = synth({ inline: true, patches: [patch], config: { validate: false } });
    expect(inline.ofKind('Secret')).toHaveLength(1);
  });

  test('the error names the patch', () => {
    const patch = MachineConfigPatch.fromDocuments({ cluster: { token: 'abcdef.0123456789abcdef' } })._givenAs('patches', 1);
    const error = refusal(() => synth({ patches: [environment('a'), patch] }));
    expect(error).toMatchObject({ property: 'patches', patchIndex: 1, code: 'talos:conflicting-properties' });
    expect(error.message).toContain('patches[1]: the v1alpha1 document: \'cluster.token\' is a secret');
  });

  test('that of a property too', () => {
    const patches = settingsPatches({ registries: [Registry.auth('a.example', { username: 'a', password: 'hunter2' })] }, V1_14, TalosRole.WORKER);
    expect(refusal(() => synth({ talosVersion: V1_14, patches })).message).toContain('RegistryAuthConfig');
    const placed = settingsPatches({ registries: [Registry.auth('a.example', { username: 'a', password: PASSWORD.placeholder })] }, V1_14, TalosRole.WORKER);
    expect(synth({ talosVersion: V1_14, patches: placed }).ofKind('ConfigMap')[0].data['config.yaml']).toContain('password: "@@user.acme-registry/password@@"');
  });

  test.each([V1_13, V1_14])('%s: what the library writes itself isn\'t doubted', (talosVersion) => {
    for (const role of [TalosRole.CONTROL_PLANE, TalosRole.WORKER]) {
      expect(warningsOf(synth({ talosVersion, role }).chart).filter((warning) => warning.includes('possible-secret'))).toEqual([]);
    }
  });

  test('a text that can hold one is, once for each patch and field', () => {
    const patches = (content: string) => [environment('a'), files(content), MachineConfigPatch.fromDocuments({ machine: { env: { https_proxy: 'http://a:b@c.example', A: 'b' } } })];
    const chart = newChart();
    new TalosMachineConfig(chart, 'config', {
      config: generatedConfig(standInSecrets(), V1_13, TalosRole.WORKER)._patch(patches('b').map((patch, index) => patch._givenAs('patches', index))),
      secretDelivery: SecretDelivery.existing(),
    });
    expect(warningsOf(chart).filter((warning) => warning.includes('possible-secret')).map((warning) => /: (patches.*) can hold/.exec(warning)![1])).toEqual([
      'patches[1]: the v1alpha1 document: \'machine.files[0].content\'', 'patches[0]: the v1alpha1 document: \'machine.env\'', 'patches[2]: the v1alpha1 document: \'machine.env\'',
    ]);
    const filled = synth({ patches: patches(PASSWORD.placeholder) });
    expect(warningsOf(filled.chart).join()).not.toContain('content');
    Warnings.of(chart).acknowledge('talos:possible-secret', 'nothing in them is secret');
  });
});

describe('a SecretText', () => {
  test('in a machine config with keys makes a template of it, in the Secret', () => {
    const { ofKind, pod, renderer, talos, machineConfig } = synth({ inline: true, patches: [environment(PASSWORD.placeholder), files(SecretText.fromSecret('other', '.key').placeholder)] });
    const [secret] = ofKind('Secret');
    expect(Object.keys(secret.data)).toEqual(['config.yaml']);
    const template = Buffer.from(secret.data['config.yaml'], 'base64').toString();
    expect(template).toContain('PASSWORD: "@@user.acme-registry/password@@"');
    expect(template).toContain(`token: ${secrets._bundle.trustdinfo.token}`);
    expect([machineConfig.secretName, machineConfig.secretKey]).toEqual(['test-config', 'config.yaml']);
    expect(talos.env).toEqual([{ name: 'PLATFORM', value: 'container' }]);
    expect(renderer.command.slice(4)).toEqual(['machine-config', 'acme-registry/password', 'other/.key']);
    expect(pod.spec.volumes).toContainEqual({ name: 'machine-config-templates', secret: { secretName: 'test-config', defaultMode: 0o400 } });
    expect(pod.spec.volumes).toContainEqual({
      name: 'machine-config-texts',
      projected: {
        sources: [
          { secret: { name: 'acme-registry', items: [{ key: 'password', path: 'acme-registry/password' }] } },
          { secret: { name: 'other', items: [{ key: '.key', path: 'other/.key' }] } },
        ],
        defaultMode: 0o400,
      },
    });
  });

  test('passes for a key of WireGuard, and is the same in one process', () => {
    const patch = MachineConfigPatch.fromDocuments({ machine: { network: { interfaces: [{ interface: 'wg0', wireguard: { privateKey: PASSWORD.placeholder } }] } } });
    expect(generatedConfig(secrets, V1_13, TalosRole.WORKER, [patch]).validate().errors).toEqual([]);
    expect(SecretText.fromSecret('acme-registry', 'password').placeholder).toBe(PASSWORD.placeholder);
    expect(SecretText.fromSecret('acme-registry', 'password2').placeholder).not.toBe(PASSWORD.placeholder);
    expect(PASSWORD.placeholder).toMatch(/^[A-Za-z][A-Za-z0-9]{42}=$/);
  });

  test.each([['A', 'key'], ['a_b', 'key'], ['', 'key'], ['a', ''], ['a', 'b/c'], ['a', '..'], ['a', 'b c']])('of the Secret %j has no key %j', (secretName, key) => {
    expect(refusal(() => SecretText.fromSecret(secretName, key)).code).toBe('talos:invalid-value');
  });
});

describe('no object has what stands for a secret', () => {
  const leaf = (name: string) => standIns().find((standIn) => standIn.name === name)!;
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const LONG = 'x'.repeat(150_000);

  test.each<[string, string, () => object]>([
    ['a part', 'trustdinfo.token', () => ({ data: { a: `the token ${leaf('trustdinfo.token').text}` } })],
    ['a part as a key', 'cluster.id', () => ({ data: { [leaf('cluster.id').text]: 'a' } })],
    ['a certificate in base64', 'certs.k8s.crt', () => ({ data: { a: leaf('certs.k8s.crt').text } })],
    ['a key as PEM', 'certs.etcd.key', () => ({ data: { a: leaf('certs.etcd.key').pem } })],
    ['a line of a key', 'certs.k8sserviceaccount.key', () => ({ data: { a: leaf('certs.k8sserviceaccount.key').pem!.split('\n')[3] } })],
    ['a part in a Secret', 'certs.os.key', () => ({ kind: 'Secret', data: { a: base64(leaf('certs.os.key').text) } })],
    ['a machine config in a Secret', 'trustdinfo.token', () => ({ kind: 'Secret', data: { userdata: base64(encodeUserData(`token: ${leaf('trustdinfo.token').text}\n`)) } })],
    ['a compressed one', 'trustdinfo.token', () => ({ kind: 'Secret', data: { userdata: base64(encodeUserData(`token: ${leaf('trustdinfo.token').text}\n${LONG}`)) } })],
    ['a value that is known late', 'secrets.bootstraptoken', () => ({ data: Lazy.any({ produce: () => ({ a: leaf('secrets.bootstraptoken').text }) }) })],
  ])('%s', (_, part, content) => {
    const { chart } = synth();
    expect(chart.node.root.node.validate()).toEqual([]);
    const other = new Chart(chart.node.root, 'other');
    new ApiObject(other, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'leak' }, ...content() });
    expect(chart.node.root.node.validate()).toEqual([expect.stringMatching(new RegExp(`^(ConfigMap|Secret) leak has ${part.replaceAll('.', '\\.')} of a cluster whose keys`))]);
    expect(() => (chart.node.root as App).synth()).toThrow('whose keys synthesis never sees');
  });

  test('what they sign, and placeholders of users\' texts', () => {
    const { chart } = synth();
    new KubeconfigSecret(chart, 'kubeconfig', { secrets: standInSecrets(), clusterName: 'acme', endpoint: 'https://acme.example.com:6443' });
    new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'leak', annotations: { a: `b ${PASSWORD.placeholder}` } } });
    expect(chart.node.root.node.validate()).toEqual([
      expect.stringContaining('Secret acme-kubeconfig has certs.k8s.crt of a cluster whose keys synthesis never sees'),
      'ConfigMap leak has the placeholder of a SecretText (acme-registry/password), which only machine configs can have: leave it out, or read the Secret there',
    ]);
  });

  test('a placeholder in an app without such machine configs', () => {
    const chart = newChart();
    new TalosNode(chart, 'node', { env: [{ name: 'PASSWORD', value: PASSWORD.placeholder }] });
    expect(chart.node.root.node.validate()).toEqual([expect.stringContaining('StatefulSet test-node has the placeholder of a SecretText (acme-registry/password)')]);
  });

  test('other clusters of the app keep theirs', () => {
    const { chart } = synth();
    const config = MachineConfig.fromYaml(generatedConfig(secrets, V1_14, TalosRole.CONTROL_PLANE).toYaml(), { talosVersion: V1_14 });
    new TalosMachineConfig(chart, 'other', { config });
    new KubeconfigSecret(chart, 'kubeconfig', { secrets, clusterName: 'acme', endpoint: 'https://acme.example.com:6443' });
    expect(chart.node.root.node.validate()).toEqual([]);
  });
});

import { parseAllDocuments } from 'yaml';
import { Cni, MachineConfig, MachineConfigPatch, TalosControlPlaneProps, TalosVersion } from '../../src';
import { contractOf } from '../../src/machine-config/generate/options/contract';
import { secrets, SynthesizedControlPlane } from '../support/control-planes';
import { SWEPT_RELEASES } from '../support/releases';

const OLDER = SWEPT_RELEASES.filter((release) => !contractOf(release).kubernetesDocuments);

const URLS = ['https://example.org/crds.yaml', 'https://example.org/cni.yaml'];
const AGENT = '# the agent\napiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: agent\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: agent\n';
const RULES = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: rules\n';

const CHOICES = {
  flannel: Cni.flannel(),
  none: Cni.none(),
  custom: Cni.custom(...URLS),
  inline: Cni.inlineManifests({ rules: RULES, agent: AGENT }),
};
type Choice = keyof typeof CHOICES;

function options(minor: string, cni?: Cni) {
  return { clusterName: 'lab', endpoint: 'https://cp.example.org:6443', secrets, talosVersion: TalosVersion.of(minor), cni };
}

function documentsOf(config: MachineConfig): any[] {
  return parseAllDocuments(config.toYaml()).map((document) => document.toJS());
}

describe('the machine config up to 1.13', () => {
  const inlineManifests = [{ name: 'agent', contents: AGENT }, { name: 'rules', contents: RULES }];
  const cases: [Choice, object, object[] | undefined][] = [
    ['flannel', { name: 'flannel' }, undefined],
    ['none', { name: 'none' }, undefined],
    ['custom', { name: 'custom', urls: URLS }, undefined],
    ['inline', { name: 'none' }, inlineManifests],
  ];

  test.each(OLDER.flatMap((minor) => cases.map((row) => [minor, ...row] as const)))('of %s with the choice %s', (minor, choice, cni, manifests) => {
    const [{ cluster }] = documentsOf(MachineConfig.controlPlane(options(minor, CHOICES[choice])));
    expect(cluster.network.cni).toEqual(cni);
    expect(cluster.inlineManifests).toEqual(manifests);
    const [worker] = documentsOf(MachineConfig.worker(options(minor, CHOICES[choice])));
    expect(worker.cluster.network.cni).toEqual(cni);
    expect(worker.cluster).not.toHaveProperty('inlineManifests');
  });

  test.each(OLDER)('of %s doesn\'t change by the choice of the default, other than by its name', (minor) => {
    const byDefault = MachineConfig.controlPlane(options(minor));
    expect(byDefault.diff(MachineConfig.controlPlane(options(minor, Cni.flannel())))).toEqual(['+ v1alpha1 cluster.network.cni.name: "flannel"']);
  });
});

describe.each(SWEPT_RELEASES.filter((release) => !OLDER.includes(release)))('the machine config of %s', (release) => {
  const document = (kind: string, content: object) => ({ apiVersion: 'v1alpha1', kind, ...content });
  const CNI_KINDS = ['KubeFlannelCNIConfig', 'KubeExternalManifestConfig', 'KubeInlineManifestConfig'];

  test.each<[Choice, object[]]>([
    ['flannel', [document('KubeFlannelCNIConfig', { backendType: 'vxlan', backendPort: 4789 })]],
    ['none', []],
    ['custom', [
      document('KubeExternalManifestConfig', { name: 'custom-cni', url: URLS[0] }),
      document('KubeExternalManifestConfig', { name: 'custom-cni-2', url: URLS[1] }),
    ]],
    ['inline', [
      document('KubeInlineManifestConfig', { name: 'agent', manifest: AGENT }),
      document('KubeInlineManifestConfig', { name: 'rules', manifest: RULES }),
    ]],
  ])('has documents for the choice %s', (choice, documents) => {
    const ofCni = (config: MachineConfig) => documentsOf(config).filter(({ kind }) => CNI_KINDS.includes(kind));
    expect(ofCni(MachineConfig.controlPlane(options(release, CHOICES[choice])))).toEqual(documents);
    expect(ofCni(MachineConfig.worker(options(release, CHOICES[choice])))).toEqual([]);
  });

  test('doesn\'t change by the choice of the default', () => {
    expect(MachineConfig.controlPlane(options(release, Cni.flannel())).toYaml()).toBe(MachineConfig.controlPlane(options(release)).toYaml());
  });
});

describe.each(SWEPT_RELEASES)('Talos %s', (minor) => {
  test.each(Object.entries(CHOICES))('takes the choice %s', (_, cni) => {
    for (const config of [MachineConfig.controlPlane(options(minor, cni)), MachineConfig.worker(options(minor, cni))]) {
      const hostDns = minor === '1.7' ? [MachineConfigPatch.hostDns(TalosVersion.V1_7)] : [];
      expect(config.patch(...hostDns).validate()).toEqual({ errors: [], warnings: [], findings: [] });
    }
  });

  test('shows no inline manifest where secrets are masked', () => {
    expect(`${MachineConfig.controlPlane(options(minor, CHOICES.inline))}`).not.toContain('DaemonSet');
  });
});

test('the manifests are those of the moment when they were given', () => {
  const manifests = { rules: RULES };
  const cni = Cni.inlineManifests(manifests);
  manifests.rules = '';
  expect(documentsOf(MachineConfig.controlPlane(options('1.13', cni)))[0].cluster.inlineManifests).toEqual([{ name: 'rules', contents: RULES }]);
});

describe('the root of the machines', () => {
  const root = (props: Partial<TalosControlPlaneProps>) =>
    new SynthesizedControlPlane(props).pod.spec.containers[0].securityContext.readOnlyRootFilesystem;

  const cases = SWEPT_RELEASES.flatMap((minor): [minor: string, choice: Choice | 'default', isReadOnly: boolean][] => [
    [minor, 'default', true],
    [minor, 'flannel', true],
    [minor, 'none', minor === '1.7'],
    [minor, 'custom', minor === '1.7'],
    [minor, 'inline', minor === '1.7'],
  ]);
  test.each(cases)('of %s with the choice %s: is read-only %s', (minor, choice, isReadOnly) => {
    const talosVersion = TalosVersion.of(minor);
    const cni = choice === 'default' ? undefined : CHOICES[choice];
    expect(root({ talosVersion, cni })).toBe(isReadOnly);
    expect(root({ talosVersion, cni, readOnlyRootFilesystem: true })).toBe(true);
    expect(root({ talosVersion, cni, readOnlyRootFilesystem: false })).toBe(false);
  });

  test('is writable by /opt on 1.7, which is a volume', () => {
    const [{ volumeMounts }] = new SynthesizedControlPlane({ talosVersion: TalosVersion.V1_7, cni: Cni.none() }).pod.spec.containers;
    expect(volumeMounts.map(({ mountPath }: any) => mountPath)).toContain('/opt');
  });
});

test.each(SWEPT_RELEASES)('kube-proxy of %s is switched off by a patch that Talos takes', (minor) => {
  const talosVersion = TalosVersion.of(minor);
  const withoutKubeProxy = talosVersion.isAtLeast('1.14')
    ? MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'KubeProxyConfig', enabled: false })
    : MachineConfigPatch.fromDocuments({ cluster: { proxy: { disabled: true } } });
  const cluster = new SynthesizedControlPlane({ talosVersion, cni: Cni.none(), patches: [withoutKubeProxy] });
  expect(talosVersion.isAtLeast('1.14') ? !cluster.document('KubeProxyConfig').enabled : cluster.legacy.cluster.proxy.disabled).toBe(true);
});

test('the manifests of a control plane reach its machines', () => {
  const { legacy } = new SynthesizedControlPlane({ cni: CHOICES.inline });
  expect(legacy.cluster.network.cni).toEqual({ name: 'none' });
  expect(legacy.cluster.inlineManifests.map(({ name }: any) => name)).toEqual(['agent', 'rules']);
});

test.each<[string, () => Cni, string]>([
  ['no URL', () => Cni.custom(), '\'urls\' is empty: give the URLs of the manifests'],
  ['a path', () => Cni.custom('https://example.com/cni.yaml', 'cni.yaml'), '\'urls\' (cni.yaml) is not an http or https URL'],
  ['no manifest', () => Cni.inlineManifests({}), '\'inlineManifests\' is empty'],
  ['a bad name', () => Cni.inlineManifests({ a_b: RULES }), '\'inlineManifests\' (a_b) is not a name'],
  ['the path of a manifest', () => Cni.inlineManifests({ cni: 'cni.yaml' }), '\'inlineManifests\' (cni) has a document without'],
])('%s is refused', (_, cni, message) => {
  expect(cni).toThrow(message);
});

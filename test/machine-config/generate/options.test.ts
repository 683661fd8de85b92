import { loadConfig } from '../../../src/machine-config/documents/load';
import { GenerateOptions } from '../../../src/machine-config/generate/options/options';
import { TalosError } from '../../../src/problem';
import { bundle } from '../../support/secrets-fixtures';
import { generateControlPlane, generateWorker } from '../../support/texts';

const secrets = bundle();
const COMMON = { clusterName: 'lab', endpoint: 'https://cp.example.org:6443', kubernetesVersion: '1.34.0' } as const;

function kinds(options: Partial<GenerateOptions>): string[] {
  return loadConfig(generateControlPlane(secrets, { ...COMMON, contract: '1.14', ...options }), '1.14').ids.map(({ kind }) => kind);
}

test.each(['1.9', '1.10', '1.11'] as const)('%s generates what 1.8 generates', (contract) => {
  const options = { ...COMMON, kubernetesVersion: '1.30.0', additionalSans: ['cp'], kubeSpan: true };
  expect(generateControlPlane(secrets, { ...options, contract })).toBe(generateControlPlane(secrets, { ...options, contract: '1.8' }));
  expect(generateWorker(secrets, { ...options, contract })).toBe(generateWorker(secrets, { ...options, contract: '1.8' }));
});

test.each(['1.13', '1.14'] as const)('an option of %s that is undefined was not given', (contract) => {
  const unset: Partial<GenerateOptions> = {
    additionalSans: undefined, podSubnets: undefined, dnsDomain: undefined, kubePrismPort: undefined, discovery: undefined, installDisk: undefined,
  };
  expect(generateControlPlane(secrets, { ...COMMON, contract, ...unset })).toBe(generateControlPlane(secrets, { ...COMMON, contract }));
});

test.each(['1.13', '1.14'] as const)('the defaults of %s can be given', (contract) => {
  const defaults: Partial<GenerateOptions> = {
    additionalSans: [],
    podSubnets: ['10.244.0.0/16'],
    serviceSubnets: ['10.96.0.0/12'],
    dnsDomain: 'cluster.local',
    kubePrismPort: 7445,
    discovery: true,
    debug: false,
    allowSchedulingOnControlPlanes: false,
    installExtraKernelArgs: [],
    registryMirrors: {},
    registryCaCerts: {},
    registryInsecure: [],
    sysctls: {},
    ignoreInterfaces: [],
    configPatches: [],
  };
  expect(generateControlPlane(secrets, { ...COMMON, contract, ...defaults })).toBe(generateControlPlane(secrets, { ...COMMON, contract }));
});

test('without a CNI 1.14 generates what is left when flannel is deleted', () => {
  const withoutFlannel = generateControlPlane(secrets, {
    ...COMMON,
    contract: '1.14',
    configPatches: ['apiVersion: v1alpha1\nkind: KubeFlannelCNIConfig\n$patch: delete\n'],
  });
  expect(generateControlPlane(secrets, { ...COMMON, contract: '1.14', cniName: 'none' })).toBe(withoutFlannel);
});

test('1.14 has flannel by choice as by default', () => {
  expect(kinds({ cniName: 'flannel' })).toEqual(kinds({}));
  expect(kinds({})).toContain('KubeFlannelCNIConfig');
});

test('every manifest of a custom CNI is a document of its own', () => {
  const cniUrls = ['https://a.example.org/crds.yaml', 'https://a.example.org/cni.yaml'];
  const config = loadConfig(generateControlPlane(secrets, { ...COMMON, contract: '1.14', cniName: 'custom', cniUrls }), '1.14');
  expect(config.get('KubeExternalManifestConfig', 'url', 'custom-cni')).toBe(cniUrls[0]);
  expect(config.get('KubeExternalManifestConfig', 'url', 'custom-cni-2')).toBe(cniUrls[1]);
});

test('KubeSpan that is turned off is written where it is turned on', () => {
  const disabled = (contract: '1.12' | '1.13') => loadConfig(generateWorker(secrets, { ...COMMON, contract, kubeSpan: false }), contract);
  expect(disabled('1.12').get('v1alpha1', 'machine.network.kubespan.enabled')).toBe(false);
  expect(disabled('1.13').get('KubeSpanConfig', 'enabled')).toBe(false);
});

test('patches of one kind of machines leave the other as it is', () => {
  const own = (name: 'configPatchesControlPlane' | 'configPatchesWorker') => ({ ...COMMON, contract: '1.13', [name]: ['debug: true'] } as const);
  expect(generateWorker(secrets, own('configPatchesControlPlane'))).toBe(generateWorker(secrets, { ...COMMON, contract: '1.13' }));
  expect(generateControlPlane(secrets, own('configPatchesWorker'))).toBe(generateControlPlane(secrets, { ...COMMON, contract: '1.13' }));
});

test('patches are those of the release', () => {
  const patch = 'apiVersion: v1alpha1\nkind: KubeSpanConfig\nenabled: true\n';
  expect(() => generateWorker(secrets, { ...COMMON, contract: '1.12', configPatches: [patch] })).toThrow(TalosError);
  expect(generateWorker(secrets, { ...COMMON, contract: '1.13', configPatches: [patch] }))
    .toBe(generateWorker(secrets, { ...COMMON, contract: '1.13', kubeSpan: true }));
});

test('options stay as they are', () => {
  const freeze = (value: unknown): unknown => typeof value === 'object' && value !== null ? Object.freeze(Object.values(value).map(freeze) && value) : value;
  const options = freeze({
    ...COMMON, contract: '1.11', additionalSans: ['b', 'a'], registryMirrors: { 'docker.io': ['https://b', 'https://a'] }, registryInsecure: ['b', 'a'],
  }) as GenerateOptions;
  expect(() => generateControlPlane(secrets, options)).not.toThrow();
});

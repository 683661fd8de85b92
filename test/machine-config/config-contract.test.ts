import { MachineConfig, MachineConfigPatch, MachineType, TalosVersion } from '../../src';
import { Release } from '../../src/talos/release';
import { documentsIn, secrets } from '../support/control-planes';
import { generateCases, optionsOf } from '../support/generate-cases';
import { SWEPT_RELEASES } from '../support/releases';
import { bundle } from '../support/secrets-fixtures';
import { generateControlPlane, generateWorker } from '../support/texts';

const given = { clusterName: 'lab', endpoint: 'https://lab.example.org:6443', secrets };
const KUBERNETES = '1.35.0'; // which 1.12 to 1.14 run

describe('Talos 1.14 gets in the form of an older release what talosctl writes for that release', () => {
  const cases = generateCases().filter(({ contract }) => contract !== 'v1.14');

  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', (_, testCase) => {
    const options = { ...optionsOf(testCase), release: '1.14' as Release, kubernetesVersion: KUBERNETES };
    const answers = [testCase.expect.controlplane, testCase.expect.worker].map((text) => documentsIn(text.replaceAll(testCase.kubernetesVersion.replace('v', ''), KUBERNETES)));
    expect([generateControlPlane, generateWorker].map((generate) => documentsIn(generate(bundle(testCase.secrets), options)))).toEqual(answers);
  });
});

const PAIRS = SWEPT_RELEASES.flatMap((release, index) => SWEPT_RELEASES.slice(0, index + 1).map((contract) => [release, contract] as const));

test.each(PAIRS)('Talos %s accepts the form of %s', (release, contract) => {
  const options = { ...given, talosVersion: TalosVersion.of(release), configContract: TalosVersion.of(contract) };
  for (const config of [MachineConfig.controlPlane(options), MachineConfig.worker(options)]) {
    // the form of 1.7 leaves the part to patches that pods need
    const complete = contract === '1.7' ? config.patch(MachineConfigPatch.fromYaml('machine: { features: { hostDNS: { forwardKubeDNSToHost: true } } }')) : config;
    const { errors, findings } = complete.validate();
    expect([...errors, ...findings]).toEqual([]);
    expect(config.talosVersion.minor).toBe(release);
  }
});

test('the release of Kubernetes is that of the machines\' Talos', () => {
  const config = MachineConfig.worker({ ...given, talosVersion: TalosVersion.V1_14, configContract: TalosVersion.V1_13 });
  expect(config.toYaml()).toContain(`kubelet:v${TalosVersion.V1_14.defaultKubernetesVersion}`);
});

test('a contract that is newer than the machines is refused', () => {
  expect(() => MachineConfig.worker({ ...given, talosVersion: TalosVersion.of('v1.13.9'), configContract: TalosVersion.V1_14 })).toThrow(
    "'configContract' (1.14) is newer than 'talosVersion' (v1.13.9), which would refuse its form: give 1.13 or an older one, or leave it out",
  );
});

describe('a machine config by the rules of another release', () => {
  const worker = MachineConfig.worker({ ...given, talosVersion: TalosVersion.V1_13, kubernetesVersion: KUBERNETES });

  test('keeps its documents and the origin of its values', () => {
    const patched = worker.patch(MachineConfigPatch.fromYaml('machine: { sysctls: { a: b } }'));
    const newer = patched.withTalosVersion(TalosVersion.V1_14);
    expect(newer.talosVersion).toBe(TalosVersion.V1_14);
    expect(newer.machineType).toBe(MachineType.WORKER);
    expect(newer.diff(patched)).toEqual([]);
    expect(newer.explain('/machine/sysctls')).toEqual(patched.explain('/machine/sysctls'));
    expect(newer.validate().errors).toEqual([]);
    expect(patched.talosVersion).toBe(TalosVersion.V1_13);
  });

  test('takes patches of that release', () => {
    const sysctls = MachineConfigPatch.fromYaml('apiVersion: v1alpha1\nkind: SysctlConfig\nparams: { a: b }');
    expect(() => worker.patch(sysctls)).toThrow('known since Talos 1.14');
    expect(worker.withTalosVersion(TalosVersion.V1_14).patch(sysctls).explain('SysctlConfig/params')).toHaveLength(1);
  });

  test('keeps the warnings of its patches', () => {
    const twice = MachineConfigPatch.fromYaml('machine: { certSANs: [a.example.org] }');
    const { warnings } = worker.patch(twice, twice);
    expect(warnings).toHaveLength(1);
    expect(worker.patch(twice, twice).withTalosVersion(TalosVersion.V1_14).warnings).toEqual(warnings);
  });

  test('is refused where that release doesn\'t know a part', () => {
    const newer = MachineConfig.worker({ ...given, talosVersion: TalosVersion.V1_14 });
    expect(() => newer.withTalosVersion(TalosVersion.V1_13)).toThrow(
      'the generated machine config: the DiscoveryServiceConfig document \'default\' is known since Talos 1.14, but the config is for Talos 1.13',
    );
    const linked = MachineConfig.fromYaml('machine: { install: { grubUseUKICmdline: true } }', { talosVersion: TalosVersion.V1_13 });
    expect(() => linked.withTalosVersion(TalosVersion.V1_11)).toThrow('grubUseUKICmdline');
  });
});

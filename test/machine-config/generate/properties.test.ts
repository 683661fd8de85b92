import * as fc from 'fast-check';
import { encodeConfig } from '../../../src/machine-config/documents/encode';
import { loadConfig } from '../../../src/machine-config/documents/load';
import { generateControlPlane as documentsOfControlPlane, generateWorker as documentsOfWorker } from '../../../src/machine-config/generate/generate';
import { GenerateOptions } from '../../../src/machine-config/generate/options/options';
import { applyPatches } from '../../../src/machine-config/patches/apply';
import { loadPatch } from '../../../src/machine-config/patches/load-patch';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { kubernetesRange } from '../../../src/talos/kubernetes-versions';
import { Release, RELEASES } from '../../../src/talos/release';
import { runs } from '../../support/releases';
import { bundle, parts } from '../../support/secrets-fixtures';
import { generateControlPlane, generateWorker } from '../../support/texts';

const secrets = bundle();
const RUNS = runs(12);

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const hostName = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const ipv4 = fc.ipV4().filter((address) => !/^(?:10|172)\./.test(address)); // these are the networks' below
const ipv6 = fc.ipV6().filter((address) => !/^fd0[01]:/.test(address));
const port = fc.integer({ min: 20000, max: 40000 });
const host = fc.oneof(hostName, ipv4, ipv6.map((address) => `[${address}]`));
const hostAndPort = fc.tuple(host, fc.option(port)).map(([name, number]) => number === null ? name : `${name}:${number}`);
const text = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const word = fc.stringMatching(/^[!-~]{1,20}$/);

const octet = fc.integer({ min: 0, max: 255 });
const ipv4Networks = fc.tuple(octet, fc.integer({ min: 16, max: 24 }), octet.map((number) => number % 16), fc.integer({ min: 16, max: 28 }))
  .map(([a, podBits, b, serviceBits]) => [`10.${a}.0.0/${podBits}`, `172.${16 + b}.0.0/${serviceBits}`] as const);
const ipv6Networks = fc.tuple(octet, fc.integer({ min: 48, max: 64 }), octet, fc.integer({ min: 108, max: 124 }))
  .map(([a, podBits, b, serviceBits]) => [`fd00:${a.toString(16)}::/${podBits}`, `fd01:${b.toString(16)}::/${serviceBits}`] as const);
const networks = fc.oneof(
  ipv4Networks.map((network) => [network]),
  ipv6Networks.map((network) => [network]),
  fc.tuple(ipv4Networks, ipv6Networks),
).map((pairs) => ({ podSubnets: pairs.map(([pods]) => pods), serviceSubnets: pairs.map(([, services]) => services) }));

const url = fc.tuple(fc.constantFrom('http', 'https'), hostAndPort, fc.constantFrom('', '/v2', '/a/b%20c'))
  .map(([scheme, authority, path]) => `${scheme}://${authority}${path}`);
const certificate = fc.base64String({ minLength: 4, maxLength: 80 })
  .map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`);
const manifest = fc.array(fc.stringMatching(/^[ -~]{0,12}$/), { maxLength: 4 })
  .map((lines) => `${lines.map((line) => `# ${line}\n`).join('\n')}---\napiVersion: v1\nkind: ConfigMap\n${'\n'.repeat(lines.length)}`);
const networkPlugin = fc.oneof(
  fc.constantFrom<Partial<GenerateOptions>>({}, { cniName: 'flannel' }, { cniName: 'none' }),
  fc.array(url, { minLength: 1, maxLength: 3 }).map((cniUrls): Partial<GenerateOptions> => ({ cniName: 'custom', cniUrls })),
  fc.dictionary(hostName, manifest, { minKeys: 1, maxKeys: 3 }).map((inlineManifests): Partial<GenerateOptions> => ({ cniName: 'none', inlineManifests })),
);
const mesh = fc.constantFrom<Partial<GenerateOptions>>({}, { discovery: false }, { discovery: true, kubeSpan: true }, { kubeSpan: false });

const rest = fc.record({
  additionalSans: fc.array(fc.oneof(hostName, hostName.map((name) => `*.${name}`), ipv4, ipv6), { maxLength: 4 }),
  dnsDomain: hostName,
  allowSchedulingOnControlPlanes: fc.boolean(),
  localApiServerPort: fc.integer({ min: 1000, max: 2000 }),
  kubePrismPort: fc.oneof(fc.constant(0), port),
  hostDnsForwardKubeDnsToHost: fc.boolean(),
  installDisk: fc.constantFrom('/dev/sda', '/dev/nvme0n1', '/dev/mapper/a-b'),
  installImage: fc.constantFrom('ghcr.io/siderolabs/installer:v1.13.9', 'registry:5000/a'),
  installExtraKernelArgs: fc.array(word, { maxLength: 3 }),
  registryMirrors: fc.dictionary(fc.oneof(hostAndPort, fc.constant('*')), fc.array(url, { minLength: 1, maxLength: 3 }), { maxKeys: 3 }),
  registryCaCerts: fc.dictionary(hostAndPort, certificate, { maxKeys: 3 }),
  registryInsecure: fc.array(hostAndPort, { maxLength: 3 }),
  sysctls: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}(\.[a-z0-9_]{1,8}){1,3}$/), text, { maxKeys: 4 }),
  debug: fc.boolean(),
  ignoreInterfaces: fc.uniqueArray(fc.stringMatching(/^[a-z0-9.]{1,15}$/), { maxLength: 3 }),
}, { requiredKeys: [] });

function kubernetesVersionOf(release: Release) {
  const { oldest, newest } = kubernetesRange(release);
  return fc.tuple(fc.integer({ min: minor(oldest), max: minor(newest) }), fc.nat(20), fc.constantFrom('', 'v'), fc.constantFrom('', '-rc.1'))
    .map(([number, patch, before, after]) => `${before}1.${number}.${patch}${after}`);
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}

const options = fc.constantFrom(...RELEASES).chain((contract) => fc.tuple(
  fc.record({
    contract: fc.constant(contract),
    clusterName: fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?$/),
    endpoint: hostAndPort.map((authority) => `https://${authority}`),
    kubernetesVersion: kubernetesVersionOf(contract),
  }),
  fc.option(networks),
  networkPlugin,
  mesh,
  rest,
).map((found): GenerateOptions => Object.assign({}, ...found)));

const machines = [['control planes', generateControlPlane], ['workers', generateWorker]] as const;

test.each(machines)('whatever the options, the configuration of %s can be read by its release and is written as it was read', (_, generate) => {
  fc.assert(fc.property(options, (given) => {
    const generated = generate(secrets, given);
    expect(encodeConfig(loadConfig(generated, given.contract))).toBe(generated);
  }), RUNS);
});

test.each([['control planes', documentsOfControlPlane], ['workers', documentsOfWorker]])('whatever the options, the documents of %s are what their text reads as', (_, generate) => {
  fc.assert(fc.property(options, (given) => {
    const generated = generate(secrets, given);
    expect(generated).toEqual(loadConfig(encodeConfig(generated), given.contract));
  }), RUNS);
});

test.each(machines)('whatever the options, the configuration of %s is the same each time', (_, generate) => {
  fc.assert(fc.property(options, (given) => {
    // the same options in another order, in objects of their own
    const copy = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(given).reverse()))) as GenerateOptions;
    expect(generate(secrets, copy)).toBe(generate(secrets, given));
  }), RUNS);
});

test.each(machines)('whatever the options, patches of %s do what they do to the generated configuration', (_, generate) => {
  const patch = 'machine:\n  certSANs: [all.example.org]\n';
  const ownPatch = 'machine:\n  sysctls:\n    vm.swappiness: "1"\n';
  fc.assert(fc.property(options, (given) => {
    const own = generate === generateWorker ? 'configPatchesWorker' : 'configPatchesControlPlane';
    const generated = loadConfig(generate(secrets, given), given.contract);
    const patched = applyPatches(generated, [patch, ownPatch].map((item) => loadPatch(item, given.contract)), given.contract);
    expect(generate(secrets, { ...given, configPatches: [patch], [own]: [ownPatch] })).toBe(encodeConfig(patched));
  }), RUNS);
});

/** The parts of a bundle that only control planes may know. */
const CONTROL_PLANE_SECRETS = [
  'certs.etcd.key', 'certs.k8s.key', 'certs.k8saggregator.key', 'certs.k8sserviceaccount.key', 'certs.os.key', 'secrets.secretboxencryptionsecret',
] as const;

function secretTexts(generated: string): string[] {
  const flat = generated.replace(/\s/g, '');
  return CONTROL_PLANE_SECRETS.filter((name) => {
    const value = parts()[name]!;
    return flat.includes(value.replace(/\s/g, '')) || flat.includes(Buffer.from(value).toString('base64'));
  });
}

test('whatever the options, control planes know every secret and workers none of those', () => {
  fc.assert(fc.property(options, (given) => {
    expect(secretTexts(generateControlPlane(secrets, given))).toEqual([...CONTROL_PLANE_SECRETS]);
    expect(secretTexts(generateWorker(secrets, given))).toEqual([]);
  }), RUNS);
});

test('whatever the manifests, control planes have each of them as it is and workers none', () => {
  fc.assert(fc.property(fc.constantFrom(...RELEASES), fc.dictionary(hostName, manifest, { minKeys: 1, maxKeys: 3 }), (contract, inlineManifests) => {
    const given: GenerateOptions = { clusterName: 'lab', endpoint: 'https://cp:6443', contract, kubernetesVersion: kubernetesRange(contract).newest + '.0', inlineManifests };
    const manifestsOf = (generate: typeof generateWorker) => {
      const config = loadConfig(generate(secrets, given), contract);
      const documents = config.ids.filter(({ kind }) => kind === 'KubeInlineManifestConfig').map(({ kind, name }) => [name, config.get(kind, 'manifest', name)]);
      const legacy = config.get('v1alpha1', 'cluster.inlineManifests') as { name: string; contents: string }[] | undefined;
      return Object.fromEntries([...documents, ...(legacy ?? []).map(({ name, contents }) => [name, contents])]);
    };
    expect(manifestsOf(generateControlPlane)).toEqual(inlineManifests);
    expect(manifestsOf(generateWorker)).toEqual({});
  }), RUNS);
});

test('bundles of old clusters keep the cipher that their secrets are encrypted with', () => {
  const { 'secrets.secretboxencryptionsecret': secret, ...others } = parts();
  const old = SecretsBundle.fromParts({ ...others, 'secrets.aescbcencryptionsecret': secret }, { now: new Date('2027-01-01') });
  const given = { clusterName: 'old', endpoint: 'https://cp:6443', kubernetesVersion: '1.34.0' } as const;

  const legacy = loadConfig(generateControlPlane(old, { ...given, contract: '1.13' }), '1.13');
  expect(legacy.get('v1alpha1', 'cluster.aescbcEncryptionSecret')).toBe(secret);
  expect(legacy.get('v1alpha1', 'cluster.secretboxEncryptionSecret')).toBeUndefined();

  const documents = loadConfig(generateControlPlane(old, { ...given, contract: '1.14' }), '1.14');
  expect(documents.get('KubeEtcdEncryptionConfig', 'config.resources.0.providers')).toEqual([{ aescbc: { keys: [{ name: 'key1', secret }] } }]);
});

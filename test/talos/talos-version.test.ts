import { compare } from 'semver';
import { HostDnsForm, TalosMount, TalosVersion } from '../../src';
import { patchReleasesOf } from '../../src/talos/patch-release';
import { Release, RELEASES } from '../../src/talos/release';

const GUIDE_MOUNTS = [
  TalosMount.SYSTEM_STATE, TalosMount.VAR, TalosMount.ETC_CNI, TalosMount.ETC_KUBERNETES, TalosMount.USR_LIBEXEC_KUBERNETES,
];

describe('a minor release', () => {
  const expected: Readonly<Record<Release, [imageTag: string, oldest: string, newest: string, HostDnsForm, TalosMount[]]>> = {
    '1.7': ['v1.7.7', '1.25', '1.30', HostDnsForm.FEATURE, [...GUIDE_MOUNTS, TalosMount.OPT]],
    '1.8': ['v1.8.4', '1.26', '1.31', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.9': ['v1.9.6', '1.27', '1.32', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.10': ['v1.10.9', '1.28', '1.33', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.11': ['v1.11.6', '1.29', '1.34', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.12': ['v1.12.12', '1.30', '1.35', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.13': ['v1.13.10', '1.31', '1.36', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.14': ['v1.14.2', '1.32', '1.37', HostDnsForm.RESOLVER_CONFIG, [TalosMount.SYSTEM_STATE, TalosMount.VAR]],
  };

  test.each(RELEASES)('%s owns its facts', (minor) => {
    const [imageTag, oldest, newest, hostDnsForm, persistentMounts] = expected[minor];
    const version = TalosVersion.of(minor);
    expect(version.minor).toBe(minor);
    expect(version.imageTag).toBe(imageTag);
    expect(version.oldestKubernetesVersion).toBe(oldest);
    expect(version.newestKubernetesVersion).toBe(newest);
    expect(version.defaultKubernetesVersion.startsWith(`${newest}.`)).toBe(true);
    expect(version.hostDnsForm).toBe(hostDnsForm);
    expect(version.persistentMounts).toEqual(persistentMounts);
    expect(version.ephemeralMounts).toEqual([TalosMount.RUN, TalosMount.SYSTEM, TalosMount.TMP]);
    expect(`${version}`).toBe(imageTag);
  });
});

test('the default is the newest release that works in an ordinary pod', () => {
  const ordinary = RELEASES.filter((release) => TalosVersion.of(release).conditions.length === 0);
  expect(TalosVersion.DEFAULT.minor).toBe('1.13');
  expect(ordinary[ordinary.length - 1]).toBe('1.13');
  expect(TalosVersion.V1_14.conditions.join()).toContain('Linux 6.13');
});

test.each([
  ['v1.13.9', 'v1.13.9', '1.13'],
  ['1.13.2', 'v1.13.2', '1.13'],
  ['v1.9', 'v1.9.6', '1.9'],
  ['v1.14.0-rc.1', 'v1.14.0-rc.1', '1.14'],
])('%s is the release %s', (text, imageTag, minor) => {
  const version = TalosVersion.of(text);
  expect(version.imageTag).toBe(imageTag);
  expect(version.minor).toBe(minor);
});

test.each([
  ['v1.6.0', `'version' (v1.6.0) is not a known release of Talos: give one of ${RELEASES.join(', ')}, or`],
  ['v1.100.0-alpha.0', `'version' (v1.100.0-alpha.0) is not a known release of Talos: give one of ${RELEASES.join(', ')}, update cdk8s-talos, `
    + 'or say which release it is like: TalosVersion.of(\'v1.100.0-alpha.0\', { like: TalosVersion.V1_14 })'],
  ['1.100', 'or say which release it is like: TalosVersion.of(\'v1.100.0\', { like: TalosVersion.V1_14 })'],
  ['2.13.0', '\'version\' (2.13.0) is not a known release of Talos: give one of'],
  ['latest', '\'version\' (latest) is not a version: give one of'],
  ['', '\'version\' () is not a version: give one of'],
])('%p is refused', (text, message) => {
  expect(() => TalosVersion.of(text)).toThrow(message);
});

test.each([
  ['v1.13.9', true, [TalosMount.VAR]],
  ['v1.14.0-rc.1', false, [TalosMount.SYSTEM_STATE, TalosMount.VAR]],
  ['v1.14.0', false, [TalosMount.SYSTEM_STATE, TalosMount.VAR]],
  ['v1.14.1', false, [TalosMount.SYSTEM_STATE, TalosMount.VAR]],
  ['v1.14.2', true, [TalosMount.VAR]],
])('whether %s takes its name from the pod: %s', (text, keepsHostname, essentialMounts) => {
  const version = TalosVersion.of(text);
  expect(version.keepsHostname).toBe(keepsHostname);
  expect(version.essentialMounts).toEqual(essentialMounts);
  expect(version.conditions.join().includes('before 1.14.2')).toBe(!keepsHostname);
});

test.each([
  ['v1.12.11', '1.35.4'], ['v1.12.12', '1.35.8'], ['v1.13.9', '1.36.3'], ['v1.13.10', '1.36.4'],
  ['v1.14.0', '1.37.0'], ['v1.14.1', '1.37.0'], ['v1.14.2', '1.37.1'],
  // not known here: a newer one, one before the first that is known, one with words of its own
  ['v1.13.11', '1.36.4'], ['v1.14.99', '1.37.1'], ['v1.13.0-beta.0', '1.36.0'], ['v1.13.9-acme', '1.36.2'],
])('%s installs Kubernetes %s', (version, kubernetes) => {
  expect(TalosVersion.of(version).defaultKubernetesVersion).toBe(kubernetes);
});

test('no release has an older Kubernetes than an older release of the same minor release', () => {
  const kubernetesOf = (number: string) => TalosVersion.of(number).defaultKubernetesVersion;
  for (const release of RELEASES) {
    const numbers = [...patchReleasesOf(release).map(({ talos }) => talos), `${release}.99`];
    expect(numbers.filter((number, index) => index > 0 && compare(kubernetesOf(number), kubernetesOf(numbers[index - 1])) < 0)).toEqual([]);
  }
});

describe('a minor release that is not known here', () => {
  const version = TalosVersion.of('v1.15.0', { like: TalosVersion.V1_14 });

  test('follows the rules of the one that it is like', () => {
    expect(version.imageTag).toBe('v1.15.0');
    expect(version.minor).toBe('1.15');
    expect(version.hostDnsForm).toBe(HostDnsForm.RESOLVER_CONFIG);
    expect(version.persistentMounts).toEqual(TalosVersion.V1_14.persistentMounts);
    expect(version.newestKubernetesVersion).toBe('1.37');
    expect(version.defaultKubernetesVersion).toBe('1.37.1');
    expect(version.keepsHostname).toBe(true);
    expect([version, TalosVersion.of('v1.15.0', { like: TalosVersion.of('v1.14.0') })].map(({ defaultKubernetesVersion }) => defaultKubernetesVersion))
      .toEqual(['1.37.1', '1.37.0']);
    expect(TalosVersion.of('v1.16.0', { like: version }).defaultKubernetesVersion).toBe('1.37.1');
  });

  test('is compared by its own number', () => {
    expect(['1.13', '1.14', '1.15', 'v1.15'].map((minor) => version.isAtLeast(minor))).toEqual([true, true, true, true]);
    expect(TalosVersion.of('v1.15.0', { like: TalosVersion.V1_12 }).isAtLeast('1.14')).toBe(false);
    expect(version._isNewerMinorThan(TalosVersion.V1_14)).toBe(true);
    expect(TalosVersion.V1_14._isNewerMinorThan(version)).toBe(false);
    expect(TalosVersion.of('v2.0.0', { like: version })._isNewerMinorThan(version)).toBe(true);
  });

  test('has images', () => {
    expect(version.images()).toMatchObject({
      talos: 'ghcr.io/siderolabs/talos:v1.15.0', etcd: 'registry.k8s.io/etcd:3.7.1', derivedFrom: { etcd: 'v1.14.1', flannel: 'v1.14.0-rc.1' },
    });
  });

  test('needs its patch number, and a release', () => {
    expect(() => TalosVersion.of('1.15', { like: TalosVersion.V1_14 })).toThrow('\'version\' (1.15) is a minor release that is not known here: give its patch number too, such as v1.15.0');
    expect(() => TalosVersion.of('v1.15.0', { like: '1.14' as any })).toThrow('\'like\' is a string: give a TalosVersion');
  });

  test('is itself once it is known', () => {
    expect(TalosVersion.of('v1.14.2', { like: TalosVersion.V1_12 })).toEqual(TalosVersion.of('v1.14.2'));
  });
});

test('minor releases are compared as numbers', () => {
  expect(TalosVersion.V1_13.isAtLeast('1.9')).toBe(true);
  expect(TalosVersion.V1_9.isAtLeast('1.13')).toBe(false);
  expect(TalosVersion.of('v1.14.0-rc.1').isAtLeast('1.14')).toBe(true);
});

test('lists are copies', () => {
  TalosVersion.V1_13.persistentMounts.pop();
  expect(TalosVersion.V1_13.persistentMounts).toEqual(GUIDE_MOUNTS);
  TalosVersion.V1_13.ephemeralMounts.pop();
  expect(TalosVersion.V1_13.ephemeralMounts).toContain(TalosMount.TMP);
});

test('the images of a release are for a mirror', () => {
  const images = TalosVersion.V1_13.images();
  expect(images).toMatchObject({
    talos: 'ghcr.io/siderolabs/talos:v1.13.10',
    kubelet: `ghcr.io/siderolabs/kubelet:v${TalosVersion.V1_13.defaultKubernetesVersion}`,
    etcd: 'registry.k8s.io/etcd:v3.6.12',
  });
  expect(TalosVersion.V1_12.images('1.34.2').kubeApiServer).toBe('registry.k8s.io/kube-apiserver:v1.34.2');
  expect(() => TalosVersion.V1_12.images('1.36.0')).toThrow('\'kubernetesVersion\' (1.36.0) does not run on Talos 1.12');
});

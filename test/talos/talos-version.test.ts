import { HostDnsForm, TalosMount, TalosVersion } from '../../src';
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
    '1.12': ['v1.12.11', '1.30', '1.35', HostDnsForm.FEATURE, GUIDE_MOUNTS],
    '1.13': ['v1.13.9', '1.31', '1.36', HostDnsForm.FEATURE, GUIDE_MOUNTS],
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
  ['1.100', '\'version\' (1.100) is not a known release of Talos: give one of'],
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

test.each([['v1.14.0', '1.37.0'], ['v1.14.1', '1.37.0'], ['v1.14.2', '1.37.1'], ['v1.13.9', '1.36.3']])('%s installs Kubernetes %s', (version, kubernetes) => {
  expect(TalosVersion.of(version).defaultKubernetesVersion).toBe(kubernetes);
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
    talos: 'ghcr.io/siderolabs/talos:v1.13.9',
    kubelet: `ghcr.io/siderolabs/kubelet:v${TalosVersion.V1_13.defaultKubernetesVersion}`,
    etcd: 'registry.k8s.io/etcd:v3.6.12',
  });
  expect(TalosVersion.V1_12.images('1.34.2').kubeApiServer).toBe('registry.k8s.io/kube-apiserver:v1.34.2');
  expect(() => TalosVersion.V1_12.images('1.36.0')).toThrow('\'kubernetesVersion\' (1.36.0) does not run on Talos 1.12');
});

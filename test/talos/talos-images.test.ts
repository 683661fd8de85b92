import { TalosImages, TalosVersion } from '../../src';
import { patchReleases, patchReleasesOf } from '../../src/talos/patch-release';
import { RELEASES } from '../../src/talos/release';
import { refusal } from '../support/errors';
import { bundle } from '../support/secrets-fixtures';
import { generateControlPlane, generateWorker } from '../support/texts';

const isComplete = ({ unknownImages }: { readonly unknownImages: readonly string[] }) => unknownImages.length === 0;
const numbers = (rows: ReturnType<typeof patchReleasesOf>) => rows.map(({ talos }) => talos);

test('images of 1.13.9', () => {
  expect(TalosVersion.of('v1.13.9').images('1.36.3')).toEqual({
    talos: 'ghcr.io/siderolabs/talos:v1.13.9',
    talosctl: 'ghcr.io/siderolabs/talosctl:v1.13.9',
    kubelet: 'ghcr.io/siderolabs/kubelet:v1.36.3',
    kubeApiServer: 'registry.k8s.io/kube-apiserver:v1.36.3',
    kubeControllerManager: 'registry.k8s.io/kube-controller-manager:v1.36.3',
    kubeScheduler: 'registry.k8s.io/kube-scheduler:v1.36.3',
    kubeProxy: 'registry.k8s.io/kube-proxy:v1.36.3',
    etcd: 'registry.k8s.io/etcd:v3.6.12',
    coreDns: 'registry.k8s.io/coredns/coredns:v1.14.6',
    flannel: 'ghcr.io/siderolabs/flannel:0.28.8',
    pause: 'registry.k8s.io/pause:3.10.1',
    kubeNetworkPolicies: 'registry.k8s.io/networking/kube-network-policies:v1.1.0',
  });
});

test('images of 1.7.7', () => {
  expect(TalosVersion.of('v1.7.7').images('v1.29.1')).toEqual({
    talos: 'ghcr.io/siderolabs/talos:v1.7.7',
    talosctl: 'ghcr.io/siderolabs/talosctl:v1.7.7',
    kubelet: 'ghcr.io/siderolabs/kubelet:v1.29.1',
    kubeApiServer: 'registry.k8s.io/kube-apiserver:v1.29.1',
    kubeControllerManager: 'registry.k8s.io/kube-controller-manager:v1.29.1',
    kubeScheduler: 'registry.k8s.io/kube-scheduler:v1.29.1',
    kubeProxy: 'registry.k8s.io/kube-proxy:v1.29.1',
    etcd: 'gcr.io/etcd-development/etcd:v3.5.13',
    coreDns: 'registry.k8s.io/coredns/coredns:v1.11.1',
    flannel: 'ghcr.io/siderolabs/flannel:v0.25.3',
    pause: 'registry.k8s.io/pause:3.8',
    installCni: 'ghcr.io/siderolabs/install-cni:v1.7.0-2-g7c627a8',
  });
});

test.each(numbers(patchReleases().filter(isComplete)))('%s has complete images and a Kubernetes version that it runs', (number) => {
  const version = TalosVersion.of(number);
  expect(version.defaultKubernetesVersion.startsWith(`${version.newestKubernetesVersion}.`)).toBe(true);
  const images = Object.values(version.images());
  expect(images.filter((image) => !/^[a-z0-9.]+(?:\/[a-z0-9-]+)+:v?\d+\.\d+[a-z0-9.-]*$/.test(image))).toEqual([]);
  expect(new Set(images).size).toBe(images.length);
});

test.each(patchReleases().filter((row) => !isComplete(row)))('$talos says which of its images are not known', ({ talos, unknownImages }) => {
  const version = TalosVersion.of(talos);
  expect(version.defaultKubernetesVersion.startsWith(`${version.newestKubernetesVersion}.`)).toBe(true);
  const { derivedFrom, ...images } = version.images();
  expect(Object.keys(derivedFrom!)).toEqual(unknownImages);
  for (const [image, release] of Object.entries(derivedFrom!)) {
    expect(TalosVersion.of(release).images().derivedFrom ?? {}).not.toHaveProperty(image);
    expect(TalosVersion.of(release).images()).toHaveProperty(image, images[image as keyof typeof images]);
  }
});

test.each<[string, Partial<TalosImages>]>([
  ['1.7.9', { flannel: 'ghcr.io/siderolabs/flannel:v0.25.3', derivedFrom: { etcd: 'v1.7.7', coreDns: 'v1.7.7', flannel: 'v1.7.7', pause: 'v1.7.7', installCni: 'v1.7.7' } }],
  ['1.13.11', {
    kubelet: 'ghcr.io/siderolabs/kubelet:v1.36.4',
    etcd: 'registry.k8s.io/etcd:v3.6.12',
    derivedFrom: { etcd: 'v1.13.9', coreDns: 'v1.13.9', flannel: 'v1.13.9', pause: 'v1.13.9', kubeNetworkPolicies: 'v1.13.9' },
  }],
  ['1.14.2', {
    etcd: 'registry.k8s.io/etcd:3.7.1',
    coreDns: 'registry.k8s.io/coredns/coredns:v1.14.7',
    flannel: 'ghcr.io/siderolabs/flannel:0.28.9',
    derivedFrom: { etcd: 'v1.14.1', coreDns: 'v1.14.1', flannel: 'v1.14.0-rc.1', pause: 'v1.14.0-rc.1', kubeNetworkPolicies: 'v1.14.0-rc.1' },
  }],
  ['1.14.0-alpha.0', { pause: 'registry.k8s.io/pause:3.10.2', derivedFrom: expect.objectContaining({ pause: 'v1.14.0-rc.1' }) }],
])('images of %s that are not known are those of the nearest release', (number, images) => {
  expect(TalosVersion.of(number).images()).toMatchObject({ talos: `ghcr.io/siderolabs/talos:v${number}`, ...images });
});

const newestComplete = RELEASES.flatMap((release) => {
  const rows = patchReleasesOf(release).filter(isComplete);
  return numbers(rows.slice(-1)).map((number) => [release, number] as const);
});
test.each(newestComplete)('the configuration of %s asks for no other image', (contract, number) => {
  const version = TalosVersion.of(number);
  const options = { clusterName: 'lab', endpoint: 'https://cp:6443', contract, kubernetesVersion: version.defaultKubernetesVersion };
  const texts = [generateControlPlane(bundle(), options), generateWorker(bundle(), options)].join('\n');
  const asked = [...texts.matchAll(/image: (\S+)/g)].map(([, image]) => image);
  expect(asked).toHaveLength(6);
  expect(Object.values(version.images())).toEqual(expect.arrayContaining(asked));
});

test.each([
  ['1.13.9', '1.30.0', "'kubernetesVersion' (1.30.0) does not run on Talos 1.13: choose 1.31 to 1.36, or take this one with Talos 1.7 to 1.12"],
])('images of Talos %s with Kubernetes %s are refused', (talosVersion, kubernetesVersion, message) => {
  expect(refusal(() => TalosVersion.of(talosVersion).images(kubernetesVersion)).text).toBe(message);
});

import { Release } from '../../../talos/release';
import { Check } from '../check/check';
import { Place } from '../check/place';

/** The newest minor release of Kubernetes that each release of Talos supports. */
const NEWEST_KUBERNETES: Readonly<Record<Release, number>> = {
  '1.7': 30, '1.8': 31, '1.9': 32, '1.10': 33, '1.11': 34, '1.12': 35, '1.13': 36, '1.14': 37,
};
/** How many minor releases of Kubernetes a release of Talos supports. */
const SUPPORTED_MINORS = 6;

/** Images with the version of Kubernetes; a field is replaced by a document. */
const IMAGES: ReadonlyArray<{ readonly path: string; readonly kind: string; readonly isControlPlane: boolean }> = [
  { path: 'machine.kubelet.image', kind: 'KubeletConfig', isControlPlane: false },
  { path: 'cluster.apiServer.image', kind: 'KubeAPIServerConfig', isControlPlane: true },
  { path: 'cluster.controllerManager.image', kind: 'KubeControllerManagerConfig', isControlPlane: true },
  { path: 'cluster.scheduler.image', kind: 'KubeSchedulerConfig', isControlPlane: true },
];

/** Versions of Kubernetes that the release does not support. From 1.11 on nodes refuse them at boot. */
export function findUnsupportedKubernetes(check: Check): void {
  for (const { path, kind } of check.since('1.11') ? IMAGES.filter(({ isControlPlane }) => check.isControlPlane || !isControlPlane) : []) {
    for (const image of [check.legacy.at(path), check.document(kind).at('image')].filter((place) => !place.isEmpty)) {
      findUnsupportedImage(image, check);
    }
  }
}

function findUnsupportedImage(image: Place, check: Check): void {
  const [, major, minor] = /:vv?([0-9]+)\.([0-9]+)[^:]*(?:@.*)?$/.exec(image.text) ?? [];
  const newest = NEWEST_KUBERNETES[check.release];
  const oldest = newest - SUPPORTED_MINORS + 1;
  if (major === undefined) {
    check.finding(image, `is ${image.shown}: nodes need the version of Kubernetes in the tag, such as :v1.${newest}.0`);
  } else if (major !== '1' || Number(minor) < oldest || Number(minor) > newest) {
    check.finding(image, `has Kubernetes ${major}.${minor}: Talos ${check.release} supports 1.${oldest} to 1.${newest}`);
  }
}

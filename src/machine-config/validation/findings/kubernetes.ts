import { kubernetesRange, runsKubernetes } from '../../../talos/kubernetes-versions';
import { Check } from '../check/check';
import { Place } from '../check/place';

/** The images of a Kubernetes version: fields, and the documents that replace them. */
const IMAGES: ReadonlyArray<{ readonly path: string; readonly kind: string; readonly isControlPlane: boolean }> = [
  { path: 'machine.kubelet.image', kind: 'KubeletConfig', isControlPlane: false },
  { path: 'cluster.apiServer.image', kind: 'KubeAPIServerConfig', isControlPlane: true },
  { path: 'cluster.controllerManager.image', kind: 'KubeControllerManagerConfig', isControlPlane: true },
  { path: 'cluster.scheduler.image', kind: 'KubeSchedulerConfig', isControlPlane: true },
];

/** Finds Kubernetes versions that the release doesn't support. Since 1.11 machines refuse them at boot. */
export function findUnsupportedKubernetes(check: Check): void {
  for (const { path, kind } of check.since('1.11') ? IMAGES.filter(({ isControlPlane }) => check.isControlPlane || !isControlPlane) : []) {
    for (const image of [check.legacy.at(path), check.document(kind).at('image')].filter((place) => !place.isEmpty)) {
      findUnsupportedImage(image, check);
    }
  }
}

function findUnsupportedImage(image: Place, check: Check): void {
  const version = /:vv?([0-9]{1,9}\.[0-9]{1,9})[^:]*(?:@[^]*)?$/.exec(image.text)?.[1];
  const { oldest, newest } = kubernetesRange(check.release);
  if (version === undefined) {
    check.finding(image, `is ${image.shown}: machines need the Kubernetes version in the tag, such as :v${newest}.0`);
  } else if (!runsKubernetes(check.release, version)) {
    check.finding(image, `has Kubernetes ${version}: Talos ${check.release} supports ${oldest} to ${newest}`);
  }
}

/**
 * The documents without which an API server with a document of its own doesn't start. Without that document, Talos has defaults in their place.
 *
 * @see https://github.com/siderolabs/talos/blob/v1.14.0-rc.1/internal/app/machined/pkg/controllers/k8s/render_config_static_pods.go
 */
const ACCESS: ReadonlyArray<readonly [kind: string, problem: string, remedy: string]> = [
  [
    'KubeAuthenticationConfig',
    'reads an empty file in its place and doesn\'t start',
    'add one with \'configuration: { anonymous: { enabled: true, conditions: [{ path: /livez }, { path: /readyz }, { path: /healthz }] } }\', and with \'jwt\' beside '
      + '\'anonymous\' for OpenID Connect',
  ],
  [
    'KubeAuthorizerConfig',
    'has no way to authorize requests and doesn\'t start',
    'add two, one with \'name: node\' and \'type: Node\', one with \'name: rbac\' and \'type: RBAC\'',
  ],
];

/** Finds API servers that don't start because a document beside theirs is missing. */
export function findMissingAccess(check: Check): void {
  const missing = check.isControlPlane && check.document('KubeAPIServerConfig').isSet ? ACCESS.filter(([kind]) => !check.document(kind).isSet) : [];
  for (const [kind, problem, remedy] of missing) {
    check.finding(check.document(kind), `is missing beside KubeAPIServerConfig, so the API server ${problem}: ${remedy}`);
  }
}

import { readBoolean, readStructure, readText } from '../input';
import { BUSYBOX_IMAGE } from './busybox';
import { preflightScript, PreflightScriptOptions } from './preflight-script';
import { CONFINED } from '../kubernetes/confined';
import { Container, VolumeMount } from '../kubernetes/container';
import { requireImageReference } from '../kubernetes/image-reference';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

/**
 * Options of a check of hosting nodes.
 *
 * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/
 */
export interface PreflightOptions {
  /**
   * An image with a static `/bin/busybox` and its tools on the PATH.
   *
   * @default - `toolImages.busybox` of the control plane; otherwise `public.ecr.aws/docker/library/busybox:1.37.0-musl`
   */
  readonly image?: string;

  /**
   * Whether the CNI of the inner cluster is flannel, which doesn't start unless the hosting node has loaded the kernel module `br_netfilter`. With
   * `false`, a missing module is only a hint.
   *
   * @default - whether `cni` of the control plane is flannel; otherwise true
   */
  readonly flannel?: boolean;
}

/**
 * A check of the hosting node in the pods of machines: an init container without any rights, which ends before Talos starts. It fails, and
 * Kubernetes tries it again, until the node has all that Talos needs. Its log and its termination message say everything that is wrong, and what to
 * do.
 *
 * It fails if something keeps Talos or the inner cluster from starting: a kernel too old for the release of Talos, no cgroup v2 or too few
 * controllers, no overlay file system, a `/var` that can't hold overlays, or no `br_netfilter` for flannel. Low limits of inotify and a read-only
 * sysfs are hints.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { Preflight, TalosNode, TalosVersion } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'talos', { namespace: 'talos' });
 * new TalosNode(chart, 'node', {
 *   talosVersion: TalosVersion.V1_14,
 *   preflight: Preflight.initContainer(),
 * });
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export class Preflight {
  /**
   * Checks each hosting node in an init container.
   *
   * @param options image and CNI
   * @throws if the image isn't the name of one
   */
  public static initContainer(options: PreflightOptions = {}): Preflight {
    options = readPreflightOptions('options', options);
    requirePreflight(options);
    return new Preflight(options);
  }

  private constructor(private readonly options: PreflightOptions) {}

  /**
   * The same check, with these options where it has none.
   *
   * @internal
   */
  public _withDefaults(defaults: PreflightOptions): Preflight {
    return new Preflight({ ...defaults, ...this.options });
  }

  /**
   * The init container, which mounts what Talos has at `/var`.
   *
   * @internal
   */
  public _container(talosVersion: TalosVersion, mounts: VolumeMount[]): Container {
    const volumeMounts = mounts.filter(({ mountPath }) => mountPath === TalosMount.VAR).map((mount) => ({ ...mount, readOnly: true }));
    return preflightContainer(this.options, volumeMounts, { talosVersion, volume: '/var', besideTalos: true });
  }
}

/** Requires options that Kubernetes takes. */
export function requirePreflight({ image }: PreflightOptions): void {
  if (image !== undefined) {
    requireImageReference('image', image);
  }
}

/** The container that checks the hosting node on which its pod runs. */
export function preflightContainer(
  { image = BUSYBOX_IMAGE, flannel = true }: PreflightOptions, volumeMounts: VolumeMount[], options: Omit<PreflightScriptOptions, 'flannel'>,
): Container {
  return {
    name: 'preflight',
    image,
    command: ['/bin/busybox', 'sh', '-c', preflightScript({ ...options, flannel })],
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
    securityContext: CONFINED,
    volumeMounts,
  };
}

export const readPreflightOptions = readStructure<PreflightOptions>({}, { image: readText, flannel: readBoolean });

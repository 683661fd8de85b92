import { readStructure, readText } from '../input';
import { requireImageReference } from '../kubernetes/image-reference';
import { BUSYBOX_IMAGE } from '../node/busybox';
import { TalosVersion } from '../talos/talos-version';

const RCLONE = 'ghcr.io/rclone/rclone:1.76.0';
const KUBECTL = 'registry.k8s.io/kubectl:v1.36.3';

/**
 * The images of the tools in Jobs and init containers: names of images with a tag, a digest, or both, for example
 * `registry.example.com/busybox:1.37.0-musl@sha256:…`.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 */
export interface ToolImages {
  /**
   * The image with `/talosctl`.
   *
   * @default - `ghcr.io/siderolabs/talosctl` with the Talos version as its tag
   */
  readonly talosctl?: string;

  /**
   * An image with a static `/bin/busybox`. The default is Docker's official image, as Docker publishes it in Amazon ECR Public: Docker Hub allows far
   * fewer pulls from one address to anonymous clients, and the busybox that the Kubernetes project publishes is made for its own tests.
   *
   * @default 'public.ecr.aws/docker/library/busybox:1.37.0-musl'
   * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-service-quotas.html
   */
  readonly busybox?: string;

  /**
   * An image with a static `/bin/kubectl`, for the Jobs that scale a control plane down, make a cluster's secrets, or make its credentials where
   * synthesis never sees the keys. The default is Kubernetes's own.
   *
   * @default 'registry.k8s.io/kubectl:v1.36.3'
   */
  readonly kubectl?: string;

  /**
   * An image with a static `/usr/local/bin/rclone`, and with certificates of public authorities in `/etc/ssl/certs/ca-certificates.crt`, for the Jobs
   * with snapshots of etcd in a bucket. The default is rclone's own.
   *
   * @default 'ghcr.io/rclone/rclone:1.76.0'
   * @see https://rclone.org/install/#docker
   */
  readonly rclone?: string;
}

/** The images of a Job with talosctl. */
export interface JobImages {
  readonly talosctlImage: string;
  readonly busyboxImage: string;
  readonly kubectlImage: string;
  readonly rcloneImage: string;
  readonly imagePullSecrets?: string[];
}

/**
 * The chosen images, or else the official ones.
 *
 * @throws if a chosen one isn't the name of an image
 */
export function jobImages(chosen: ToolImages = {}, talosVersion: TalosVersion, imagePullSecrets?: string[]): JobImages {
  const { talosctl = `ghcr.io/siderolabs/talosctl:${talosVersion.imageTag}`, busybox = BUSYBOX_IMAGE, kubectl = KUBECTL, rclone = RCLONE } = chosen;
  requireImageReference('toolImages.talosctl', talosctl);
  requireImageReference('toolImages.busybox', busybox);
  requireImageReference('toolImages.kubectl', kubectl);
  requireImageReference('toolImages.rclone', rclone);
  return { talosctlImage: talosctl, busyboxImage: busybox, kubectlImage: kubectl, rcloneImage: rclone, imagePullSecrets };
}

export const readToolImages = readStructure<ToolImages>({}, { talosctl: readText, busybox: readText, kubectl: readText, rclone: readText });

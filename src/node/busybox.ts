/** An image with a static `/bin/busybox` and its tools on the PATH. */
export const BUSYBOX_IMAGE = 'public.ecr.aws/docker/library/busybox:1.37.0-musl';

import { HostDnsForm } from './host-dns-form';
import { TalosMount } from './talos-mount';

/*
 * What each release of Talos brings. A new release is a row of PATCH_RELEASES, and a row of MINOR_RELEASES where its minor release is new.
 * The sources are Talos's constants and release notes.
 */

/** The minor releases of Kubernetes that a release of Talos runs. */
export interface KubernetesRange {
  /** such as `1.31` */
  readonly oldest: string;
  /** such as `1.36` */
  readonly newest: string;
}

/** What all patch releases of a minor release have in common. */
export interface MinorRelease {
  readonly kubernetes: KubernetesRange;
  /** the directories that persist by default */
  readonly persistentMounts: readonly TalosMount[];
  readonly hostDnsForm: HostDnsForm;
  /** the repository of the installer image */
  readonly installer: string;
  /** whether a worker registers with the taints in the machine config's own field, instead of changing its node afterwards */
  readonly registersWithTaints: boolean;
  /** whether it puts containers into a cgroup that doesn't exist in a privileged pod of plain containerd, unless a runtime avoids that */
  readonly needsPodRuntime: boolean;
  /** the oldest Linux on which it runs in a pod, where a hosting node may have an older one */
  readonly oldestLinux?: string;
}

const GUIDE_MOUNTS = [
  TalosMount.SYSTEM_STATE, TalosMount.VAR, TalosMount.ETC_CNI, TalosMount.ETC_KUBERNETES, TalosMount.USR_LIBEXEC_KUBERNETES,
];

const UP_TO_1_13 = {
  persistentMounts: GUIDE_MOUNTS,
  hostDnsForm: HostDnsForm.FEATURE,
  installer: 'ghcr.io/siderolabs/installer',
  registersWithTaints: false,
  needsPodRuntime: false,
};

const SINCE_1_14 = {
  persistentMounts: [TalosMount.SYSTEM_STATE, TalosMount.VAR],
  hostDnsForm: HostDnsForm.RESOLVER_CONFIG,
  // the last part is the Image Factory's name for a Talos without extensions
  installer: 'factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba',
  registersWithTaints: true,
  needsPodRuntime: true,
  oldestLinux: '6.13',
};

/** The minor releases, oldest first. */
export const MINOR_RELEASES = {
  '1.7': { ...UP_TO_1_13, kubernetes: { oldest: '1.25', newest: '1.30' }, persistentMounts: [...GUIDE_MOUNTS, TalosMount.OPT] },
  '1.8': { ...UP_TO_1_13, kubernetes: { oldest: '1.26', newest: '1.31' } },
  '1.9': { ...UP_TO_1_13, kubernetes: { oldest: '1.27', newest: '1.32' } },
  '1.10': { ...UP_TO_1_13, kubernetes: { oldest: '1.28', newest: '1.33' } },
  '1.11': { ...UP_TO_1_13, kubernetes: { oldest: '1.29', newest: '1.34' } },
  '1.12': { ...UP_TO_1_13, kubernetes: { oldest: '1.30', newest: '1.35' } },
  '1.13': { ...UP_TO_1_13, kubernetes: { oldest: '1.31', newest: '1.36' } },
  '1.14': { ...SINCE_1_14, kubernetes: { oldest: '1.32', newest: '1.37' } },
} as const satisfies Readonly<Record<string, MinorRelease>>;

/** The mounts that must be empty at every start of the pod, in all releases. */
export const EPHEMERAL_MOUNTS: readonly TalosMount[] = [TalosMount.RUN, TalosMount.SYSTEM, TalosMount.TMP];

/**
 * The releases that name a node by its identity in `/system/state`, not by its pod.
 *
 * @see https://github.com/siderolabs/talos/pull/14417
 */
export const NAMED_BY_IDENTITY = { since: '1.14.0-0', before: '1.14.2' } as const;

/**
 * The first release whose workers connect to trustd by the name in the endpoint too, not only by the addresses to which it leads.
 *
 * @see https://github.com/siderolabs/talos/commit/96e604874
 */
export const CONNECTS_BY_NAME_SINCE = '1.12.3';

/**
 * The patch releases, oldest first: the Kubernetes that each installs by default, the etcd image, and the tags of the other images.
 *
 * The columns have the names of `TalosImages`. `-` is what a release doesn't have, `?` what isn't known here: the nearest row that has it stands in.
 * `npm run release-row` prints the row of a checkout of Talos.
 */
export const PATCH_RELEASES = `
talos        kubernetes   etcd                                  coreDns  flannel  pause   kubeNetworkPolicies  installCni
1.7.0        1.30.0       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -                    v1.7.0-1-gbb76755
1.7.1        1.30.0       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -                    v1.7.0-1-gbb76755
1.7.2        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -                    v1.7.0-1-gbb76755
1.7.3        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -                    v1.7.0-1-gbb76755
1.7.4        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -                    v1.7.0-1-gbb76755
1.7.5        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -                    v1.7.0-2-g7c627a8
1.7.6        1.30.3       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -                    v1.7.0-2-g7c627a8
1.7.7        1.30.5       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -                    v1.7.0-2-g7c627a8
1.8.0        1.31.1       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.6  3.9     -                    -
1.8.1        1.31.1       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.9     -                    -
1.8.2        1.31.2       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.9     -                    -
1.8.3        1.31.2       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.10    -                    -
1.8.4        1.31.4       gcr.io/etcd-development/etcd:v3.5.17  v1.11.3  v0.25.7  3.10    -                    -
1.9.0        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -                    -
1.9.1        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -                    -
1.9.2        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -                    -
1.9.3        1.32.1       gcr.io/etcd-development/etcd:v3.5.18  v1.12.0  v0.26.1  3.10    -                    -
1.9.4        1.32.2       gcr.io/etcd-development/etcd:v3.5.18  v1.12.0  v0.26.4  3.10    -                    -
1.9.5        1.32.3       gcr.io/etcd-development/etcd:v3.5.19  v1.12.0  v0.26.5  3.10    -                    -
1.9.6        1.32.4       gcr.io/etcd-development/etcd:v3.5.21  v1.12.0  v0.26.5  3.10    -                    -
1.10.0       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.1       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.2       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.3       1.33.1       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.4       1.33.1       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.5       1.33.2       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.6       1.33.3       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.7       1.33.4       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.8       1.33.6       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -                    -
1.10.9       1.33.6       gcr.io/etcd-development/etcd:v3.5.26  v1.12.1  v0.26.7  3.10    -                    -
1.11.0       1.34.0       gcr.io/etcd-development/etcd:v3.6.4   v1.12.2  v0.27.2  3.10    -                    -
1.11.1       1.34.0       gcr.io/etcd-development/etcd:v3.6.4   v1.12.3  v0.27.2  3.10    -                    -
1.11.2       1.34.1       gcr.io/etcd-development/etcd:v3.6.4   v1.12.3  v0.27.2  3.10    -                    -
1.11.3       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -                    -
1.11.4       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -                    -
1.11.5       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -                    -
1.11.6       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -                    -
1.12.0       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -                    -
1.12.1       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -                    -
1.12.2       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -                    -
1.12.3       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -                    -
1.12.4       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -                    -
1.12.5       1.35.2       registry.k8s.io/etcd:v3.6.8           v1.13.2  v0.27.4  3.10    -                    -
1.12.6       1.35.2       registry.k8s.io/etcd:v3.6.8           v1.13.2  v0.27.4  3.10    -                    -
1.12.7       1.35.4       registry.k8s.io/etcd:v3.6.9           v1.13.2  v0.27.4  3.10    -                    -
1.12.8       1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.3  v0.27.4  3.10.1  -                    -
1.12.9       1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -                    -
1.12.10      1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -                    -
1.12.11      1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -                    -
1.12.12      1.35.8       ?                                     ?        ?        ?       -                    -
1.13.0       1.36.0       registry.k8s.io/etcd:v3.6.9           v1.14.2  v0.28.4  3.10.1  v1.0.0               -
1.13.1       1.36.0       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0               -
1.13.2       1.36.0       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0               -
1.13.3       1.36.1       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0               -
1.13.4       1.36.1       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0               -
1.13.5       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0               -
1.13.6       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0               -
1.13.7       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.4  0.28.7   3.10.1  v1.1.0               -
1.13.8       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.6  0.28.8   3.10.1  v1.1.0               -
1.13.9       1.36.3       registry.k8s.io/etcd:v3.6.12          v1.14.6  0.28.8   3.10.1  v1.1.0               -
1.13.10      1.36.4       ?                                     ?        ?        ?       ?                    -
1.14.0-rc.1  1.37.0-rc.0  registry.k8s.io/etcd:3.7.1            v1.14.6  0.28.9   3.10.2  v1.1.1               -
1.14.0       1.37.0       ?                                     ?        ?        ?       ?                    -
1.14.1       ?            registry.k8s.io/etcd:3.7.1            v1.14.7  ?        ?       ?                    -
1.14.2       1.37.1       ?                                     ?        ?        ?       ?                    -
`;

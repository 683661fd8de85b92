/**
 * What each Talos release brings by default, as its source has it: the Kubernetes version, the etcd image and the tags of others.
 *
 * `policies` is kube-network-policies, `install-cni` what flannel needed besides in 1.7; `-` where a release has none.
 */
const RELEASE_TABLE = `
# talos      kubernetes   etcd                                  coredns  flannel  pause   policies  install-cni
1.7.0        1.30.0       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -         v1.7.0-1-gbb76755
1.7.1        1.30.0       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -         v1.7.0-1-gbb76755
1.7.2        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -         v1.7.0-1-gbb76755
1.7.3        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -         v1.7.0-1-gbb76755
1.7.4        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.1  3.8     -         v1.7.0-1-gbb76755
1.7.5        1.30.1       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -         v1.7.0-2-g7c627a8
1.7.6        1.30.3       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -         v1.7.0-2-g7c627a8
1.7.7        1.30.5       gcr.io/etcd-development/etcd:v3.5.13  v1.11.1  v0.25.3  3.8     -         v1.7.0-2-g7c627a8
1.8.0        1.31.1       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.6  3.9     -         -
1.8.1        1.31.1       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.9     -         -
1.8.2        1.31.2       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.9     -         -
1.8.3        1.31.2       gcr.io/etcd-development/etcd:v3.5.16  v1.11.3  v0.25.7  3.10    -         -
1.8.4        1.31.4       gcr.io/etcd-development/etcd:v3.5.17  v1.11.3  v0.25.7  3.10    -         -
1.9.0        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -         -
1.9.1        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -         -
1.9.2        1.32.0       gcr.io/etcd-development/etcd:v3.5.17  v1.12.0  v0.26.1  3.10    -         -
1.9.3        1.32.1       gcr.io/etcd-development/etcd:v3.5.18  v1.12.0  v0.26.1  3.10    -         -
1.9.4        1.32.2       gcr.io/etcd-development/etcd:v3.5.18  v1.12.0  v0.26.4  3.10    -         -
1.9.5        1.32.3       gcr.io/etcd-development/etcd:v3.5.19  v1.12.0  v0.26.5  3.10    -         -
1.9.6        1.32.4       gcr.io/etcd-development/etcd:v3.5.21  v1.12.0  v0.26.5  3.10    -         -
1.10.0       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.1       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.2       1.33.0       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.3       1.33.1       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.4       1.33.1       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.5       1.33.2       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.6       1.33.3       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.7       1.33.4       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.8       1.33.6       gcr.io/etcd-development/etcd:v3.5.21  v1.12.1  v0.26.7  3.10    -         -
1.10.9       1.33.6       gcr.io/etcd-development/etcd:v3.5.26  v1.12.1  v0.26.7  3.10    -         -
1.11.0       1.34.0       gcr.io/etcd-development/etcd:v3.6.4   v1.12.2  v0.27.2  3.10    -         -
1.11.1       1.34.0       gcr.io/etcd-development/etcd:v3.6.4   v1.12.3  v0.27.2  3.10    -         -
1.11.2       1.34.1       gcr.io/etcd-development/etcd:v3.6.4   v1.12.3  v0.27.2  3.10    -         -
1.11.3       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -         -
1.11.4       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -         -
1.11.5       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -         -
1.11.6       1.34.1       gcr.io/etcd-development/etcd:v3.6.5   v1.12.4  v0.27.4  3.10    -         -
1.12.0       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -         -
1.12.1       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -         -
1.12.2       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -         -
1.12.3       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -         -
1.12.4       1.35.0       registry.k8s.io/etcd:v3.6.7           v1.13.2  v0.27.4  3.10    -         -
1.12.5       1.35.2       registry.k8s.io/etcd:v3.6.8           v1.13.2  v0.27.4  3.10    -         -
1.12.6       1.35.2       registry.k8s.io/etcd:v3.6.8           v1.13.2  v0.27.4  3.10    -         -
1.12.7       1.35.4       registry.k8s.io/etcd:v3.6.9           v1.13.2  v0.27.4  3.10    -         -
1.12.8       1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.3  v0.27.4  3.10.1  -         -
1.12.9       1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -         -
1.12.10      1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -         -
1.12.11      1.35.4       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.27.4  3.10.1  -         -
1.13.0       1.36.0       registry.k8s.io/etcd:v3.6.9           v1.14.2  v0.28.4  3.10.1  v1.0.0    -
1.13.1       1.36.0       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0    -
1.13.2       1.36.0       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0    -
1.13.3       1.36.1       registry.k8s.io/etcd:v3.6.11          v1.14.2  v0.28.4  3.10.1  v1.0.0    -
1.13.4       1.36.1       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0    -
1.13.5       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0    -
1.13.6       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.2  v0.28.5  3.10.1  v1.0.0    -
1.13.7       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.4  0.28.7   3.10.1  v1.1.0    -
1.13.8       1.36.2       registry.k8s.io/etcd:v3.6.12          v1.14.6  0.28.8   3.10.1  v1.1.0    -
1.13.9       1.36.3       registry.k8s.io/etcd:v3.6.12          v1.14.6  0.28.8   3.10.1  v1.1.0    -
1.14.0-rc.1  1.37.0-rc.0  registry.k8s.io/etcd:3.7.1            v1.14.6  0.28.9   3.10.2  v1.1.1    -
`;

/** A row of the table; what a release has none of is undefined. */
export interface ReleaseRow {
  readonly talos: string;
  readonly kubernetes: string;
  readonly etcd: string;
  readonly coreDns: string;
  readonly flannel: string;
  readonly pause: string;
  readonly policies?: string;
  readonly installCni?: string;
}

let parsedRows: ReleaseRow[] | undefined;

/** The releases, oldest first. */
export function releaseRows(): readonly ReleaseRow[] {
  parsedRows ??= RELEASE_TABLE.trim().split('\n').slice(1).map((line) => {
    const [talos, kubernetes, etcd, coreDns, flannel, pause, policies, installCni] = line.split(/ +/).map((cell) => cell === '-' ? undefined : cell);
    return { talos, kubernetes, etcd, coreDns, flannel, pause, policies, installCni } as ReleaseRow;
  });
  return parsedRows;
}

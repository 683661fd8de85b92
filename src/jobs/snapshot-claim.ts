import { placeFunctions, requireSnapshotDirectory, SnapshotPlace, SNAPSHOTS } from './snapshot-place';
import { readStructure, readText } from '../input';
import { word } from './scripts';
import { requireDnsSubdomain } from '../kubernetes/syntax';

/**
 * An existing PersistentVolumeClaim with snapshots of etcd, in the namespace of the control plane.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export interface SnapshotClaimOptions {
  /** The name of the claim. */
  readonly claimName: string;

  /**
   * The directory in the volume: a relative path of letters, digits, '-', '_' and '.', or '' for the root. Clusters that share a claim need
   * different ones.
   *
   * @default - the name of the cluster
   */
  readonly directory?: string;
}

/**
 * A claim as a place of snapshots.
 *
 * @param property the name of the options in messages
 * @param clusterName the name of the cluster
 * @param options the options
 * @param readOnly whether snapshots are only read
 * @throws if an option isn't valid
 */
export function claimPlace(property: string, clusterName: string, options: SnapshotClaimOptions, readOnly: boolean = false): SnapshotPlace {
  const { claimName, directory = clusterName } = options;
  requireDnsSubdomain(`${property}.claimName`, claimName);
  requireSnapshotDirectory(`${property}.directory`, directory);
  return {
    identity: `the directory '${directory}' of the claim ${claimName}`,
    isNamespaced: true,
    mounted: {
      volumes: [{ name: 'snapshots', persistentVolumeClaim: { claimName } }],
      volumeMounts: [{ name: 'snapshots', mountPath: SNAPSHOTS, readOnly: readOnly || undefined }],
    },
    functions: placeFunctions({
      place: `the claim ${claimName}`,
      own: `directory=${word([SNAPSHOTS, ...directory === '' ? [] : [directory]].join('/'))}
prepare() {
  # what a Job leaves that ended too early stays for a day: another one may be at work
  call /tools/busybox mkdir -p "$directory" && call /tools/busybox touch "$directory/.etcd-is-writable" || return
  call /tools/busybox find "$directory" -maxdepth 1 -type f -name '.etcd-*' -mmin +1440 -exec /tools/busybox rm -f {} + || :
}
names() { call /tools/busybox ls "$directory"; }
store() {
  call /tools/busybox sync "$directory/.$1.sha256" "$directory/.$1" &&
    call /tools/busybox mv "$directory/.$1.sha256" "$directory/$1.sha256" && call /tools/busybox mv "$directory/.$1" "$directory/$1"
}
remove() { call /tools/busybox rm "$directory/$1" && call /tools/busybox rm "$directory/$1.sha256"; }
bring() { :; }
`,
    }),
    ports: [],
  };
}

export const readSnapshotClaimOptions = readStructure<SnapshotClaimOptions>({ claimName: readText }, { directory: readText });

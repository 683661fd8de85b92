import { IConstruct } from 'constructs';
import { MountedFiles } from './talosctl-pod';
import { leaveName } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { shortened, TalosError } from '../problem';

/*
 * Places where snapshots of etcd are kept, as the pods with talosctl reach them. A snapshot `etcd-20261201T000000Z-1b9d6bcd.db` has a file with its
 * checksum beside it, with `.sha256` at its end. That one comes first and goes last, so that a snapshot is whole as soon as it has its name.
 */

/** The directory in which a script finds snapshots, or the space for one on its way. */
export const SNAPSHOTS = '/snapshots';

/** The memory that a pod may use: talosctl checks each page of a snapshot, which takes about 20 MiB for each GiB. */
export const SNAPSHOT_MEMORY = '512Mi';

/** The pattern of the names that snapshots get: their time in UTC, so that they sort, and what tells those of a second apart, if anything. */
const SNAPSHOT_NAME = 'etcd-[0-9]{8}T[0-9]{6}Z(-[0-9a-f]{8})?[.]db';

/** A place, and what a pod with talosctl needs to reach it. */
export interface SnapshotPlace {
  /** What tells this place from all others, in one namespace if it is namespaced. */
  readonly identity: string;
  readonly isNamespaced: boolean;
  readonly mounted: MountedFiles;
  /**
   * Shell functions, which follow the prelude:
   * - `prepare` makes the place ready for another snapshot; each is written to `$directory/.NAME` first;
   * - `store NAME` puts the snapshot `$directory/.NAME` and `$directory/.NAME.sha256` into the place;
   * - `list` prints the names of the good snapshots, the oldest first;
   * - `remove NAME` removes one;
   * - `is_whole FILE` finds out whether a file is a snapshot with the right hash in it, and sets `$size`;
   * - `fetch [NAME]` brings a snapshot, the newest good one by default, and checks it: its file is then `$snapshot`.
   * Each prints what goes wrong and returns 1. Only `fetch` works where the place is read-only. Transfers may take `$transfer` seconds.
   */
  readonly functions: string;
  /** The TCP ports that the pod must reach, besides those of the cluster. */
  readonly ports: number[];
  /** The names of the Secrets that it needs, which others make, by the options that give them. */
  readonly secretNames?: { readonly [option: string]: string };
  /** The URL of the service, where it has no TLS. */
  readonly plainEndpoint?: string;
}

/** What the functions of a kind of place are made of. */
export interface PlaceFunctions {
  /** What messages call the place, for example `the claim backups`. */
  readonly place: string;
  /** Functions `prepare`, `names` (prints all files), `store`, `remove` and `bring` (puts a file into `$directory`), and the variable `directory`. */
  readonly own: string;
}

/** The shell functions of a place. */
export function placeFunctions({ place, own }: PlaceFunctions): string {
  return `transfer=3600
${own}is_whole() {
  # etcd ends a snapshot with the SHA-256 of what is before
  size=$(/tools/busybox stat -c %s "$1") && [ "$size" -gt 32 ] &&
    sum=$(/tools/busybox head -c "$((size - 32))" "$1" | /tools/busybox sha256sum) &&
    [ "\${sum%% *}" = "$(/tools/busybox tail -c 32 "$1" | /tools/busybox od -An -v -tx1 | /tools/busybox tr -d ' \\n')" ]
}
good() {
  /tools/busybox grep -xE '${SNAPSHOT_NAME}([.]sha256)?' | /tools/busybox sort | /tools/busybox awk '$0 == last ".sha256" { print last } { last = $0 }'
}
list() {
  found=$(names) || { echo "can't list the snapshots in ${place}: $found"; return 1; }
  echo "$found" | good
}
fetch() {
  found=$(names) || { echo "can't list the snapshots in ${place}: $found"; return 1; }
  name=\${1:-$(echo "$found" | good | /tools/busybox tail -n 1)}
  [ -n "$name" ] || { echo "there is no good snapshot in ${place}"; return 1; }
  # where a clock was ahead, the last name isn't that of the newest
  [ -n "$1" ] || echo "$name" | /tools/busybox awk -v now="etcd-$(/tools/busybox date -u +%Y%m%dT%H%M%SZ)~" '{ exit $0 > now }' || {
    echo "a clock is wrong: $name has a later time than now. Name the snapshot that is wanted"; return 1
  }
  echo "$found" | /tools/busybox grep -qxF -e "$name" || { echo "there is no snapshot $name in ${place}"; return 1; }
  out=$(bring "$name") || { echo "can't fetch $name from ${place}: $out"; return 1; }
  snapshot=$directory/$name
  if echo "$found" | /tools/busybox grep -qxF -e "$name.sha256"; then
    out=$(bring "$name.sha256") || { echo "can't fetch $name.sha256 from ${place}: $out"; return 1; }
    expected=$(/tools/busybox awk '{ print $1; exit }' "$snapshot.sha256")
    sum=$(/tools/busybox sha256sum < "$snapshot") && [ "\${sum%% *}" = "$expected" ] || {
      echo "$name is damaged: its checksum isn't the one of $name.sha256"; return 1
    }
    echo "$name has the checksum $expected"
  else
    echo "$name has no checksum beside it"
  fi
}
`;
}

/**
 * Leaves the names of the Secrets of a place to others.
 *
 * @throws if the app makes one of them itself, such as that with a Job's talosconfig
 */
export function leaveSecrets(construct: IConstruct, property: string, { secretNames = {} }: SnapshotPlace): void {
  Object.entries(secretNames).forEach(([option, name]) => leaveName(construct, 'Secret', name, `${property}.${option}`));
}

/** Warns of a service without TLS. */
export function warnOfPlainEndpoint(construct: IConstruct, property: string, { plainEndpoint }: SnapshotPlace): void {
  if (plainEndpoint !== undefined) {
    warn(construct, 'talos:snapshots-without-tls', `'${property}.endpoint' (${plainEndpoint}) has no TLS: who sees the traffic reads the data of etcd; use https`);
  }
}

/**
 * Requires a directory of a place, which may be its root.
 *
 * @throws if it isn't a relative path of letters, digits, '-', '_' and '.'
 */
export function requireSnapshotDirectory(property: string, value: string): void {
  const isRight = value === '' || value.split('/').every((part) => /^[-\w.]+$/.test(part) && !/^[.]/.test(part));
  if (!isRight || value.length > 200) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a directory for snapshots: give a relative path of up to 200 letters, digits, '-', '_' and '.', `
      + 'whose parts don\'t begin with \'.\'; \'\' for the root');
  }
}

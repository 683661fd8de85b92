import { DnsRecord, lookUpAll } from './dns-lookup';
import { AWAIT_ETCD, firstMember, word } from './scripts';

/** What a recovery needs to know. */
export interface RecoveryScriptOptions {
  /** The host of the first member. */
  readonly host: string;
  /** The host that leads to all members. */
  readonly all: string;
  /** The type of the hosting cluster's DNS records with the addresses of pods. */
  readonly record: DnsRecord;
  /** The shell functions of the place, see `SnapshotPlace`. */
  readonly functions: string;
  /** The name of the snapshot; the newest good one by default. */
  readonly snapshot?: string;
}

/**
 * Recovers etcd from a snapshot, and waits until it answers. Where etcd has data, it recovers nothing and says so. While the data of some members
 * is left without a leader, it waits for a person to decide.
 *
 * An accepted call isn't repeated: another upload would replace the snapshot that the machine reads. A refused one is, but seldom, because each
 * uploads the snapshot first.
 */
export function recoveryScript({ host, all, record, functions, snapshot }: RecoveryScriptOptions): string {
  return `${firstMember(host, all, record)}${functions}members() {
  ${lookUpAll(record, `${all}.`, '/tools/busybox ')}
}
ask() { talosctl --endpoints "$node" --nodes "$node" "$@"; }
has_snapshot() {
  [ ! -f "$snapshot" ] || return 0
  limit=60
  fetch${snapshot === undefined ? '' : ` ${word(snapshot)}`} || { snapshot=; return 1; }
  # Talos finds a missing or wrong hash when it has written data, and takes no other snapshot then
  is_whole "$snapshot" && [ "$((size % 512))" = 32 ] || { echo "\${snapshot##*/} isn't a whole snapshot of etcd: remove it, or name another one"; snapshot=; return 1; }
}
recover() {
  # the etcd of members that have data needs some seconds when all machines start at once
  for attempt in 1 2 3 4 5; do
    [ "$(members)" != "$own" ] || break
    /tools/busybox sleep 3
    ! is_running || return 0
  done
  limit=$((60 + size / 5000000))
  if out=$(ask bootstrap --recover-from "$snapshot"); then
    echo "$out"; echo "\${snapshot##*/}" > /scratch/recovered; return
  fi
  case $out in
    *AlreadyExists*) echo "$node has data already, so nothing is recovered: waiting for its etcd"; snapshot=; /tools/busybox sleep 30 ;;
    *) echo "waiting for $node to recover etcd: $out" ;;
  esac
}
snapshot=
while [ ! -f /scratch/recovered ]; do
  limit=10
  if out=$(ask etcd status); then
    case $out in
      *"no leader"*) echo "etcd of $node has data, but no leader: nothing is recovered while a member has data" ;;
      *) echo "etcd of $node has data already, so nothing is recovered"; break ;;
    esac
  elif ! out=$(ask get machinestatus); then
    echo "waiting for $node: $out"
  elif is_running; then
    echo "nothing is recovered while a member has data: waiting for etcd of $node"
  elif has_snapshot; then
    recover
  else
    /tools/busybox sleep 7
  fi
  /tools/busybox sleep 3
done
${AWAIT_ETCD}[ ! -f /scratch/recovered ] || echo "etcd is recovered from $(/tools/busybox cat /scratch/recovered)"
`;
}

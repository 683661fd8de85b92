/** How a snapshot of etcd is taken and stored. */
export interface StoredSnapshotOptions {
  /** The hosts of the members, the first one first: one that has just come may not have joined etcd. */
  readonly hosts: string[];
  /** The shell functions of the place, see `SnapshotPlace`. */
  readonly functions: string;
  /** The time that it may take. */
  readonly timeoutSeconds: number;
}

/** The same for a Job that does nothing else. */
export interface SnapshotScriptOptions extends StoredSnapshotOptions {
  /** The number of snapshots that stay. */
  readonly keep: number;
}

/**
 * Takes a snapshot of the first member that gives one, checks it, and stores it with its checksum. Members have half of the time, a transfer to the
 * place a quarter.
 */
export function storedSnapshot({ hosts, functions, timeoutSeconds }: StoredSnapshotOptions): string {
  const quarter = Math.ceil(timeoutSeconds / 4);
  return `${functions}transfer=${quarter}
now() { /tools/busybox date -u +%Y%m%dT%H%M%SZ; }
seconds() { /tools/busybox date +%s; }
discard() { /tools/busybox rm -f "$file" "$file.part" "$file.sha256"; }
take() {
  for node in ${hosts.join(' ')}; do
    # another Job may take one into the same place in the same second
    id=$(/tools/busybox cat /proc/sys/kernel/random/uuid) && name=etcd-$(now)-\${id%%-*}.db || return
    file=$directory/.$name
    if out=$(limit=${Math.max(1, Math.floor(quarter / hosts.length))}; talosctl --endpoints "$node" --nodes "$node" etcd snapshot "$file"); then
      is_whole "$file" && return
      out="what came is damaged"
    fi
    echo "no snapshot from $node: $out"
    discard
  done
  return 1
}
out=$(prepare) || { echo "can't write snapshots: $out"; exit 1; }
trap discard EXIT
begin=$(seconds)
until take; do
  [ "$(($(seconds) - begin))" -lt ${quarter} ] || { echo "no member has given a snapshot"; exit 1; }
  /tools/busybox sleep 10
done
sum=$(/tools/busybox sha256sum < "$file") && sum=\${sum%% *} &&
  info=$(echo "$out" | /tools/busybox grep '^snapshot info: ' | /tools/busybox tail -n 1) &&
  printf '%s  %s\\n# %s\\n# from %s\\n' "$sum" "$name" "$info" "$node" > "$file.sha256" || { echo "can't write the checksum of $name: $out"; exit 1; }
out=$(store "$name") || { echo "can't store $name: $out"; exit 1; }
echo "$name is stored: $size bytes from $node, SHA-256 $sum, $info"
`;
}

/** Takes and stores a snapshot, and removes old ones. */
export function snapshotScript(options: SnapshotScriptOptions): string {
  return `${storedSnapshot(options)}good=$(list) || { echo "$good"; exit 1; }
gone() { found=$(names) && ! echo "$found" | /tools/busybox grep -qxF "$1"; }
# those with a later time come from another clock; '~' is behind all of a second
now=etcd-$(now)~
for old in $(echo "$good" | /tools/busybox awk -v now="$now" '$0 <= now' | /tools/busybox sort -r | /tools/busybox tail -n +${options.keep + 1}); do
  # another Job may remove it, too
  out=$(remove "$old") || gone "$old" || { echo "can't remove $old: $out"; exit 1; }
  echo "$old is removed"
done
later=$(echo "$good" | /tools/busybox awk -v now="$now" '$0 > now')
[ -z "$later" ] || echo "a clock is wrong: these have a later time than now, and stay:" $later
`;
}

import { DnsRecord, lookUp, lookUpAll } from './dns-lookup';
import { Member } from '../node/machine-names';

/*
 * The scripts of a cluster's Jobs. In them, `talosctl` and `kubectl` are functions that pass the credentials and give up after `limit` seconds.
 * Each script says what it waits for, can end at any time, and can run again.
 */

const CALL_LIMIT_SECONDS = 60;

/**
 * What each script begins with. Calls that hang would hold it up in silence: `timeout` ends them with 143.
 *
 * @param talosconfig the file of the talosconfig
 */
export function prelude(talosconfig: string = '/talosconfig/talosconfig'): string {
  return `limit=${CALL_LIMIT_SECONDS}
call() {
  /tools/busybox timeout "$limit" "$@" 2>&1 && return
  code=$?
  [ "$code" != 143 ] || echo "no answer in $limit seconds"
  return "$code"
}
talosctl() { call /talosctl --talosconfig ${talosconfig} "$@"; }
kubectl() { call /tools/kubectl --cache-dir /scratch "$@"; }
`;
}

/** A text as one word of a shell script. */
export function word(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/**
 * Names the member as `$node`, and defines `is_running`: whether the etcd of another member runs, which this one then joins. The script doesn't name
 * the others, so that the Job stays the same when their number changes.
 *
 * @param host the host of the member
 * @param all the host that leads to all members
 * @param record the type of the hosting cluster's DNS records with the addresses of pods
 */
export function firstMember(host: string, all: string, record: DnsRecord): string {
  return `node=${host}
is_running() {
  limit=10
  own=$(${lookUp(record, '"$node."', '/tools/busybox ')})
  for other in $(${lookUpAll(record, `${all}.`, '/tools/busybox ')}); do
    [ "$other" != "$own" ] || continue
    talosctl --endpoints "$other" --nodes "$other" etcd status > /dev/null && echo "etcd runs at $other already" && return
  done
  limit=${CALL_LIMIT_SECONDS}
  return 1
}
`;
}

/** Waits until etcd answers at `$node`. */
export const AWAIT_ETCD = `limit=${CALL_LIMIT_SECONDS}
until out=$(talosctl --endpoints "$node" --nodes "$node" etcd status); do
  echo "waiting for etcd of $node: $out"; /tools/busybox sleep 3
done
echo "$out"
`;

/** Bootstraps etcd, and waits until it answers. Where the etcd of another member runs, this one joins it instead: a second cluster would begin. */
export function bootstrapScript(host: string, all: string, record: DnsRecord): string {
  return `${firstMember(host, all, record)}until is_running || out=$(talosctl --endpoints "$node" --nodes "$node" bootstrap); do
  case $out in *AlreadyExists*) echo "already bootstrapped"; break ;; esac
  echo "waiting for $node to bootstrap etcd: $out"; /tools/busybox sleep 3
done
${AWAIT_ETCD}`;
}

/** The machine configs of members as files. */
export interface MachineConfigFiles {
  /** The one that members share. */
  readonly shared: string;
  /** Whether that has the form of `USERDATA`, rather than that of YAML. */
  readonly isUserData: boolean;
  /** Those of single members, by ordinal, as YAML. */
  readonly own?: ReadonlyMap<number, string>;
}

/** Applies machine configs, to one machine after the other. */
export function applyConfigScript(hosts: string[], { shared, isUserData, own = new Map() }: MachineConfigFiles): string {
  const unpack = `/tools/busybox base64 -d ${shared} > /scratch/config
/tools/busybox gunzip -c /scratch/config > /scratch/plain 2>/dev/null || /tools/busybox cp /scratch/config /scratch/plain
`;
  const plain = isUserData ? '/scratch/plain' : shared;
  const cases = [...own].map(([ordinal, file]) => `${hosts[ordinal]}) file=${file} ;; `);
  const [choice, chosen] = cases.length > 0 ? [`\n  case $node in ${cases.join('')}*) file=${plain} ;; esac`, '"$file"'] : ['', plain];
  return `${isUserData ? unpack : ''}for node in ${hosts.join(' ')}; do${choice}
  until out=$(talosctl --endpoints "$node" --nodes "$node" apply-config --file ${chosen}); do
    echo "waiting for $node to take the machine config: $out"; /tools/busybox sleep 3
  done
  echo "$node: $out"
  /tools/busybox sleep 10
  until out=$(talosctl --endpoints "$node" --nodes "$node" etcd status); do
    echo "waiting for etcd of $node: $out"; /tools/busybox sleep 3
  done
done
`;
}

/**
 * Removes the members above a number, the last one first: each leaves etcd, and its pod goes at once, because a member that has left joins again
 * when its pod restarts. The next one follows when the pod is gone. What kubectl prints can have warnings in front.
 *
 * @param statefulSet the name of the StatefulSet
 * @param members all members, by ordinal
 * @param target the number of members that stay
 */
export function scaleDownScript(statefulSet: string, members: Member[], target: number): string {
  const [stays] = members;
  const leaving = members.map(({ name, nodeName, host }, ordinal) => ({ name, nodeName, host, ordinal })).slice(target);
  return `stays=${stays.host}
replicas() {
  out=$(kubectl get statefulset ${statefulSet} --output 'jsonpath=replicas={.spec.replicas}') || { echo "$out"; return 1; }
  echo "\${out##*replicas=}"
}
leave() {
  members=$(talosctl --endpoints "$stays" --nodes "$stays" etcd members) || { echo "waiting for etcd of $stays: $members"; return 1; }
  case $members in
    *" $name "*) out=$(talosctl --endpoints "$host" --nodes "$host" etcd leave) || { echo "waiting for $name to leave etcd: $out"; return 1; } ;;
    *" ${stays.nodeName} "*) ;;
    *) echo "waiting for etcd of $stays: $members"; return 1 ;;
  esac
  echo "$name has left etcd"
}
stops() {
  out=$(kubectl get pod "$pod" --ignore-not-found --output name) || { echo "waiting for $pod to stop: $out"; return 0; }
  case $out in *"pod/$pod"*) echo "waiting for $pod to stop" ;; *) return 1 ;; esac
  now=$(replicas) || return 0
  [ "$now" -lt "$current" ] || { echo "something has set the StatefulSet to $now replicas again"; return 1; }
}
while :; do
  current=$(replicas) || { echo "waiting for the StatefulSet: $current"; /tools/busybox sleep 3; continue; }
  case $current in
${leaving.map(({ name, nodeName, host, ordinal }) => `    ${ordinal + 1}) pod=${name} name=${nodeName} host=${host} ;;
`).join('')}    ${Array.from({ length: target + 1 }, (_, replicas) => replicas).join('|')}) echo "${target} of ${members.length} members stay"; exit ;;
    *) echo "the StatefulSet has $current replicas, and should have at most ${members.length}: set 'scaleDownFrom' to the number of members"; exit 1 ;;
  esac
  leave || { /tools/busybox sleep 3; continue; }
  patch="[{\\"op\\":\\"test\\",\\"path\\":\\"/spec/replicas\\",\\"value\\":$current},{\\"op\\":\\"replace\\",\\"path\\":\\"/spec/replicas\\",\\"value\\":$((current - 1))}]"
  out=$(kubectl patch statefulset ${statefulSet} --subresource scale --type json --patch "$patch") || {
    echo "waiting to remove $pod: $out"; /tools/busybox sleep 3; continue
  }
  while stops; do /tools/busybox sleep 3; done
done
`;
}

/**
 * Waits until the whole cluster is healthy. Each attempt looks the machines' addresses up again, because new pods have new ones.
 *
 * @param controlPlanes the hosts of the members
 * @param workers the hosts of the workers
 * @param record the type of the hosting cluster's DNS records with the addresses of pods
 */
export function healthScript(controlPlanes: string[], workers: string[], record: DnsRecord): string {
  return `address() {
  ${lookUp(record, '"$1."', '/tools/busybox ')}
}
addresses() {
  all=
  for host in "$@"; do
    ip=$(address "$host")
    [ -n "$ip" ] || { echo "waiting for $host" >&2; return 1; }
    all=$all,$ip
  done
  echo "\${all#,}"
}
node=${controlPlanes[0]}
limit=180
while :; do
  control_planes=$(addresses ${controlPlanes.join(' ')}) &&
    workers=$(addresses ${workers.join(' ')}) &&
    talosctl --endpoints "$node" --nodes "$node" health --control-plane-nodes "$control_planes" --worker-nodes "$workers" --wait-timeout 2m &&
    exit
  /tools/busybox sleep 3
done
`;
}

/**
 * Waits until etcd answers at every member and every node is ready, where `talosctl health` doesn't work.
 *
 * @param controlPlanes the hosts of the members
 * @param workers the hosts of the workers
 */
export function readyScript(controlPlanes: string[], workers: string[]): string {
  return `node=${controlPlanes[0]}
is_ready() {
  for host in ${controlPlanes.join(' ')}; do
    out=$(talosctl --endpoints "$host" --nodes "$host" etcd status) || { echo "waiting for etcd of $host: $out"; return 1; }
  done
  for host in ${[...controlPlanes, ...workers].join(' ')}; do
    out=$(talosctl --endpoints "$node" --nodes "$host" get nodestatus --output 'jsonpath={.spec.nodeReady}')
    case $out in *true) ;; *) echo "waiting for the node of $host: $out"; return 1 ;; esac
  done
}
until is_ready; do /tools/busybox sleep 3; done
`;
}

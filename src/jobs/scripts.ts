import { lookUp } from './dns-lookup';
import { Member } from '../node/machine-names';

/*
 * The scripts of a cluster's Jobs. In them, `talosctl` is a function that passes the talosconfig. Each script can run again.
 */

/** Bootstraps etcd, and waits until it answers. */
export function bootstrapScript(host: string): string {
  return `node=${host}
until out=$(talosctl --endpoints "$node" --nodes "$node" bootstrap); do
  case $out in *AlreadyExists*) echo "already bootstrapped"; break ;; esac
  echo "$out"; /tools/busybox sleep 3
done
until out=$(talosctl --endpoints "$node" --nodes "$node" etcd status); do
  echo "waiting for etcd: $out"; /tools/busybox sleep 3
done
echo "$out"
`;
}

/**
 * Applies a machine config, which the file has in the form of `USERDATA`, to one machine after the other.
 *
 * @param ownFiles the files with the machine configs of single machines, as YAML by host
 */
export function applyConfigScript(hosts: string[], file: string, ownFiles: { readonly [host: string]: string } = {}): string {
  const cases = Object.entries(ownFiles).map(([host, ownFile]) => `${host}) file=${ownFile} ;; `);
  const [choice, chosen] = cases.length > 0 ? [`\n  case $node in ${cases.join('')}*) file=/scratch/plain ;; esac`, '"$file"'] : ['', '/scratch/plain'];
  return `/tools/busybox base64 -d ${file} > /scratch/config
/tools/busybox gunzip -c /scratch/config > /scratch/plain 2>/dev/null || /tools/busybox cp /scratch/config /scratch/plain
for node in ${hosts.join(' ')}; do${choice}
  until out=$(talosctl --endpoints "$node" --nodes "$node" apply-config --file ${chosen}); do
    echo "$out"; /tools/busybox sleep 3
  done
  echo "$node: $out"
  /tools/busybox sleep 10
  until out=$(talosctl --endpoints "$node" --nodes "$node" etcd status); do
    echo "waiting for etcd: $out"; /tools/busybox sleep 3
  done
done
`;
}

/**
 * Makes members leave etcd one after the other, each until a member that stays no longer lists it.
 *
 * @param stays a member that stays
 * @param leaving the members that leave, in this order
 */
export function leaveScript(stays: Member, leaving: Member[]): string {
  return `stays=${stays.host}
leave() {
  while :; do
    if members=$(talosctl --endpoints "$stays" --nodes "$stays" etcd members); then
      case $members in *" $1 "*) ;; *" ${stays.nodeName} "*) echo "$1 has left"; return ;; esac
      talosctl --endpoints "$2" --nodes "$2" etcd leave
    else
      echo "$members"
    fi
    /tools/busybox sleep 3
  done
}
${leaving.map(({ nodeName, host }) => `leave ${nodeName} ${host}\n`).join('')}`;
}

/**
 * Waits until the whole cluster is healthy. Each attempt looks the machines' addresses up again, because new pods have new ones.
 *
 * @param controlPlanes the hosts of the members
 * @param workers the hosts of the workers
 * @param record the type of the hosting cluster's DNS records with the addresses of pods
 */
export function healthScript(controlPlanes: string[], workers: string[], record: 'a' | 'aaaa'): string {
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

import { TalosVersion } from '../talos/talos-version';

/** What the script looks for. */
export interface PreflightScriptOptions {
  readonly talosVersion: TalosVersion;
  /** Whether flannel must start in the inner cluster. */
  readonly flannel: boolean;
  /** What is mounted at `/var`, as messages call it. */
  readonly volume: string;
  /** Whether Talos runs in the same pod, and so with the same sysfs. */
  readonly besideTalos: boolean;
  /** How long it waits before it looks. */
  readonly delaySeconds?: number;
}

/** Where the script looks, and where Kubernetes reads the message of a container that has ended. */
const CONTAINER_PATHS = { proc: '/proc', sys: '/sys', terminationLog: '/dev/termination-log' };

/** What Talos sets on its hosting node. */
const INOTIFY_INSTANCES = 8192;

/** The kernel itself chooses more on a node with 4 GiB of memory; before Linux 5.11, it was always 8192. */
const INOTIFY_WATCHES = 16384;

/**
 * A shell script that looks at the hosting node as an ordinary container sees it, without any rights. It says all that is wrong: a problem, with
 * which Talos or the inner cluster doesn't start, ends it with the status 1; a hint doesn't.
 *
 * It reads files below `/proc/sys` by `cat`: they answer only the first `read` of a shell that asks for one character at a time.
 */
export function preflightScript(options: PreflightScriptOptions, paths: typeof CONTAINER_PATHS = CONTAINER_PATHS): string {
  const { talosVersion, flannel, volume, besideTalos, delaySeconds } = options;
  return `${delaySeconds === undefined ? '' : `sleep ${delaySeconds}\n`}proc=${paths.proc} sys=${paths.sys}
talos=${talosVersion.imageTag} linux=${talosVersion._facts.oldestLinux ?? ''}
problems= hints=
problem() { problems="$problems
problem: $1"; }
hint() { hints="$hints
hint: $1"; }

# a later mount hides the earlier ones
mount_at() {
  filesystem= superblock=
  while read -r id parent device root point options rest; do
    if [ "$point" = "$1" ]; then
      rest=\${rest#*- }
      filesystem=\${rest%% *} superblock=\${rest##* }
    fi
  done 2>/dev/null < "$proc/self/mountinfo"
}

# the numbers of 6.8.0-1015-gke are 6 and 8
release=$(cat "$proc/sys/kernel/osrelease" 2>/dev/null)
major=\${release%%.*}
minor=\${release#"$major"}
minor=\${minor#.}
minor=\${minor%%[!0-9]*}
case $linux:$major:$minor in
  :*) ;;
  *::* | *: | *:*[!0-9]*:*)
    hint "the release of the kernel (\${release:-missing}) can't be compared: Talos $talos needs Linux $linux or newer" ;;
  *)
    [ $((major * 1000 + minor)) -ge $((\${linux%.*} * 1000 + \${linux#*.})) ] ||
      problem "Linux $release is too old, Talos $talos needs $linux or newer: update the node's kernel, or use an older release of Talos" ;;
esac

cgroup=$sys/fs/cgroup missing=
if [ -e "$cgroup/cgroup.controllers" ]; then
  controllers=$(cat "$cgroup/cgroup.controllers" 2>/dev/null)
  for controller in cpu cpuset memory pids; do
    case " $controllers " in
      *" $controller "*) ;;
      *) missing="\${missing:+$missing, }$controller" ;;
    esac
  done
  [ -z "$missing" ] || problem "cgroup v2 lacks the controllers that the inner kubelet needs ($missing): enable them on the node, and see its kernel's command line for cgroup_disable"
elif [ -e "$cgroup/unified" ] || [ -e "$cgroup/memory" ]; then
  problem "the node uses cgroup v1, or v1 beside v2, and Talos needs v2 alone: start the node with systemd.unified_cgroup_hierarchy=1 on its kernel's command line"
else
  problem "there is no cgroup v2 at /sys/fs/cgroup: use a container runtime and a node with cgroup v2"
fi

grep -qw overlay "$proc/filesystems" 2>/dev/null ||
  problem "the kernel lacks the overlay file system of inner containers: load the module overlay on the node (modprobe overlay, and a file in /etc/modules-load.d)"

mount_at /var
case $filesystem in
  ext[234] | xfs | btrfs | f2fs | tmpfs | zfs) ;;
  overlay | aufs | nfs | nfs4 | cifs | smb3)
    problem "${volume} is on $filesystem, where inner containers can't have overlays: use storage on a disk with ext4 or xfs" ;;
  '') hint "nothing is mounted at /var: whether inner containers can have overlays there isn't known" ;;
  *) hint "${volume} is on $filesystem, and whether inner containers can have overlays there isn't known: ext4 and xfs are sure" ;;
esac

if [ ! -e "$proc/sys/net/bridge/bridge-nf-call-iptables" ]; then
  ${flannel
    ? 'problem "the kernel module br_netfilter isn\'t loaded, without which flannel doesn\'t start'
    : 'hint "the kernel module br_netfilter isn\'t loaded, which a CNI with a bridge needs'}: load it on the node (modprobe br_netfilter, and a file in /etc/modules-load.d)"
fi

instances=$(cat "$proc/sys/fs/inotify/max_user_instances" 2>/dev/null)
[ "\${instances:-0}" -ge ${INOTIFY_INSTANCES} ] ||
  hint "fs.inotify.max_user_instances is \${instances:-missing}: Talos sets it to ${INOTIFY_INSTANCES} for all pods of the node; set it there if other pods need it earlier"
watches=$(cat "$proc/sys/fs/inotify/max_user_watches" 2>/dev/null)
[ "\${watches:-0}" -ge ${INOTIFY_WATCHES} ] ||
  hint "fs.inotify.max_user_watches is \${watches:-missing}, which inner pods share with all pods of the node: set it to 524288 there (sysctl, and a file in /etc/sysctl.d)"
${besideTalos ? `
# unlike the mount, the superblock is shared with Talos
mount_at /sys
case $superblock in
  ro | ro,*) hint "sysfs is read-only for Talos too: kube-proxy can't enlarge the table of connections there, and SysfsConfig has no effect; containerd mounts it right from 2.0.4 on" ;;
esac
` : ''}
verdict="can host"
[ -z "$problems" ] || verdict="can't host"
message="\${NODE_NAME:-this node} $verdict Talos $talos$problems$hints"
printf '%s\\n' "$message"
printf '%s\\n' "$message" > ${paths.terminationLog}
[ -z "$problems" ]
`;
}

import { FitnessCheck } from './fitness-check';
import { shortened } from '../../problem';
import { Place } from '../validation/check/place';

/*
 * What kernel parameters reach from a pod.
 * See https://docs.kernel.org/admin-guide/sysctl/ and https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
 */

/**
 * `pod`: the pod's own; `host`: the hosting node's; `unsettable`: can't be written, or isn't there; `permitted`: the hosting node says which values
 * it takes.
 */
type Reach = 'pod' | 'host' | 'unsettable' | 'permitted';

/** The parameters by what they reach; `*` stands for any text, and the first line that fits counts. All others are the hosting node's. */
const REACHES: ReadonlyArray<readonly [reach: Reach, parameters: string]> = [
  ['unsettable', 'net.core.rmem_max net.core.rmem_default net.core.wmem_max net.core.wmem_default'],
  ['unsettable', 'net.netfilter.nf_conntrack_max net.netfilter.nf_conntrack_buckets net.netfilter.nf_conntrack_expect_max net.nf_conntrack_max'],
  ['unsettable', 'net.core.default_qdisc net.core.netdev_max_backlog net.core.netdev_budget* net.core.bpf_jit_* net.core.busy_* net.core.dev_weight*'],
  ['unsettable', 'net.core.rps_sock_flow_entries net.ipv4.tcp_mem net.ipv4.udp_mem net.ipv4.tcp_max_orphans'],
  ['unsettable', 'net.ipv4.neigh.default.* net.ipv6.neigh.* net.ipv6.mld_*'],
  ['unsettable', 'net.ipv4.route.gc_* net.ipv4.route.max_size net.ipv4.route.error_* net.ipv4.route.redirect_*'],
  ['permitted', 'net.ipv4.tcp_congestion_control'],
  // links of pods, and those that the inner cluster's CNI makes
  ['pod', 'net.*.conf.all.* net.*.conf.default.* net.*.conf.lo.* net.*.conf.eth0.* net.*.conf.cni* net.*.conf.flannel* net.*.conf.cali* net.*.conf.cilium*'],
  ['pod', 'net.*.conf.lxc* net.*.conf.kube* net.*.conf.tunl* net.*.conf.vxlan* net.*.conf.veth*'],
  ['unsettable', 'net.ipv4.conf.* net.ipv6.conf.*'],
  ['pod', 'net.*'],
  ['pod', 'kernel.shm* kernel.msg* kernel.sem fs.mqueue.* kernel.domainname kernel.hostname'],
];

/** Parameters of the hosting node that stop it or can't be set back, and the values with which they do. */
const IRREVERSIBLE: ReadonlyArray<readonly [parameters: string, values: RegExp]> = [
  ['kernel.modules_disabled kernel.kexec_load_disabled kernel.panic_on_* vm.panic_on_oom', /^(?!0$)/],
  ['kernel.unprivileged_bpf_disabled', /^1$/],
  ['kernel.sysrq', /^/],
  ['user.max_*_namespaces', /^0$/],
];

/** The congestion controls that every hosting node allows. */
const COMMON_CONGESTION_CONTROLS = ['cubic', 'reno'];

const NODE_REMEDY = 'set them there, for example with a DaemonSet of the hosting cluster';

/** Finds kernel parameters of the hosting node, and those that a pod can't set. */
export function findKernelParameters(check: FitnessCheck): void {
  for (const parameters of ['v1alpha1 machine.sysctls', 'SysctlConfig params'].flatMap((setting) => check.placesOf(setting))) {
    const keysOf = (isWanted: (key: string, place: Place) => boolean) => parameters.entries
      .filter(([key, place]) => isWanted(normalized(key), place)).map(([key]) => shortened(key));
    const report = (found: string[], severity: 'fatal' | 'harmful', id: string, problem: string) => {
      if (found.length > 0) {
        check[severity](id, parameters, problem, found);
      }
    };
    report(keysOf(isIrreversible), 'fatal', 'talos:sysctl-irreversible',
      'would stop the hosting node, or change it for all its pods in a way that lasts until it restarts: remove them');
    report(keysOf((key, place) => reachOf(key) === 'host' && !isIrreversible(key, place)), 'harmful', 'talos:sysctl-of-host',
      `would change the hosting node for all its pods, and stay when this pod is gone: ${NODE_REMEDY}`);
    report(keysOf((key) => reachOf(key) === 'unsettable'), 'harmful', 'talos:sysctl-not-in-pod',
      `would have no effect, because a pod can't set them: ${NODE_REMEDY}`);
    report(keysOf((key, place) => reachOf(key) === 'permitted' && !COMMON_CONGESTION_CONTROLS.includes(place.text.trim())), 'harmful',
      'talos:sysctl-by-permission', 'would have no effect unless the hosting node lists the value in net.ipv4.tcp_allowed_congestion_control: set it there too');
  }
}

/** The key with dots: where its first separator is `/`, the two are swapped. */
function normalized(key: string): string {
  return /^[^./]*\//.test(key) ? key.replace(/[./]/g, (separator) => separator === '/' ? '.' : '/') : key;
}

function reachOf(key: string): Reach {
  return REACHES.find(([, parameters]) => isAmong(parameters, key))?.[0] ?? 'host';
}

function isIrreversible(key: string, { text }: Place): boolean {
  return IRREVERSIBLE.some(([parameters, values]) => isAmong(parameters, key) && values.test(text.trim()));
}

/** The patterns of lists of parameters: a machine config can have very many keys. */
const patterns = new Map<string, RegExp>();

function isAmong(parameters: string, key: string): boolean {
  const pattern = patterns.get(parameters) ?? new RegExp(`^(?:${parameters.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/ /g, '|')})$`);
  patterns.set(parameters, pattern);
  return pattern.test(key);
}

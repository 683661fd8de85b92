import { PodRule } from './admission-policy';
import { celList } from './cel';

/*
 * The level `baseline` of the Pod Security Standards as rules of an admission policy, for namespaces where Pod Security itself can't enforce it.
 * See https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */

/** Capabilities that any container may add. */
export const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** Kernel parameters that end at the pod. */
const SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem',
];

/** The kinds of volumes of the level `restricted`; some others run programs on the node. */
export const CONFINED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

/** What the kubelet calls or runs in a container `c`. */
export const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.?postStart', 'lifecycle.?preStop'].map((handler) => `c.?${handler}`);

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** All containers of a pod, also those that `kubectl debug` adds; their types differ in Kubernetes. */
export const ALL_CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'].map((list) => `dyn(object.spec.?${list}.orValue([]))`).join(' + ');

/** The names of the containers of a list for which a CEL expression of `c` is true. */
export function containersWith(list: string, test: string): string {
  return `${list}.filter(c, ${test}).map(c, c.name)`;
}

/** The lists of a policy, as CEL expressions, and what is allowed beyond the level `baseline`. */
export interface PodSecurityOptions {
  /** All containers. */
  readonly containers: string;
  /** Those that may not be privileged, nor have the rights of a privileged one. */
  readonly confinedContainers: string;
  /** The further capabilities that a container `c` may add. */
  readonly furtherCapabilities: string;
  /** Whether a volume `v` may have its hostPath. */
  readonly allowsHostPath: string;
  /** What to do in place of being privileged, and with a hostPath. */
  readonly remedies: { readonly privileged: string; readonly hostPath: string };
}

/** The rules of the level `baseline`, and those of the kinds of volumes. Processes of a Windows node need its network, which isn't allowed. */
export function podSecurityRules(options: PodSecurityOptions): PodRule[] {
  const { containers, confinedContainers, furtherCapabilities, allowsHostPath, remedies } = options;
  /** The containers, and the pod itself, whose security context passes a test. */
  const contextsWith = (list: string, test: (context: string) => string) =>
    `${containersWith(list, test('c.?securityContext'))} + (${test('object.spec.?securityContext')} ? ['the pod'] : [])`;
  const hostNamespaces = ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => `(object.spec.?${field}.orValue(false) ? ['${field}'] : [])`).join(' + ');
  const volumes = 'object.spec.?volumes.orValue([])';
  const annotations = 'object.metadata.?annotations.orValue({})';
  return [
    {
      name: 'hostNamespaces',
      field: 'spec',
      offenders: hostNamespaces,
      wrongAndRemedy: 'gives the pod a namespace of its node: leave it out',
    },
    {
      name: 'hostPaths',
      field: 'volumes',
      offenders: `${volumes}.filter(v, has(v.hostPath) && !(${allowsHostPath})).map(v, v.name)`,
      wrongAndRemedy: `is a directory of the node: ${remedies.hostPath}`,
    },
    {
      name: 'volumeKinds',
      field: 'volumes',
      offenders: `${volumes}.filter(v, !(${['hostPath', ...CONFINED_VOLUMES].map((kind) => `has(v.${kind})`).join(' || ')})).map(v, v.name)`,
      wrongAndRemedy: `is of another kind than ${CONFINED_VOLUMES.join(', ')}: use one of these`,
    },
    {
      name: 'privileged',
      field: 'securityContext.privileged',
      offenders: containersWith(confinedContainers, 'c.?securityContext.?privileged.orValue(false)'),
      wrongAndRemedy: `gives a container the node: ${remedies.privileged}`,
    },
    {
      name: 'capabilities',
      field: 'securityContext.capabilities.add',
      offenders: containersWith(confinedContainers, 'c.?securityContext.?capabilities.?add.orValue([])'
        + `.exists(a, !(a in ${celList(BASELINE_CAPABILITIES)} || a in ${furtherCapabilities}))`),
      wrongAndRemedy: `has more than the level baseline of Pod Security: add none but ${BASELINE_CAPABILITIES.join(', ')}`,
    },
    {
      name: 'seccompProfiles',
      field: 'securityContext.seccompProfile',
      offenders: contextsWith(confinedContainers, (context) => `${context}.?seccompProfile.?type.orValue('') == 'Unconfined'`),
      wrongAndRemedy: 'is Unconfined: use RuntimeDefault',
    },
    {
      name: 'appArmorProfiles',
      field: 'securityContext.appArmorProfile',
      offenders: `${contextsWith(containers, (context) => `${context}.?appArmorProfile.?type.orValue('') == 'Unconfined'`)} `
        + `+ ${annotations}.filter(k, k.startsWith('${APPARMOR_ANNOTATION}') && !${annotations}[k].matches('^(runtime/default|localhost/.*)$'))`,
      wrongAndRemedy: 'is Unconfined: use RuntimeDefault',
    },
    {
      name: 'seLinuxOptions',
      field: 'securityContext.seLinuxOptions',
      offenders: contextsWith(containers, (context) => `(!(${context}.?seLinuxOptions.?type.orValue('') in ${celList(SELINUX_TYPES)}) `
        + `|| ${context}.?seLinuxOptions.?user.orValue('') != '' || ${context}.?seLinuxOptions.?role.orValue('') != '')`),
      wrongAndRemedy: 'is of processes of the node: leave out user, role and type',
    },
    {
      name: 'procMounts',
      field: 'securityContext.procMount',
      offenders: containersWith(containers, 'c.?securityContext.?procMount.orValue(\'Default\') != \'Default\''),
      wrongAndRemedy: 'shows all of /proc: leave it out',
    },
    {
      name: 'sysctls',
      field: 'securityContext.sysctls',
      offenders: `object.spec.?securityContext.?sysctls.orValue([]).filter(s, !(s.name in ${celList(SYSCTLS)})).map(s, s.name)`,
      wrongAndRemedy: 'can change the node: leave it out',
    },
    {
      name: 'hostPorts',
      field: 'ports.hostPort',
      offenders: containersWith(containers, 'c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)'),
      wrongAndRemedy: 'is a port of the node: use a Service',
    },
    {
      name: 'probedHosts',
      field: 'host',
      offenders: containersWith(containers, HANDLERS.flatMap((handler) =>
        ['httpGet', 'tcpSocket'].map((action) => `${handler}.?${action}.?host.orValue('') != ''`)).join(' || ')),
      wrongAndRemedy: 'of a probe or a hook makes the node call others: leave it out',
    },
  ];
}

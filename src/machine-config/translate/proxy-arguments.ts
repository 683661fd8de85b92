import { Translation } from './translation';
import { Value, ValueMap } from '../schema/values';

type Read = (text: string) => Value;

const asText: Read = (text) => text;
const asNumber: Read = (text) => /^\d+$/.test(text) ? BigInt(text) : text;
const asBoolean: Read = (text) => text === 'true';
const asList: Read = (text) => text.split(',');
const asGates: Read = (text) => new Map(text.split(',').map((gate) => [gate.split('=')[0], gate.split('=')[1] === 'true']));

/** The flags of kube-proxy and their fields in its configuration file. Beside the file, a flag has no effect. */
const FIELDS: Readonly<Record<string, readonly [field: string, read: Read]>> = {
  'cluster-cidr': ['clusterCIDR', asText],
  'conntrack-max-per-core': ['conntrack.maxPerCore', asNumber],
  'conntrack-min': ['conntrack.min', asNumber],
  'conntrack-tcp-timeout-close-wait': ['conntrack.tcpCloseWaitTimeout', asText],
  'conntrack-tcp-timeout-established': ['conntrack.tcpEstablishedTimeout', asText],
  'feature-gates': ['featureGates', asGates],
  'healthz-bind-address': ['healthzBindAddress', asText],
  'iptables-min-sync-period': ['iptables.minSyncPeriod', asText],
  'iptables-sync-period': ['iptables.syncPeriod', asText],
  'ipvs-scheduler': ['ipvs.scheduler', asText],
  'ipvs-strict-arp': ['ipvs.strictARP', asBoolean],
  'masquerade-all': ['iptables.masqueradeAll', asBoolean],
  'metrics-bind-address': ['metricsBindAddress', asText],
  'nodeport-addresses': ['nodePortAddresses', asList],
  'proxy-mode': ['mode', asText],
};

/** The arguments of kube-proxy as fields of its configuration. */
export function translateProxyArguments(value: Value, to: Translation): void {
  for (const [key, item] of value as ValueMap) {
    const [field, read] = FIELDS[String(key)] ?? [];
    if (field !== undefined && read !== undefined) {
      to.put('KubeProxyConfig', field === 'mode' ? field : `config.${field}`, read(String(item)));
    } else {
      to.note('has no effect beside the configuration file that kube-proxy has: write its field below \'config\' of the KubeProxyConfig document', `.${key}`);
    }
  }
}

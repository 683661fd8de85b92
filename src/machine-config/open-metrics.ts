import { LEGACY_KIND } from './schema/schema';
import { splitUrl } from '../network/url';
import { ETCD_METRICS, KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER, TalosPort } from '../talos/ports';

/** A component that serves its metrics inside of the machine only, unless a flag says otherwise. */
interface Component {
  readonly port: TalosPort;
  /** Its field in `cluster` of the document without a kind, and the document that takes its place. */
  readonly field: string;
  readonly kind?: string;
  readonly flag: string;
  /** The value of the flag for any address of the machine, of IPv4 or IPv6. */
  readonly anywhere: string;
}

const COMPONENTS: readonly Component[] = [
  { port: ETCD_METRICS, field: 'etcd', flag: 'listen-metrics-urls', anywhere: `http://0.0.0.0:${ETCD_METRICS.port}` },
  { port: KUBE_CONTROLLER_MANAGER, field: 'controllerManager', kind: 'KubeControllerManagerConfig', flag: 'bind-address', anywhere: '0.0.0.0' },
  { port: KUBE_SCHEDULER, field: 'scheduler', kind: 'KubeSchedulerConfig', flag: 'bind-address', anywhere: '0.0.0.0' },
];

/** The ports of all components. */
export const METRICS_PORTS: readonly TalosPort[] = COMPONENTS.map(({ port }) => port);

/** `cluster` of a machine config that opens the metrics of all components. */
export const OPEN_METRICS = Object.fromEntries(COMPONENTS.map(({ field, flag, anywhere }) => [field, { extraArgs: { [flag]: anywhere } }]));

/** The settings of such a machine config, for people: `cluster.etcd.extraArgs.listen-metrics-urls (http://0.0.0.0:2381)`. */
export const METRICS_SETTINGS: readonly string[] = COMPONENTS.map(({ field, flag, anywhere }) => `cluster.${field}.extraArgs.${flag} (${anywhere})`);

/**
 * The ports that a machine config opens for metrics.
 *
 * @param get reads a field of a document
 */
export function openMetricsPorts(get: (kind: string, path: readonly string[]) => unknown): TalosPort[] {
  return COMPONENTS.filter(({ port, field, kind, flag }) => {
    const path = ['extraArgs', flag];
    const given = (kind === undefined ? undefined : get(kind, path)) ?? get(LEGACY_KIND, ['cluster', field, ...path]) ?? '';
    return [given].flat().join(',').split(',').some((listener) => isOpen(listener, port));
  }).map(({ port }) => port);
}

/** Whether an address, or a URL at the port, leads to more than the machine itself. */
function isOpen(listener: string, { port }: TalosPort): boolean {
  const url = splitUrl(listener);
  const isServed = url === undefined || (url.scheme === 'http' && url.port === String(port));
  const host = url?.host ?? listener;
  return isServed && host !== '' && !/^(localhost|127\..*|::1)$/.test(host);
}

import { Container, ResourceRequirements } from '../kubernetes/container';
import { ETCD_CLIENT, ETCD_PEER, KUBELET, KUBERNETES_API, TALOS_API, TalosPort, TRUSTD } from '../talos/ports';
import { TalosRole } from '../talos/talos-role';

/** What depends on a machine's role in its pod. */
export interface RoleFacts {
  readonly ports: TalosPort[];
  readonly probes: Pick<Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>;
  readonly gracePeriodSeconds: number;
  readonly preStopSleepSeconds: number;
  readonly resources: ResourceRequirements;
}

const readyWhenOpen = (port: TalosPort) => ({ tcpSocket: { port: port.port }, periodSeconds: 5, failureThreshold: 3 });

const controlPlane = (kubernetesApi: TalosPort): RoleFacts => ({
  ports: [TALOS_API, kubernetesApi, TRUSTD, ETCD_CLIENT, ETCD_PEER, KUBELET],
  probes: {
    startupProbe: { tcpSocket: { port: TALOS_API.port }, periodSeconds: 5, failureThreshold: 60 },
    // patient: a busy control plane must not be killed
    livenessProbe: { tcpSocket: { port: TALOS_API.port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    // closed until the machine's etcd member can vote; a rolling update must wait for that
    readinessProbe: readyWhenOpen(kubernetesApi),
  },
  // an unhealthy control plane takes 63 seconds to stop (measured)
  gracePeriodSeconds: 120,
  preStopSleepSeconds: 10,
  // a control plane without workloads uses 1.1 GiB (measured); without a request, it would be the first to be evicted
  resources: { requests: { cpu: '500m', memory: '1536Mi' } },
});

const WORKER: RoleFacts = {
  ports: [TALOS_API, KUBELET],
  // no liveness probe: the Talos API of a worker stays closed while its control plane is unavailable
  probes: { readinessProbe: readyWhenOpen(KUBELET) },
  gracePeriodSeconds: 60,
  preStopSleepSeconds: 0,
  resources: { requests: { cpu: '250m', memory: '768Mi' } },
};

/** A machine whose config isn't known here can have either role. */
const UNKNOWN: RoleFacts = {
  ports: [TALOS_API, KUBERNETES_API],
  probes: { readinessProbe: readyWhenOpen(TALOS_API) },
  gracePeriodSeconds: 120,
  preStopSleepSeconds: 0,
  resources: controlPlane(KUBERNETES_API).resources,
};

/**
 * What depends on a role, or fits both where it isn't known.
 *
 * @param apiServerPort the port of the API server in the machine config of a control plane
 */
export function roleFacts(role: TalosRole | undefined, apiServerPort: number = KUBERNETES_API.port): RoleFacts {
  switch (role) {
    case TalosRole.CONTROL_PLANE: return controlPlane({ ...KUBERNETES_API, port: apiServerPort });
    case TalosRole.WORKER: return WORKER;
    default: return UNKNOWN;
  }
}

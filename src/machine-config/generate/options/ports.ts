import { FilledOptions } from './options';
import { isPort } from '../../../network/hosts';
import { listed, problem } from '../../../problem';
import {
  ETCD_CLIENT, ETCD_METRICS, ETCD_PEER, KUBE_CONTROLLER_MANAGER, KUBE_PROXY_HEALTH, KUBE_PROXY_METRICS, KUBE_SCHEDULER, KUBELET, KUBERNETES_API,
  TALOS_API, TRUSTD,
} from '../../../talos/ports';

/** Ports that control planes listen on. */
const TAKEN_PORTS: Readonly<Record<number, string>> = {
  [ETCD_CLIENT.port]: 'etcd',
  [ETCD_PEER.port]: 'etcd',
  [ETCD_METRICS.port]: 'the metrics of etcd',
  [KUBE_PROXY_METRICS.port]: 'kube-proxy',
  [KUBELET.port]: 'the kubelet',
  [KUBE_PROXY_HEALTH.port]: 'kube-proxy',
  [KUBE_CONTROLLER_MANAGER.port]: 'the controller manager',
  [KUBE_SCHEDULER.port]: 'the scheduler',
  [TALOS_API.port]: 'the Talos API',
  [TRUSTD.port]: 'trustd',
};

/** What is wrong with the ports of the Kubernetes API. */
export function* portProblems({ kubePrismPort, localApiServerPort = KUBERNETES_API.port }: FilledOptions): Generator<string> {
  const isKubePrismOn = kubePrismPort !== 0;
  yield* listed(portProblem('localApiServerPort', localApiServerPort));
  if (isKubePrismOn) {
    yield* listed(portProblem('kubePrismPort', kubePrismPort, ', or 0 to turn KubePrism off'));
  }
  if (isKubePrismOn && kubePrismPort === localApiServerPort) {
    yield problem('kubePrismPort', kubePrismPort, 'is the port of the Kubernetes API: choose another one');
  }
}

/** What is wrong with a port on which each control plane is to listen. */
export function portProblem(property: string, port: number, alternative: string = ''): string | undefined {
  if (!isPort(port)) {
    return problem(property, port, `is not a port: choose a number from 1 to 65535${alternative}`);
  }
  return port in TAKEN_PORTS ? problem(property, port, `is the port of ${TAKEN_PORTS[port]}: choose another one`) : undefined;
}

import { FilledOptions } from './options';
import { isPort } from '../../../network/hosts';
import { listed, problem } from '../../../problem';

/** Ports that every control plane listens on. */
const TAKEN_PORTS: Readonly<Record<number, string>> = {
  2379: 'etcd',
  2380: 'etcd',
  10249: 'kube-proxy',
  10250: 'the kubelet',
  10256: 'kube-proxy',
  10257: 'the controller manager',
  10259: 'the scheduler',
  50000: 'the Talos API',
  50001: 'trustd',
};

/** What is wrong with the ports of the Kubernetes API. */
export function* portProblems({ kubePrismPort, localApiServerPort = 6443 }: FilledOptions): Generator<string> {
  const isKubePrismOn = kubePrismPort !== 0;
  yield* listed(portProblem('localApiServerPort', localApiServerPort, ''));
  if (isKubePrismOn) {
    yield* listed(portProblem('kubePrismPort', kubePrismPort, ', or 0 to turn KubePrism off'));
  }
  if (isKubePrismOn && kubePrismPort === localApiServerPort) {
    yield problem('kubePrismPort', kubePrismPort, 'is the port of the Kubernetes API: choose another one');
  }
}

function portProblem(property: string, port: number, alternative: string): string | undefined {
  if (!isPort(port)) {
    return problem(property, port, `is not a port: choose a number from 1 to 65535${alternative}`);
  }
  return port in TAKEN_PORTS ? problem(property, port, `is the port of ${TAKEN_PORTS[port]}: choose another one`) : undefined;
}

import { shortened, TalosError } from '../problem';
import { Container } from './container';
import { Lifecycle, LifecycleHandler } from './lifecycle';
import { ExecAction, HttpGetAction, Probe } from './probe';
import { requireOneOf, requirePort, requireWholeNumber } from './syntax';

/*
 * The checks that Kubernetes makes of probes and lifecycle hooks, made at synthesis.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe
 */

/** Requires the probes of a container. */
export function requireProbes(property: string, { startupProbe, livenessProbe, readinessProbe }: Container): void {
  for (const [name, probe] of Object.entries({ startupProbe, livenessProbe })) {
    requireProbe(`${property}.${name}`, probe);
    if ((probe?.successThreshold ?? 1) !== 1) {
      throw new TalosError('talos:invalid-value', `'${property}.${name}.successThreshold' (${probe!.successThreshold}) must be 1: more is for readiness probes only`);
    }
  }
  requireProbe(`${property}.readinessProbe`, readinessProbe);
  if (readinessProbe?.terminationGracePeriodSeconds !== undefined) {
    throw new TalosError('talos:conflicting-properties', `'${property}.readinessProbe.terminationGracePeriodSeconds' (${readinessProbe.terminationGracePeriodSeconds}) has no meaning, `
      + 'because a readiness probe stops nothing: leave it out');
  }
}

function requireProbe(property: string, probe: Probe | undefined): void {
  if (!probe) {
    return;
  }
  const { exec, httpGet, tcpSocket, grpc, initialDelaySeconds = 0, ...atLeastOne } = probe;
  requireOneOf(`'${property}' has`, 'handlers', { exec, httpGet, tcpSocket, grpc }, ['exec', 'httpGet', 'tcpSocket', 'grpc']);
  requireExec(`${property}.exec`, exec);
  requireHttpGet(`${property}.httpGet`, httpGet);
  Object.entries({ tcpSocket, grpc }).forEach(([name, action]) => action && requirePort(`${property}.${name}.port`, action.port));
  requireWholeNumber(`${property}.initialDelaySeconds`, initialDelaySeconds, 0);
  Object.entries(atLeastOne).forEach(([name, value = 1]) => requireWholeNumber(`${property}.${name}`, value, 1));
}

/** Requires the lifecycle hooks of a container. */
export function requireLifecycle(property: string, { postStart, preStop }: Lifecycle = {}, gracePeriodSeconds: number): void {
  for (const [name, handler] of Object.entries({ postStart, preStop })) {
    if (handler) {
      requireHandler(`${property}.${name}`, handler, gracePeriodSeconds);
    }
  }
}

function requireHandler(property: string, handler: LifecycleHandler, gracePeriodSeconds: number): void {
  requireOneOf(`'${property}' has`, 'handlers', handler, ['exec', 'httpGet', 'sleep']);
  requireExec(`${property}.exec`, handler.exec);
  requireHttpGet(`${property}.httpGet`, handler.httpGet);
  if (handler.sleep) {
    const { seconds } = handler.sleep;
    requireWholeNumber(`${property}.sleep.seconds`, seconds, 1);
    if (seconds > gracePeriodSeconds) {
      throw new TalosError('talos:conflicting-properties', `'${property}.sleep.seconds' (${seconds}) is longer than 'terminationGracePeriod' (${gracePeriodSeconds}s): make it shorter`);
    }
  }
}

function requireExec(property: string, action: ExecAction | undefined): void {
  if (action?.command.length === 0) {
    throw new TalosError('talos:missing-property', `'${property}.command' is empty: name a program`);
  }
}

function requireHttpGet(property: string, action: HttpGetAction | undefined): void {
  if (!action) {
    return;
  }
  const { port, path = '/', httpHeaders = [] } = action;
  requirePort(`${property}.port`, port);
  if (!/^\/[^\s]*$/.test(path)) {
    throw new TalosError('talos:invalid-value', `'${property}.path' (${shortened(path)}) is not the path of a URL: begin with '/', and write white space as '%20'`);
  }
  for (const { name } of httpHeaders) {
    if (!/^[-A-Za-z0-9]+$/.test(name)) {
      throw new TalosError('talos:invalid-value', `'${property}.httpHeaders.name' (${shortened(name)}) is not the name of a header: use letters, digits and '-'`);
    }
  }
}

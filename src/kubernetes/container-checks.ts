import { TalosError } from '../problem';
import { Container, ContainerPort, ContainerRestartPolicy, Protocol, SecurityContext } from './container';
import { requireEnv, requireEnvFrom } from './environment-checks';
import { requireLifecycle, requireProbes } from './probe-checks';
import { requireResources } from './resource-checks';
import { givenFields, requireDnsLabel, requirePort, requirePortName, requireUnique, requireWholeNumber } from './syntax';

/*
 * The checks that Kubernetes makes of a container, made at synthesis.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */

/** Requires a container that runs beside the others; doesn't compare it with them. */
export function requireContainer(property: string, container: Container, gracePeriodSeconds: number): void {
  requireCommon(property, container, gracePeriodSeconds);
  if (container.restartPolicy !== undefined) {
    throw new TalosError('talos:conflicting-properties', `'${property}' gives '${container.name}' a restart policy (${container.restartPolicy}), which only init containers have: use addInitContainer()`);
  }
}

/** Requires an init container; doesn't compare it with the others. */
export function requireInitContainer(property: string, container: Container, gracePeriodSeconds: number): void {
  requireCommon(property, container, gracePeriodSeconds);
  const { startupProbe, livenessProbe, readinessProbe, lifecycle } = container;
  const [needless] = givenFields({ startupProbe, livenessProbe, readinessProbe, lifecycle });
  if (needless && container.restartPolicy !== ContainerRestartPolicy.ALWAYS) {
    throw new TalosError('talos:conflicting-properties', `'${property}' gives '${container.name}' a ${needless}, which an init container that ends can't have: `
      + 'leave it out, or give it ContainerRestartPolicy.ALWAYS');
  }
}

function requireCommon(property: string, container: Container, gracePeriodSeconds: number): void {
  requireDnsLabel(`${property}.name`, container.name);
  if (container.image.trim() === '') {
    throw new TalosError('talos:missing-property', `'${property}' gives '${container.name}' no image: name one`);
  }
  if (container.image.trim() !== container.image) {
    throw new TalosError('talos:invalid-value', `'${property}' gives '${container.name}' the image '${container.image}', which begins or ends with white space: leave that out`);
  }
  requireEnv(`${property}.env`, container.env ?? []);
  requireEnvFrom(`${property}.envFrom`, container.envFrom ?? []);
  requireResources(`${property}.resources`, container.resources);
  requirePorts(`${property}.ports`, container.ports ?? []);
  requireSecurityContext(property, container.name, container.securityContext ?? {});
  requireProbes(property, container);
  requireLifecycle(`${property}.lifecycle`, container.lifecycle, gracePeriodSeconds);
}

function requirePorts(property: string, ports: ContainerPort[]): void {
  for (const { containerPort, name } of ports) {
    requirePort(property, containerPort);
    if (name !== undefined) {
      requirePortName(`${property}.name`, name);
    }
  }
  requireUnique(property, ports.map(({ containerPort, protocol = Protocol.TCP }) => `${containerPort}/${protocol}`));
  requireUnique(`${property}.name`, ports.flatMap(({ name }) => name ?? []));
}

function requireSecurityContext(property: string, container: string, context: SecurityContext): void {
  const { privileged, allowPrivilegeEscalation, capabilities, runAsUser, runAsGroup } = context;
  if (allowPrivilegeEscalation === false && privileged) {
    throw new TalosError('talos:conflicting-properties', `'${property}' makes '${container}' privileged without privilege escalation, which Kubernetes refuses: leave out one of them`);
  }
  if (allowPrivilegeEscalation === false && capabilities?.add?.includes('CAP_SYS_ADMIN')) {
    throw new TalosError('talos:conflicting-properties', `'${property}' gives '${container}' CAP_SYS_ADMIN without privilege escalation, which Kubernetes refuses: leave out one of them`);
  }
  for (const [name, id] of [['runAsUser', runAsUser], ['runAsGroup', runAsGroup]] as const) {
    if (id !== undefined) {
      requireWholeNumber(`${property}.securityContext.${name}`, id, 0);
    }
  }
}

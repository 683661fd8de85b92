import { Container } from './container';
import { Affinity, Toleration, TopologySpreadConstraint } from './scheduling';
import { Volume } from './volume';

/*
 * The pod template of a workload, as far as the constructs write it.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-template-v1/
 */

/** What is checked of a container: whether a port of it is open. */
export interface Probe {
  readonly tcpSocket: { readonly port: number };
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

/** The probes of a container. */
export interface Probes {
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

/** A container of a pod, one of the constructs' own or one that was added. */
export interface PodContainer extends Container, Probes {
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
}

/** What the processes of all containers of a pod may do. */
export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly seccompProfile?: { readonly type: string };
}

/** A pod. */
export interface PodSpec {
  readonly restartPolicy?: 'OnFailure';
  readonly enableServiceLinks: boolean;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: PodSecurityContext;
  readonly imagePullSecrets?: { readonly name: string }[];
  readonly nodeSelector?: { readonly [key: string]: string };
  readonly tolerations?: Toleration[];
  readonly affinity?: Affinity;
  readonly topologySpreadConstraints?: TopologySpreadConstraint[];
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly initContainers?: Container[];
  readonly containers: PodContainer[];
  readonly volumes: Volume[];
}

/** The template of a workload's pods. */
export interface PodTemplateSpec {
  readonly metadata: {
    readonly labels: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec: PodSpec;
}

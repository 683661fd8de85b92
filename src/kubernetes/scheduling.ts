import { readChoice, readList, readMap, readNumber, readStructure, readText } from '../input';
import { LabelSelector, SelectorRequirement, readLabelSelector, readSelectorRequirement } from './label-selector';

/*
 * Where pods run, with Kubernetes' own names.
 */

/**
 * The effect of a taint on pods that don't tolerate it.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export enum TaintEffect {
  /** Kubernetes schedules no new pods to the node. */
  NO_SCHEDULE = 'NoSchedule',

  /** Kubernetes schedules new pods to the node only if no other fits. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',

  /** Kubernetes schedules no new pods to the node, and evicts running ones. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * How a toleration matches a taint.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export enum TolerationOperator {
  /** The keys and the values are equal. */
  EQUAL = 'Equal',

  /** The keys are equal. */
  EXISTS = 'Exists',
}

/**
 * A taint of the hosting cluster's nodes that the pods tolerate.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Toleration {
  /**
   * The key of the taint.
   *
   * @default - every key, which needs the operator `EXISTS`
   */
  readonly key?: string;

  /**
   * How the toleration matches the taint.
   *
   * @default TolerationOperator.EQUAL
   */
  readonly operator?: TolerationOperator;

  /**
   * The value of the taint, for the operator `EQUAL`.
   *
   * @default - an empty value
   */
  readonly value?: string;

  /**
   * The effect of the taint.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;

  /**
   * The seconds that a running pod stays after the node gets the taint; only with the effect `NO_EXECUTE`.
   *
   * @default - no limit
   */
  readonly tolerationSeconds?: number;
}

/**
 * A selector of the hosting cluster's nodes. All requirements must match.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeSelectorTerm {
  /**
   * Requirements on labels of the nodes.
   *
   * @default - none
   */
  readonly matchExpressions?: SelectorRequirement[];

  /**
   * Requirements on fields of the nodes: `metadata.name` only.
   *
   * @default - none
   */
  readonly matchFields?: SelectorRequirement[];
}

/**
 * A selector of nodes. One of its terms must match.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeSelector {
  /** The terms; at least one. */
  readonly nodeSelectorTerms: NodeSelectorTerm[];
}

/**
 * A preference for nodes.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface PreferredSchedulingTerm {
  /** The weight of the preference, from 1 to 100. */
  readonly weight: number;

  /** The preferred nodes. */
  readonly preference: NodeSelectorTerm;
}

/**
 * The nodes on which the pods run.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeAffinity {
  /**
   * The nodes that are required when a pod is scheduled.
   *
   * @default - any
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;

  /**
   * The nodes that are preferred when a pod is scheduled.
   *
   * @default - none
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
}

/**
 * Other pods that a pod runs near to, or away from.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface PodAffinityTerm {
  /**
   * The label of nodes that defines "near", for example `kubernetes.io/hostname` or `topology.kubernetes.io/zone`. Two nodes with the same value
   * are near.
   */
  readonly topologyKey: string;

  /**
   * The labels of the other pods.
   *
   * @default - the pods of the same TalosNode
   */
  readonly labelSelector?: LabelSelector;

  /**
   * The namespaces of the other pods.
   *
   * @default - the namespace of the TalosNode
   */
  readonly namespaces?: string[];

  /**
   * The labels of further namespaces of the other pods.
   *
   * @default - none
   */
  readonly namespaceSelector?: LabelSelector;
}

/**
 * A preference for, or against, running near other pods.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface WeightedPodAffinityTerm {
  /** The weight of the preference, from 1 to 100. */
  readonly weight: number;

  /** The other pods. */
  readonly podAffinityTerm: PodAffinityTerm;
}

/**
 * The other pods that the pods run near to, or away from.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface PodAffinity {
  /**
   * What is required when a pod is scheduled.
   *
   * @default - nothing
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];

  /**
   * What is preferred when a pod is scheduled.
   *
   * @default - nothing
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
}

/**
 * Which nodes the pods run on, and which other pods they run near to.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export interface Affinity {
  /**
   * The nodes on which the pods run.
   *
   * @default - any
   */
  readonly nodeAffinity?: NodeAffinity;

  /**
   * Other pods to run near to.
   *
   * @default - none
   */
  readonly podAffinity?: PodAffinity;

  /**
   * Other pods to run away from.
   *
   * @default - none
   */
  readonly podAntiAffinity?: PodAffinity;
}

/**
 * What Kubernetes does with a pod that would break a constraint.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export enum UnsatisfiableAction {
  /** It leaves the pod pending. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',

  /** It schedules the pod to the node where the constraint is broken least. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/**
 * A constraint that spreads the pods over domains of the hosting cluster, such as nodes or zones.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface TopologySpreadConstraint {
  /** The largest difference in the number of pods between two domains; at least 1. */
  readonly maxSkew: number;

  /** The label of nodes that defines the domains, for example `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /** What Kubernetes does with a pod that would break the constraint. */
  readonly whenUnsatisfiable: UnsatisfiableAction;

  /**
   * The labels of the pods to count.
   *
   * @default - the pods of the same TalosNode
   */
  readonly labelSelector?: LabelSelector;

  /**
   * The smallest number of domains; at least 1, and only with `DO_NOT_SCHEDULE`.
   *
   * @default 1
   */
  readonly minDomains?: number;
}

/**
 * Where the pods run, and with which priority.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/
 */
export interface SchedulingOptions {
  /**
   * Labels that a node of the hosting cluster must have to run the pods.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of the hosting cluster's nodes that the pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Which nodes the pods run on, and which other pods they run near to.
   *
   * @default - any
   */
  readonly affinity?: Affinity;

  /**
   * How the pods are spread over the hosting cluster.
   *
   * @default - by the defaults of the hosting cluster's scheduler
   */
  readonly topologySpreadConstraints?: TopologySpreadConstraint[];

  /**
   * The name of the pods' PriorityClass.
   *
   * @default - the hosting cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * The name of the pods' RuntimeClass.
   *
   * @default - the hosting cluster's default
   */
  readonly runtimeClassName?: string;
}

export const readNodeSelectorTerm = readStructure<NodeSelectorTerm>({}, {
  matchExpressions: readList(readSelectorRequirement),
  matchFields: readList(readSelectorRequirement),
});
export const readNodeSelector = readStructure<NodeSelector>({ nodeSelectorTerms: readList(readNodeSelectorTerm) }, {});
export const readPreferredSchedulingTerm = readStructure<PreferredSchedulingTerm>({ weight: readNumber, preference: readNodeSelectorTerm }, {});
export const readNodeAffinity = readStructure<NodeAffinity>({}, {
  requiredDuringSchedulingIgnoredDuringExecution: readNodeSelector,
  preferredDuringSchedulingIgnoredDuringExecution: readList(readPreferredSchedulingTerm),
});
export const readPodAffinityTerm = readStructure<PodAffinityTerm>({ topologyKey: readText }, {
  labelSelector: readLabelSelector,
  namespaces: readList(readText),
  namespaceSelector: readLabelSelector,
});
export const readWeightedPodAffinityTerm = readStructure<WeightedPodAffinityTerm>({ weight: readNumber, podAffinityTerm: readPodAffinityTerm }, {});
export const readPodAffinity = readStructure<PodAffinity>({}, {
  requiredDuringSchedulingIgnoredDuringExecution: readList(readPodAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: readList(readWeightedPodAffinityTerm),
});
export const readAffinity = readStructure<Affinity>({}, {
  nodeAffinity: readNodeAffinity,
  podAffinity: readPodAffinity,
  podAntiAffinity: readPodAffinity,
});
export const readToleration = readStructure<Toleration>({}, {
  key: readText,
  operator: readChoice(TolerationOperator),
  value: readText,
  effect: readChoice(TaintEffect),
  tolerationSeconds: readNumber,
});
export const readTopologySpreadConstraint = readStructure<TopologySpreadConstraint>({
  maxSkew: readNumber,
  topologyKey: readText,
  whenUnsatisfiable: readChoice(UnsatisfiableAction),
}, {
  labelSelector: readLabelSelector,
  minDomains: readNumber,
});
export const readSchedulingOptions = readStructure<SchedulingOptions>({}, {
  nodeSelector: readMap(readText),
  tolerations: readList(readToleration),
  affinity: readAffinity,
  topologySpreadConstraints: readList(readTopologySpreadConstraint),
  priorityClassName: readText,
  runtimeClassName: readText,
});

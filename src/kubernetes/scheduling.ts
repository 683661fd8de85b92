import { LabelSelector, SelectorRequirement } from './label-selector';

/*
 * Where pods run: the parts of Kubernetes' pod spec for it, under Kubernetes' own names.
 */

/**
 * What a taint does to pods that don't tolerate it.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export enum TaintEffect {
  /** New pods stay away. */
  NO_SCHEDULE = 'NoSchedule',

  /** New pods stay away where they can. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',

  /** New pods stay away and running ones are evicted. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * How a toleration compares with a taint.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export enum TolerationOperator {
  /** Key and value are equal. */
  EQUAL = 'Equal',

  /** The key is there, whatever its value. */
  EXISTS = 'Exists',
}

/**
 * A taint of the hosting cluster's nodes that the pods put up with.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface Toleration {
  /**
   * The taint's key.
   *
   * @default - every key; the operator must be `EXISTS` then
   */
  readonly key?: string;

  /**
   * How the taint is compared.
   *
   * @default TolerationOperator.EQUAL
   */
  readonly operator?: TolerationOperator;

  /**
   * The taint's value, for the operator `EQUAL`.
   *
   * @default - the empty value
   */
  readonly value?: string;

  /**
   * The taint's effect.
   *
   * @default - every effect
   */
  readonly effect?: TaintEffect;

  /**
   * How many seconds a running pod stays once the taint is there; only with the effect `NO_EXECUTE`.
   *
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/**
 * A selection of the hosting cluster's nodes; all requirements must hold.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeSelectorTerm {
  /**
   * Requirements on the nodes' labels.
   *
   * @default - none
   */
  readonly matchExpressions?: SelectorRequirement[];

  /**
   * Requirements on the nodes' fields, such as `metadata.name`.
   *
   * @default - none
   */
  readonly matchFields?: SelectorRequirement[];
}

/**
 * Nodes that must be matched: one of the terms.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeSelector {
  /** The terms, of which one must hold. */
  readonly nodeSelectorTerms: NodeSelectorTerm[];
}

/**
 * Nodes that are liked better than others.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface PreferredSchedulingTerm {
  /** How much, from 1 to 100. */
  readonly weight: number;

  /** Which nodes. */
  readonly preference: NodeSelectorTerm;
}

/**
 * Which nodes the pods go to.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export interface NodeAffinity {
  /**
   * What must hold when a pod is scheduled.
   *
   * @default - nothing
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;

  /**
   * What is liked.
   *
   * @default - nothing
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
}

/**
 * Pods near which, or away from which, a pod goes.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface PodAffinityTerm {
  /**
   * The label of nodes that says what "near" means, for example `kubernetes.io/hostname` or `topology.kubernetes.io/zone`.
   */
  readonly topologyKey: string;

  /**
   * Which pods.
   *
   * @default - the pods of the Talos node itself
   */
  readonly labelSelector?: LabelSelector;

  /**
   * The namespaces of these pods.
   *
   * @default - the namespace of the Talos node
   */
  readonly namespaces?: string[];

  /**
   * The labels of these pods' namespaces, in addition to `namespaces`.
   *
   * @default - none
   */
  readonly namespaceSelector?: LabelSelector;
}

/**
 * Pods near which, or away from which, a pod goes if that can be.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface WeightedPodAffinityTerm {
  /** How much, from 1 to 100. */
  readonly weight: number;

  /** Which pods. */
  readonly podAffinityTerm: PodAffinityTerm;
}

/**
 * Which pods to be near to, or away from.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
 */
export interface PodAffinity {
  /**
   * What must hold when a pod is scheduled.
   *
   * @default - nothing
   */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];

  /**
   * What is liked.
   *
   * @default - nothing
   */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
}

/**
 * Where the pods go.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export interface Affinity {
  /**
   * To which nodes.
   *
   * @default - any
   */
  readonly nodeAffinity?: NodeAffinity;

  /**
   * Near which pods.
   *
   * @default - any
   */
  readonly podAffinity?: PodAffinity;

  /**
   * Away from which pods.
   *
   * @default - none
   */
  readonly podAntiAffinity?: PodAffinity;
}

/**
 * What happens to a pod that can't be spread as asked.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export enum UnsatisfiableAction {
  /** It waits. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',

  /** It runs all the same, where it does least harm. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/**
 * How the pods are spread over the hosting cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export interface TopologySpreadConstraint {
  /** By how many pods two domains may differ; at least 1. */
  readonly maxSkew: number;

  /** The label of nodes that makes a domain, for example `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /** What happens to a pod that can't be spread so. */
  readonly whenUnsatisfiable: UnsatisfiableAction;

  /**
   * Which pods are counted.
   *
   * @default - the pods of the Talos node itself
   */
  readonly labelSelector?: LabelSelector;

  /**
   * How many domains there must be, with `DO_NOT_SCHEDULE`.
   *
   * @default - any number
   */
  readonly minDomains?: number;
}

/**
 * Where pods run, and before which others.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/
 */
export interface SchedulingOptions {
  /**
   * Labels that the hosting cluster's nodes must have.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of the hosting cluster's nodes that the pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * Where the pods go.
   *
   * @default - anywhere
   */
  readonly affinity?: Affinity;

  /**
   * How the pods are spread.
   *
   * @default - as the hosting cluster's scheduler has it
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

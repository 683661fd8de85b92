/** What an apply does to an object. */
export enum PlannedAction {
  /** It doesn't exist yet. */
  CREATE = 'Create',

  /** It changes in place. */
  CHANGE = 'Change',

  /** It must be deleted and made again, because Kubernetes can't change it in place. */
  REPLACE = 'Replace',

  /** The manifests no longer have it. `kubectl apply` leaves it; `--prune` and Argo CD delete it. */
  DELETE = 'Delete',

  /** It stays as it is. */
  UNCHANGED = 'Unchanged',
}

/**
 * An object, and what an apply does to it.
 */
export interface PlannedObject {
  /** The kind of the object, for example `StatefulSet`. */
  readonly kind: string;

  /** The name of the object. */
  readonly name: string;

  /**
   * The namespace of the object.
   *
   * @default - none, or that of the context in which it is applied
   */
  readonly namespace?: string;

  /** What happens to it. */
  readonly action: PlannedAction;

  /**
   * A line for each difference: `- ` before removed values, `+ ` before added ones, `~ ` before changed ones. Values that can be secret are masked
   * or left out.
   */
  readonly details: string[];
}

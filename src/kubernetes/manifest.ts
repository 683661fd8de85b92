import { k8s } from 'cdk8s-plus-28';

/**
 * A Kubernetes structure as it goes over the wire: quantities and ports are plain values, and nothing is converted later,
 * so that JSON patches and fields younger than the typed schema survive.
 */
export type Wire<T> =
  T extends k8s.Quantity | k8s.IntOrString ? string | number
    : T extends object ? { readonly [K in keyof T]: Wire<T[K]> }
      : T;

/** Leaves out what isn't given, so that an empty list or map doesn't show in a manifest. */
export function unlessEmpty<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

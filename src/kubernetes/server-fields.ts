import { parseQuantity } from './quantity';

/*
 * What an API server, its admission and its controllers add to an object. kubectl keeps what it has applied in an annotation; without it, fields
 * that only the server's object has are taken for defaults where a default can look like that.
 */

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Lists and objects that a server fills in. */
const FILLED_IN = [
  'status', 'managedFields', 'ownerReferences', 'finalizers', 'updateStrategy', 'strategy', 'persistentVolumeClaimRetentionPolicy', 'clusterIPs',
  'ipFamilies', 'selector', 'policyTypes',
];

/** Elements that admission adds to the lists of a pod. */
const ADMITTED_NAME = /^kube-api-access-/;
const ADMITTED_TOLERATIONS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** Whether an object comes from an API server, for example from `kubectl get`. */
export function isLive({ metadata }: any): boolean {
  return metadata?.uid !== undefined || metadata?.resourceVersion !== undefined;
}

/** Whether something applied an object of an API server with kubectl. */
export function isAppliedByKubectl({ metadata }: any): boolean {
  return metadata?.annotations?.[LAST_APPLIED] !== undefined;
}

/** An object of an API server as a manifest would have it, to be compared with the wanted one. */
export function withoutServerFields(live: any, wanted: any): any {
  const { [LAST_APPLIED]: lastApplied, ...annotations } = live.metadata.annotations ?? {};
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _time, generation: _generation, ...metadata } = live.metadata;
  const object = { ...live, metadata: { ...metadata, annotations } };
  return merged(object, wanted, parsed(lastApplied));
}

function parsed(lastApplied: unknown): any {
  try {
    return JSON.parse(String(lastApplied));
  } catch {
    return undefined;
  }
}

function merged(live: any, wanted: any, last: any): any {
  if (Array.isArray(live) && Array.isArray(wanted)) {
    return mergedList(live, wanted, last);
  }
  if (isObject(live) && isObject(wanted)) {
    return mergedObject(live, wanted, last);
  }
  return isSameQuantity(live, wanted) ? wanted : live;
}

function mergedObject(live: any, wanted: any, last: any): any {
  const isKept = (key: string, value: unknown) => last ? isObject(last) && key in last && !isEmptyObject(value) : !isDefault(key, value);
  const kept = Object.entries(live).filter(([key, value]) => key in wanted || isKept(key, value));
  // a server drops empty values
  const dropped = Object.entries(wanted).filter(([key, value]) => !(key in live) && isEmpty(value));
  return Object.fromEntries([...kept.map(([key, value]) => [key, key in wanted ? merged(value, wanted[key], last?.[key]) : value]), ...dropped]);
}

function mergedList(live: any[], wanted: any[], last: any): any[] {
  const known = new Set([...wanted, ...Array.isArray(last) ? last : []].map(keyOf));
  const kept = live.filter((item) => !isAdmitted(item) || known.has(keyOf(item)));
  const keys = wanted.map(keyOf);
  const hasKeys = keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
  const [inWanted, inLast] = [wanted, Array.isArray(last) ? last : []].map((list) => {
    const byKey = new Map([...list].reverse().map((item) => [keyOf(item), item]));
    return (item: any, index: number) => hasKeys ? byKey.get(keyOf(item)) : list[index];
  });
  return kept.map((item, index) => {
    const other = inWanted(item, index);
    return other === undefined ? item : merged(item, other, inLast(item, index));
  });
}

/** What identifies an element of a list, if anything does. */
export function keyOf(item: any): string | undefined {
  const key = isObject(item) ? item.mountPath ?? item.name ?? item.metadata?.name : undefined;
  return key === undefined ? undefined : String(key);
}

function isAdmitted(item: any): boolean {
  return isObject(item) && (ADMITTED_NAME.test(item.name) || ADMITTED_TOLERATIONS.includes(item.key));
}

function isDefault(key: string, value: unknown): boolean {
  if (FILLED_IN.includes(key) || typeof value !== 'object' || value === null) {
    return true;
  }
  return Array.isArray(value) ? value.every(isAdmitted) : Object.entries(value).every(([name, item]) => FILLED_IN.includes(name) || typeof item !== 'object');
}

function isEmpty(value: unknown): boolean {
  return value === false || value === '' || value === null || isEmptyObject(value);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A server writes quantities in their shortest form. */
function isSameQuantity(live: unknown, wanted: unknown): boolean {
  try {
    return live !== wanted && parseQuantity('live', `${live}`) === parseQuantity('wanted', `${wanted}`);
  } catch {
    return false;
  }
}

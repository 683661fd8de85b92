import { isDeepStrictEqual } from 'util';
import { keyOf } from '../../kubernetes/server-fields';
import { MASK, shortened, withoutCredentials } from '../../problem';
import { Manifest } from '../manifests/manifest';
import { configDifferences, keysOf, machineConfigAt } from '../manifests/secret-contents';
import { Both } from '../manifests/update';

/** The kinds whose values are shown; objects of others can hold secrets anywhere. */
const SHOWN = [
  'CronJob', 'Deployment', 'GRPCRoute', 'Ingress', 'Job', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim', 'Pod', 'PodDisruptionBudget', 'Service',
  'StatefulSet', 'TLSRoute', 'TCPRoute',
];

/** Fields below which users can write secrets. */
const HIDDEN = /(^|\.)(annotations|env|command|args|exec)(\.|\[|$)/;

const LONGEST = 240;

/** A line for each difference between two states of an object, without secrets. */
export function objectDifferences({ applied, wanted }: Both<Manifest>): string[] {
  return ['Secret', 'ConfigMap'].includes(wanted.kind) ? dataDifferences(applied, wanted) : differencesBelow(applied, wanted, '', wanted.kind);
}

function dataDifferences(applied: Manifest, wanted: Manifest): string[] {
  const [before, now] = [applied, wanted].map(({ data: _data, stringData: _stringData, ...rest }) => rest);
  const hidden = wanted.kind === 'Secret' ? MASK : undefined;
  const keys = new Map([applied, wanted].map((object) => [object, new Set(keysOf(object))]));
  const values = [...new Set([applied, wanted].flatMap(keysOf))].flatMap((key) => {
    const [old, current] = [applied, wanted].map((object) => keys.get(object)!.has(key) ? object.stringData?.[key] ?? object.data[key] : undefined);
    return old === current ? [] : valueDifferences(key, applied, wanted) ?? [line(`data.${key}`, old, current, () => hidden)];
  });
  return [...differencesBelow(before, now, '', wanted.kind), ...values];
}

/** The differences between two machine configs; undefined if one isn't readable as such. */
function valueDifferences(key: string, applied: Manifest, wanted: Manifest): string[] | undefined {
  const before = machineConfigAt(applied, key);
  const now = before && machineConfigAt(wanted, key);
  return before && now && configDifferences(before, now).map((difference) => shownDifference(difference.replace(/^(. )/, `$1data.${key}: `)));
}

/** The engine masks keys and tokens. The id of a cluster isn't for others either, and certificates fill the screen. */
function shownDifference(difference: string): string {
  const masked = difference.replace(/( (?:cluster\.id|clusterID)): .*/, `$1: ${MASK}`);
  return masked.length > LONGEST ? masked.replace(/^(. \S+ \S+ \S+): .*/, '$1') : masked;
}

function differencesBelow(applied: any, wanted: any, path: string, kind: string): string[] {
  if (isDeepStrictEqual(applied, wanted)) {
    return [];
  }
  const [before, now] = [applied, wanted].map(childrenOf);
  if (!before || !now || Array.isArray(applied) !== Array.isArray(wanted)) {
    return [line(path, applied, wanted, (value) => textOf(value, path, kind))];
  }
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((key) =>
    differencesBelow(before.get(key), now.get(key), key.startsWith('[') || path === '' ? `${path}${key}` : `${path}.${key}`, kind));
}

/** The fields of an object, or the elements of a list by their name or index. */
function childrenOf(value: any): Map<string, any> | undefined {
  if (Array.isArray(value)) {
    const keys = value.map(keyOf);
    const hasKeys = keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
    return new Map(value.map((item, index) => [`[${hasKeys ? keys[index] : index}]`, item]));
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function line(path: string, before: unknown, now: unknown, show: (value: unknown) => string | undefined): string {
  const [sign, values] = before === undefined ? ['+', [now]] : now === undefined ? ['-', [before]] : ['~', [before, now]];
  const texts = values.map(show);
  const shownPath = withoutCredentials(path);
  return texts.includes(undefined) ? `${sign} ${shownPath}` : `${sign} ${shownPath}: ${texts.join(' -> ')}`;
}

function textOf(value: unknown, path: string, kind: string): string | undefined {
  return !SHOWN.includes(kind) || HIDDEN.test(path) || typeof value === 'object' || String(value).includes('\n') ? undefined : shortened(String(value));
}

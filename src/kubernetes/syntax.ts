import { shortened, TalosError } from '../problem';
import { annotationsSize, isDnsSubdomain, isLabelValue, isQualifiedName, LARGEST_ANNOTATIONS, LONGEST_DNS_LABEL, LONGEST_DNS_SUBDOMAIN } from './names';

/*
 * Checks of names, labels, annotations, numbers and paths, as Kubernetes takes them. Each throws an error that names the property, shows the
 * value and says what to do.
 */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const RFC_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const ENVIRONMENT_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]+$/;
const QUALIFIED_NAME_REMEDY = 'use a name of up to 63 letters, digits, \'-\', \'_\' and \'.\', with an optional DNS name and \'/\' before it';
/** Kubernetes appends eleven characters to the name of a StatefulSet, for a label of its revisions. */
export const LONGEST_STATEFUL_SET_NAME = 52;

/**
 * Requires a DNS label that begins with a letter (RFC 1035), such as the name of a Service.
 *
 * @param limit the greatest length, if Kubernetes appends something to the label
 * @param why the reason for the limit
 */
export function requireRfc1035Label(property: string, value: string, limit: number = LONGEST_DNS_LABEL, why: string = 'DNS labels can\'t be longer'): void {
  if (!RFC_1035_LABEL.test(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a DNS label: use lower-case letters, digits and '-', beginning with a letter and not ending in '-'`);
  }
  requireLength(property, value, limit, why);
}

/**
 * Requires a part of the name of a StatefulSet and its Service.
 *
 * @param rest the other part
 */
export function requirePartOfStatefulSetName(property: string, value: string, rest: string): void {
  const limit = LONGEST_STATEFUL_SET_NAME - rest.length;
  requireRfc1035Label(property, value, limit, `a StatefulSet's name has ${LONGEST_STATEFUL_SET_NAME} with '${rest}'`);
}

/** Requires a DNS label (RFC 1123), such as the name of a namespace, container or volume. */
export function requireDnsLabel(property: string, value: string): void {
  if (!DNS_LABEL.test(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a DNS label: use lower-case letters, digits and '-', beginning and ending with a letter or digit`);
  }
  requireLength(property, value, LONGEST_DNS_LABEL, 'DNS labels can\'t be longer');
}

/** Requires a DNS subdomain (RFC 1123), such as the name of most objects. */
export function requireDnsSubdomain(property: string, value: string): void {
  if (!isDnsSubdomain(value)) {
    requireLength(property, value, LONGEST_DNS_SUBDOMAIN, 'DNS names can\'t be longer');
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a DNS name: use lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit`);
  }
}

/** Requires a name such as `example.com/internal`. */
export function requireQualifiedName(property: string, value: string): void {
  if (!isQualifiedName(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a qualified name: ${QUALIFIED_NAME_REMEDY}`);
  }
}

/** Requires the key of a label, an annotation or a taint. */
export function requireLabelKey(property: string, key: string): void {
  if (!isQualifiedName(key)) {
    throw new TalosError('talos:invalid-value', `'${property}' has the key '${shortened(key)}': ${QUALIFIED_NAME_REMEDY}`);
  }
  if (key === 'constructor') {
    throw new TalosError('talos:invalid-value', `'${property}' has the key 'constructor', which cdk8s can't write: choose another one, for example with a DNS name and '/' before it`);
  }
}

/** Requires labels, without those that the construct sets itself (`reserved`). */
export function requireLabels(property: string, labels: { readonly [key: string]: string }, reserved: { readonly [key: string]: string } = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    requireLabelKey(property, key);
    requireLabelValue(property, key, value);
    if (Object.keys(reserved).includes(key)) {
      throw new TalosError('talos:invalid-value', `'${property}' sets ${key} (${shortened(value)}), which the construct sets itself: choose another key`);
    }
  }
}

/** Requires the value of a label. */
export function requireLabelValue(property: string, key: string, value: string): void {
  if (!isLabelValue(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' has the value '${shortened(value)}' for ${shortened(key)}: label values have up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit`);
  }
}

/** Requires annotations. */
export function requireAnnotations(property: string, annotations: { readonly [key: string]: string }): void {
  Object.keys(annotations).forEach((key) => requireLabelKey(property, key));
  const size = annotationsSize(Object.entries(annotations));
  if (size > LARGEST_ANNOTATIONS) {
    throw new TalosError('talos:invalid-value', `'${property}' has ${size} bytes, ${LARGEST_ANNOTATIONS} at most: shorten them`);
  }
}

/** Requires the name of an environment variable. */
export function requireEnvironmentName(property: string, value: string): void {
  if (!ENVIRONMENT_NAME.test(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not the name of an environment variable: use letters, digits, '-', '_' and '.', not beginning with a digit`);
  }
}

/** Requires a key of a Secret or ConfigMap. */
export function requireSecretKey(property: string, value: string): void {
  if (!SECRET_KEY.test(value) || value.length > LONGEST_DNS_SUBDOMAIN || value === '.' || value.startsWith('..')) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a key of a Secret: use letters, digits, '-', '_' and '.'`);
  }
}

/** Requires the name of a port (RFC 6335). */
export function requirePortName(property: string, value: string): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) || !/[a-z]/.test(value) || value.length > 15) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not the name of a port: use up to 15 lower-case letters, digits and single '-', one letter at least`);
  }
}

/** Requires a relative path that stays inside its volume. */
export function requireRelativePath(property: string, value: string): void {
  if (value.startsWith('/') || value.split('/').includes('..')) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a relative path: leave out '/' at its beginning, and '..'`);
  }
}

/** Requires an absolute path that a mount can have. */
export function requireAbsolutePath(property: string, value: string): void {
  if (!value.startsWith('/') || value.split('/').includes('..') || value.includes(':')) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not an absolute path: begin with '/', and leave out '..' and ':'`);
  }
}

/** Requires a whole number from `least` to `most`, by default the greatest of 32 bits. */
export function requireWholeNumber(property: string, value: number, least: number, most: number = 2 ** 31 - 1): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TalosError('talos:invalid-value', `'${property}' (${value}) must be a whole number of ${value > most ? `at most ${most}` : `at least ${least}`}`);
  }
}

/** Requires the number of a port. */
export function requirePort(property: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new TalosError('talos:invalid-value', `'${property}' (${port}) is not a port: give a number from 1 to 65535`);
  }
}

/** Requires texts that all differ. */
export function requireUnique(property: string, values: string[]): void {
  const seen = new Set<string>();
  const twice = values.find((value) => seen.size === seen.add(value).size);
  if (twice !== undefined) {
    throw new TalosError('talos:invalid-value', `'${property}' has ${shortened(twice)} twice: leave one out`);
  }
}

/** Requires a text of at most `limit` characters, and says `why` there is a limit. */
export function requireLength(property: string, value: string, limit: number, why: string): void {
  if (value.length > limit) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) has ${value.length} characters, ${limit} at most (${why}): choose a shorter one`);
  }
}

/** The names of the fields that are given. */
export function givenFields(structure: object): string[] {
  return Object.entries(structure).filter(([, value]) => value !== undefined).map(([name]) => name);
}

/**
 * Requires exactly one field.
 *
 * @param subject the beginning of the message, for example `'volumes' gives 'data'`
 * @param noun the word for the fields, for example `sources`
 */
export function requireOneOf(subject: string, noun: string, structure: object, choices: string[]): void {
  const given = givenFields(structure);
  if (given.length !== 1 || !choices.includes(given[0])) {
    throw new TalosError('talos:invalid-value', `${subject} ${given.length} ${noun}${given.length > 0 ? ` (${shortened(given.join(', '))})` : ''}: give one of ${choices.join(', ')}`);
  }
}

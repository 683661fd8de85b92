import { annotationsSize, isDnsSubdomain, isLabelValue, isQualifiedName, LARGEST_ANNOTATIONS, LONGEST_DNS_LABEL, LONGEST_DNS_SUBDOMAIN } from './names';

/*
 * What Kubernetes accepts as a name, label, annotation, number or path, checked where a property comes in.
 * Each check names the property, shows the value and says what to do.
 */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const RFC_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const ENVIRONMENT_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]+$/;
/** The longest name of a StatefulSet, which appends eleven characters to it for a label of its revisions. */
export const LONGEST_STATEFUL_SET_NAME = 52;

/**
 * A DNS label that begins with a letter (RFC 1035), as the names of Services are.
 *
 * @param limit the longest name that still leaves room for what Kubernetes appends, and `why`
 */
export function requireRfc1035Label(property: string, value: string, limit: number = LONGEST_DNS_LABEL, why: string = 'DNS labels end there'): void {
  if (!RFC_1035_LABEL.test(value)) {
    throw new Error(`'${property}' (${value}) is not a DNS label: use lower-case letters, digits and '-', beginning with a letter and not ending in '-'`);
  }
  requireLength(property, value, limit, why);
}

/**
 * A part of the name of a StatefulSet and its Service.
 *
 * @param rest what is in that name beside it
 */
export function requirePartOfStatefulSetName(property: string, value: string, rest: string): void {
  const limit = LONGEST_STATEFUL_SET_NAME - rest.length;
  requireRfc1035Label(property, value, limit, `a StatefulSet's name has ${LONGEST_STATEFUL_SET_NAME} with '${rest}'`);
}

/** A DNS label (RFC 1123), as the names of namespaces, containers and volumes are. */
export function requireDnsLabel(property: string, value: string): void {
  if (!DNS_LABEL.test(value)) {
    throw new Error(`'${property}' (${value}) is not a DNS label: use lower-case letters, digits and '-', beginning and ending with a letter or digit`);
  }
  requireLength(property, value, LONGEST_DNS_LABEL, 'DNS labels end there');
}

/** A DNS subdomain (RFC 1123), as the names of most objects are. */
export function requireDnsSubdomain(property: string, value: string): void {
  if (!isDnsSubdomain(value)) {
    requireLength(property, value, LONGEST_DNS_SUBDOMAIN, 'DNS names end there');
    throw new Error(`'${property}' (${value}) is not a DNS name: use lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit`);
  }
}

/** The key of a label, an annotation or a taint: a name with an optional DNS name before it. */
export function requireLabelKey(property: string, key: string): void {
  if (!isQualifiedName(key)) {
    throw new Error(`'${property}' has the key '${key}': use a name of up to 63 letters, digits, '-', '_' and '.', with an optional DNS name and '/' before it`);
  }
  if (key === 'constructor') {
    throw new Error(`'${property}' has the key 'constructor', which cdk8s can't write: choose another one, for example with a DNS name and '/' before it`);
  }
}

/** Keys and values of labels. Labels that belong to the constructs (`reserved`) can't be set. */
export function requireLabels(property: string, labels: { readonly [key: string]: string }, reserved: { readonly [key: string]: string } = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    requireLabelKey(property, key);
    requireLabelValue(property, key, value);
    if (Object.keys(reserved).includes(key)) {
      throw new Error(`'${property}' sets ${key} (${value}), by which it is known: choose another key`);
    }
  }
}

/** The value of a label. */
export function requireLabelValue(property: string, key: string, value: string): void {
  if (!isLabelValue(value)) {
    throw new Error(`'${property}' has the value '${value}' for ${key}: label values have up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit`);
  }
}

/** Annotations: any text, up to the size that Kubernetes stores. */
export function requireAnnotations(property: string, annotations: { readonly [key: string]: string }): void {
  Object.keys(annotations).forEach((key) => requireLabelKey(property, key));
  const size = annotationsSize(Object.entries(annotations));
  if (size > LARGEST_ANNOTATIONS) {
    throw new Error(`'${property}' has ${size} bytes, ${LARGEST_ANNOTATIONS} at most: shorten them`);
  }
}

/** The name of an environment variable. */
export function requireEnvironmentName(property: string, value: string): void {
  if (!ENVIRONMENT_NAME.test(value)) {
    throw new Error(`'${property}' (${value}) is not the name of an environment variable: use letters, digits, '-', '_' and '.', not beginning with a digit`);
  }
}

/** A key of a Secret or ConfigMap. */
export function requireSecretKey(property: string, value: string): void {
  if (!SECRET_KEY.test(value) || value.length > LONGEST_DNS_SUBDOMAIN || value === '.' || value.startsWith('..')) {
    throw new Error(`'${property}' (${value}) is not a key of a Secret: use letters, digits, '-', '_' and '.'`);
  }
}

/** The name of a port (RFC 6335). */
export function requirePortName(property: string, value: string): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) || !/[a-z]/.test(value) || value.length > 15) {
    throw new Error(`'${property}' (${value}) is not the name of a port: use up to 15 lower-case letters, digits and single '-', one letter at least`);
  }
}

/** A path that stays inside of the volume or directory that it is relative to. */
export function requireRelativePath(property: string, value: string): void {
  if (value.startsWith('/') || value.split('/').includes('..')) {
    throw new Error(`'${property}' (${value}) is not a relative path: leave out '/' at its beginning, and '..'`);
  }
}

/** A path from the root, without `..` and without the characters that mounts can't carry. */
export function requireAbsolutePath(property: string, value: string): void {
  if (!value.startsWith('/') || value.split('/').includes('..') || value.includes(':')) {
    throw new Error(`'${property}' (${value}) is not an absolute path: begin with '/', and leave out '..' and ':'`);
  }
}

/** A whole number from `least` to `most`, by default what 32 bits hold. */
export function requireWholeNumber(property: string, value: number, least: number, most: number = 2 ** 31 - 1): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`'${property}' (${value}) must be a whole number of ${value > most ? `at most ${most}` : `at least ${least}`}`);
  }
}

/** The number of a port. */
export function requirePort(property: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`'${property}' (${port}) is not a port: give a number from 1 to 65535`);
  }
}

/** Texts of which none is there twice. */
export function requireUnique(property: string, values: string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new Error(`'${property}' has ${twice} twice: leave one out`);
  }
}

/** A text that isn't too long, and `why` there is a limit. */
export function requireLength(property: string, value: string, limit: number, why: string): void {
  if (value.length > limit) {
    throw new Error(`'${property}' (${value}) has ${value.length} characters, ${limit} at most (${why}): choose a shorter one`);
  }
}

/** The names of the fields of a structure that are given. */
export function givenFields(structure: object): string[] {
  return Object.entries(structure).filter(([, value]) => value !== undefined).map(([name]) => name);
}

/**
 * A structure of which exactly one field is given.
 *
 * @param subject how the message begins, for example `'volumes' gives 'data'`
 * @param noun what the fields are
 */
export function requireOneOf(subject: string, noun: string, structure: object, choices: string[]): void {
  const given = givenFields(structure);
  if (given.length !== 1) {
    throw new Error(`${subject} ${given.length} ${noun}${given.length > 0 ? ` (${given.join(', ')})` : ''}: give one of ${choices.join(', ')}`);
  }
}

/*
 * What Kubernetes accepts as a name, label, annotation, quantity or path, checked where a property comes in.
 * Each check names the property, shows the value and says what to do.
 * See https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_LABEL_FROM_LETTER = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const ENVIRONMENT_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]+$/;
/** The longest name of a StatefulSet, which appends eleven characters to it for a label of its revisions. */
export const LONGEST_STATEFUL_SET_NAME = 52;

/** Keys and values together. */
const LARGEST_ANNOTATIONS = 256 * 1024;
const QUANTITY = /^(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][-+]?\d+)?$/;
const QUANTITY_FACTORS: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A name that becomes a Service's name or a host's name: a DNS label that begins with a letter (RFC 1035).
 *
 * @param limit the longest name that still leaves room for what Kubernetes appends, and `why`
 */
export function requireName(property: string, value: string, limit: number = 63, why: string = 'DNS labels end there'): void {
  if (!DNS_LABEL_FROM_LETTER.test(value)) {
    throw new Error(`'${property}' (${value}) is not a DNS label: use lower-case letters, digits and '-', beginning with a letter and not ending in '-'`);
  }
  requireLength(property, value, limit, why);
}

/**
 * A part of the name of a StatefulSet.
 *
 * @param rest what is in that name beside it
 */
export function requirePartOfStatefulSetName(property: string, value: string, rest: string): void {
  requireName(property, value, LONGEST_STATEFUL_SET_NAME - rest.length, `a StatefulSet's name has ${LONGEST_STATEFUL_SET_NAME} with '${rest}'`);
}

/** A DNS label (RFC 1123), as the names of namespaces, containers and volumes are. */
export function requireDnsLabel(property: string, value: string): void {
  if (!DNS_LABEL.test(value)) {
    throw new Error(`'${property}' (${value}) is not a DNS label: use lower-case letters, digits and '-', beginning and ending with a letter or digit`);
  }
  requireLength(property, value, 63, 'DNS labels end there');
}

/** A DNS subdomain (RFC 1123), as the names of most objects are. */
export function requireDnsSubdomain(property: string, value: string): void {
  if (!DNS_SUBDOMAIN.test(value)) {
    throw new Error(`'${property}' (${value}) is not a DNS name: use lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit`);
  }
  requireLength(property, value, 253, 'DNS names end there');
}

/** The key of a label, an annotation or a taint: a name with an optional DNS name before it. */
export function requireLabelKey(property: string, key: string): void {
  const [name, prefix] = key.split('/').reverse();
  const valid = key.split('/').length <= 2 && name.length > 0 && name.length <= 63 && LABEL_VALUE.test(name)
    && (prefix === undefined || (DNS_SUBDOMAIN.test(prefix) && prefix.length <= 253));
  if (!valid) {
    throw new Error(`'${property}' has the key '${key}': use a name of up to 63 letters, digits, '-', '_' and '.', with an optional DNS name and '/' before it`);
  }
  if (key === 'constructor') {
    throw new Error(`'${property}' has the key 'constructor', which cdk8s can't write: choose another one, for example with a DNS name and '/' before it`);
  }
}

/** Keys and values of labels; labels that belong to the constructs (`reserved`) can't be set. */
export function requireLabels(property: string, labels: { readonly [key: string]: string }, reserved: { readonly [key: string]: string }): void {
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
  if (!LABEL_VALUE.test(value) || value.length > 63) {
    throw new Error(`'${property}' has the value '${value}' for ${key}: label values have up to 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit`);
  }
}

/** Annotations: any text, up to the size that Kubernetes stores. */
export function requireAnnotations(property: string, annotations: { readonly [key: string]: string }): void {
  Object.keys(annotations).forEach((key) => requireLabelKey(property, key));
  const bytes = Object.entries(annotations).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (bytes > LARGEST_ANNOTATIONS) {
    throw new Error(`'${property}' has ${bytes} bytes, ${LARGEST_ANNOTATIONS} at most: shorten them`);
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
  if (!SECRET_KEY.test(value) || value.length > 253 || value === '.' || value.startsWith('..')) {
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

/** A port. */
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

/**
 * A quantity such as `500m` or `2Gi`, as a number.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(property: string, value: string): number {
  const match = QUANTITY.exec(value);
  if (!match) {
    throw new Error(`'${property}' (${value}) is not a quantity of at least zero: write a number with an optional unit, for example 500m, 2 or 4Gi`);
  }
  const [, digits, suffix = ''] = match;
  return /^[eE][-+]?\d+$/.test(suffix) ? Number(`${digits}${suffix}`) : Number(digits) * (QUANTITY_FACTORS[suffix] ?? 1);
}

/** A length, with why it is limited. */
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
 * A structure of which exactly one field must be given.
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

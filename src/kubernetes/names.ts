/*
 * The syntax of names, labels and annotations in Kubernetes.
 * See https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

export const LONGEST_DNS_LABEL = 63;
export const LONGEST_DNS_SUBDOMAIN = 253;
/** In bytes, keys and values together. */
export const LARGEST_ANNOTATIONS = 256 * 1024;

const LONGEST_QUALIFIED_NAME = 63;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Whether this is a DNS subdomain (RFC 1123), such as the name of most objects. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= LONGEST_DNS_SUBDOMAIN && DNS_SUBDOMAIN.test(text);
}

/** Whether this is a name such as `role` or `example.com/role`, which is the form of the keys of labels, annotations and taints. */
export function isQualifiedName(text: string): boolean {
  const [name, prefix, ...rest] = text.split('/').reverse();
  return rest.length === 0 && name.length <= LONGEST_QUALIFIED_NAME && QUALIFIED_NAME.test(name) && (prefix === undefined || isDnsSubdomain(prefix));
}

/** Whether this is the value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= LONGEST_QUALIFIED_NAME && QUALIFIED_NAME.test(text));
}

/** The size of annotations, in bytes. */
export function annotationsSize(annotations: (readonly [key: string, value: string])[]): number {
  return annotations.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
}

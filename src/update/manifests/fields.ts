/*
 * Manifests can be anybody's: any field can be missing, or of another type.
 */

/** The fields of an object; none of what is no object. */
export function fieldsOf(value: unknown): { readonly [field: string]: any } {
  return isObject(value) ? value : {};
}

/** The objects in a list. */
export function objectsOf(value: unknown): { readonly [field: string]: any }[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts in a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Labels and the like: the texts of an object by their keys. */
export function textFieldsOf(value: unknown): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(fieldsOf(value)).filter(([, text]) => typeof text === 'string'));
}

/** A text or a number as a text; undefined for all else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function isObject(value: unknown): value is { readonly [field: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

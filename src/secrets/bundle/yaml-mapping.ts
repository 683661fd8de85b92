/** A parsed YAML mapping. */
export type Mapping = Record<string, unknown>;

/** Whether a value is a mapping, not a list, a text or nothing. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys joined by dots, or undefined if there is none. */
export function valueAt(root: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (isMapping(value) ? value[key] : undefined), root);
}

/** Sets the value at a path of keys joined by dots, and creates missing mappings. */
export function setAt(root: Mapping, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((mapping, key) => (mapping[key] ??= {}) as Mapping, root);
  parent[last] = value;
}

/** The paths of all values that are not mappings themselves. */
export function pathsOf(value: unknown, path: readonly string[] = []): string[] {
  return isMapping(value)
    ? Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))
    : [path.join('.')];
}

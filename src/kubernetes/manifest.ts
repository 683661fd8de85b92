/** Leaves out what isn't given, so that an empty list or map doesn't show in a manifest. */
export function unlessEmpty<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

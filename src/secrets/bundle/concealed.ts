/**
 * Makes an immutable object whose properties must be named to be read. Printing it, writing it as JSON
 * and copying it with `...` skip them, so that secrets do not slip into logs.
 */
export function concealed<T extends object>(values: T): Readonly<T> {
  const object = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(object, name, { get: () => value, enumerable: false });
  }
  return Object.freeze(object) as Readonly<T>;
}

/**
 * Makes an immutable object whose properties can only be read by name. Printing it, writing it as JSON
 * and copying it with `...` leave them out, which keeps secrets out of logs.
 */
export function concealed<T extends object>(values: T): Readonly<T> {
  const object = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(object, name, { get: () => value, enumerable: false });
  }
  return Object.freeze(object) as Readonly<T>;
}

import { shortened, TalosError } from './problem';

/*
 * How values that users give enter the library. JavaScript and the other languages of jsii can give a value of any type, and can change objects and
 * lists afterwards: a reader checks the type and copies what can change. An error shows the kind of the value only, which may be a secret.
 */

/** Reads a value: throws an error with the name of the property if its type is wrong, and returns a copy. */
export type Reader<T> = (property: string, value: unknown) => T;

/** Reads an object with these fields. A structure that extends another one repeats its fields. */
export interface Structure<T> extends Reader<T> {
  readonly required: RequiredFields<T>;
  readonly optional: OptionalFields<T>;
}

type RequiredName<T> = { [P in keyof T]-?: object extends Pick<T, P> ? never : P }[keyof T];
type RequiredFields<T> = { readonly [P in RequiredName<T>]: Reader<T[P]> };
type OptionalFields<T> = { readonly [P in Exclude<keyof T, RequiredName<T>>]-?: Reader<NonNullable<T[P]>> };

/** Errors name the fields of these by the name of the field alone. */
const ROOTS = ['props', 'options'];

export const readText: Reader<string> = primitive('string');
export const readNumber: Reader<number> = primitive('number');
export const readBoolean: Reader<boolean> = primitive('boolean');

/** Reads what is checked elsewhere. */
export const readAnything: Reader<any> = (_property, value) => value;

/** Reads an object that becomes a YAML document; what it is made of is copied elsewhere. */
export const readDocument: Reader<{ [key: string]: any }> = (property, value) => {
  requireDocumentValue(property, requireObject(property, value), [], []);
  return value as { [key: string]: any };
};

/** The most levels of objects and lists in each other. */
export const MOST_LEVELS = 500;

/** The keys below the property become a text only for an error. */
function requireDocumentValue(property: string, value: unknown, keys: Array<string | number>, parents: unknown[]): void {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return;
  }
  if (isToken(value)) {
    throw wrongKind(documentPath(property, keys), value, 'the value itself');
  }
  if (value === undefined || ['function', 'symbol'].includes(typeof value)) {
    throw wrongKind(documentPath(property, keys), value, 'a value that YAML can hold');
  }
  if (typeof value === 'number') {
    throw new TalosError('talos:wrong-type', `'${documentPath(property, keys)}' is ${value}: give a number, or leave it out`);
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return;
  }
  if (parents.length > MOST_LEVELS) {
    throw new TalosError('talos:machine-config-refused', `'${documentPath(property, keys.slice(0, 5))}' is nested too deeply: give at most ${MOST_LEVELS} levels`);
  }
  if (parents.includes(value)) {
    throw new TalosError('talos:wrong-type', `'${documentPath(property, keys)}' contains itself: give a value that ends`);
  }
  if (!Array.isArray(value) && !isPlain(value)) {
    throw new TalosError('talos:wrong-type', `'${documentPath(property, keys)}' is an object of the class ${shortened(value.constructor?.name || 'without a name')}: give a plain object, a list, a text or a number`);
  }
  parents.push(value);
  const isGiven = ([, item]: [string, unknown]) => item !== undefined;
  const items: Iterable<[string | number, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value).filter(isGiven);
  for (const [key, item] of items) {
    keys.push(key);
    requireDocumentValue(property, item, keys, parents);
    keys.pop();
  }
  parents.pop();
}

function documentPath(property: string, keys: ReadonlyArray<string | number>): string {
  return [property, ...keys.map((key) => typeof key === 'number' ? `[${key}]` : `.${shortened(key)}`)].join('');
}

/** Whether an object was written as `{}`, here or in another context of JavaScript. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Reads a point in time. */
export const readDate: Reader<Date> = (property, value) => new Date(readInstance(Date)(property, value));

/** Reads one of the values of an enum. */
export function readChoice<T extends string>(choices: { readonly [name: string]: T }): Reader<T> {
  return (property, value) => {
    const found = Object.values(choices).find((choice) => choice === value);
    if (found === undefined) {
      const remedy = `one of ${Object.keys(choices).join(', ')}`;
      throw typeof value === 'string' ? new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is unknown: give ${remedy}`) : wrongKind(property, value, remedy);
    }
    return found;
  };
}

/** Reads an object of a class. */
export function readInstance<T>(type: { readonly name: string; readonly prototype: T }): Reader<T> {
  return (property, value) => {
    if (typeof value !== 'object' || value === null || !Object.prototype.isPrototypeOf.call(type.prototype as object, value)) {
      throw wrongKind(property, value, `a ${type.name}`);
    }
    return value as T;
  };
}

/** Reads a list. */
export function readList<T>(readItem: Reader<T>): Reader<T[]> {
  return (property, value) => {
    if (!Array.isArray(value)) {
      throw wrongKind(property, value, 'a list');
    }
    return Array.from(value, (item, index) => readItem(`${property}[${index}]`, item));
  };
}

/** Reads an object with any keys. */
export function readMap<T>(readItem: Reader<T>): Reader<{ [key: string]: T }> {
  return (property, value) => {
    const entries = Object.entries(requireObject(property, value)).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, readItem(`${property}.${shortened(key)}`, item)]));
  };
}

/** Reads an object with known fields; others stay as they are. */
export function readStructure<T extends object>(required: RequiredFields<T>, optional: OptionalFields<T>): Structure<T> {
  const readers = Object.entries<Reader<unknown>>({ ...required, ...optional });
  const read: Reader<T> = (property, value) => {
    const given: any = requireObject(property, value);
    const structure: any = { ...given };
    for (const [field, readField] of readers) {
      if (given[field] !== undefined || field in required) {
        structure[field] = readField(ROOTS.includes(property) ? field : `${property}.${field}`, given[field]);
      }
    }
    return structure;
  };
  return Object.assign(read, { required, optional });
}

/** What an error calls a value without showing it. */
export function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isToken(value)) {
    return 'a token, whose value isn\'t known yet';
  }
  const names: { readonly [type: string]: string } = { object: 'another object', boolean: 'true or false' };
  return names[typeof value] ?? `a ${typeof value}`;
}

function primitive<T>(type: string): Reader<T> {
  return (property, value) => {
    if (typeof value !== type) {
      throw wrongKind(property, value, type === 'boolean' ? 'true or false' : `a ${type}`);
    }
    return value as T;
  };
}

function requireObject(property: string, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isToken(value)) {
    throw wrongKind(property, value, 'an object');
  }
  return value;
}

/** Whether this is a value such as those of cdk8s' `Lazy`, which only synthesis would replace. */
function isToken(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ['produce', 'resolve'].some((method) => typeof (value as any)[method] === 'function');
}

function wrongKind(property: string, value: unknown, remedy: string): Error {
  return value === undefined
    ? new TalosError('talos:missing-property', `'${property}' is missing: give ${remedy}`)
    : new TalosError('talos:wrong-type', `'${property}' is ${kindOf(value)}: give ${remedy}`);
}

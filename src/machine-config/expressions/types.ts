/** The type of an expression: a name and, for `list`, `map`, `optional` and `type`, the types of its parts. */
export interface CelType {
  readonly name: string;
  readonly of: readonly CelType[];
}

export const DYN: CelType = { name: 'dyn', of: [] };

const parsed = new Map<string, CelType>();

/** Reads a type such as `map(string, list(A))`; a single capital letter is a type parameter. */
export function typeOf(text: string): CelType {
  let type = parsed.get(text);
  if (!type) {
    const [, name, parts] = /^(\w+)(?:\((.*)\))?$/.exec(text)!;
    type = { name, of: parts ? splitTypes(parts).map(typeOf) : [] };
    parsed.set(text, type);
  }
  return type;
}

/** Splits `string, list(A)` into its parts. */
export function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const piece of text.split(', ')) {
    if (depth > 0) {
      parts[parts.length - 1] += `, ${piece}`;
    } else if (piece !== '') {
      parts.push(piece);
    }
    depth += piece.split('(').length - piece.split(')').length;
  }
  return parts;
}

export function typeText({ name, of }: CelType): string {
  return of.length === 0 ? name : `${name}(${of.map(typeText).join(', ')})`;
}

/** The types of a signature's type parameters. */
export type Bindings = Map<string, CelType>;

function isLetter({ name }: CelType): boolean {
  return /^[A-Z]$/.test(name);
}

/** Whether a value of the type matches the pattern. Adds its type parameters to the bindings. */
export function fits(pattern: CelType, type: CelType, bindings: Bindings): boolean {
  if (isLetter(pattern)) {
    const bound = bindings.get(pattern.name);
    if (!bound || bound.name === 'dyn') {
      bindings.set(pattern.name, bound ?? type);
      return true;
    }
    if (type.name === 'dyn') {
      bindings.set(pattern.name, type);
      return true;
    }
    return fits(bound, type, bindings) || fits(type, bound, bindings);
  }
  if (pattern.name === 'dyn' || type.name === 'dyn') {
    return true;
  }
  if (type.name === 'null' || pattern.name === 'null') {
    return type.name === pattern.name || acceptsNull(type.name === 'null' ? pattern : type);
  }
  return pattern.name === type.name && (pattern.name === 'type' || pattern.of.every((part, index) => fits(part, type.of[index] ?? DYN, bindings)));
}

/** Messages, times and optionals can be null. */
function acceptsNull({ name }: CelType): boolean {
  return /^[A-Z]\w/.test(name) || ['duration', 'timestamp', 'optional'].includes(name);
}

/** The type with its type parameters replaced. */
export function substituted(type: CelType, bindings: Bindings): CelType {
  if (isLetter(type)) {
    return bindings.get(type.name) ?? DYN;
  }
  return type.of.length === 0 ? type : { name: type.name, of: type.of.map((part) => substituted(part, bindings)) };
}

export function isSame(left: CelType, right: CelType): boolean {
  return left.name === right.name && left.of.length === right.of.length && left.of.every((part, index) => isSame(part, right.of[index]));
}

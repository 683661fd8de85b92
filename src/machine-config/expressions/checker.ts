import { Environment } from './environment';
import { Expression } from './parser';
import { ExpressionProblem } from './problem';
import { Bindings, CelType, DYN, fits, isSame, substituted, typeOf, typeText } from './types';
import { shortened } from '../../problem';

type Call = Extract<Expression, { kind: 'call' }>;
type Scope = ReadonlyMap<string, CelType>;

/** The macros that iterate over a list or the keys of a map, with the numbers of their arguments after the element's name. */
const ITERATIONS: Readonly<Record<string, readonly number[]>> = { all: [1], exists: [1], exists_one: [1], filter: [1], map: [1, 2] };
const OPTIONAL_ITERATIONS = ['optMap', 'optFlatMap'];
/** The most types in each other. */
const LARGEST_TYPE = 100;
const TYPE_NAMES = ['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint'];

/** Finds the type of an expression. Refuses invalid expressions. */
export class Checker {
  private readonly sizes = new Map<CelType, number>();

  public constructor(private readonly environment: Environment) {}

  public typeOf(expression: Expression, scope: Scope = new Map()): CelType {
    const type = this.anyTypeOf(expression, scope);
    // each `map(a, {a: a})` doubles the type
    return this.sizeOf(type) > LARGEST_TYPE ? refuse('its type is too large', expression.position) : type;
  }

  private sizeOf(type: CelType): number {
    const size = this.sizes.get(type) ?? type.of.reduce((sum, part) => sum + this.sizeOf(part), 1);
    this.sizes.set(type, size);
    return size;
  }

  private anyTypeOf(expression: Expression, scope: Scope): CelType {
    switch (expression.kind) {
      case 'literal':
        return typeOf(expression.type);
      case 'identifier':
        return this.typeOfName(expression.name, expression.position, scope);
      case 'select':
        return this.typeOfField(expression, scope);
      case 'list':
        return { name: 'list', of: [this.joined(expression.items, scope)] };
      case 'map':
        return { name: 'map', of: [0, 1].map((part) => this.joined(expression.entries.map((entry) => entry[part]), scope)) };
      case 'optional':
        return this.typeOfElement(expression.value, scope);
      case 'call':
        return this.typeOfCall(expression, scope);
    }
  }

  /** The type of the value in an optional element of a list or a map. */
  private typeOfElement(value: Expression, scope: Scope): CelType {
    const type = this.typeOf(value, scope);
    return type.name === 'optional' || type.name === 'dyn' ? type.of[0] ?? DYN : refuse('an optional element needs an optional value', value.position);
  }

  private typeOfName(name: string, position: number, scope: Scope): CelType {
    const type = scope.get(name) ?? this.environment.variables.get(name) ?? (TYPE_NAMES.includes(name) ? typeOf('type') : undefined);
    return type ?? refuse(`'${shortened(name)}' is not known here`, position);
  }

  private typeOfField({ operand, field, isOptional, position }: Extract<Expression, { kind: 'select' }>, scope: Scope): CelType {
    const whole = this.typeOf(operand, scope);
    const inner = whole.name === 'optional' ? whole.of[0] : whole;
    const type = this.fieldType(inner, field, position);
    return isOptional || whole.name === 'optional' ? { name: 'optional', of: [type] } : type;
  }

  private fieldType(type: CelType, field: string, position: number): CelType {
    if (type.name === 'dyn') {
      return DYN;
    }
    if (type.name === 'map') {
      return type.of[1];
    }
    const fields = this.environment.messages.get(type.name) ?? refuse(`a value of the type ${typeText(type)} has no field '${shortened(field)}'`, position);
    return fields.get(field) ?? refuse(`there is no field '${shortened(field)}'`, position);
  }

  /** The common type of all, or `dyn`. */
  private joined(expressions: readonly Expression[], scope: Scope): CelType {
    const types = expressions.map((expression) => this.typeOf(expression, scope));
    return types.length > 0 && types.every((type) => isSame(type, types[0])) ? types[0] : DYN;
  }

  private typeOfCall(call: Call, scope: Scope): CelType {
    if (call.name === 'has' && !call.target && call.arguments.length === 1) {
      return this.typeOfHas(call, scope);
    }
    if (call.target && this.isIteration(call)) {
      return this.typeOfIteration(call, call.target, scope);
    }
    if (call.name === '_&&_' || call.name === '_||_') {
      call.arguments.forEach((operand) => this.expect('bool', operand, scope));
      return typeOf('bool');
    }
    const qualified = call.target?.kind === 'identifier' && !scope.has(call.target.name) ? `${call.target.name}.${call.name}` : '';
    if (this.environment.functions.has(qualified)) {
      return this.resolve(qualified, call.arguments, call.position, scope);
    }
    return call.target
      ? this.resolve(`.${call.name}`, [call.target, ...call.arguments], call.position, scope)
      : this.resolve(call.name, call.arguments, call.position, scope);
  }

  private resolve(name: string, operands: readonly Expression[], position: number, scope: Scope): CelType {
    const types = operands.map((operand) => this.typeOf(operand, scope));
    const signatures = this.environment.functions.get(name) ?? refuse(`there is no function '${shortened(name.replace(/^\./, ''))}'`, position);
    const results = signatures.flatMap(({ parameters, result }) => {
      const bindings: Bindings = new Map();
      const isMatch = parameters.length === types.length && parameters.every((parameter, index) => fits(parameter, types[index], bindings));
      return isMatch ? [substituted(result, bindings)] : [];
    });
    if (results.length === 0) {
      const given = types.map(typeText);
      const hint = given.includes('uint') && given.includes('int') ? ' (10u is a uint)' : '';
      refuse(`'${operatorName(name)}' does not take ${given.join(' and ') || 'nothing'}${hint}`, position);
    }
    return results.every((result) => isSame(result, results[0])) ? results[0] : DYN;
  }

  private typeOfHas({ arguments: [operand], position }: Call, scope: Scope): CelType {
    if (operand.kind !== 'select') {
      refuse('has() takes a field, such as has(a.b)', position);
    }
    this.typeOf(operand, scope);
    return typeOf('bool');
  }

  private isIteration({ name, arguments: { length } }: Call): boolean {
    const isOptional = this.environment.hasOptionals && OPTIONAL_ITERATIONS.includes(name) && length === 2;
    return isOptional || (Object.hasOwn(ITERATIONS, name) && ITERATIONS[name].includes(length - 1));
  }

  private typeOfIteration({ name, arguments: [variable, ...bodies], position }: Call, range: Expression, scope: Scope): CelType {
    if (variable.kind !== 'identifier') {
      return refuse(`${name}() takes a simple name first`, position);
    }
    const isOptional = OPTIONAL_ITERATIONS.includes(name);
    const element = elementType(this.typeOf(range, scope), isOptional, position);
    const inner = new Map([...scope, [variable.name, element]]);
    const body = bodies[bodies.length - 1];
    if (isOptional || name === 'map') {
      bodies.slice(0, -1).forEach((condition) => this.expect('bool', condition, inner));
      const type = this.typeOf(body, inner);
      if (name === 'optFlatMap') {
        return type.name === 'optional' || type.name === 'dyn' ? type : refuse('optFlatMap() needs an optional value', position);
      }
      return { name: isOptional ? 'optional' : 'list', of: [type] };
    }
    this.expect('bool', body, inner);
    return name === 'filter' ? { name: 'list', of: [element] } : typeOf('bool');
  }

  private expect(name: string, expression: Expression, scope: Scope): void {
    const type = this.typeOf(expression, scope);
    if (type.name !== name && type.name !== 'dyn') {
      refuse(`this is of the type ${typeText(type)}, not ${name}`, expression.position);
    }
  }
}

function elementType(range: CelType, isOptional: boolean, position: number): CelType {
  if (range.name === 'dyn') {
    return DYN;
  }
  if (isOptional ? range.name !== 'optional' : range.name !== 'list' && range.name !== 'map') {
    refuse(`a value of the type ${typeText(range)} has no elements`, position);
  }
  return range.of[0];
}

/** `_>_` as `>`. */
function operatorName(name: string): string {
  return /^[_!-]/.test(name) ? name.replace(/_/g, '') : name.replace(/^\./, '');
}

function refuse(message: string, position: number): never {
  throw new ExpressionProblem(message, position);
}

import { ExpressionProblem } from './problem';
import { Token, tokensOf } from './tokens';

/** A parsed expression. */
export type Expression = { readonly position: number } & (
  | { readonly kind: 'literal'; readonly type: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'select'; readonly operand: Expression; readonly field: string; readonly isOptional: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly target?: Expression; readonly arguments: readonly Expression[] }
  | { readonly kind: 'optional'; readonly value: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyArray<readonly [Expression, Expression]> }
);

/** The deepest nesting of an expression. */
const DEEPEST = 250;
const LONGEST = 100_000;
const RESERVED = [
  'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while',
];
const LITERAL_WORDS: Readonly<Record<string, string>> = { true: 'bool', false: 'bool', null: 'null' };
const MOST_INT = 2n ** 63n;

/** Parses an expression; `hasOptionals` allows optional syntax such as `?.`. */
export function parseExpression(text: string, hasOptionals: boolean): Expression {
  if (text.length > LONGEST) {
    throw new ExpressionProblem(`it is longer than ${LONGEST} characters`);
  }
  return new Parser(tokensOf(text), hasOptionals).parse();
}

class Parser {
  private index = 0;
  private depth = 0;

  public constructor(private readonly tokens: readonly Token[], private readonly hasOptionals: boolean) {}

  public parse(): Expression {
    const expression = this.conditional();
    if (this.token.kind !== 'end') {
      this.unexpected();
    }
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.index];
  }

  private conditional(): Expression {
    return this.nested(() => {
      const condition = this.logical('||', () => this.logical('&&', () => this.relation()));
      const { position } = this.token;
      if (!this.take('?')) {
        return condition;
      }
      const then = this.logical('||', () => this.logical('&&', () => this.relation()));
      this.expect(':');
      return { kind: 'call', name: '_?_:_', arguments: [condition, then, this.conditional()], position };
    });
  }

  /** Any number of operands with the same operator. */
  private logical(operator: string, operand: () => Expression): Expression {
    const operands = [operand()];
    const { position } = this.token;
    while (this.take(operator)) {
      operands.push(operand());
    }
    return operands.length === 1 ? operands[0] : { kind: 'call', name: `_${operator}_`, arguments: operands, position };
  }

  private relation(): Expression {
    return this.binary(['<', '<=', '>', '>=', '==', '!=', 'in'], () => this.binary(['+', '-'], () => this.binary(['*', '/', '%'], () => this.unary())));
  }

  private binary(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (let length = 0; operators.includes(this.token.text) && this.token.kind !== 'string'; length++) {
      this.refuseDepth(this.depth + length);
      const { text, position } = this.token;
      this.index++;
      left = { kind: 'call', name: `_${text}_`, arguments: [left, operand()], position };
    }
    return left;
  }

  private unary(): Expression {
    const { text, position } = this.token;
    const next = this.tokens[this.index + 1];
    if (text === '-' && (next?.kind === 'int' || next?.kind === 'double')) {
      this.index++;
      return this.member(this.number('-'));
    }
    if (!this.isOperator('-') && !this.isOperator('!')) {
      return this.member(this.primary());
    }
    let isDoubled = true;
    while (this.take(text)) {
      isDoubled = !isDoubled;
    }
    const operand = this.member(this.primary());
    return isDoubled ? operand : { kind: 'call', name: `${text}_`, arguments: [operand], position };
  }

  private member(start: Expression): Expression {
    let operand = start;
    for (let length = 0; this.isOperator('.') || this.isOperator('['); length++) {
      this.refuseDepth(this.depth + length);
      const { position } = this.token;
      operand = this.take('.') ? this.selected(operand, position) : this.indexed(operand, position);
    }
    return operand;
  }

  private selected(operand: Expression, position: number): Expression {
    const isOptional = this.hasOptionals && this.take('?');
    const field = this.identifier();
    if (isOptional || !this.take('(')) {
      return { kind: 'select', operand, field, isOptional, position };
    }
    return { kind: 'call', name: field, target: operand, arguments: this.list(')'), position };
  }

  private indexed(operand: Expression, position: number): Expression {
    this.expect('[');
    const name = this.hasOptionals && this.take('?') ? '_[?_]' : '_[_]';
    const key = this.conditional();
    this.expect(']');
    return { kind: 'call', name, arguments: [operand, key], position };
  }

  private primary(): Expression {
    const { kind, text, position } = this.token;
    if (kind === 'int' || kind === 'double') {
      return this.number('');
    }
    if (kind === 'uint' || kind === 'string' || kind === 'bytes' || (kind === 'identifier' && Object.hasOwn(LITERAL_WORDS, text))) {
      this.index++;
      return { kind: 'literal', type: LITERAL_WORDS[text] ?? kind, position };
    }
    if (this.take('(')) {
      const inner = this.conditional();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) {
      return { kind: 'list', items: this.list(']'), position };
    }
    if (this.take('{')) {
      return { kind: 'map', entries: this.entries(), position };
    }
    this.take('.');
    const name = this.identifier();
    if (RESERVED.includes(name)) {
      throw new ExpressionProblem(`'${name}' is a reserved word`, position);
    }
    return this.take('(') ? { kind: 'call', name, arguments: this.list(')'), position } : { kind: 'identifier', name, position };
  }

  private number(sign: '' | '-'): Expression {
    const { kind, text, position } = this.token;
    if (kind === 'int' && BigInt(text) > (sign ? MOST_INT : MOST_INT - 1n)) {
      throw new ExpressionProblem(`the number ${text} is too large`, position);
    }
    this.index++;
    return { kind: 'literal', type: kind, position };
  }

  /** Expressions up to a closing sign; a list in brackets can end with a comma. */
  private list(end: ')' | ']'): Expression[] {
    return this.listed(end, () => end === ']' ? this.element() : this.conditional());
  }

  private entries(): Array<readonly [Expression, Expression]> {
    return this.listed('}', () => {
      const isOptional = this.hasOptionals && this.take('?');
      const key = this.conditional();
      this.expect(':');
      const value = this.conditional();
      return [key, isOptional ? { kind: 'optional', value, position: value.position } : value] as const;
    });
  }

  private element(): Expression {
    const isOptional = this.hasOptionals && this.take('?');
    const value = this.conditional();
    return isOptional ? { kind: 'optional', value, position: value.position } : value;
  }

  private listed<T>(end: ')' | ']' | '}', item: () => T): T[] {
    const items: T[] = [];
    while (!this.take(end)) {
      if (items.length > 0) {
        this.expect(',');
      }
      const isEnd = end !== ')' && (items.length > 0 ? this.isOperator(end) : this.take(','));
      if (isEnd) {
        this.expect(end);
        break;
      }
      items.push(item());
    }
    return items;
  }

  private identifier(): string {
    const { kind, text } = this.token;
    if (kind !== 'identifier' || text === 'in' || Object.hasOwn(LITERAL_WORDS, text)) {
      this.unexpected();
    }
    this.index++;
    return text;
  }

  private isOperator(text: string): boolean {
    return this.token.text === text && (this.token.kind === 'operator' || text === 'in');
  }

  private take(text: string): boolean {
    const isNext = this.isOperator(text);
    this.index += isNext ? 1 : 0;
    return isNext;
  }

  private expect(text: string): void {
    if (!this.take(text)) {
      this.unexpected();
    }
  }

  private unexpected(): never {
    const { kind, text, position } = this.token;
    throw new ExpressionProblem(kind === 'end' ? 'it ends too early' : `unexpected ${text}`, position);
  }

  private nested(parse: () => Expression): Expression {
    this.depth++;
    this.refuseDepth(this.depth);
    const expression = parse();
    this.depth--;
    return expression;
  }

  private refuseDepth(depth: number): void {
    if (depth > DEEPEST) {
      throw new ExpressionProblem('it is nested too deeply', this.token.position);
    }
  }
}

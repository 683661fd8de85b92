import { ExpressionProblem } from './problem';

/** A token of an expression. */
export interface Token {
  readonly kind: 'identifier' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'operator' | 'end';
  readonly text: string;
  readonly position: number;
}

const ESCAPE = String.raw`\\(?:[abfnrtv\\?"'\x60]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})`;

/** `bytes` and raw strings differ only in their prefix, which Talos accepts in upper and lower case. */
const STRING = [
  String.raw`[bB]?[rR]"""[^]*?"""`,
  String.raw`[bB]?[rR]'''[^]*?'''`,
  String.raw`[bB]?[rR]"[^"\n\r]*"`,
  String.raw`[bB]?[rR]'[^'\n\r]*'`,
  String.raw`[bB]?"""(?:${ESCAPE}|(?!""")[^\\])*"""`,
  String.raw`[bB]?'''(?:${ESCAPE}|(?!''')[^\\])*'''`,
  String.raw`[bB]?"(?:${ESCAPE}|[^"\\\n\r])*"`,
  String.raw`[bB]?'(?:${ESCAPE}|[^'\\\n\r])*'`,
].join('|');

const TOKEN = new RegExp([
  String.raw`(?<space>(?:[\t\n\f\r ]|//[^\n]*)+)`,
  `(?<string>${STRING})`,
  String.raw`(?<double>[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.[0-9]+(?:[eE][-+]?[0-9]+)?)`,
  String.raw`(?<uint>(?:0x[0-9a-fA-F]+|[0-9]+)[uU])`,
  String.raw`(?<int>0x[0-9a-fA-F]+|[0-9]+)`,
  String.raw`(?<identifier>[A-Za-z_][A-Za-z0-9_]*)`,
  String.raw`(?<operator>==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()[\]{}])`,
].join('|'), 'y');

const LARGEST_UINT = 2n ** 64n - 1n;

/** Splits an expression into tokens, with one for its end. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < text.length;) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    const [kind, value] = Object.entries(match?.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (!kind || value === undefined) {
      throw new ExpressionProblem(`unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(position)!))}`, position);
    }
    if (kind !== 'space') {
      tokens.push(token(kind, value, position));
    }
    position += value.length;
  }
  return [...tokens, { kind: 'end', text: '', position: text.length }];
}

function token(kind: string, text: string, position: number): Token {
  if (kind === 'uint' && BigInt(text.slice(0, -1)) > LARGEST_UINT) {
    throw new ExpressionProblem(`the number ${text} is too large`, position);
  }
  const isBytes = kind === 'string' && /^b/i.test(text);
  return { kind: isBytes ? 'bytes' : kind as Token['kind'], text, position };
}

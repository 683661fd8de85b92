import { parseOldBoolean, resolvePlain } from './scalars';

/** A node to write: a scalar's verbatim text, a string, a list or a mapping. */
export type Output =
  | { readonly scalar: string }
  | { readonly text: string }
  | { readonly list: readonly Output[] }
  | { readonly entries: ReadonlyArray<readonly [key: Output, value: Output]> };

const STEP = 4;
/** The longest simple key, in bytes; YAML needs `? key` for longer ones. */
const LONGEST_SIMPLE_KEY = 128;

/** The quotes of strings that only YAML 1.1 reads as another type, such as `yes`. */
export type OldWordQuote = '"' | "'";

/** Writes a YAML document in talosctl's style: four spaces, block style, no folding. */
export function writeYaml(document: Output, oldWordQuote: OldWordQuote): string {
  return new YamlWriter(oldWordQuote).write(document, 0, 0).replace(/^\n/, '') + '\n';
}

class YamlWriter {
  public constructor(private readonly oldWordQuote: OldWordQuote) {}

  /**
   * The text of a node. A scalar continues the current line; lists and mappings begin with a line break.
   *
   * Lists and mappings begin in `column`; `parent` is the column of the containing node.
   */
  public write(node: Output, column: number, parent: number): string {
    if ('scalar' in node) {
      return node.scalar;
    }
    if ('text' in node) {
      return isLiteral(node.text) ? writeLiteral(node.text, column, parent) : this.writeQuotedOrPlain(node.text, column);
    }
    const indent = `\n${' '.repeat(column)}`;
    if ('list' in node) {
      return node.list.length === 0 ? '[]' : node.list.map((item) => `${indent}- ${this.writeItem(item, column)}`).join('');
    }
    return node.entries.length === 0 ? '{}' : node.entries.map(([key, value]) => indent + this.writeEntry(key, value, column)).join('');
  }

  private writeItem(item: Output, column: number): string {
    return withoutBreak(this.write(item, column + 2, column));
  }

  private writeEntry(key: Output, value: Output, column: number): string {
    // the value of a key is aligned to the step, whatever the column of the key is
    const aligned = STEP * Math.floor((column + STEP) / STEP);
    const keyText = this.write(key, aligned, column);
    const valueText = this.write(value, aligned, column);
    const isBlock = valueText.startsWith('\n');
    if ('text' in key && (BREAK.test(key.text) || Buffer.byteLength(key.text) > LONGEST_SIMPLE_KEY)) {
      const padding = isBlock ? ' '.repeat(aligned - column - 2) : '';
      return `? ${keyText}\n${' '.repeat(column)}: ${padding}${withoutBreak(valueText)}`;
    }
    return `${keyText}:${isBlock ? '' : ' '}${valueText}`;
  }

  /** A string without a block, quoted if it would read as another value. */
  private writeQuotedOrPlain(text: string, column: number): string {
    if (typeof resolvePlain(text) !== 'string' || ONLY_DOUBLE_QUOTED.test(text)) {
      return doubleQuoted(text);
    }
    if (parseOldBoolean(text) !== undefined || text === '<<' || BASE_60.test(text)) {
      return this.oldWordQuote + text + this.oldWordQuote;
    }
    return NOT_PLAIN.test(text) ? `'${indented(text.replace(/'/g, "''"), column)}'` : text;
  }
}

/** A block can begin on the line of its dash. */
function withoutBreak(text: string): string {
  return text.replace(/^\n */, '');
}

/** Whether a string can be a block of several lines without a change. */
function isLiteral(text: string): boolean {
  return text.includes('\n') && /\S/.test(text) && !text.endsWith(' ') && !NOT_LITERAL.test(text);
}

/** A text with the indentation of the lines that separators begin. */
function indented(text: string, column: number): string {
  return text.replace(/[\u2028\u2029](?![\u2028\u2029\n]|$)/g, `$&${' '.repeat(column)}`);
}

function writeLiteral(text: string, column: number, parent: number): string {
  // YAML takes the indentation from the first line with content, so one that starts with a space needs an explicit indentation
  const indentation = /^\n* /.test(text) ? String(column - parent) : '';
  const end = /\n*$/.exec(text)![0].length;
  const chomping = end === 0 ? '-' : end === 1 ? '' : '+';
  const body = indented(text.slice(0, text.length - end).replace(/(?<=^|\n)(?=[^\n\u2028\u2029])/g, ' '.repeat(column)), column);
  return `|${indentation}${chomping}\n${body}${'\n'.repeat(Math.max(end - 1, 0))}`;
}

const NOT_PRINTABLE = '\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ufeff\\ufffe\\uffff\\u{10000}-\\u{10ffff}\\ud800-\\udfff';
const SEPARATORS = '\\u2028\\u2029';
const BREAK = new RegExp(`[\\n\\r\\x85${SEPARATORS}]`);
const NOT_LITERAL = new RegExp(`[${NOT_PRINTABLE}]| [\\n${SEPARATORS}]`, 'u');
const ESCAPED = new RegExp(`["\\\\\\t\\n${NOT_PRINTABLE}${SEPARATORS}]`, 'gu');
const ONLY_DOUBLE_QUOTED = new RegExp(`[\\t\\n${NOT_PRINTABLE}]| [${SEPARATORS}]|[${SEPARATORS}] `, 'u');
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
/** Parts of YAML's syntax: at the start, anywhere and at the end. */
const NOT_PLAIN = /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[-?:](?: |$)| )|: | #|[: ]$|[\u2028\u2029]/;

/** A text in double quotes, which can hold every text. */
export function doubleQuoted(text: string): string {
  // Talos escapes each character after a byte order mark at the start
  return `"${text.replace(text.startsWith('\ufeff') ? /[^]/gu : ESCAPED, escapeCharacter)}"`;
}

const ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const [letter, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8] as const;
  return ESCAPES[character] ?? `\\${letter}${code.toString(16).toUpperCase().padStart(width as number, '0')}`;
}

/** Natural order of keys: digits by their number, letters after all other characters. */
export function compareKeys(left: string, right: string): number {
  const [leftRunes, rightRunes] = [[...left], [...right]];
  let digits = false;
  for (let index = 0; index < Math.min(leftRunes.length, rightRunes.length); index++) {
    const [a, b] = [leftRunes[index], rightRunes[index]];
    if (a === b) {
      digits = isDigit(a);
      continue;
    }
    if (isLetter(a) || isLetter(b)) {
      if (isLetter(a) && isLetter(b)) {
        return a < b ? -1 : 1;
      }
      return digits === isLetter(a) ? -1 : 1;
    }
    return compareNumbers(leftRunes, rightRunes, index) || (a < b ? -1 : 1);
  }
  return leftRunes.length - rightRunes.length;
}

/** Compares the numbers that start at `index`. */
function compareNumbers(left: readonly string[], right: readonly string[], index: number): number {
  let before = index - 1;
  while (before >= 0 && isDigit(left[before]) && left[before] === '0') {
    before--;
  }
  // a zero counts only after another digit: 10 is more than 1, 01 isn't
  const continuesNumber = (left[index] === '0' || right[index] === '0') && before >= 0 && isDigit(left[before]);
  const [a, b] = [left, right].map((runes) => {
    let end = index;
    while (end < runes.length && isDigit(runes[end])) {
      end++;
    }
    return { value: Number(`${continuesNumber ? '1' : ''}${runes.slice(index, end).join('')}`), end };
  });
  return a.value - b.value || a.end - b.end;
}

function isDigit(rune: string): boolean {
  return /^[0-9]$/.test(rune);
}

function isLetter(rune: string): boolean {
  return /^\p{L}$/u.test(rune);
}

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
  const writer = new YamlWriter(oldWordQuote);
  writer.write(document, 0, 0, true);
  return `${writer.text}\n`;
}

class YamlWriter {
  private readonly parts: string[] = [];

  public constructor(private readonly oldWordQuote: OldWordQuote) {}

  public get text(): string {
    return this.parts.join('');
  }

  /**
   * Writes a node. A scalar continues the current line; lists and mappings begin with a line break, unless they continue it too.
   *
   * Lists and mappings begin in `column`; `parent` is the column of the containing node.
   */
  public write(node: Output, column: number, parent: number, continues: boolean): void {
    if ('scalar' in node) {
      this.parts.push(node.scalar);
    } else if ('text' in node) {
      this.parts.push(isLiteral(node.text) ? writeLiteral(node.text, column, parent) : this.quotedOrPlain(node.text, column));
    } else if (!isBlock(node)) {
      this.parts.push('list' in node ? '[]' : '{}');
    } else if ('list' in node) {
      this.writeLines(node.list, column, continues, (item) => this.writeItem(item, column));
    } else {
      this.writeLines(node.entries, column, continues, ([key, value]) => this.writeEntry(key, value, column));
    }
  }

  private writeLines<T>(items: readonly T[], column: number, continues: boolean, writeItem: (item: T) => void): void {
    const indent = `\n${' '.repeat(column)}`;
    for (const [index, item] of items.entries()) {
      if (index > 0 || !continues) {
        this.parts.push(indent);
      }
      writeItem(item);
    }
  }

  private writeItem(item: Output, column: number): void {
    this.parts.push('- ');
    this.write(item, column + 2, column, true);
  }

  private writeEntry(key: Output, value: Output, column: number): void {
    // the value of a key is aligned to the step, whatever the column of the key is
    const aligned = STEP * Math.floor((column + STEP) / STEP);
    const isExplicit = 'text' in key && (BREAK.test(key.text) || Buffer.byteLength(key.text) > LONGEST_SIMPLE_KEY);
    if (isExplicit) {
      this.parts.push('? ');
      this.write(key, aligned, column, false);
      this.parts.push(`\n${' '.repeat(column)}: ${isBlock(value) ? ' '.repeat(aligned - column - 2) : ''}`);
    } else {
      this.write(key, aligned, column, false);
      this.parts.push(isBlock(value) ? ':' : ': ');
    }
    this.write(value, aligned, column, isExplicit);
  }

  /** A string without a block, quoted if it would read as another value. */
  private quotedOrPlain(text: string, column: number): string {
    if (typeof resolvePlain(text) !== 'string' || ONLY_DOUBLE_QUOTED.test(text)) {
      return doubleQuoted(text);
    }
    if (parseOldBoolean(text) !== undefined || text === '<<' || BASE_60.test(text)) {
      return this.oldWordQuote + text + this.oldWordQuote;
    }
    return NOT_PLAIN.test(text) ? `'${indented(text.replace(/'/g, "''"), column)}'` : text;
  }
}

/** Whether a node is a list or a mapping with lines of its own. */
function isBlock(node: Output): boolean {
  return 'list' in node ? node.list.length > 0 : 'entries' in node && node.entries.length > 0;
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
  const end = /(?<!\n)\n*$/.exec(text)![0].length;
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
  const index = firstDifference(left, right);
  const [a, b] = [left, right].map((text) => [...text.slice(index, index + 2)][0] ?? '');
  if (a === '' || b === '') {
    return left.length - right.length;
  }
  if (isLetter(a) || isLetter(b)) {
    if (isLetter(a) && isLetter(b)) {
      return a < b ? -1 : 1;
    }
    return (index > 0 && isDigit(left[index - 1])) === isLetter(a) ? -1 : 1;
  }
  return compareNumbers(left, right, index) || (a < b ? -1 : 1);
}

/** The index at which two texts begin to differ, not within a character. */
function firstDifference(left: string, right: string): number {
  let index = 0;
  while (index < left.length && left[index] === right[index]) {
    index++;
  }
  const isWithin = [left, right].some((text) => index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff);
  return isWithin ? index - 1 : index;
}

/** Compares the numbers that start at `index`. */
function compareNumbers(left: string, right: string, index: number): number {
  let before = index - 1;
  while (before >= 0 && left[before] === '0') {
    before--;
  }
  // a zero counts only after another digit: 10 is more than 1, 01 isn't
  const continuesNumber = (left[index] === '0' || right[index] === '0') && before >= 0 && isDigit(left[before]);
  const [a, b] = [left, right].map((text) => {
    let end = index;
    while (end < text.length && isDigit(text[end])) {
      end++;
    }
    return { value: Number(`${continuesNumber ? '1' : ''}${text.slice(index, end)}`), end };
  });
  return a.value - b.value || a.end - b.end;
}

function isDigit(rune: string): boolean {
  return /^[0-9]$/.test(rune);
}

function isLetter(rune: string): boolean {
  return /^\p{L}$/u.test(rune);
}

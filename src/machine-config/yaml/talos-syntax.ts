import { CST } from 'yaml';
import { TalosError } from '../../problem';

/*
 * Where Talos's YAML library reads a text in another way than YAML 1.2 says.
 */

/** A text without a byte order mark, whose lines all end with a line feed. */
export function withLineFeeds(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?|\x85/g, '\n');
}

/** The tokens of a text, changed so that they give Talos's values. Refuses directives and escapes that Talos doesn't know. */
export function* talosTokens(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let given = new Set<string>();
  for (const token of tokens) {
    if (token.type === 'directive') {
      refuseDirective(token.source, given);
    } else if (token.type === 'document') {
      given = new Set();
      adapt(token.value);
    }
    yield token;
  }
}

function refuseDirective(source: string, given: Set<string>): void {
  const [name, argument] = source.trim().split(/\s+/);
  if (name === '%YAML' ? argument !== '1.1' : name !== '%TAG') {
    throw new TalosError('talos:machine-config-refused', 'not valid YAML: Talos refuses directives other than %YAML 1.1 and %TAG: remove the line that begins with %');
  }
  const directive = name === '%TAG' ? `${name} ${argument}` : name;
  if (given.has(directive)) {
    throw new TalosError('talos:machine-config-refused', `not valid YAML: the directive ${name} is given twice: remove one of them`);
  }
  given.add(directive);
}

function adapt(token: CST.Token | null | undefined): void {
  switch (token?.type) {
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      for (const { key, value } of token.items) {
        adapt(key);
        adapt(value);
      }
      break;
    case 'block-scalar':
      adaptBlock(token);
      break;
    case 'double-quoted-scalar':
      token.source = withKeptBreaks(token.source.replace(ESCAPE, readEscape));
      break;
    case 'scalar':
    case 'single-quoted-scalar':
      token.source = withKeptBreaks(token.source);
      break;
  }
}

const ESCAPE = /\\(?:([/'])|([uU](?:0000)?[dD][89a-fA-F])|[^])/g;

function readEscape(escape: string, character?: string, surrogate?: string): string {
  if (surrogate !== undefined) {
    throw new TalosError('talos:machine-config-refused', 'not valid YAML: Talos refuses escapes of surrogates (\\ud800 to \\udfff): write the character itself');
  }
  if (character === '/') {
    throw new TalosError('talos:machine-config-refused', 'not valid YAML: Talos refuses the escape \\/: write / alone');
  }
  return character ?? escape;
}

/** Line and paragraph separators end a line, but stay in the value. */
function withKeptBreaks(source: string): string {
  return /[\u2028\u2029]/.test(source) ? source.replace(/(?:(?<![ \t])[ \t]+)?([\u2028\u2029])[ \t]*/g, '$1') : source;
}

function adaptBlock(token: CST.BlockScalar): void {
  const header = token.props.find((prop): prop is CST.SourceToken => prop.type === 'block-scalar-header');
  const digit = /\d/.exec(header?.source ?? '');
  const indentation = digit ? Math.max(token.indent, 0) + Number(digit[0]) : /^(?: *\n)*( *)/.exec(token.source)![1].length;
  token.source = token.source.replace(new RegExp(`([\\u2028\\u2029]) {0,${indentation}}`, 'g'), '$1');
  // the last line has no line feed if the text ends with it
  if (header && token.source.slice(token.source.lastIndexOf('\n') + 1).length > indentation) {
    header.source = `${header.source.replace(/[-+]/, '')}-`;
  }
}

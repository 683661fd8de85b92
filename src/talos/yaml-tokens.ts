import { CST, Lexer, Parser } from 'yaml';
import { MOST_LEVELS } from '../input';

/** The most tokens of a text that describes one machine or cluster. A key with a text has eight, its indentation and line feed among them. */
export const MOST_TOKENS = 250_000;

/** Why a text isn't read to its end. */
export interface YamlExcess {
  readonly of: 'levels' | 'tokens';
  readonly words: string;
  readonly position: number;
}

/** The parts of a YAML text: none if it has too many tokens. They end where it is nested too deeply. */
export class YamlTokens {
  private foundExcess?: YamlExcess;

  public constructor(private readonly text: string, private readonly mostTokens = MOST_TOKENS) {}

  /** Why they ended early, if they did. */
  public get excess(): YamlExcess | undefined {
    return this.foundExcess;
  }

  public *read(): Generator<CST.Token> {
    const parser = new Parser();
    for (const lexeme of this.lexemes()) {
      yield* parser.next(lexeme);
      if (parser.stack.length > MOST_LEVELS) {
        this.foundExcess = { of: 'levels', words: 'nested too deeply', position: parser.offset };
        break;
      }
    }
    yield* parser.end();
  }

  /** All of them: to count them takes much less time than to parse them. */
  private lexemes(): string[] {
    const { text, mostTokens } = this;
    const lexemes: string[] = [];
    for (const lexeme of new Lexer().lex(text)) {
      lexemes.push(lexeme);
      if (lexemes.length > mostTokens) {
        this.foundExcess = { of: 'tokens', words: `more than ${mostTokens.toLocaleString('en')} tokens`, position: lengthOf(lexemes) };
        return [];
      }
    }
    return lexemes;
  }
}

/** What the library puts between lexemes. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function lengthOf(lexemes: readonly string[]): number {
  return lexemes.reduce((length, lexeme) => length + (MARKS.has(lexeme) ? 0 : lexeme.length), 0);
}

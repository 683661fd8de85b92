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

/** The parts of a YAML text. They end where it is nested too deeply or has too many tokens, before the library has spent much time on it. */
export class YamlTokens {
  private readonly parser: Parser;
  private foundExcess?: YamlExcess;

  /** @param addNewLine gets the position of each line */
  public constructor(private readonly text: string, private readonly mostTokens = MOST_TOKENS, addNewLine?: (position: number) => void) {
    this.parser = new Parser(addNewLine);
  }

  /** Why they ended early, if they did. */
  public get excess(): YamlExcess | undefined {
    return this.foundExcess;
  }

  public *read(): Generator<CST.Token> {
    const { parser, mostTokens } = this;
    let count = 0;
    for (const lexeme of new Lexer().lex(this.text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length > MOST_LEVELS) {
        this.foundExcess = { of: 'levels', words: 'nested too deeply', position: parser.offset };
        break;
      }
      if (++count > mostTokens) {
        this.foundExcess = { of: 'tokens', words: `more than ${mostTokens.toLocaleString('en')} tokens`, position: parser.offset };
        break;
      }
    }
    yield* parser.end();
  }
}

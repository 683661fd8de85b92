/** The most nodes that a text repeats through aliases or copies; more are an attack or a mistake. */
const MOST_NODES = 100_000;
/** The most characters of these nodes. */
const MOST_CHARACTERS = 10_000_000;

/** Counts what a short text makes long. */
export class RepetitionLimit {
  private nodes = 0;
  private characters = 0;

  /** Counts nodes and their text; returns whether it has become too much. */
  public isExceededBy(nodes: number, text: string): boolean {
    this.nodes += nodes;
    this.characters += text.length;
    return this.nodes > MOST_NODES || this.characters > MOST_CHARACTERS;
  }
}

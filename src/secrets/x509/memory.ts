/** The authorities and keys of 2,000 clusters. */
const MOST_VALUES = 10_000;

/** Remembers what was read of a text: charts, machine configs and credentials of a cluster have the same certificates and keys. */
export class Memory<T> {
  readonly #values = new Map<string, T>();

  /** Whether this text was read before. */
  public has(text: string): boolean {
    return this.#values.has(text);
  }

  /** What was read of this text before, or what is read now. Nothing is remembered where reading throws. */
  public recall(text: string, read: () => T): T {
    const known = this.#values.get(text);
    if (known !== undefined) {
      return known;
    }
    const value = read();
    if (this.#values.size >= MOST_VALUES) {
      this.#values.clear();
    }
    this.#values.set(text, value);
    return value;
  }
}

/** Bytes as a text to remember them by. */
export function textOf(bytes: Buffer): string {
  return bytes.toString('latin1');
}

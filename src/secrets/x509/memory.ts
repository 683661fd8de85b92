import { createHash } from 'node:crypto';

/** The authorities and keys of 2,000 clusters. */
const MOST_VALUES = 10_000;

/** Remembers what was read of bytes, by their hash: charts, machine configs and credentials of a cluster have the same certificates and keys. */
export class Memory<T> {
  readonly #values = new Map<string, T>();

  /** Whether these bytes were read before. */
  public has(use: string, bytes: Buffer): boolean {
    return this.#values.has(keyOf(use, bytes));
  }

  /**
   * What was read of these bytes before, or what is read now. Nothing is remembered where reading throws.
   *
   * @param use what the bytes are read as
   */
  public recall(use: string, bytes: Buffer, read: () => T): T {
    const key = keyOf(use, bytes);
    const known = this.#values.get(key);
    if (known !== undefined) {
      return known;
    }
    const value = read();
    if (this.#values.size >= MOST_VALUES) {
      this.#values.clear();
    }
    this.#values.set(key, value);
    return value;
  }
}

function keyOf(use: string, bytes: Buffer): string {
  return createHash('sha256').update(use).update('\0').update(bytes).digest('base64');
}

/** Finds the elements of a list by what identifies them, while the elements change. */
export class ElementIndex<E> {
  /** in ascending order; some of elements that have changed since */
  private readonly positions = new Map<unknown, number[]>();

  /** @param keysOf what identifies an element, in any number of ways */
  public constructor(private readonly elements: readonly E[], private readonly keysOf: (element: E) => readonly unknown[]) {
    elements.forEach((_, position) => this.add(position));
  }

  /** The position of the first element with a key; -1 if there is none. */
  public first(key: unknown): number {
    const positions = this.positions.get(key) ?? [];
    while (positions.length > 0 && !this.keysOf(this.elements[positions[0]]).includes(key)) {
      positions.shift();
    }
    return positions[0] ?? -1;
  }

  /** Adds an element that has changed, or a new one. */
  public add(position: number): void {
    for (const key of this.keysOf(this.elements[position])) {
      const positions = this.positions.get(key) ?? [];
      const index = firstAtLeast(positions, position);
      if (positions[index] !== position) {
        positions.splice(index, 0, position);
      }
      this.positions.set(key, positions);
    }
  }
}

/** The index of the first number that is at least `least`, in ascending numbers. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = numbers[middle] < least ? [middle + 1, high] : [low, middle];
  }
  return low;
}

import { shortened, TalosError } from '../../problem';

/** Runs `action`, and refuses input that is nested too deeply for the stack. */
export function withinStack<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      throw new TalosError('talos:machine-config-refused', 'the machine config is nested too deeply');
    }
    throw error;
  }
}

/** The text of a path: `machine.network.interfaces[0]`. */
export function pathText(path: readonly string[]): string {
  return path.join('.').replace(/\.\[/g, '[');
}

/** The path for a message, with long keys shortened. */
export function shownPath(path: readonly string[]): string {
  return pathText(path.map(shortened));
}

/** `: did you mean 'x'?` if a known key is similar to the unknown one. */
export function suggestion(unknown: string, known: Iterable<string>): string {
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.ceil(unknown.length / 4)) + 1;
  for (const candidate of known) {
    const distance = editDistance(unknown.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      [best, bestDistance] = [candidate, distance];
    }
  }
  return best === undefined ? '' : `: did you mean '${best}'?`;
}

function editDistance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 3) {
    return Infinity;
  }
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = previous[column - 1] + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[right.length];
}

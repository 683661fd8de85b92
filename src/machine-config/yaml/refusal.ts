import { createHash } from 'crypto';
import { MOST_LEVELS } from '../../input';
import { shortened, TalosError } from '../../problem';
import { YamlExcess } from '../../talos/yaml-tokens';

/** The most levels above all values together: each level indents a line, so that a short text could write a very long one. */
const MOST_LEVELS_IN_ALL = 10_000_000;

/** Refuses what is below so many levels, alone or with all others. */
export function refuseDepth(levels: number, levelsInAll = levels): void {
  if (levels > MOST_LEVELS || levelsInAll > MOST_LEVELS_IN_ALL) {
    throw nestedTooDeeply();
  }
}

/** Runs `action`, and refuses what has become too deep for the stack, for example by JSON patches. */
export function withinStack<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      throw nestedTooDeeply();
    }
    throw error;
  }
}

/** The error about input of too many levels. */
export function nestedTooDeeply(): TalosError {
  return new TalosError('talos:machine-config-refused', 'the machine config is nested too deeply');
}

/** The error about a text that is read up to a limit. */
export function tooMuch({ of, words }: YamlExcess): TalosError {
  return of === 'levels'
    ? nestedTooDeeply()
    : new TalosError('talos:machine-config-refused', `the text has ${words}, the parts of its YAML: write long values as one text, such as manifests as a block (|), and leave out what the machine doesn't need`);
}

/** The text of a path: `machine.network.interfaces[0]`. */
export function pathText(path: readonly string[]): string {
  return path.join('.').replace(/\.\[/g, '[');
}

const LONGEST_PREFIX = 1000;

/**
 * What the paths of everything in an object or list begin with. A very long one is cut, and ends with a part of its checksum instead: each of many
 * values would repeat it.
 */
export function prefixOf(path: string): string {
  return path.length <= LONGEST_PREFIX ? path : `${path.slice(0, LONGEST_PREFIX / 2)}...${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

/** The path of a key, or of the `[index]` of a list, below a prefix. */
export function pathBelow(prefix: string, key: string): string {
  return prefix === '' || key.startsWith('[') ? `${prefix}${key}` : `${prefix}.${key}`;
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

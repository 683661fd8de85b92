import { TalosError } from '../problem';

/**
 * Reads the value of an option that has a few.
 *
 * @throws if it is none of them
 */
export function readOption<T extends string>(option: string, choices: { readonly [name: string]: T }, value: string): T {
  const found = Object.values(choices).find((candidate) => candidate === value);
  if (found === undefined) {
    throw new TalosError('talos:invalid-value', `${option} (${value}) is unknown: give one of ${Object.values(choices).join(', ')}`);
  }
  return found;
}

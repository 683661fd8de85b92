/** The stage in which a machine config was refused. */
export type MachineConfigStage = 'read-objects' | 'load-config' | 'load-patch' | 'apply' | 'explain';

/** Talos would refuse the machine config or patch; the message says where and why. */
export class MachineConfigError extends Error {
  public constructor(public readonly stage: MachineConfigStage, message: string) {
    super(message);
    this.name = 'MachineConfigError';
  }
}

/** A refusal whose stage isn't known yet. */
export class Refusal extends Error {}

/**
 * Runs `action` and turns its refusals into a `MachineConfigError`.
 *
 * Input that is nested too deeply for the stack is a refusal too. Other errors are bugs and pass through.
 */
export function atStage<T>(stage: MachineConfigStage, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) {
      throw new MachineConfigError(stage, error.message);
    }
    if (error instanceof RangeError && /call stack/.test(error.message)) {
      throw new MachineConfigError(stage, 'the machine config is nested too deeply');
    }
    throw error;
  }
}

const SECRET_KEY = /key|token|secret|crt|cert|ca$|passw|passphrase|auth/i;

/** The value for an error message: shortened, and never a secret. */
export function shown(value: string, path: readonly string[]): string {
  if (path.some((key) => SECRET_KEY.test(key))) {
    return 'the value given (not shown)';
  }
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

/** The text of a path: `machine.network.interfaces[0]`. */
export function pathText(path: readonly string[]): string {
  return path.join('.').replace(/\.\[/g, '[');
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

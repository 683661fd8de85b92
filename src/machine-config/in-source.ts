import { MachineConfigError } from './yaml/refusal';

/** Puts the source of a text before the error message, or before what the text was mistaken for. */
export function inSource<T>(source: string, action: () => T, mistake?: () => string | undefined): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof MachineConfigError) {
      const words = mistake?.();
      throw new Error(words === undefined ? `${source}: ${error.message}` : `${source} ${words}`, { cause: error });
    }
    throw error;
  }
}

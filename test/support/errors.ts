import { TalosError } from '../../src/problem';

/** The error that the action throws. Other errors than the library's are faults. */
export function refusal(action: () => unknown): TalosError {
  try {
    action();
  } catch (error) {
    if (error instanceof TalosError) {
      return error;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

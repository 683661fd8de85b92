import { patchPlace, TalosError } from '../problem';

/** Where a patch comes from. */
export interface PatchOrigin {
  readonly file?: string;
  /** the property in which a user gives the patch, and its index there; undefined for patches of a construct's own */
  readonly property?: string;
  readonly index?: number;
}

/** `patches[1] (kubelet.yaml)`; undefined for a patch that no user gave. */
export function patchName({ property, index, file }: PatchOrigin = {}): string | undefined {
  return property === undefined ? undefined : patchPlace(property, index, file);
}

/** Puts the source of a text before the error message, or before what the text was mistaken for. */
export function inSource<T>(source: string, action: () => T, mistake?: () => string | undefined): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof TalosError ? error.from({}, saidOf(source, error, mistake)) : error;
  }
}

/** Adds the place of a patch to the error, and says what the patch was mistaken for. */
export function inPatch<T>({ property, index, file }: PatchOrigin, action: () => T, mistake: () => string | undefined): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof TalosError)) {
      throw error;
    }
    const words = mistake();
    throw error.from({ property: property ?? error.property, patchIndex: index, patchSource: file }, words && `the patch ${words}`);
  }
}

function saidOf(source: string, { text }: TalosError, mistake?: () => string | undefined): string {
  const words = mistake?.();
  return words === undefined ? `${source}: ${text}` : `${source} ${words}`;
}

import { Release, RELEASES } from '../src/talos/release';

/** The releases of a word or a field, if not all have it. */
export function spanText(since: Release | undefined, until: Release | undefined): string {
  const [first, last] = [since === RELEASES[0] ? undefined : since, until === RELEASES[RELEASES.length - 1] ? undefined : until];
  if (first && last) {
    return first === last ? `only Talos ${first}` : `Talos ${first} to ${last}`;
  }
  return first ? `since Talos ${first}` : last ? `until Talos ${last}` : '';
}

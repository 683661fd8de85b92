import { MINOR_RELEASES, MinorRelease } from './release-table';

/** A minor release of Talos that is known here. */
export type Release = keyof typeof MINOR_RELEASES;

/** The minor releases, oldest first. */
export const RELEASES: readonly Release[] = Object.keys(MINOR_RELEASES) as Release[];

/** Whether a text names a minor release that is known here. */
export function isRelease(text: string): text is Release {
  return Object.hasOwn(MINOR_RELEASES, text);
}

/** What a minor release brings. */
export function factsOf(release: Release): MinorRelease {
  return MINOR_RELEASES[release];
}

/** Negative when `left` is the older release, positive when it is the newer one, 0 when they are the same. */
export function compareReleases(left: Release, right: Release): number {
  return RELEASES.indexOf(left) - RELEASES.indexOf(right);
}

/** Whether `release` is `other` or newer. */
export function isAtLeast(release: Release, other: Release): boolean {
  return compareReleases(release, other) >= 0;
}

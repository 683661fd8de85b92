/** The Talos minor releases this library knows, oldest first. */
export const RELEASES = ['1.7', '1.8', '1.9', '1.10', '1.11', '1.12', '1.13', '1.14'] as const;

/** A Talos minor release. */
export type Release = (typeof RELEASES)[number];

/** Negative when `left` is the older release, positive when it is the newer one, 0 when they are the same. */
export function compareReleases(left: Release, right: Release): number {
  return RELEASES.indexOf(left) - RELEASES.indexOf(right);
}

/** Whether `release` is `other` or newer. */
export function isAtLeast(release: Release, other: Release): boolean {
  return compareReleases(release, other) >= 0;
}

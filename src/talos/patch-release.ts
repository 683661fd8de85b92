import compare from 'semver/functions/compare';
import { Release } from './release';
import { PATCH_RELEASES } from './release-table';

/** A row of the table. What the release doesn't have, or what isn't known here, is undefined. */
export interface PatchRelease {
  readonly talos: string;
  readonly kubernetes?: string;
  readonly etcd?: string;
  readonly coreDns?: string;
  readonly flannel?: string;
  readonly pause?: string;
  readonly kubeNetworkPolicies?: string;
  readonly installCni?: string;
  /** the images that it has but that aren't known here */
  readonly unknownImages: readonly string[];
}

let rows: PatchRelease[] | undefined;

/** Every patch release that is known here, oldest first. */
export function patchReleases(): readonly PatchRelease[] {
  rows ??= readTable(PATCH_RELEASES);
  return rows;
}

/** The patch releases of a minor release, oldest first. */
export function patchReleasesOf(release: Release): PatchRelease[] {
  return patchReleases().filter(({ talos }) => talos.startsWith(`${release}.`));
}

/**
 * The patch releases of a minor release, the nearest to one of them first: itself, then older ones, then newer ones.
 *
 * @param patch such as `1.13.9`; it needn't be known here
 */
export function nearestPatchReleases(release: Release, patch: string): PatchRelease[] {
  const known = patchReleasesOf(release);
  const older = known.filter(({ talos }) => compare(talos, patch) <= 0);
  return [...older.reverse(), ...known.slice(older.length)];
}

function readTable(table: string): PatchRelease[] {
  const [columns, ...lines] = table.trim().split('\n').map((line) => line.split(/ +/));
  return lines.map((line) => {
    const cells = line.map((cell, index) => [columns[index], cell] as const);
    const known = cells.filter(([, cell]) => cell !== '-' && cell !== '?');
    const unknownImages = cells.filter(([column, cell]) => column !== 'kubernetes' && cell === '?').map(([column]) => column);
    return { ...Object.fromEntries(known), unknownImages } as unknown as PatchRelease;
  });
}

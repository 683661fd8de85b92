import { Release, RELEASES } from '../../src/talos/release';

/** Whether tests sweep all that there is, as `npm run test:coverage` and `npm run test:slow` do, and not a part of it. */
export const IS_THOROUGH = Boolean(process.env.ALL_RELEASES);

/** The releases of Talos that tests sweep: in quick ones the oldest and the newest two, which have both forms of machine configs. */
export const SWEPT_RELEASES: readonly Release[] = IS_THOROUGH ? RELEASES : [RELEASES[0], ...RELEASES.slice(-2)];

/** How often a law is tried: a fifth of it in quick tests. */
export function runs(numRuns: number): { readonly numRuns: number } {
  return { numRuns: IS_THOROUGH ? numRuns : Math.ceil(numRuns / 5) };
}

import { Release, RELEASES } from '../../src/talos/release';

/**
 * The releases of Talos that quick tests sweep: the oldest and the newest three, which have every form of machine configs. With ALL_RELEASES, as in
 * `npm run test:coverage`, it is all of them.
 */
export const SWEPT_RELEASES: readonly Release[] = process.env.ALL_RELEASES ? RELEASES : [RELEASES[0], ...RELEASES.slice(-3)];

import { Release } from './release';

/**
 * The file with a machine config that Talos reads in place of the platform's, unless it has kept one in `/system/state`. Then it hides the directory.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/acquire/
 */
export const EMBEDDED_CONFIG = { directory: '/usr/local/etc/talos', file: 'config.yaml' } as const;

/** The first release that reads it. */
export const EMBEDDED_CONFIG_SINCE: Release = '1.12';

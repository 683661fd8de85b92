// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/**
 * SideroLink, through which Omni and others manage the machine.
 *
 * @see https://www.talos.dev/latest/reference/configuration/siderolink/siderolinkconfig/
 */
export interface SideroLinkConfig {
  /** Api url. A URL. It can hold secrets. */
  readonly apiUrl?: string;

  /** Unique token. It can hold secrets. Since Talos 1.10. */
  readonly uniqueToken?: string;
}

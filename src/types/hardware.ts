// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/**
 * Another driver for a PCI device. Its name is the identifier of the device. Since Talos 1.10.
 *
 * @see https://www.talos.dev/latest/reference/configuration/hardware/pcidriverrebindconfig/
 */
export interface PCIDriverRebindConfig {
  /** The name of the document. */
  readonly name: string;

  /** Target driver. */
  readonly targetDriver?: string;
}

// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `machine.acceptedCAs[]` and another place. */
export interface PEMEncodedCertificate {
  /** Crt. Base64. */
  readonly crt?: string;
}

/**
 * Is at `machine.ca` and 4 other places.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.machine.ca
 */
export interface PEMEncodedCertificateAndKey {
  /** Crt. Base64. */
  readonly crt?: string;

  /** Key. Base64. It can hold secrets. */
  readonly key?: string;
}

/**
 * Is at `cluster.serviceAccount`.
 *
 * @see https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.serviceAccount
 */
export interface PEMEncodedKey {
  /** Key. Base64. It can hold secrets. */
  readonly key?: string;
}

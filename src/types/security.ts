// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `imageVerificationConfig.rules[].keyless`. */
export interface ImageKeylessVerifier {
  /** Issuer. */
  readonly issuer?: string;

  /** Subject. */
  readonly subject?: string;

  /** Subject regex. */
  readonly subjectRegex?: string;
}

/** Is at `imageVerificationConfig.rules[].publicKey`. */
export interface ImagePublicKeyVerifier {
  /** Certificate. */
  readonly certificate?: string;
}

/**
 * Which images may run, by their signatures. Since Talos 1.13.
 *
 * @see https://www.talos.dev/latest/reference/configuration/security/imageverificationconfig/
 */
export interface ImageVerificationConfig {
  /** Rules. A patch replaces the element with the same `image`; other elements are appended. */
  readonly rules?: ImageVerificationRule[];
}

/** Is at `imageVerificationConfig.rules[]`. */
export interface ImageVerificationRule {
  /** Image. */
  readonly image?: string;

  /** Skip, on or off. */
  readonly skip?: boolean;

  /** Deny, on or off. */
  readonly deny?: boolean;

  /** Keyless. */
  readonly keyless?: ImageKeylessVerifier;

  /** Public key. */
  readonly publicKey?: ImagePublicKeyVerifier;
}

/**
 * Certificate authorities that the machine trusts. Since Talos 1.8.
 *
 * @see https://www.talos.dev/latest/reference/configuration/security/trustedrootsconfig/
 */
export interface TrustedRootsConfig {
  /** The name of the document. */
  readonly name: string;

  /** Certificates. */
  readonly certificates?: string;
}

// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `kubeAPIServerCAConfig.issuingCA` and 2 other places. */
export interface CertificateAndKey {
  /** Cert. */
  readonly cert?: string;

  /** Key. It can hold secrets. */
  readonly key?: string;
}

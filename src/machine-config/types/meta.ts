// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** What `kubeAPIServerCAConfig.issuingCA` and 2 other places consist of. */
export interface CertificateAndKey {
  /** Cert. */
  readonly cert?: string;

  /** Key. It can hold secrets. */
  readonly key?: string;
}

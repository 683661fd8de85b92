export type { CertificateAndKey } from './certificate';
export { type KubeconfigOptions, mintKubeconfig } from './kubeconfig';
export type { PartName, Parts } from './parts';
export { recoverSecrets } from './recover';
export { type GenerateOptions, SecretsBundle, type SecretsOptions } from './secrets-bundle';
export { SecretsError } from './secrets-error';
export { type ReadSecretsFileOptions, readSecretsFile, type SecretsFile, writeSecretsFile } from './secrets-file';
export { mintTalosconfig, TALOS_ROLES, type TalosconfigOptions, type TalosRole } from './talosconfig';

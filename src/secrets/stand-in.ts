import { SecretsBundle } from './bundle/secrets-bundle';
import { TalosSecrets } from './talos-secrets';

let made: TalosSecrets | undefined;

/** Secrets of no cluster, random in each process, in place of those that synthesis never sees. */
export function standInSecrets(_bundle: { readonly aescbcEncryption: boolean }): TalosSecrets {
  made ??= TalosSecrets.fromYaml(SecretsBundle.generate().encode());
  return made;
}

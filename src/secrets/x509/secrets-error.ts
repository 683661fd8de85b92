/**
 * Tells what is wrong with a cluster's secrets or with a credential asked of them.
 * Its message names the part and the remedy, and never holds a secret value.
 */
export class SecretsError extends Error {
  public readonly name = 'SecretsError';
}

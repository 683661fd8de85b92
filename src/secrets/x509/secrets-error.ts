/**
 * A problem with a cluster's secrets or with the options of a credential.
 * The message names the part and the remedy, and never contains a secret.
 */
export class SecretsError extends Error {
  public readonly name = 'SecretsError';
}

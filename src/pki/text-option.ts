import { SecretsError } from './secrets-error';

/** Refuses an option that is empty or has spaces in it. */
export function requireText(name: string, value: string): void {
  if (!/^\S+$/.test(value)) {
    throw new SecretsError(`'${name}' (${value}) must be a text without spaces that is not empty: give it a value`);
  }
}

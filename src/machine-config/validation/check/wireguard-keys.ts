import { parseBase64 } from '../../../secrets/x509/base64';

const KEY_BYTES = 32;

/** What is wrong with a key of WireGuard, if anything is. */
export function wireguardKeyProblem(key: string): string | undefined {
  const bytes = parseBase64(key);
  if (!bytes) {
    return 'is not base64: give a key as `wg genkey` or `wg pubkey` writes it';
  }
  return bytes.length === KEY_BYTES ? undefined : `has ${bytes.length} bytes: keys of WireGuard have ${KEY_BYTES}`;
}

import { parseBase64 } from '../../../secrets/x509/base64';

const KEY_BYTES = 32;

/** The problem of a WireGuard key, if there is one. */
export function wireguardKeyProblem(key: string): string | undefined {
  const bytes = parseBase64(key);
  if (!bytes) {
    return 'is not base64: give a key from `wg genkey` or `wg pubkey`';
  }
  return bytes.length === KEY_BYTES ? undefined : `has ${bytes.length} bytes: WireGuard keys have ${KEY_BYTES}`;
}

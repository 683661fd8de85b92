import { SecretsError } from './secrets-error';

/** Decodes standard base64 strictly: Node alone skips what it does not understand, so a damaged value would pass. */
export function decodeBase64(text: string): Buffer {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new SecretsError('is not base64: copy the value again');
  }
  if (compact.length % 4 !== 0) {
    throw new SecretsError('is cut short: its base64 text is not a multiple of four characters long');
  }
  return Buffer.from(compact, 'base64');
}

/** Encodes to base64 for URLs and file names, with padding, as Go's `base64.URLEncoding` does. */
export function encodeUrlSafeBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

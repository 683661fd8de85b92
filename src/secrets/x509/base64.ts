import { TalosError } from '../../problem';


/** The bytes of standard base64 with padding, or undefined for any other text. Ignores line breaks. */
export function parseBase64(text: string): Buffer | undefined {
  const digits = text.replace(/[\r\n]/g, '');
  const bytes = Buffer.from(digits, 'base64');
  // Node.js skips invalid characters; comparing is much faster than the pattern, which texts with other last bits need
  const isValid = bytes.toString('base64') === digits || (digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits));
  return isValid ? bytes : undefined;
}

/** The bytes of standard base64 with padding. Refuses any other text. Ignores white space. */
export function requireBase64(text: string): Buffer {
  const digits = text.replace(/\s+/g, '');
  const bytes = parseBase64(digits);
  if (!bytes) {
    throw new TalosError('talos:invalid-secrets', /^[A-Za-z0-9+/]*={0,2}$/.test(digits)
      ? 'is cut short: its base64 text is not a multiple of four characters long'
      : 'is not base64: copy the value again');
  }
  return bytes;
}

/** Encodes to base64 for URLs and file names, with padding, as Go's `base64.URLEncoding` does. */
export function encodeUrlSafeBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_');
}

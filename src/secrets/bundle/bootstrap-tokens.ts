import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
// the largest multiple of the alphabet's size that a byte can hold; larger bytes would make the first letters more likely
const FAIR_BYTES = 256 - (256 % ALPHABET.length);

/** Generates a bootstrap token in the form of kubeadm and Talos, for example `abcdef.0123456789abcdef`. */
export function generateToken(source: (size: number) => Buffer = randomBytes): string {
  return `${randomText(6, source)}.${randomText(16, source)}`;
}

/** Whether a text has the form of a bootstrap token. */
export function isToken(text: string): boolean {
  return /^[0-9a-z]{6}\.[0-9a-z]{16}$/.test(text);
}

function randomText(length: number, source: (size: number) => Buffer): string {
  let text = '';
  while (text.length < length) {
    for (const byte of source(length - text.length)) {
      if (byte < FAIR_BYTES) {
        text += ALPHABET[byte % ALPHABET.length];
      }
    }
  }
  return text;
}

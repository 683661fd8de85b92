import { requireBase64 } from './base64';
import { TalosError } from '../../problem';

/** One block of PEM text: a label and DER bytes. */
export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
}

/** Writes a PEM block as Go's `encoding/pem` does: 64 columns and a final line break. */
export function encodePem(block: PemBlock): string {
  const lines = block.der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${block.label}-----`, ...lines, `-----END ${block.label}-----`, ''].join('\n');
}

/** Reads text that holds exactly one PEM block. Like Go, it allows other text around the block. */
export function decodePem(text: string): PemBlock {
  const begins = [...text.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----\s*$/gm)];
  if (begins.length === 0) {
    throw new TalosError('talos:invalid-secrets', 'holds no PEM block: expected "-----BEGIN …-----"');
  }
  if (begins.length > 1) {
    throw new TalosError('talos:invalid-secrets', `holds ${begins.length} PEM blocks: keep one`);
  }
  const [begin] = begins;
  const label = begin[1];
  const rest = text.slice(begin.index + begin[0].length);
  const end = rest.indexOf(`-----END ${label}-----`);
  if (end < 0) {
    throw new TalosError('talos:invalid-secrets', `is cut short: no "-----END ${label}-----" follows`);
  }
  const body = rest.slice(0, end);
  if (body.includes(':')) {
    throw new TalosError('talos:invalid-secrets', 'has PEM headers, so it is probably encrypted: store it without a passphrase');
  }
  return { label, der: requireBase64(body) };
}

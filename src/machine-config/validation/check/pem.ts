import { quoted } from '../../../problem';
import { parseBase64 } from '../../../secrets/x509/base64';
import { isCertificate } from '../../../secrets/x509/certificate';
import { PrivateKeyEncoding, readPrivateKey } from '../../../secrets/x509/private-key-reader';

interface PemBlock {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The most blocks in a text that can't be read: each can reach to the end of the text. */
const MOST_UNREADABLE = 100;

/** The PEM blocks of a text; ignores other text. */
function* pemBlocks(text: string): Generator<PemBlock> {
  let unreadable = 0;
  const begin = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n/g;
  for (let match = begin.exec(text); match && unreadable < MOST_UNREADABLE; match = begin.exec(text)) {
    const end = text.indexOf('-----END ', begin.lastIndex);
    if (end < 0) {
      return;
    }
    const bytes = text.startsWith(`-----END ${match[1]}-----`, end) ? parseBase64(bodyOf(text.slice(begin.lastIndex, end))) : undefined;
    if (bytes) {
      yield { type: match[1], bytes };
      begin.lastIndex = end;
    } else {
      unreadable++;
    }
  }
}

/** The base64 of a block, without optional headers. */
function bodyOf(text: string): string {
  return text.replace(/^(?:[^\n:]*:[^\n]*\n)+\r?\n?/, '').replace(/[ \t\r\n]/g, '');
}

/** The problem of a text that must have PEM certificates, if there is one. */
export function certificatesProblem(text: string): string | undefined {
  let isEmpty = true;
  for (const { type } of pemBlocks(text)) {
    if (type !== 'CERTIFICATE') {
      return `has a PEM block of the type ${quoted(type)}: give certificates only`;
    }
    isEmpty = false;
  }
  return isEmpty ? 'is not PEM: give a text that begins with -----BEGIN CERTIFICATE-----' : undefined;
}

/** Whether the text has a readable certificate. */
export function hasCertificate(text: string): boolean {
  for (const { type, bytes } of pemBlocks(text)) {
    if (type === 'CERTIFICATE' && isCertificate(bytes)) {
      return true;
    }
  }
  return false;
}

/** The problem of a certificate and its key, if there is one; `loaded` ones must be readable, not only PEM. */
export function keyPairProblem(certificate: string, key: string, use: 'loaded' | 'kept'): string | undefined {
  if (certificate === '' || key === '') {
    return `needs '${certificate === '' ? 'cert' : 'key'}'`;
  }
  const problem = certificatesProblem(certificate);
  if (problem) {
    return `has a 'cert' that ${problem}`;
  }
  if (pemBlocks(key).next().done) {
    return 'has a \'key\' that is not PEM: give a text that begins with -----BEGIN ... PRIVATE KEY-----';
  }
  if (use === 'kept') {
    return undefined;
  }
  const problemOfKey = privateKeyProblem(key);
  return unreadableCertificateProblem(certificate) ?? (problemOfKey && `has a 'key' that ${problemOfKey}`);
}

/** The problem of a text's first certificate, if there is one. */
export function unreadableCertificateProblem(text: string): string | undefined {
  const block = pemBlocks(text).next().value as PemBlock | undefined;
  return block && isCertificate(block.bytes) ? undefined : 'has a \'cert\' that can\'t be read: give an X.509 certificate in PEM';
}

/** The encoding of the key in a PEM block, by the type of the block. */
const KEY_FORMATS: Readonly<Record<string, PrivateKeyEncoding>> = {
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
  'ED25519 PRIVATE KEY': 'pkcs8',
  'PRIVATE KEY': 'pkcs8',
};

/** The problem of a PEM private key, if there is one. */
export function privateKeyProblem(text: string): string | undefined {
  const block = pemBlocks(text).next().value as PemBlock | undefined;
  if (!block) {
    return 'is not PEM: give a text that begins with -----BEGIN ... PRIVATE KEY-----';
  }
  if (!Object.hasOwn(KEY_FORMATS, block.type)) {
    return `has a PEM type that isn't known: use one of ${Object.keys(KEY_FORMATS).join(', ')}`;
  }
  return isPrivateKey(block, KEY_FORMATS[block.type]) ? undefined : 'can\'t be read: give a private key in PEM';
}

/** Whether the first block of the text is a PKCS #8 private key, whatever its type. */
export function isPkcs8Key(text: string): boolean {
  const block = pemBlocks(text).next().value as PemBlock | undefined;
  return block !== undefined && isPrivateKey({ ...block, type: 'PRIVATE KEY' }, 'pkcs8');
}

function isPrivateKey({ type, bytes }: PemBlock, format: PrivateKeyEncoding): boolean {
  return succeeds(() => {
    const key = readPrivateKey(bytes, format);
    return type !== 'ED25519 PRIVATE KEY' || key.type === 'ed25519';
  });
}

function succeeds(read: () => boolean): boolean {
  try {
    return read();
  } catch {
    return false;
  }
}

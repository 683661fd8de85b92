import { createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { decodePem } from '../../../src/secrets/x509/pem';
import { PrivateKeyEncoding, privateKeyOf, readPrivateKey } from '../../../src/secrets/x509/private-key-reader';
import { openssl } from '../../support/openssl';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const [p256, p384, p521] = ['P-256', 'P-384', 'P-521'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve }).privateKey);

const keys: [string, KeyObject, PrivateKeyEncoding[], string | null][] = [
  ['Ed25519', ed25519, ['pkcs8'], null],
  ['P-256', p256, ['sec1', 'pkcs8'], 'sha256'],
  ['P-384', p384, ['sec1', 'pkcs8'], 'sha384'],
  ['P-521', p521, ['sec1', 'pkcs8'], 'sha512'],
  ['RSA', rsa, ['pkcs1', 'pkcs8'], 'sha256'],
];

function der(key: KeyObject, encoding: PrivateKeyEncoding): Buffer {
  return key.export({ format: 'der', type: encoding as 'pkcs8' });
}

function spki(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' });
}

describe.each(keys)('a key of %s', (_, key, encodings, digest) => {
  test.each<PrivateKeyEncoding>(['pkcs1', 'sec1', 'pkcs8'])('is read in the encodings that it has: %s', (encoding) => {
    for (const actual of encodings) {
      const read = () => readPrivateKey(der(key, actual), encoding);
      if (actual === encoding) {
        expect(read().type).toBe(key.asymmetricKeyType);
      } else {
        expect(read).toThrow(`not a private key in ${encoding}`);
      }
    }
  });

  test.each(encodings)('has the halves that OpenSSL reads in %s', (encoding) => {
    const read = readPrivateKey(der(key, encoding), encoding);
    expect(read.publicKey).toEqual(spki(key));
    expect(read.encode()).toEqual(der(key, encodings[0]));
    expect(read.secret()).toEqual(Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url'));
    expect(read.problem()).toBeUndefined();
  });

  test('makes signatures that OpenSSL verifies, and always the same', () => {
    const read = readPrivateKey(der(key, encodings[0]), encodings[0]);
    const data = Buffer.from('data');
    expect(verify(digest, data, createPublicKey(key), read.sign(data))).toBe(true);
    expect(verify(digest, Buffer.from('date'), createPublicKey(key), read.sign(data))).toBe(false);
    expect(privateKeyOf(key).sign(data)).toEqual(read.sign(data));
  });

  test('is read once', () => {
    const bytes = der(key, encodings[0]);
    expect(readPrivateKey(Buffer.from(bytes), encodings[0])).toBe(readPrivateKey(bytes, encodings[0]));
  });

  test('doesn\'t show when it is printed', () => {
    const read = readPrivateKey(der(key, encodings[0]), encodings[0]);
    const secret = read.secret();
    const inspected = [{ showHidden: true }, { customInspect: false, getters: true }].map((options) => inspect(read, { depth: 9, ...options }));
    for (const text of [...inspected, JSON.stringify(read), String(read)]) {
      // bytes in hexadecimal, as base64 and one by one
      expect(text).not.toContain(secret.subarray(4, 8).toString('hex').match(/../g)!.join(' '));
      expect(text).not.toContain(secret.subarray(3, 12).toString('base64'));
      expect(text).not.toContain(secret.subarray(4, 9).join(','));
    }
  });
});

test('every byte of an Ed25519 key counts', () => {
  const bytes = Buffer.from(der(ed25519, 'pkcs8'));
  for (let at = bytes.length - 32; at < bytes.length; at++) {
    const other = Buffer.from(bytes);
    other[at] = 255 - other[at];
    const key = readPrivateKey(other, 'pkcs8');
    expect(key.publicKey).toEqual(spki(createPrivateKey({ key: other, format: 'der', type: 'pkcs8' })));
    expect(key.encode()).toEqual(other);
  }
});

describe('forms that Talos takes', () => {
  const withLength = (bytes: Buffer) => Buffer.concat([Buffer.of(bytes[0], bytes.length - 2), bytes.subarray(2)]);

  test('an Ed25519 key with its public half, as other programs write it', () => {
    const publicHalf = Buffer.from(ed25519.export({ format: 'jwk' }).x!, 'base64url');
    const bytes = withLength(Buffer.concat([der(ed25519, 'pkcs8'), Buffer.of(0x81, 33, 0), publicHalf]));
    bytes[4] = 1; // the version
    expect(readPrivateKey(bytes, 'pkcs8').encode()).toEqual(der(ed25519, 'pkcs8'));
  });

  test('an EC key without its public half', () => {
    const bytes = withLength(der(p256, 'sec1').subarray(0, -70));
    const key = readPrivateKey(bytes, 'sec1');
    expect(key.publicKey).toEqual(spki(p256));
    expect(key.problem()).toBeUndefined();
  });

  test.each(['uncompressed', 'compressed', 'hybrid'])('an EC key that openssl writes with its public half as a point that is %s', (form) => {
    const pem = openssl(['ec', '-inform', 'DER', '-in', 'key', '-conv_form', form], { key: der(p256, 'sec1') });
    expect(readPrivateKey(decodePem(pem).der, 'sec1').encode()).toEqual(der(p256, 'sec1'));
  });

  test.each<[PrivateKeyEncoding, KeyObject]>([['pkcs8', ed25519], ['pkcs8', p256], ['sec1', p256]])('%s with other bytes behind it', (encoding, key) => {
    const bytes = Buffer.concat([der(key, encoding), Buffer.of(5, 0)]);
    expect(readPrivateKey(bytes, encoding).encode()).toEqual(readPrivateKey(der(key, encoding), encoding).encode());
  });
});

describe('forms that Talos refuses', () => {
  test('pkcs1 with other bytes behind it', () => {
    expect(() => readPrivateKey(Buffer.concat([der(rsa, 'pkcs1'), Buffer.of(5, 0)]), 'pkcs1')).toThrow('is not DER: other bytes follow the element');
  });

  test('a length that is longer than it has to be', () => {
    const bytes = der(ed25519, 'pkcs8');
    expect(() => readPrivateKey(Buffer.concat([bytes.subarray(0, 1), Buffer.of(0x81), bytes.subarray(1)]), 'pkcs8')).toThrow('is not DER: a length is longer');
  });

  test.each([[0n], [0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n]])('the scalar %p', (scalar) => {
    const bytes = Buffer.from(der(p256, 'sec1'));
    bytes.write(scalar.toString(16).padStart(64, '0'), 7, 'hex');
    expect(() => readPrivateKey(bytes, 'sec1')).toThrow();
  });

  test('an Ed25519 key that is too short', () => {
    const bytes = Buffer.from(der(ed25519, 'pkcs8').subarray(0, -1));
    [bytes[1], bytes[13], bytes[15]] = [45, 33, 31];
    expect(() => readPrivateKey(bytes, 'pkcs8')).toThrow('not a key of 32 bytes');
  });

  test.each([[Buffer.alloc(0)], [Buffer.from('text')], [Buffer.from([0x30, 0])], [Buffer.from([0x30, 3, 2, 1, 0])]])('%p', (bytes) => {
    expect(() => readPrivateKey(bytes, 'pkcs8')).toThrow();
  });
});

test('the public half of another key is a problem', () => {
  const bytes = Buffer.concat([der(p256, 'sec1').subarray(0, -64), der(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'sec1').subarray(-64)]);
  expect(readPrivateKey(bytes, 'sec1').problem()).toBe('is damaged: its public and private parts do not match');
});

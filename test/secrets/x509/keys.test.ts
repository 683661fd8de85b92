import { createHash, createPrivateKey, generateKeyPairSync, hkdfSync, KeyObject, randomBytes } from 'node:crypto';
import { mapHashToField } from '@noble/curves/abstract/modular.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import * as fc from 'fast-check';
import { decodePrivateKey, deriveBytes, derivePrivateKey, encodePrivateKey, fitsPublicKey, generatePrivateKey } from '../../../src/secrets/x509/keys';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { PrivateKey } from '../../../src/secrets/x509/private-key';
import { privateKeyOf } from '../../../src/secrets/x509/private-key-reader';
import { openssl } from '../../support/openssl';
import { bundle } from '../../support/secrets-fixtures';

const { certs } = bundle();

describe('encoding', () => {
  test.each([
    ['an Ed25519', certs.os.key],
    ['an EC', certs.etcd.key],
    ['an RSA', certs.k8sserviceaccount.key],
  ])('%s key of talosctl is written as it was read', (_, pem) => {
    expect(encodePrivateKey(decodePrivateKey(pem))).toBe(pem);
  });

  test.each(['Ed25519', 'P-256'] as const)('a generated %s key is read by openssl', (algorithm) => {
    const { der } = decodePem(encodePrivateKey(generatePrivateKey(algorithm)));
    const text = openssl(['pkey', '-inform', 'DER', '-in', 'key', '-noout', '-text'], { key: der });
    expect(text).toContain(algorithm === 'P-256' ? 'NIST CURVE: P-256' : 'ED25519 Private-Key');
  });
});

describe('derivation', () => {
  const parent = decodePrivateKey(certs.os.key);

  test.each(['Ed25519', 'P-256'] as const)('a %s key depends on its parent and purpose only', (algorithm) => {
    const derive = (key: PrivateKey, purpose: string) => encodePrivateKey(derivePrivateKey(algorithm, key, purpose));
    expect(derive(parent, 'one')).toBe(derive(decodePrivateKey(certs.os.key), 'one'));
    expect(derive(parent, 'one')).not.toBe(derive(parent, 'two'));
    expect(derive(parent, 'one')).not.toBe(derive(decodePrivateKey(certs.etcd.key), 'one'));
    expect(decodePrivateKey(derive(parent, 'one'))).toBeDefined();
  });

  test.each([['Ed25519', certs.os.key], ['EC', certs.etcd.key], ['RSA', certs.k8sserviceaccount.key]])('an %s key can be a parent', (_, pem) => {
    expect(deriveBytes(decodePrivateKey(pem), 'purpose', 16)).toHaveLength(16);
  });

  test('the bytes are those of HKDF', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 8160 }), (purpose, length) => {
      const info = createHash('sha256').update(purpose).digest();
      expect(deriveBytes(parent, purpose, length)).toEqual(Buffer.from(hkdfSync('sha256', parent.secret(), 'cdk8s-talos', info, length)));
    }));
  });

  test('100 keys of each algorithm are those of another library', () => {
    for (let count = 0; count < 100; count++) {
      const purpose = randomBytes(count).toString('latin1');
      const [seed, hash] = [32, 48].map((length) => deriveBytes(parent, purpose, length));
      const scalar = mapHashToField(hash, p256.Point.Fn.ORDER);
      expect(derivePrivateKey('Ed25519', parent, purpose).secret()).toEqual(seed);
      expect(derivePrivateKey('Ed25519', parent, purpose).publicKey.subarray(-32)).toEqual(Buffer.from(ed25519.getPublicKey(seed)));
      expect(derivePrivateKey('P-256', parent, purpose).secret()).toEqual(Buffer.from(scalar));
      expect(derivePrivateKey('P-256', parent, purpose).publicKey.subarray(-65)).toEqual(Buffer.from(p256.getPublicKey(scalar, false)));
    }
  });

  // a change here would change the credentials of every cluster
  test('the bytes stay the same from release to release', () => {
    expect(deriveBytes(parent, 'purpose', 8).toString('hex')).toBe('26a25b57f21ace8d');
  });
});

describe('decoding', () => {
  const { der } = decodePem(certs.os.key);
  const pem = (key: KeyObject) => encodePem({ label: 'PRIVATE KEY', der: key.export({ format: 'der', type: 'pkcs8' }) });

  test('the label of any type is read', () => {
    expect(encodePrivateKey(decodePrivateKey(encodePem({ label: 'PRIVATE KEY', der })))).toBe(certs.os.key);
  });

  test.each([
    ['another label', encodePem({ label: 'PUBLIC KEY', der }), 'has the PEM label "PUBLIC KEY": expected one of "ED25519 PRIVATE KEY"'],
    ['the label of another type', encodePem({ label: 'EC PRIVATE KEY', der }), 'is damaged: its PEM block "EC PRIVATE KEY" does not hold such a key'],
    ['a key of another type', encodePem({ label: 'ED25519 PRIVATE KEY', der: decodePem(pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).der }),
      'has the PEM label "ED25519 PRIVATE KEY" but holds a key of type ec'],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), 'is an RSA key of 1024 bits: use at least 2048'],
    ['an unusual curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey), 'is a key on the curve secp256k1'],
    ['a type that Talos does not know', pem(generateKeyPairSync('x25519').privateKey), 'but holds a key of type x25519'],
    ['the public half of another key', mixedKey(), 'is damaged'],
  ])('%s is refused', (_, text, problem) => {
    expect(() => decodePrivateKey(text)).toThrow(problem);
  });
});

describe('a public key', () => {
  const pairs = [generateKeyPairSync('ed25519'), ...['P-256', 'P-384', 'P-521'].map((namedCurve) => generateKeyPairSync('ec', { namedCurve })), generateKeyPairSync('rsa', { modulusLength: 2048 })];

  test('fits its private key, and no other', () => {
    for (const one of pairs) {
      for (const other of pairs) {
        expect(fitsPublicKey(privateKeyOf(one.privateKey), other.publicKey.export({ format: 'der', type: 'spki' }))).toBe(one === other);
      }
    }
  });

  test('fits in another form of its point', () => {
    const key = openssl(['ec', '-inform', 'DER', '-in', 'key', '-pubout', '-conv_form', 'compressed'], { key: decodePem(certs.etcd.key).der });
    const compressed = decodePem(key).der;
    expect(compressed).toHaveLength(59);
    expect(fitsPublicKey(decodePrivateKey(certs.etcd.key), compressed)).toBe(true);
    expect(fitsPublicKey(decodePrivateKey(certs.k8s.key), compressed)).toBe(false);
  });

  test('of another type doesn\'t keep Node.js from reading the next key', () => {
    const [{ privateKey }, { publicKey }] = pairs;
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    expect(fitsPublicKey(privateKeyOf(privateKey), publicKey.export({ format: 'der', type: 'spki' }))).toBe(false);
    expect(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).type).toBe('private');
  });

  test('that can\'t be read fits none', () => {
    expect(fitsPublicKey(decodePrivateKey(certs.etcd.key), Buffer.from('no key'))).toBe(false);
  });
});

/** An EC key whose public half belongs to another one. */
function mixedKey(): string {
  const [first, second] = [decodePem(certs.etcd.key).der, decodePem(certs.k8s.key).der];
  return encodePem({ label: 'EC PRIVATE KEY', der: Buffer.concat([first.subarray(0, -64), second.subarray(-64)]) });
}

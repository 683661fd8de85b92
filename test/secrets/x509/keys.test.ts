import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { decodePrivateKey, deriveBytes, derivePrivateKey, encodePrivateKey, generatePrivateKey } from '../../../src/secrets/x509/keys';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
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
    const derive = (key: KeyObject, purpose: string) => encodePrivateKey(derivePrivateKey(algorithm, key, purpose));
    expect(derive(parent, 'one')).toBe(derive(decodePrivateKey(certs.os.key), 'one'));
    expect(derive(parent, 'one')).not.toBe(derive(parent, 'two'));
    expect(derive(parent, 'one')).not.toBe(derive(decodePrivateKey(certs.etcd.key), 'one'));
    expect(decodePrivateKey(derive(parent, 'one'))).toBeDefined();
  });

  test.each([['Ed25519', certs.os.key], ['EC', certs.etcd.key], ['RSA', certs.k8sserviceaccount.key]])('an %s key can be a parent', (_, pem) => {
    expect(deriveBytes(decodePrivateKey(pem), 'purpose', 16)).toHaveLength(16);
  });

  // a change here would change the credentials of every cluster
  test('the bytes stay the same from release to release', () => {
    expect(deriveBytes(parent, 'purpose', 8).toString('hex')).toBe('26a25b57f21ace8d');
  });
});

describe('decoding', () => {
  const ed25519 = decodePem(certs.os.key).der;
  const pem = (key: KeyObject) => encodePem({ label: 'PRIVATE KEY', der: key.export({ format: 'der', type: 'pkcs8' }) });

  test('the label of any type is read', () => {
    expect(encodePrivateKey(decodePrivateKey(encodePem({ label: 'PRIVATE KEY', der: ed25519 })))).toBe(certs.os.key);
  });

  test.each([
    ['another label', encodePem({ label: 'PUBLIC KEY', der: ed25519 }), 'has the PEM label "PUBLIC KEY": expected one of "ED25519 PRIVATE KEY"'],
    ['the label of another type', encodePem({ label: 'EC PRIVATE KEY', der: ed25519 }), 'is damaged: its PEM block "EC PRIVATE KEY" does not hold such a key'],
    ['a key of another type', encodePem({ label: 'ED25519 PRIVATE KEY', der: decodePem(pem(generatePrivateKey('P-256'))).der }),
      'has the PEM label "ED25519 PRIVATE KEY" but holds a key of type ec'],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey), 'is an RSA key of 1024 bits: use at least 2048'],
    ['an unusual curve', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey), 'is a key on the curve secp256k1'],
    ['a type that Talos does not know', pem(generateKeyPairSync('x25519').privateKey), 'but holds a key of type x25519'],
    ['the public half of another key', mixedKey(), 'is damaged'],
  ])('%s is refused', (_, text, problem) => {
    expect(() => decodePrivateKey(text)).toThrow(problem);
  });
});

/** An EC key whose public half belongs to another one. */
function mixedKey(): string {
  const [first, second] = [decodePem(certs.etcd.key).der, decodePem(certs.k8s.key).der];
  return encodePem({ label: 'EC PRIVATE KEY', der: Buffer.concat([first.subarray(0, -64), second.subarray(-64)]) });
}

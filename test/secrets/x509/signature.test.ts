import { createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject, verify } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { encodePrivateKey, generatePrivateKey } from '../../../src/secrets/x509/keys';
import { signerOf } from '../../../src/secrets/x509/signature';

/** The key of RFC 6979, A.2.5. */
function rfc6979Key(): KeyObject {
  const d = Buffer.from('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721', 'hex');
  const point = Buffer.from(p256.getPublicKey(d, false));
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((bytes) => bytes.toString('base64url'));
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: d.toString('base64url'), x, y } });
}

test.each([
  ['sample', 'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716', 'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8'],
  ['test', 'F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367', '019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083'],
])('the ECDSA signature of "%s" is that of RFC 6979', (message, r, s) => {
  const signature = p256.Signature.fromBytes(signerOf(rfc6979Key()).sign(Buffer.from(message)), 'der');
  expect(signature.r.toString(16).padStart(64, '0').toUpperCase()).toBe(r);
  expect(signature.s.toString(16).padStart(64, '0').toUpperCase()).toBe(s);
});

const keys: [string, KeyObject, string | null][] = [
  ['Ed25519', generatePrivateKey('Ed25519'), null],
  ['P-256', generatePrivateKey('P-256'), 'sha256'],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, 'sha384'],
  ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey, 'sha512'],
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 'sha256'],
];

test.each(keys)('%s signatures are verified by Node and never change', (_, key, digest) => {
  const data = Buffer.from('data');
  const signature = signerOf(key).sign(data);
  expect(verify(digest, data, createPublicKey(key), signature)).toBe(true);
  expect(verify(digest, Buffer.from('date'), createPublicKey(key), signature)).toBe(false);
  expect(signerOf(key).sign(data)).toEqual(signature);
  expect(encodePrivateKey(key)).toMatch(/^-----BEGIN (ED25519|EC|RSA) PRIVATE KEY-----\n/);
});

import { createHash, createHmac, createPublicKey, KeyObject } from 'crypto';
import * as fc from 'fast-check';
import { digestOf, seal, SealedValue } from '../../src/secrets/sealing';
import { runs } from '../support/releases';
import { openSealed, sealingFixture, unsealValue } from '../support/sealed-secrets';

const KEYS = ['controller', 'large'].map((name): [string, KeyObject, string] =>
  [name, createPublicKey(sealingFixture(`${name}.crt`)), sealingFixture(`${name}.key`)]);
const [[, publicKey, privateKey], [, largeKey]] = KEYS;

const value: SealedValue = { key: 'userdata', value: 'the plain text', label: 'acme/acme-config', entropy: digestOf('secrets') };
const anyValue = fc.record({
  key: fc.string(), value: fc.string({ unit: 'binary', maxLength: 2000 }), label: fc.string(), entropy: fc.string().map((text) => digestOf(text)),
});

test.each(KEYS)('what is sealed for the key %s is opened by it', (_, key, secretKey) => {
  fc.assert(fc.property(anyValue, (any) => {
    expect(unsealValue(seal(key, any), any.label, secretKey).toString()).toBe(Buffer.from(any.value).toString());
  }), runs(40));
});

test('equal input gives equal text', () => {
  fc.assert(fc.property(anyValue, (any) => seal(publicKey, any) === seal(publicKey, { ...any, entropy: Buffer.from(any.entropy) })), runs(40));
});

// a text that changes between versions of the library would change in every user's Git
test('the text of one value stays the same', () => {
  const text = seal(publicKey, value);
  expect(createHash('sha256').update(text).digest('hex')).toBe('79e72ecda53cb8dd1bec9f002e7a5964a7c533c9574c35285a1af372703bf06a');
  expect(Buffer.from(text, 'base64')).toHaveLength(2 + 256 + value.value.length + 16);
});

test('the session key is that of RFC 5869', () => {
  const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
  const hmac = (key: Buffer, bytes: Buffer) => createHmac('sha256', key).update(bytes).digest();
  const parts = ['cdk8s-talos/sealed-secrets/1', sha256(publicKey.export({ type: 'spki', format: 'der' })), value.label, value.key, sha256(value.value)];
  const listed = Buffer.concat(parts.map((part) => Buffer.from(part)).flatMap((part) => [Buffer.from([0, 0, 0, part.length]), part]));
  const expected = hmac(hmac(Buffer.alloc(32), value.entropy), Buffer.concat([sha256(listed), Buffer.of(1)]));
  expect(openSealed(seal(publicKey, value), value.label, privateKey).sessionKey).toEqual(expected);
});

test.each<[string, Partial<SealedValue>]>([
  ['another value', { value: 'the plain texT' }],
  ['another key of the Secret', { key: 'userdata-0' }],
  ['another label', { label: 'acme/acme-confi' }],
  ['other secrets of the cluster', { entropy: digestOf('secret', 's') }],
  ['parts that are the same in a row', { label: 'acme/acme-configuser', key: 'data' }],
])('%s gives another session key', (_, other) => {
  const [one, two] = [value, { ...value, ...other }].map((each) => openSealed(seal(publicKey, each), each.label, privateKey).sessionKey);
  expect(one).toHaveLength(32);
  expect(two.equals(one)).toBe(false);
});

test('another certificate gives another session key', () => {
  const keys = KEYS.map(([, key, secretKey]) => openSealed(seal(key, value), value.label, secretKey).sessionKey.toString('hex'));
  expect(new Set(keys).size).toBe(2);
});

test('no two of many values have a session key in common', () => {
  const values = fc.sample(anyValue, { numRuns: 100, seed: 7 });
  const keys = values.map((any) => openSealed(seal(publicKey, any), any.label, privateKey).sessionKey.toString('hex'));
  expect(new Set(keys).size).toBe(new Set(values.map((any) => JSON.stringify(any))).size);
});

test.each<[string, string, string]>([
  ['another label', 'globex/acme-config', privateKey],
  ['no label', '', privateKey],
  ['another key', value.label, sealingFixture('large.key')],
])('%s doesn\'t open it', (_, label, secretKey) => {
  expect(() => unsealValue(seal(publicKey, value), label, secretKey)).toThrow();
});

test('a changed byte is refused', () => {
  fc.assert(fc.property(fc.nat(2 + 256 + value.value.length + 15), (position) => {
    const bytes = Buffer.from(seal(publicKey, value), 'base64');
    bytes[position] = 255 - bytes[position];
    expect(() => unsealValue(bytes.toString('base64'), value.label, privateKey)).toThrow();
  }), runs(50));
});

test('the text holds nothing of the value', () => {
  const text = Buffer.from(seal(largeKey, value), 'base64');
  expect(text.includes(value.value)).toBe(false);
  expect(text.includes(value.entropy)).toBe(false);
});

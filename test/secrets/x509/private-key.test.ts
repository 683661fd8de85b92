import { generateKeyPairSync } from 'crypto';
import { PrivateKeyEncoding, readPrivateKey } from '../../../src/secrets/x509/private-key';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;

const keys = new Map<PrivateKeyEncoding, Buffer[]>([
  ['pkcs1', [rsa.export({ format: 'der', type: 'pkcs1' })]],
  ['sec1', [ec.export({ format: 'der', type: 'sec1' })]],
  ['pkcs8', [rsa, ec, ed25519].map((key) => key.export({ format: 'der', type: 'pkcs8' }))],
]);

test.each<PrivateKeyEncoding>(['pkcs1', 'sec1', 'pkcs8'])('%s is read as such, and nothing else is', (encoding) => {
  for (const [actual, encoded] of keys) {
    for (const key of encoded) {
      if (actual === encoding) {
        expect(readPrivateKey(key, encoding).type).toBe('private');
      } else {
        expect(() => readPrivateKey(key, encoding)).toThrow();
      }
    }
  }
});

test.each([[Buffer.alloc(0)], [Buffer.from('text')], [Buffer.from([0x30, 0])]])('%p is no key', (bytes) => {
  expect(() => readPrivateKey(bytes, 'pkcs8')).toThrow('not a private key in pkcs8');
});

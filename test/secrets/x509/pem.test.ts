import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { fixture } from '../../support/secrets-fixtures';

const block = fc.record({
  label: fc.constantFrom('CERTIFICATE', 'EC PRIVATE KEY', 'ED25519 PRIVATE KEY'),
  der: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});

test('decoding gives back what was encoded', () => {
  fc.assert(fc.property(block, (value) => {
    expect(decodePem(encodePem(value))).toEqual(value);
  }));
});

test('text around the block and other line ends are allowed', () => {
  fc.assert(fc.property(block, (value) => {
    const text = `Subject: someone\n${encodePem(value)}-- the end\n`.replace(/\n/g, '\r\n');
    expect(decodePem(text)).toEqual(value);
  }));
});

test('a text cut anywhere within the block is refused', () => {
  fc.assert(fc.property(block, fc.double({ min: 0, max: 1, noNaN: true }), (value, where) => {
    const whole = encodePem(value).trimEnd();
    const cut = whole.slice(0, Math.floor(where * whole.length * 0.999));
    expect(() => decodePem(cut)).toThrow(/is cut short|holds no PEM block/);
  }));
});

test('talosctl and openssl write the same text', () => {
  const crt = Buffer.from(/crt: (\S+)/.exec(fixture('a.yaml'))![1], 'base64').toString();
  expect(encodePem(decodePem(crt))).toBe(crt);
  expect(execFileSync('openssl', ['x509'], { input: crt, encoding: 'utf8' })).toBe(crt);
});

test('two blocks are refused', () => {
  const text = encodePem({ label: 'CERTIFICATE', der: Buffer.from('x') });
  expect(() => decodePem(text + text)).toThrow('holds 2 PEM blocks: keep one');
});

test('a passphrase is named as the reason', () => {
  const text = '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\naGVsbG8=\n-----END EC PRIVATE KEY-----\n';
  expect(() => decodePem(text)).toThrow('store it without a passphrase');
});

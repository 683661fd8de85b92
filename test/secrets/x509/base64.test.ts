import * as fc from 'fast-check';
import { decodeBase64, encodeUrlSafeBase64 } from '../../../src/secrets/x509/base64';

test('decodes what Node encodes', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
  }));
});

test('line breaks do not matter', () => {
  expect(decodeBase64('aGVs\r\nbG8=\n').toString()).toBe('hello');
});

test.each([
  ['aGVsbG8', 'is cut short'],
  ['aGVsb', 'is cut short'],
  ['aGVs*G8=', 'is not base64'],
  ['aGVs=G8=', 'is not base64'],
  ['aGVs_G8=', 'is not base64'],
])('refuses %s', (text, problem) => {
  expect(() => decodeBase64(text)).toThrow(problem);
});

test('the alphabet for urls has no character that urls give a meaning', () => {
  expect(encodeUrlSafeBase64(Buffer.from([0xfb, 0xef, 0xff, 0xff]))).toBe('--___w==');
});

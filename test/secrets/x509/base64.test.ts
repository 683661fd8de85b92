import * as fc from 'fast-check';
import { encodeUrlSafeBase64, parseBase64, requireBase64 } from '../../../src/secrets/x509/base64';

test.each([['parsed', parseBase64], ['required', requireBase64]])('what Node encodes can be %s', (_, read) => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    expect(read(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes));
  }));
});

test.each([['parsed', parseBase64], ['required', requireBase64]])('line breaks do not matter where it is %s', (_, read) => {
  expect(read('aGVs\r\nbG8=\n')?.toString()).toBe('hello');
});

test('spaces are the only difference', () => {
  expect(requireBase64(' aGVs\tbG8= ').toString()).toBe('hello');
  expect(parseBase64('aGVs bG8=')).toBeUndefined();
});

test.each([
  ['aGVsbG8', 'is cut short'],
  ['aGVsb', 'is cut short'],
  ['aGVs*G8=', 'is not base64'],
  ['aGVs=G8=', 'is not base64'],
  ['aGVs_G8=', 'is not base64'],
])('refuses %s', (text, problem) => {
  expect(() => requireBase64(text)).toThrow(problem);
  expect(parseBase64(text)).toBeUndefined();
});

test('the alphabet for urls has no character that urls give a meaning', () => {
  expect(encodeUrlSafeBase64(Buffer.from([0xfb, 0xef, 0xff, 0xff]))).toBe('--___w==');
});

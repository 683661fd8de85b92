import * as asn1js from 'asn1js';
import * as fc from 'fast-check';
import { bitString, boolean, element, integer, objectIdentifier, octetString, sequence, set, TAGS, time } from '../../../src/secrets/x509/der';
import { runs } from '../../support/releases';

/** Bytes as hexadecimal text. */
function hex(bytes: Uint8Array | ArrayBuffer): string {
  return Buffer.from(bytes as Uint8Array).toString('hex');
}

test.each<[string, Buffer, string]>([
  ['zero', integer(Buffer.of(0)), '020100'],
  ['no digits', integer(Buffer.alloc(0)), '020100'],
  ['a number whose first bit is set', integer(Buffer.of(0x80)), '02020080'],
  ['a number with zeros before it', integer(Buffer.of(0, 0, 0x7f)), '02017f'],
  ['true', boolean(true), '0101ff'],
  ['false', boolean(false), '010100'],
  ['bits', bitString(Buffer.of(0x80), 7), '03020780'],
  ['an object identifier with large arcs', objectIdentifier('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
  ['127 bytes', octetString(Buffer.alloc(127)).subarray(0, 3), '047f00'],
  ['128 bytes', octetString(Buffer.alloc(128)).subarray(0, 3), '048180'],
  ['256 bytes', octetString(Buffer.alloc(256)).subarray(0, 4), '04820100'],
  ['70,000 bytes', octetString(Buffer.alloc(70_000)).subarray(0, 5), '0483011170'],
  ['a set, sorted', set(integer(Buffer.of(2)), integer(Buffer.of(1))), '3106020101020102'],
  ['a time of two-digit years', time(new Date('2049-12-31T23:59:59Z')), hex(Buffer.concat([Buffer.of(0x17, 13), Buffer.from('491231235959Z')]))],
  ['a time of four-digit years', time(new Date('2050-01-01T00:00:00.999Z')), hex(Buffer.concat([Buffer.of(0x18, 15), Buffer.from('20500101000000Z')]))],
])('%s', (_, written, expected) => {
  expect(hex(written)).toBe(expected);
});

describe('another library writes the same', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const second = fc.date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
  const arcs = fc.tuple(fc.constantFrom(0, 1), fc.nat(39), fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 8 }));

  test.each<[string, fc.Arbitrary<unknown>, (value: any) => Buffer, (value: any) => asn1js.AsnType]>([
    ['numbers', fc.bigInt({ min: 0n, max: 2n ** 600n }),
      (value: bigint) => integer(Buffer.from(value.toString(16).padStart(160, '0'), 'hex')), (value) => asn1js.Integer.fromBigInt(value)],
    ['bytes', bytes, octetString, (value) => new asn1js.OctetString({ valueHex: value })],
    ['bits', bytes, bitString, (value) => new asn1js.BitString({ valueHex: value })],
    ['object identifiers', arcs.map(([first, secondArc, others]) => [first, secondArc, ...others].join('.')), objectIdentifier,
      (value) => new asn1js.ObjectIdentifier({ value })],
    ['times', second, time, (valueDate: Date) => valueDate.getUTCFullYear() < 2050 ? new asn1js.UTCTime({ valueDate }) : new asn1js.GeneralizedTime({ valueDate })],
    ['names', fc.string({ unit: 'grapheme' }), (value: string) => element(TAGS.utf8String, Buffer.from(value)), (value) => new asn1js.Utf8String({ value })],
    ['sequences', fc.array(bytes), (value: Buffer[]) => sequence(...value.map(octetString)),
      (value: Buffer[]) => new asn1js.Sequence({ value: value.map((valueHex) => new asn1js.OctetString({ valueHex })) })],
  ])('of %s', (_, values, write, writeElsewhere) => {
    fc.assert(fc.property(values, (value) => {
      expect(hex(write(value))).toBe(hex(writeElsewhere(value).toBER()));
    }), runs(200));
  });
});

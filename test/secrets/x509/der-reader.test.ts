import { createPublicKey, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as fc from 'fast-check';
import { TalosError } from '../../../src/problem';
import { decodeCertificate } from '../../../src/secrets/x509/certificate';
import { objectIdentifier, TAGS } from '../../../src/secrets/x509/der';
import { childrenOf, contentsOf, DerElement, readElement, readFirstElement } from '../../../src/secrets/x509/der-reader';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { runs } from '../../support/releases';
import { parts } from '../../support/secrets-fixtures';

/** The DER of certificates and keys that talosctl wrote. */
const ORIGINALS = Object.values(parts()).filter((value) => value.includes('-----BEGIN ')).map((pem) => decodePem(pem).der);
const KEY_USAGE = objectIdentifier('2.5.29.15');
const CERTIFICATES = ['certs.os.crt', 'certs.etcd.crt'] as const;

/** The tag of an element, its number of bytes and the elements in it. */
type Structure = [tag: number, length: number, children: Structure[]];

function structureOf(element: DerElement): Structure {
  const children = element.tag % 0x40 < 0x20 ? [] : childrenOf(element).map(structureOf);
  return [element.tag, element.encoding.length, children];
}

/** The same from another library, or undefined where it refuses the bytes: it looks into numbers, texts and times too. */
function structureElsewhere(bytes: Buffer): Structure | undefined {
  const convert = ({ idBlock, valueBlock, blockLength }: any): Structure => [
    (idBlock.tagClass - 1) * 0x40 + (idBlock.isConstructed ? 0x20 : 0) + idBlock.tagNumber,
    blockLength,
    idBlock.isConstructed ? valueBlock.value.map(convert) : [],
  ];
  try {
    const { offset, result } = asn1js.fromBER(bytes);
    return offset === -1 ? undefined : convert(result);
  } catch {
    return undefined;
  }
}

function canDecode(pem: string): boolean {
  try {
    return decodeCertificate(pem).publicKey.length > 0;
  } catch {
    return false;
  }
}

/** What reading gives, or undefined where it is refused; nothing but a `TalosError` may refuse it. */
function read<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    expect(error).toBeInstanceOf(TalosError);
    expect((error as TalosError).text).toMatch(/^is not DER: /);
    return undefined;
  }
}

const changed = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
const damaged = fc.tuple(fc.constantFrom(...ORIGINALS), changed, fc.option(fc.nat())).map(([der, changes, cut]) => {
  const bytes = Buffer.from(der);
  changes.forEach(([at, value]) => { bytes[at % Math.min(bytes.length, 40 + at % 300)] = value; });
  return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
});

test('another library reads the same in the original certificates and keys', () => {
  for (const der of ORIGINALS) {
    expect(structureOf(readElement(der))).toEqual(structureElsewhere(der));
  }
});

test('what is read of damaged ones, another library reads too', () => {
  fc.assert(fc.property(damaged, (bytes) => {
    const structure = read(() => structureOf(readElement(bytes)));
    const elsewhere = structureElsewhere(bytes);
    if (structure !== undefined && elsewhere !== undefined) {
      expect(structure).toEqual(elsewhere);
    }
  }), runs(1000));
});

test('any bytes are read or refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    read(() => structureOf(readElement(Buffer.from(bytes))));
  }), runs(2000));
});

test('OpenSSL reads every certificate that is taken, and the same in it', () => {
  const certificates = fc.tuple(fc.constantFrom(...CERTIFICATES), fc.nat(), fc.nat(255)).map(([name, at, value]) => {
    const { label, der } = decodePem(parts()[name]!);
    der[at % der.length] = value;
    return { pem: encodePem({ label, der }), der, isInExtensions: at % der.length > der.indexOf(KEY_USAGE) };
  });
  const readWithOpenssl = (der: Buffer) => {
    try {
      const { publicKey, validFrom, validTo } = new X509Certificate(der);
      // toISOString() throws for times that don't exist
      const [notBefore, notAfter] = [validFrom, validTo].map((time) => new Date(new Date(time).toISOString()));
      return { publicKey, notBefore, notAfter };
    } catch {
      return undefined;
    }
  };
  fc.assert(fc.property(certificates, ({ pem, der, isInExtensions }) => {
    const elsewhere = readWithOpenssl(der);
    // OpenSSL doesn't look into the extensions yet; Talos, which does, refuses what is refused here
    if (elsewhere === undefined || isInExtensions && !canDecode(pem)) {
      expect(() => decodeCertificate(pem)).toThrow('is damaged: its PEM block does not hold a certificate');
    } else {
      const { publicKey, notBefore, notAfter } = decodeCertificate(pem);
      expect({ notBefore, notAfter }).toEqual({ notBefore: elsewhere.notBefore, notAfter: elsewhere.notAfter });
      expect(createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).equals(elsewhere.publicKey)).toBe(true);
    }
  }), runs(500));
});

describe('refuses', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'an element is cut short'],
    ['a tag alone', '30', 'an element is cut short'],
    ['contents that are cut short', '0402ff', 'an element is cut short'],
    ['a length that is cut short', '048201', 'an element is cut short'],
    ['a length without an end', '30800000', 'an element has no length, or one of too many bytes'],
    ['a length of five bytes', '04850000000001ff', 'an element has no length, or one of too many bytes'],
    ['a length of 127 bytes', `04ff${'ff'.repeat(127)}`, 'an element has no length, or one of too many bytes'],
    ['a length beyond all bytes', '0484ffffffff', 'an element is cut short'],
    ['a long form of a short length', '048101ff', 'a length is longer than it has to be'],
    ['a length with a zero before it', `04820080${'00'.repeat(128)}`, 'a length is longer than it has to be'],
    ['a tag of several bytes', 'bf8101ff', 'an element has a tag that no certificate or key has'],
    ['a general tag of several bytes', '1f8101ff', 'an element has a tag that no certificate or key has'],
    ['the end of a length without one', '0000', 'an element has a tag that no certificate or key has'],
    ['a sequence without elements in it', '1000', 'an element has a tag that no certificate or key has'],
    ['bytes in several parts', '2400', 'an element has a tag that no certificate or key has'],
    ['another element', '05000500', 'other bytes follow the element'],
    ['other bytes', '0500ff', 'other bytes follow the element'],
  ])('%s', (_, bytes, reason) => {
    expect(() => readElement(Buffer.from(bytes, 'hex'))).toThrow(new TalosError('talos:invalid-secrets', `is not DER: ${reason}`));
  });

  test.each<[string, string, string]>([
    ['an element that ends after the one around it', '30030402ff', 'an element is cut short'],
    ['one byte in a sequence', '300105', 'an element is cut short'],
    ['elements in one that holds no others', '0401ff', 'an element has no others in it'],
  ])('%s', (_, bytes, reason) => {
    expect(() => childrenOf(readElement(Buffer.from(bytes, 'hex')))).toThrow(new TalosError('talos:invalid-secrets', `is not DER: ${reason}`));
  });

  test('another type than the expected one', () => {
    expect(() => contentsOf(readElement(Buffer.of(5, 0)), TAGS.integer)).toThrow('is not DER');
    expect(() => contentsOf(undefined, TAGS.integer)).toThrow('is not DER');
  });
});

test('the first element is read without those that follow', () => {
  expect(readFirstElement(Buffer.from('0401ff0500', 'hex')).contents).toEqual(Buffer.of(0xff));
});

test('elements in elements need no stack, however deep they are', () => {
  let bytes = Buffer.alloc(0);
  for (let depth = 0; depth < 3000; depth++) {
    bytes = Buffer.concat([Buffer.of(0x30), lengthOf(bytes.length), bytes]);
  }
  let [element, depth] = [readElement(bytes), 0];
  for (let children = childrenOf(element); children.length > 0; children = childrenOf(element)) {
    [element, depth] = [children[0], depth + 1];
  }
  expect(depth).toBe(2999);
});

function lengthOf(length: number): Buffer {
  return length < 0x80 ? Buffer.of(length) : length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, Math.floor(length / 256), length % 256);
}

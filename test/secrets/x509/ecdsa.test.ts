import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { Curve, CURVES, numberOf, pointOf, scalarOf } from '../../../src/secrets/x509/curves';
import { TAGS } from '../../../src/secrets/x509/der';
import { childrenOf, contentsOf, readElement } from '../../../src/secrets/x509/der-reader';
import { EcKey } from '../../../src/secrets/x509/ec-key';
import { signEcdsa } from '../../../src/secrets/x509/ecdsa';

const [P256, P384, P521] = CURVES;

function hex(text: string): Buffer {
  return Buffer.from(text.length % 2 === 0 ? text : `0${text}`, 'hex');
}

/** The two numbers of a signature. */
function numbersOf(signature: Buffer): bigint[] {
  return childrenOf(readElement(signature)).map((number) => numberOf(contentsOf(number, TAGS.integer)));
}

describe.each<[string, Curve, string, string[][]]>([
  ['A.2.5', P256, 'C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721', [
    ['sample', 'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716',
      'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8'],
    ['test', 'F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367',
      '019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083'],
  ]],
  ['A.2.6', P384, '6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5', [
    ['sample', '94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46',
      '99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8'],
    ['test', '8203B63D3C853E8D77227FB377BCF7B7B772E97892A80F36AB775D509D7A5FEB0542A7F0812998DA8F1DD3CA3CF023DB',
      'DDD0760448D42D8A43AF45AF836FCE4DE8BE06B485E9B61B827C2F13173923E06A739F040649A667BF3B828246BAA5A5'],
  ]],
  ['A.2.7', P521, '0FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC67DB89EC0C08B0E996B83538', [
    ['sample', '0C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E8455CC91F9B15BF05EC36E377FA',
      '0617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1DCCC43997F1EE0E44DA4A67A'],
    ['test', '13E99020ABF5CEE7525D16B69B229652AB6BDF2AFFCAEF38773B4B7D08725F10CDB93482FDCC54EDCEE91ECA4166B2A7C6265EF0CE2BD7051B7CEF945BABD47EE6D',
      '1FBD0013C674AA79CB39849527916CE301C66EA7CE8B80682786AD60F98F7E78A19CA69EFF5C57400E3B3A0AD66CE0978214D13BAF4E9AC60752F7B155E2DE4DCE3'],
  ]],
])('RFC 6979, %s', (_, curve, key, signatures) => {
  test.each(signatures)('the signature of "%s"', (message, r, s) => {
    const signature = signEcdsa(curve, scalarOf(curve, numberOf(hex(key))), Buffer.from(message));
    expect(numbersOf(signature)).toEqual([numberOf(hex(r)), numberOf(hex(s))]);
  });
});

test('RFC 6979, A.1: a nonce that isn\'t below the order is left out', () => {
  const curve: Curve = { ...P256, name: 'sect163k1', order: 0x4000000000000000000020108A2E0CC0D99F8A5EFn, bits: 163, size: 21 };
  const nonce = scalarOf(curve, 0x23AF4074C90A02B3FE61D286D5C87F425E6BDD81Bn);
  const [r] = numbersOf(signEcdsa(curve, hex('09A4D6792295A7F730FC3F2B49CBC0F62E862272F'), Buffer.from('sample')));
  expect(r).toBe(numberOf(pointOf(curve, nonce).subarray(1, 1 + curve.size)) % curve.order);
});

describe.each([
  { curve: P256, judge: p256 },
  { curve: P384, judge: p384 },
  { curve: P521, judge: p521 },
])('on $curve.name', ({ curve, judge }) => {
  const extremes = [1n, 2n, curve.order - 1n, curve.order - 2n].map((value) => scalarOf(curve, value));
  const sign = (key: Buffer, data: Buffer) => signEcdsa(curve, key, data).toString('hex');
  const signElsewhere = (key: Buffer, data: Buffer) => Buffer.from(judge.sign(data, key, { prehash: true, lowS: false }).toBytes('der')).toString('hex');

  // ecdsa.slow.ts compares hundreds
  test('signatures are those of another library', () => {
    for (const key of [...extremes, ...Array.from({ length: 12 }, () => Buffer.from(judge.utils.randomSecretKey()))]) {
      const data = randomBytes(key[key.length - 1]);
      expect([key, data, sign(key, data)]).toEqual([key, data, signElsewhere(key, data)]);
    }
  });

  test('the factor that hides the nonce doesn\'t show', () => {
    const key = Buffer.from(judge.utils.randomSecretKey());
    expect(new Set(Array.from({ length: 5 }, () => sign(key, Buffer.from('data'))))).toHaveProperty('size', 1);
  });

  test('OpenSSL verifies signatures of the data, and of no other', () => {
    const secret = Buffer.from(judge.utils.randomSecretKey());
    const key = new EcKey(curve, secret);
    const publicKey = createPublicKey({ key: key.publicKey, format: 'der', type: 'spki' });
    expect(verify(curve.digest, Buffer.from('data'), publicKey, key.sign(Buffer.from('data')))).toBe(true);
    expect(verify(curve.digest, Buffer.from('date'), publicKey, key.sign(Buffer.from('data')))).toBe(false);
  });
});

import { randomBytes } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { CURVES } from '../../../src/secrets/x509/curves';
import { signEcdsa } from '../../../src/secrets/x509/ecdsa';

const JUDGES = { prime256v1: p256, secp384r1: p384, secp521r1: p521 };

test.each(CURVES.map((curve) => ({ ...curve, judge: JUDGES[curve.name as keyof typeof JUDGES] })))('500 signatures on $name are those of another library', ({ judge, ...curve }) => {
  for (let length = 0; length < 500; length++) {
    const [key, data] = [Buffer.from(judge.utils.randomSecretKey()), randomBytes(length)];
    const expected = Buffer.from(judge.sign(data, key, { prehash: true, lowS: false }).toBytes('der'));
    expect([key, data, signEcdsa(curve, key, data)]).toEqual([key, data, expected]);
  }
}, 300_000);

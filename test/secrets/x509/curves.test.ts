import { createECDH } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import * as fc from 'fast-check';
import { CURVES, isScalar, numberOf, pointOf, scalarOf } from '../../../src/secrets/x509/curves';

/** The same curves of another library. */
const JUDGES = { prime256v1: p256, secp384r1: p384, secp521r1: p521 };

describe.each(CURVES.map((curve) => ({ ...curve, judge: JUDGES[curve.name as keyof typeof JUDGES] })))('$name', ({ judge, ...curve }) => {
  test('OpenSSL takes every scalar below the order, and not the order', () => {
    const set = (value: bigint) => () => createECDH(curve.name).setPrivateKey(scalarOf(curve, value));
    expect(set(1n)).not.toThrow();
    expect(set(curve.order - 1n)).not.toThrow();
    expect(set(curve.order)).toThrow('Private key is not valid for specified curve');
    expect(set(0n)).toThrow('Private key is not valid for specified curve');
  });

  test('the order and the sizes are those of another library', () => {
    expect(curve.order).toBe(judge.Point.Fn.ORDER);
    expect(curve.bits).toBe(judge.Point.Fn.BITS);
    expect(curve.size).toBe(judge.Point.Fn.BYTES);
  });

  test('points are those of another library', () => {
    for (const value of [1n, 2n, curve.order - 1n, curve.order / 2n, 2n ** 64n]) {
      expect(pointOf(curve, scalarOf(curve, value)).toString('hex')).toBe(Buffer.from(judge.getPublicKey(scalarOf(curve, value), false)).toString('hex'));
    }
  });

  test('numbers and scalars are the same', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: curve.order }), (value) => {
      const scalar = scalarOf(curve, value);
      expect(scalar).toHaveLength(curve.size);
      expect(numberOf(scalar)).toBe(value);
      expect(isScalar(curve, value)).toBe(judge.Point.Fn.isValidNot0(value));
    }));
  });
});

test('no bytes are zero', () => {
  expect(numberOf(Buffer.alloc(0))).toBe(0n);
});

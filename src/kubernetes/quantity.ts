import { shortened, TalosError } from '../problem';
const QUANTITY = /^(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][-+]?\d+)?$/;
const FACTORS: { readonly [suffix: string]: number } = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Reads a quantity such as `500m` or `2Gi` as a number.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(property: string, value: string): number {
  const match = QUANTITY.exec(value);
  if (!match) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a quantity of at least zero: write a number with an optional unit, for example 500m, 2 or 4Gi`);
  }
  const [, digits, suffix = ''] = match;
  return /^[eE][-+]?\d+$/.test(suffix) ? Number(`${digits}${suffix}`) : Number(digits) * (FACTORS[suffix] ?? 1);
}

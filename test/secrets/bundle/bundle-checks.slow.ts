import * as fc from 'fast-check';
import { TalosError } from '../../../src/problem';
import { PartName, PART_NAMES } from '../../../src/secrets/bundle/parts';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { decodePrivateKey, encodePrivateKey } from '../../../src/secrets/x509/keys';
import { decodePem, encodePem } from '../../../src/secrets/x509/pem';
import { NOW, parts } from '../../support/secrets-fixtures';

const whole = parts();

test.each(PART_NAMES.filter((name) => name.startsWith('certs.')))('any damaged byte of %s is noticed, unless the key stays the same', (name) => {
  const { label, der } = decodePem(whole[name]!);
  fc.assert(fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, difference) => {
    const damaged = Buffer.from(der);
    damaged[position] = (damaged[position] + difference) % 256;
    const pem = encodePem({ label, der: damaged });
    expect(isNoticed(name, pem) || isSameKey(name, pem)).toBe(true);
  }), { numRuns: 200 });
}, 300_000);

function isNoticed(name: PartName, pem: string): boolean {
  try {
    return SecretsBundle.fromParts({ ...whole, [name]: pem }, { now: NOW }).warnings.length > 0;
  } catch (error) {
    expect(error).toBeInstanceOf(TalosError);
    return true;
  }
}

function isSameKey(name: PartName, pem: string): boolean {
  return name.endsWith('.key') && encodePrivateKey(decodePrivateKey(pem)) === whole[name];
}

import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { TalosError } from '../../../src/problem';
import { certificatePeriod } from '../../../src/secrets/bundle/certificate-period';

const DAY = 24 * 3_600_000;
const authority = { notBefore: new Date('2026-11-24T14:41:10Z'), notAfter: new Date('2036-11-21T14:41:10Z') };
const START = authority.notBefore.getTime();

const after = (days: number) => new Date(START + days * DAY);

test.each([
  ['when the authority starts', 0, 0],
  ['before it starts, where the clock is wrong', -10, 0],
  ['at the end of the first half year', 182.4, 0],
  ['at the renewal', 182.5, 182.5],
  ['years later', 1000, 912.5],
])('%s, a certificate lasts a year from the start of a half year', (_, day, start) => {
  expect(certificatePeriod(authority, {}, after(day)))
    .toEqual({ notBefore: after(start), notAfter: after(start + 365), renewal: after(start + 182.5) });
});

test('the last certificate ends with the authority, and has no successor', () => {
  const last = { notBefore: after(3285), notAfter: authority.notAfter, renewal: undefined };
  expect(certificatePeriod(authority, {}, after(3285))).toEqual(last);
  expect(certificatePeriod(authority, {}, after(3649.9))).toEqual(last);
  expect(certificatePeriod(authority, {}, after(4000))).toEqual(last);
});

test('a validity beyond that of the authority is that of the authority', () => {
  expect(certificatePeriod(authority, { validity: Duration.days(36500) }, after(2000))).toEqual({ ...authority, renewal: undefined });
});

describe('whatever the validity and the time', () => {
  const life = authority.notAfter.getTime() - START;
  const validity = fc.integer({ min: 1, max: 2 * life / 1000 }).map((seconds) => Duration.seconds(seconds));
  const time = fc.integer({ min: 0, max: life - 1 }).map((elapsed) => new Date(START + elapsed));

  test('a certificate is valid, never beyond the authority, and for at least half of its validity', () => {
    fc.assert(fc.property(validity, time, (wanted, now) => {
      const { notBefore, notAfter } = certificatePeriod(authority, { validity: wanted }, now);
      const length = wanted.toMilliseconds();
      expect(notBefore <= now && now < notAfter && notBefore >= authority.notBefore).toBe(true);
      expect(notAfter.getTime()).toBe(Math.min(notBefore.getTime() + length, authority.notAfter.getTime()));
      // a half is rounded to whole seconds
      expect(notAfter.getTime() - now.getTime()).toBeGreaterThanOrEqual(Math.min(length / 2 - 1000, authority.notAfter.getTime() - now.getTime()));
    }));
  });

  test('it changes at its renewal and at no other time', () => {
    fc.assert(fc.property(validity, time, (wanted, now) => {
      const period = certificatePeriod(authority, { validity: wanted }, now);
      const at = (moment: number) => certificatePeriod(authority, { validity: wanted }, new Date(moment));
      const end = period.renewal ?? authority.notAfter;
      expect(at(period.notBefore.getTime())).toEqual(period);
      expect(at(end.getTime() - 1)).toEqual(period);
      if (period.renewal) {
        expect(at(period.renewal.getTime()).notBefore).toEqual(period.renewal);
      }
    }));
  });
});

describe('a start that is given', () => {
  test('counts alone, whatever the time is', () => {
    const notBefore = new Date('2027-03-01T12:00:00.900Z');
    expect(certificatePeriod(authority, { notBefore }, after(3000)))
      .toEqual({ notBefore: new Date('2027-03-01T12:00:00Z'), notAfter: new Date('2028-02-29T12:00:00Z') });
    expect(certificatePeriod(authority, { notBefore, validity: Duration.days(1) }, after(0)).notAfter).toEqual(new Date('2027-03-02T12:00:00Z'));
  });

  test('may be that of the authority, and have less than a year left', () => {
    expect(certificatePeriod(authority, { notBefore: authority.notBefore }, after(0)).notBefore).toEqual(authority.notBefore);
    expect(certificatePeriod(authority, { notBefore: after(3600) }, after(0)).notAfter).toEqual(authority.notAfter);
  });

  test.each<[unknown, string]>([
    ['2030-01-01', "'notBefore' (2030-01-01) is not a valid time: pass a date, for example new Date('2030-01-01')"],
    [1893456000000, "'notBefore' (1893456000000) is not a valid time: pass a date"],
    [new Date('tomorrow'), "'notBefore' (Invalid Date) is not a valid time: pass a date"],
    [null, "'notBefore' (null) is not a valid time: pass a date"],
    [new Date('1949-12-31T23:59:59Z'), "'notBefore' (1949-12-31T23:59:59.000Z) is before 1950, where certificates begin: choose a later time"],
    [after(-1), "'notBefore' (2026-11-23T14:41:10.000Z) is before the start of the certificate authority (2026-11-24T14:41:10.000Z): choose a later time"],
    [after(3650), "'notBefore' (2036-11-21T14:41:10.000Z) is not before the end of the certificate authority (2036-11-21T14:41:10.000Z): choose an earlier time"],
  ])('is refused: %p', (notBefore, problem) => {
    expect(() => certificatePeriod(authority, { notBefore: notBefore as Date }, after(0))).toThrow(TalosError);
    expect(() => certificatePeriod(authority, { notBefore: notBefore as Date }, after(0))).toThrow(problem);
  });

  test('is refused before 1950 by authorities that are older, too', () => {
    const old = { notBefore: new Date('1940-01-01'), notAfter: authority.notAfter };
    expect(() => certificatePeriod(old, { notBefore: new Date('1945-01-01') }, after(0))).toThrow('is before 1950');
  });

  test('doesn\'t take a validity that is longer than the authority\'s', () => {
    expect(() => certificatePeriod(authority, { notBefore: after(3600), validity: Duration.days(51) }, after(0))).toThrow(
      "'validity' (51 days) after 'notBefore' (2036-10-02T14:41:10.000Z) ends later than the certificate authority (2036-11-21T14:41:10.000Z): choose a shorter time");
  });
});

test.each<[unknown, string]>([
  [Duration.days(0), "'validity' (0 days) is not a positive number of seconds: choose a longer time, for example Duration.days(90)"],
  [Duration.millis(999), "'validity' (999 millis) is not a positive number of seconds"],
  [Duration.days(NaN), "'validity' () is not a positive number of seconds"],
  [Duration.days(Infinity), "'validity' (Infinity days) is not a positive number of seconds"],
  [90, "'validity' (90) is not a duration: pass one, for example Duration.days(90)"],
  [-1, "'validity' (-1) is not a duration"],
  ['90d', "'validity' (90d) is not a duration"],
])('the validity %p is refused', (validity, problem) => {
  expect(() => certificatePeriod(authority, { validity: validity as Duration }, after(0))).toThrow(TalosError);
  expect(() => certificatePeriod(authority, { validity: validity as Duration }, after(0))).toThrow(problem);
});

import { isDate } from 'node:util/types';
import { Duration } from 'cdk8s';
import { TalosError } from '../../problem';
import { Validity } from '../x509/certificate';

/** The validity of the client certificates of `talosctl gen config`. */
const DEFAULT_VALIDITY = Duration.days(365);

/** The first year that certificates have room for (RFC 5280, 4.1.2.5). */
const FIRST_YEAR = 1950;

/** The wanted validity of a client certificate. */
export interface WantedValidity {
  /** @default the start of the current period */
  readonly notBefore?: Date;
  /** @default a year */
  readonly validity?: Duration;
}

/** The validity of a client certificate. */
export interface CertificatePeriod extends Validity {
  /** When the next period starts; there is none after a given start, and none that would end later than this one. */
  readonly renewal?: Date;
}

/**
 * The validity of a client certificate, in whole seconds. Without a given start, it starts at a multiple of half the validity after the start of
 * the authority: the bytes change only at these times, and half the validity is always left.
 */
export function certificatePeriod(authority: Validity, { notBefore, validity }: WantedValidity, now: Date): CertificatePeriod {
  const length = wholeSeconds(validity ?? DEFAULT_VALIDITY);
  if (notBefore !== undefined) {
    const start = startWithin(authority, notBefore);
    const end = start.getTime() + length;
    if (validity && end > authority.notAfter.getTime()) {
      throw new TalosError('talos:invalid-value', `'validity' (${validity.toHumanString()}) after 'notBefore' (${start.toISOString()}) ends later than the certificate authority `
        + `(${authority.notAfter.toISOString()}): choose a shorter time`);
    }
    return { notBefore: start, notAfter: earlier(end, authority.notAfter) };
  }
  const [first, last] = [authority.notBefore.getTime(), authority.notAfter.getTime()];
  const interval = Math.max(Math.floor(length / 2000), 1) * 1000;
  // a later period would end with the authority too
  const lastPeriod = Math.max(Math.ceil((last - first - length) / interval), 0);
  const period = Math.min(Math.max(Math.floor((now.getTime() - first) / interval), 0), lastPeriod);
  const start = first + period * interval;
  return {
    notBefore: new Date(start),
    notAfter: earlier(start + length, authority.notAfter),
    renewal: period < lastPeriod ? new Date(start + interval) : undefined,
  };
}

function wholeSeconds(validity: Duration): number {
  if (typeof validity.toMilliseconds !== 'function') {
    throw new TalosError('talos:invalid-value', `'validity' (${validity}) is not a duration: pass one, for example Duration.days(90)`);
  }
  const length = Math.floor(validity.toMilliseconds({ integral: false }) / 1000) * 1000;
  if (!Number.isFinite(length) || length <= 0) {
    throw new TalosError('talos:invalid-value', `'validity' (${validity.toHumanString()}) is not a positive number of seconds: choose a longer time, for example Duration.days(90)`);
  }
  return length;
}

function startWithin(authority: Validity, notBefore: Date): Date {
  if (!isDate(notBefore) || Number.isNaN(notBefore.getTime())) {
    throw new TalosError('talos:invalid-value', `'notBefore' (${notBefore}) is not a valid time: pass a date, for example new Date('2030-01-01')`);
  }
  const start = new Date(Math.floor(notBefore.getTime() / 1000) * 1000);
  if (start.getUTCFullYear() < FIRST_YEAR) {
    throw new TalosError('talos:invalid-value', `'notBefore' (${start.toISOString()}) is before ${FIRST_YEAR}, where certificates begin: choose a later time`);
  }
  if (start < authority.notBefore) {
    throw new TalosError('talos:invalid-value', `'notBefore' (${start.toISOString()}) is before the start of the certificate authority (${authority.notBefore.toISOString()}): choose a later time`);
  }
  if (start >= authority.notAfter) {
    throw new TalosError('talos:invalid-value', `'notBefore' (${start.toISOString()}) is not before the end of the certificate authority (${authority.notAfter.toISOString()}): choose an earlier time`);
  }
  return start;
}

function earlier(time: number, end: Date): Date {
  return new Date(Math.min(time, end.getTime()));
}

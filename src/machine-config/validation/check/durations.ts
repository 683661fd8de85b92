import { Check } from './check';
import { Place } from './place';

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 };

/** The seconds of a duration such as `1m30s`. */
export function secondsOf(duration: string): number {
  let seconds = 0;
  for (const [, amount, unit] of duration.matchAll(/([0-9.]+)([a-zµ]+)/g)) {
    seconds += Number(amount) * UNITS[unit];
  }
  return duration.startsWith('-') ? -seconds : seconds;
}

/** Refuses a negative duration. */
export function refuseNegative(duration: Place, check: Check): void {
  if (duration.text.startsWith('-')) {
    check.error(duration, `is ${duration.shown}: it can't be negative`);
  }
}

/** Refuses a duration that is set and has fewer seconds. */
export function refuseShorterThan(seconds: number, duration: Place, check: Check): void {
  const given = secondsOf(duration.text);
  if (given !== 0 && given < seconds) {
    check.error(duration, `is ${duration.shown}: use at least ${seconds}s`);
  }
}

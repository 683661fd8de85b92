import { Duration } from 'cdk8s';
import { requireWholeNumber } from './syntax';

/**
 * A time as Kubernetes takes it.
 *
 * @throws if it isn't a whole number of seconds of at least `least`
 */
export function wholeSeconds(property: string, duration: Duration | undefined, least: number): number | undefined {
  if (duration === undefined) {
    return undefined;
  }
  const seconds = duration.toMilliseconds() / 1000;
  requireWholeNumber(`${property}, in seconds`, seconds, least);
  return seconds;
}

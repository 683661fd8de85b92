import { TalosError } from '../../problem';


/**
 * The time of this synthesis: the environment variable `SOURCE_DATE_EPOCH`, by which builds are repeated, or else the clock.
 *
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
export function buildTime(): Date {
  const { SOURCE_DATE_EPOCH: epoch } = process.env;
  if (epoch === undefined) {
    return new Date();
  }
  if (!/^\d{1,12}$/.test(epoch)) {
    throw new TalosError('talos:invalid-value', `'SOURCE_DATE_EPOCH' (${epoch}) is not a number of seconds since 1970: set it as 'date +%s' prints it, or remove it from the environment`);
  }
  return new Date(Number(epoch) * 1000);
}

import { shortened, TalosError } from '../problem';

/*
 * Schedules and time zones of CronJobs, as the API server takes them.
 * See https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */

const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const EVERY = /^@every (\d+(\.\d+)?(ns|us|ms|s|m|h))+$/;

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of values in lower case, from `least` on. */
  readonly names?: string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: 'day of the week', least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** Requires the schedule of a CronJob: five fields, or a macro. */
export function requireSchedule(property: string, value: string): void {
  if (value.startsWith('@') ? MACROS.includes(value) || EVERY.test(value) : hasFiveFields(property, value)) {
    return;
  }
  throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a schedule: give a minute, an hour, a day of the month, a month and a day of the week, for example `
    + '\'0 */6 * * *\', or one of @hourly, @daily, @weekly, @monthly, @yearly');
}

function hasFiveFields(property: string, value: string): boolean {
  const fields = value.split(/\s+/).filter((text) => text !== '');
  if (fields.length !== FIELDS.length) {
    return false;
  }
  FIELDS.forEach((field, index) => {
    if (!fields[index].split(',').every((range) => isRange(range, field))) {
      throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) has '${shortened(fields[index])}' as its ${field.name}: give '*', numbers from ${field.least} to `
        + `${field.most}, ranges such as ${field.least}-${field.most}, each with a step such as */2 if need be, or a list of these with ',' between`);
    }
  });
  return true;
}

function isRange(range: string, field: Field): boolean {
  const [, low, high, step = '1'] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(range) ?? [];
  if (low === undefined || Number(step) < 1 || !Number.isSafeInteger(Number(step))) {
    return false;
  }
  if (low === '*' || low === '?') {
    return high === undefined;
  }
  const first = valueOf(low, field);
  const last = high === undefined ? first : valueOf(high, field);
  return first >= field.least && last <= field.most && first <= last;
}

/** NaN for a text that is no value. */
function valueOf(text: string, { least, names = [] }: Field): number {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? Number(/^\d+$/.test(text) ? text : NaN) : least + index;
}

/** Requires the name of a time zone of the IANA database. */
export function requireTimeZone(property: string, value: string): void {
  if (!/^[A-Za-z]/.test(value) || !isKnownTimeZone(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not a time zone: give a name of the IANA database, for example Europe/Berlin or Etc/UTC`);
  }
}

/** The API server, unlike JavaScript, takes the letters as they are. */
function isKnownTimeZone(value: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions();
    return timeZone === value || timeZone.toLowerCase() !== value.toLowerCase();
  } catch {
    return false;
  }
}

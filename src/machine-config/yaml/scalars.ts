/** A point in time in a free-form object, as RFC 3339 text. */
export class Timestamp {
  public constructor(private readonly text: string) {}

  public toString(): string {
    return this.text;
  }
}

/** The value of a YAML scalar. Integers are `bigint` and floats are `number`, so that 1 and 1.0 stay different. */
export type ScalarValue = string | bigint | number | boolean | null | Timestamp;

const WORDS = new Map<string, ScalarValue>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
  ...['-0', '-0.0'].map((word) => [word, -0] as const),
]);

const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const LONGEST_INTEGER = 100;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Reads an unquoted scalar as Talos's YAML library does: YAML 1.1 numbers and dates, YAML 1.2 words. */
export function resolvePlain(text: string): ScalarValue {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  if (/^[-+0-9]/.test(text)) {
    return parseTimestamp(text) ?? parseNumber(text.replace(/_/g, '')) ?? text;
  }
  if (/^\.[0-9]/.test(text)) {
    return parseFloatText(text) ?? text;
  }
  return text;
}

function parseNumber(text: string): bigint | number | undefined {
  return parseInteger(text) ?? parseFloatText(text);
}

function parseInteger(text: string): bigint | undefined {
  if (text.length > LONGEST_INTEGER || !INTEGER.test(text)) {
    return undefined;
  }
  const digits = text.replace(/^[-+]/, '').replace(/^0[oO]?(?=[0-7])/, '0o');
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  return value >= -(2n ** 63n) && value < 2n ** (text.startsWith('+') ? 63n : 64n) ? value : undefined;
}

function parseFloatText(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)?$/;

function parseTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) {
    return undefined;
  }
  const [year, month, day] = match.slice(1, 4).map(Number);
  const [hour, minute, second] = [match[4] ?? match[9], match[5] ?? match[10], match[6] ?? match[11]].map((part) => Number(part ?? 0));
  const zone = match[8] === undefined || match[8].endsWith('00:00') ? 'Z' : match[8];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists = month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const [zoneHour, zoneMinute] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (!exists || hour > 23 || minute > 59 || second > 59 || zoneHour > 24 || zoneMinute > 59) {
    return undefined;
  }
  const fraction = (match[7] ?? match[12] ?? '').slice(0, 9).replace(/0+$/, '');
  const two = (part: number) => String(part).padStart(2, '0');
  return new Timestamp(
    `${match[1]}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction && `.${fraction}`}${zone}`);
}

/** Reads the boolean words of YAML 1.1, which are valid for boolean fields. */
export function parseOldBoolean(text: string): boolean | undefined {
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(text)) {
    return true;
  }
  return /^(?:n|N|no|No|NO|off|Off|OFF)$/.test(text) ? false : undefined;
}

/** The shortest text of a float. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0' : '0';
  }
  const [mantissa, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent > 5) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return String(value);
}

// microseconds can have the micro sign or the Greek letter
const NANOSECONDS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const LONGEST_DURATION = 2n ** 63n;
const LONGEST_TEXT = 200;

/** The canonical text of a duration (`1h30m0s` for `1.5h`), or undefined. */
export function parseDuration(text: string): string | undefined {
  const [, sign, body] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') {
    return '0s';
  }
  if (text.length > LONGEST_TEXT || !/^(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[nu\u00b5\u03bcm]?s|m|h))+$/.test(body ?? '')) {
    return undefined;
  }
  let total = 0n;
  for (const [, whole, fraction, unit] of body.matchAll(/([0-9]*)(?:\.([0-9]*))?([a-z\u00b5\u03bc]+)/g)) {
    total += BigInt(whole || 0) * BigInt(NANOSECONDS[unit]);
    total += BigInt(Math.floor(Number(`0.${fraction ?? ''}`) * NANOSECONDS[unit]));
  }
  const nanoseconds = sign === '-' ? -total : total;
  return nanoseconds >= -LONGEST_DURATION && nanoseconds < LONGEST_DURATION ? formatDuration(nanoseconds) : undefined;
}

function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) {
    return '0s';
  }
  const sign = nanoseconds < 0n ? '-' : '';
  const total = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (total < 1_000_000_000n) {
    const [unit, scale] = total < 1000n ? ['ns', 1n] : total < 1_000_000n ? ['\u00b5s', 1000n] : ['ms', 1_000_000n] as const;
    return sign + decimal(total, scale as bigint) + unit;
  }
  const minutes = total / 60_000_000_000n;
  const seconds = `${decimal(total % 60_000_000_000n, 1_000_000_000n)}s`;
  if (minutes === 0n) {
    return sign + seconds;
  }
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, scale: bigint): string {
  const fraction = String(value % scale).padStart(String(scale).length - 1, '0').replace(/0+$/, '');
  return scale === 1n || fraction === '' ? String(value / scale) : `${value / scale}.${fraction}`;
}

const BYTE_UNITS = ['', 'k', 'm', 'g', 't', 'p', 'e'];

/** The bytes of a size such as `1.5 GiB`, or undefined. */
export function parseBytes(text: string): bigint | undefined {
  const [, number, unit] = /^([\d.,]*)(.*)$/s.exec(text) ?? [];
  const [, prefix, binary] = /^([kmgtpe]?)(i?)b?$/.exec(unit?.trim().toLowerCase() ?? '-') ?? [];
  const digits = number?.replace(/,/g, '') ?? '';
  if (prefix === undefined || (binary && !prefix) || !/^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(digits)) {
    return undefined;
  }
  const bytes = Number(digits) * (binary ? 1024 : 1000) ** BYTE_UNITS.indexOf(prefix);
  return bytes < 2 ** 64 ? BigInt(Math.floor(bytes)) : undefined;
}

/** Bytes as `5.0 GB`, if that is exact. */
export function formatBytes(bytes: bigint): string | undefined {
  if (bytes % 1000n !== 0n) {
    return undefined;
  }
  if (bytes < 10n) {
    return `${bytes} B`;
  }
  const size = Number(bytes);
  const exponent = Math.floor(Math.log(size) / Math.log(1000));
  const rounded = Math.floor(size / 1000 ** exponent * 10 + 0.5) / 10;
  const text = `${rounded.toFixed(rounded < 10 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'][exponent]}`;
  return parseBytes(text) === bytes ? text : undefined;
}

/** Whether a size is a percentage such as `80%`. */
export function isPercentage(text: string): boolean {
  const match = /^([0-9]+(?:\.[0-9]*)?|\.[0-9]+)%$/.exec(text);
  return match !== null && Number(match[1]) <= 100;
}

/** A size in bytes or in percent. If a patch sets the other form, Talos keeps both and uses the bytes. */
export class Size {
  public constructor(public readonly bytes?: string, public readonly percentage?: string) {}

  public toString(): string {
    return this.bytes ?? this.percentage ?? '';
  }
}

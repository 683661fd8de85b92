/** The tags of the ASN.1 types that certificates and keys are made of (X.690). */
export const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a constructed element with this number in its context. */
export function contextTag(number: number): number {
  return 0xa0 + number;
}

/** Writes one element: its tag, the length and the contents. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.of(tag, ...encodeLength(length)), ...contents]);
}

export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(TAGS.sequence, ...elements);
}

/** Sorts its members by their encoding, as DER does. */
export function set(...elements: readonly Uint8Array[]): Buffer {
  return element(TAGS.set, ...[...elements].sort(Buffer.compare));
}

/** A number that isn't negative, from its bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.of(0) : bytes.subarray(first);
  // the first bit of an integer is its sign
  return digits[0] < 0x80 ? element(TAGS.integer, digits) : element(TAGS.integer, Buffer.of(0), digits);
}

export function boolean(value: boolean): Buffer {
  return element(TAGS.boolean, Buffer.of(value ? 0xff : 0));
}

/** Bits, of which the last byte can have some less than eight. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(TAGS.bitString, Buffer.of(unusedBits), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return element(TAGS.octetString, bytes);
}

/** An object identifier, for example `2.5.4.3`. */
export function objectIdentifier(text: string): Buffer {
  const [first, second, ...others] = text.split('.').map(Number);
  return element(TAGS.objectIdentifier, Buffer.from([first * 40 + second, ...others].flatMap(encodeArc)));
}

/** A time in whole seconds. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  // RFC 5280, 4.1.2.5: two-digit years through 2049
  return date.getUTCFullYear() < 2050 ? element(TAGS.utcTime, Buffer.from(digits.slice(2))) : element(TAGS.generalizedTime, Buffer.from(digits));
}

function encodeLength(length: number): number[] {
  if (length < 0x80) {
    return [length];
  }
  const digits = bytesOf(length, 256);
  return [0x80 + digits.length, ...digits];
}

/** Seven bits in each byte; the first bit says whether another one follows. */
function encodeArc(arc: number): number[] {
  return bytesOf(arc, 128).map((digit, index, digits) => index < digits.length - 1 ? digit + 0x80 : digit);
}

function bytesOf(value: number, base: number): number[] {
  const digits = [value % base];
  for (let rest = Math.floor(value / base); rest > 0; rest = Math.floor(rest / base)) {
    digits.unshift(rest % base);
  }
  return digits;
}

import { TAGS } from './der';
import { TalosError } from '../../problem';

/** One element of DER. */
export interface DerElement {
  readonly tag: number;
  readonly contents: Buffer;
  /** The whole element: tag, length and contents. */
  readonly encoding: Buffer;
}

/** The last five bits of a tag are its number; the last number means that more bytes follow. */
const TAG_NUMBERS = 0x20;
const FIRST_CONTEXT_TAG = 0x40;

/** No certificate or key has a length of more bytes: it would be larger than 4 GiB. */
const MOST_LENGTH_BYTES = 4;

/**
 * Reads bytes that are one element of DER. It reads one level: `childrenOf()` reads the next one.
 *
 * @throws if they are anything else, for example BER that isn't DER, or another element follows
 */
export function readElement(bytes: Buffer): DerElement {
  const element = readFirstElement(bytes);
  if (element.encoding.length < bytes.length) {
    throw notDer('other bytes follow the element');
  }
  return element;
}

/**
 * Reads the element of DER with which bytes begin.
 *
 * @throws if they begin with anything else
 */
export function readFirstElement(bytes: Buffer): DerElement {
  const [tag, first] = bytes;
  if (first === undefined) {
    throw notDer('an element is cut short');
  }
  if (!isKnownTag(tag)) {
    throw notDer('an element has a tag that no certificate or key has');
  }
  const isShort = first < 0x80;
  const start = isShort ? 2 : 2 + first - 0x80;
  const end = start + (isShort ? first : readLength(bytes.subarray(2, start), first - 0x80));
  if (end > bytes.length) {
    throw notDer('an element is cut short');
  }
  return { tag, contents: bytes.subarray(start, end), encoding: bytes.subarray(0, end) };
}

/**
 * Reads the elements of a constructed element: a sequence, a set, or one with a tag of its context.
 *
 * @throws if it is another element, or its contents aren't DER
 */
export function childrenOf({ tag, contents }: DerElement): DerElement[] {
  if (!isConstructed(tag)) {
    throw notDer('an element has no others in it');
  }
  const children: DerElement[] = [];
  for (let rest = contents; rest.length > 0; rest = rest.subarray(children[children.length - 1].encoding.length)) {
    children.push(readFirstElement(rest));
  }
  return children;
}

/**
 * The contents of an element that must have a tag.
 *
 * @throws if it is missing, or has another tag
 */
export function contentsOf(element: DerElement | undefined, tag: number): Buffer {
  if (element?.tag !== tag) {
    throw notDer('an element has another type than the others suppose');
  }
  return element.contents;
}

/** A tag of one byte; of the general types, only sequences and sets are made of elements in DER. */
function isKnownTag(tag: number): boolean {
  const number = tag % TAG_NUMBERS;
  const isOfElements = number === TAGS.sequence % TAG_NUMBERS || number === TAGS.set % TAG_NUMBERS;
  return number < TAG_NUMBERS - 1 && (tag >= FIRST_CONTEXT_TAG || (number > 0 && isConstructed(tag) === isOfElements));
}

/** Whether the contents are elements: the bit before the number says so. */
function isConstructed(tag: number): boolean {
  return tag % (2 * TAG_NUMBERS) >= TAG_NUMBERS;
}

// DER has one way to write a length, the shortest one, and always one
function readLength(digits: Buffer, count: number): number {
  if (count === 0 || count > MOST_LENGTH_BYTES) {
    throw notDer('an element has no length, or one of too many bytes');
  }
  if (digits.length < count) {
    throw notDer('an element is cut short');
  }
  const length = digits.readUIntBE(0, count);
  if (length < 0x80 || digits[0] === 0) {
    throw notDer('a length is longer than it has to be');
  }
  return length;
}

function notDer(reason: string): TalosError {
  return new TalosError('talos:invalid-secrets', `is not DER: ${reason}`);
}

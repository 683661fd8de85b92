import { formatBytes, isPercentage, parseBytes, parseDuration, Size } from './quantities';
import { isList, Value } from './values';
import { canonicalAddress } from '../../network/addresses';
import { canonicalAddressPort } from '../../network/hosts';
import { canonicalNetwork } from '../../network/networks';
import { mergeUrls, Url } from '../../network/url';
import { MASK } from '../../problem';
import { parseBase64 } from '../../secrets/x509/base64';
import { isAtLeast, Release } from '../../talos/release';
import { followAlias, isNull, resolveScalar, YamlNode } from '../yaml/nodes';
import { parseOldBoolean, Timestamp } from '../yaml/scalars';
import { Output } from '../yaml/writer';

/** A type without fields: how to read, write and merge its values. */
export interface LeafType {
  /** the valid form, for the error message */
  readonly expects: string;
  /** The value of an absent key; the output leaves it out, and a merge ignores it. */
  readonly empty: Value;
  /** Reads a node that isn't null; undefined if it is invalid. */
  readonly read: (node: YamlNode, release: Release) => Value | undefined;
  /** Writes the value. */
  readonly write: (value: Value) => Output;
  /** The value of every absent field of the type in an object that is set. */
  readonly fills?: Value;
  /**
   * How to merge two values; by default a value that isn't empty replaces the other.
   *
   * `'always'`: an empty or absent value replaces too. `'when-present'`: an empty value replaces too. `'impossible'`: Talos fails
   * to merge any object that contains it. A function returns the merged value, or undefined if Talos fails.
   */
  readonly merge?: 'always' | 'when-present' | 'impossible' | ((left: Value, right: Value) => Value | undefined);
  /** The first release that has this value, if the type is older. */
  readonly valueSince?: (value: Value) => Release | undefined;
  /** The text that `$patch: delete` compares since 1.12; every release compares strings. */
  readonly selector?: (value: Value) => string | undefined;
  /** Whether `$patch: delete` can't delete the field. */
  readonly isHidden?: boolean;
}

/** The text of a scalar, decoded if it is tagged as binary. */
function scalarText(node: YamlNode): string | undefined {
  if (node.kind !== 'scalar') {
    return undefined;
  }
  const bytes = node.tag === '!!binary' ? parseBase64(node.text) : undefined;
  return bytes?.toString() ?? node.text;
}

/** A string; numbers, booleans and other scalars keep their text. */
function readString(node: YamlNode, release: Release): string | undefined {
  // 1.14's YAML library refuses unquoted dates
  const isRefused = node.kind === 'scalar' && isAtLeast(release, '1.14') && resolveScalar(node) instanceof Timestamp;
  return isRefused ? undefined : scalarText(node);
}

const STRING: LeafType = {
  expects: 'a text',
  empty: '',
  read: readString,
  write: (value) => ({ text: String(value) }),
  selector: String,
};

/** A text of some form; `parse` returns its canonical form. Talos treats an empty text as no value. */
function text(expects: string, parse: (given: string) => string | undefined, more: Partial<LeafType> = {}): LeafType {
  return {
    ...STRING,
    expects,
    read: (node) => {
      const given = scalarText(node);
      return given ? parse(given) : given;
    },
    ...more,
  };
}

function integer(bits: number, isSigned: boolean, more: Partial<LeafType> = {}): LeafType {
  const [least, most] = isSigned ? [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n] : [0n, 2n ** BigInt(bits) - 1n];
  return {
    expects: `a whole number from ${least} to ${most}`,
    read: (node, release) => {
      const value = readInteger(node, release);
      return value !== undefined && value >= least && value <= most ? value : undefined;
    },
    empty: 0n,
    write: (value) => ({ scalar: String(value) }),
    ...more,
  };
}

function readInteger(node: YamlNode, release: Release): bigint | undefined {
  const value = node.kind === 'scalar' ? resolveScalar(node) : undefined;
  if (typeof value === 'number' && Number.isFinite(value)) {
    // releases up to 1.12 drop the fraction
    return Number.isInteger(value) || !isAtLeast(release, '1.13') ? BigInt(Math.trunc(value)) : undefined;
  }
  return typeof value === 'bigint' ? value : undefined;
}

const FILE_MODE = integer(32, false, {
  write: (value) => ({ scalar: octal(value) }),
  selector: octal,
});

function octal(value: Value): string {
  return `0o${(value as bigint).toString(8)}`;
}

const BOOL: LeafType = {
  expects: 'true or false',
  read: (node) => {
    if (node.kind !== 'scalar') {
      return undefined;
    }
    const value = resolveScalar(node);
    return typeof value === 'boolean' ? value : typeof value === 'string' ? parseOldBoolean(value) : undefined;
  },
  empty: false,
  write: (value) => ({ scalar: String(value) }),
  merge: 'always',
};

const DURATION: LeafType = {
  ...STRING,
  expects: 'a duration such as 1m30s',
  empty: '0s',
  read: (node, release) => {
    if (node.kind !== 'scalar') {
      return undefined;
    }
    const value = resolveScalar(node);
    if (value === 0n && isAtLeast(release, '1.13')) {
      return '0s';
    }
    return typeof value === 'string' ? parseDuration(value) : undefined;
  },
};

/** A word of a closed set, and the releases that have it. */
interface EnumWord {
  readonly word: string;
  readonly since?: Release;
  readonly until?: Release;
}

/** The words of a closed set, as the schema table has them: `-` is a value without a name, and `1..252` a range. */
export function enumWords(values: string): EnumWord[] {
  return values.split(' ').map((entry) => {
    const [word, span = ''] = entry.split('@');
    const [since, until] = span.split('..').map((part) => (part || undefined) as Release | undefined);
    return { word, since, until };
  });
}

/** One of a closed set of words, in upper or lower case. */
export function enumType(name: string, values: string, release: Release): LeafType {
  const words = enumWords(values).flatMap((entry) => expandRange(entry.word).map((word) => ({ ...entry, word })));
  const known = words.filter(({ word, since, until }) => word !== '-' && (!since || isAtLeast(release, since)) && (!until || isAtLeast(until, release)))
    .map(({ word }) => word);
  // Talos writes this for a value without a name, and can't read it back
  const empty = words[0].word === '-' ? `${name.split('.')[1]}(0)` : words[0].word;
  const byText = new Map(known.map((word) => [word.toLowerCase(), word]));
  const parse = name === 'nethelpers.FailOverMAC'
    ? (given: string) => known.find((word) => word === given) ?? legacyNumber(given, known)
    : (given: string) => byText.get(given.toLowerCase());
  return {
    ...STRING,
    expects: known.length > 20 ? `one of ${known.slice(0, 3).join(', ')} ... ${known.slice(-3).join(', ')}` : `one of ${known.join(', ')}`,
    empty,
    read: (node) => {
      const given = scalarText(node);
      return given === undefined ? undefined : parse(given);
    },
    valueSince: (value) => words.find(({ word }) => word === value)?.since,
  };
}

function expandRange(word: string): string[] {
  const [first, last] = word.split('..').map(Number);
  return last > first ? Array.from({ length: last - first + 1 }, (_, index) => String(first + index)) : [word];
}

/** The only option that can be a number or empty, and that is case-sensitive. */
function legacyNumber(given: string, known: readonly string[]): string | undefined {
  return given === '' ? known[0] : /^[0-9]+$/.test(given) ? known[Number(given)] : undefined;
}

/** An address type of Go: valid in a list, but Talos can't merge it. */
function netip(expects: string, parse: (given: string) => string | undefined, nothing: string): LeafType {
  return text(expects, parse, { merge: 'impossible', selector: (value) => String(value || nothing) });
}

/** The same in Talos's own type, which Talos can merge. */
function wrapped(type: LeafType): LeafType {
  return { ...type, merge: undefined };
}

const PREFIX = netip('a network such as 10.0.0.0/8', canonicalNetwork, 'invalid Prefix');
const ADDRESS = netip('an IP address', canonicalAddress, 'invalid IP');
const ADDRESS_PORT = netip('an IP address with a port', canonicalAddressPort, 'invalid AddrPort');

const HARDWARE_ADDRESS: LeafType = {
  ...STRING,
  expects: 'a hardware address such as 02:00:00:00:00:01',
  read: (node) => {
    const digits = scalarText(node)?.replace(/:/g, '').toLowerCase() ?? '-';
    return /^(?:[0-9a-f]{2})*$/.test(digits) ? digits.replace(/..(?=.)/g, '$&:') : undefined;
  },
  merge: 'when-present',
};

const BASE64: LeafType = {
  ...STRING,
  expects: 'base64',
  read: (node, release) => {
    const given = readString(node, release);
    return given === undefined ? undefined : parseBase64(given)?.toString('base64');
  },
  merge: 'when-present',
  selector: undefined,
};

const PEM: LeafType = { ...BASE64, fills: '', isHidden: true };

/** Talos accepts its mask as a key too. */
const PEM_KEY: LeafType = {
  ...PEM,
  read: (node, release) => readString(node, release) === MASK ? MASK : PEM.read(node, release),
};

/** A size with its unit, as it was written. A patch of the containing object always sets it, even to nothing. */
const BYTE_SIZE: LeafType = {
  ...STRING,
  expects: 'a size such as 10GiB',
  read: (node, release) => {
    const given = scalarText(node);
    return given && parseBytes(withoutSign(given, release)) === undefined ? undefined : given;
  },
  merge: 'always',
  selector: undefined,
};

/** Since 1.13 a size can be negative. */
function withoutSign(size: string, release: Release): string {
  return isAtLeast(release, '1.13') ? size.replace(/^-/, '') : size;
}

/** The same in releases that can't merge it. */
const UNMERGED_BYTE_SIZE: LeafType = { ...BYTE_SIZE, merge: () => undefined };

const SIZE: LeafType = {
  ...STRING,
  expects: 'a size such as 10GiB or 80%',
  read: (node, release) => {
    const given = scalarText(node);
    if (given?.includes('%')) {
      return isPercentage(withoutSign(given, release)) ? new Size(undefined, given) : undefined;
    }
    const bytes = BYTE_SIZE.read(node, release) as string | undefined;
    return bytes ? new Size(bytes) : bytes;
  },
  merge: (left, right) => left instanceof Size && right instanceof Size
    ? new Size(right.bytes ?? left.bytes, right.percentage ?? left.percentage)
    : right || left,
  selector: undefined,
};

const DISK_SIZE: LeafType = {
  expects: 'a size such as 10GB',
  read: (node, release) => {
    const given = readString(node, release);
    return given === undefined ? undefined : parseBytes(given);
  },
  empty: 0n,
  write: (value) => {
    const readable = formatBytes(value as bigint);
    return readable === undefined ? { scalar: String(value) } : { text: readable };
  },
};

const DISK_SIZE_MATCHER: LeafType = {
  ...STRING,
  expects: 'a condition such as ">= 1TB"',
  read: (node, release) => {
    const condition = readString(node, release)?.trim();
    const size = condition === undefined ? undefined : parseBytes(condition.replace(/^(?:>=|<=|==|>|<)/, '').trim());
    return size === undefined ? undefined : condition;
  },
  merge: 'impossible',
  selector: undefined,
};

const CEL_EXPRESSION = text('an expression', (given) => given, { merge: 'always' });

const ENDPOINT: LeafType = {
  ...STRING,
  expects: 'a URL',
  read: (node, release) => {
    const given = readString(node, release);
    return given === undefined ? undefined : Url.parse(given);
  },
  merge: (left, right) => left instanceof Url && right instanceof Url ? mergeUrls(left, right) : right || left,
  selector: (value) => value instanceof Url ? String(value) : undefined,
};

/** Like an endpoint, but an empty text isn't a URL. */
const URL_TYPE: LeafType = {
  ...ENDPOINT,
  read: (node, release) => scalarText(node) === '' ? '' : ENDPOINT.read(node, release),
};

const PORT_RANGE: LeafType = {
  expects: 'a port or a range such as 1000-2000',
  read: (node, release) => {
    const port = readInteger(node, release);
    if (port !== undefined && port >= 0n && port <= 65535n) {
      return port;
    }
    const match = /^([0-9]+)-([0-9]+)$/.exec(readString(node, release) ?? '');
    const [low, high] = match ? [BigInt(match[1]), BigInt(match[2])] : [-1n, 65536n];
    return low < 0n || low > 65535n || high > 65535n ? undefined : low === high ? low : `${low}-${high}`;
  },
  empty: 0n,
  write: (value) => ({ scalar: String(value) }),
  selector: (value) => typeof value === 'bigint' ? `${value}-${value}` : String(value),
};

/** An argument: a text or, since 1.13, a list of texts. An empty text is no value. */
const ARGUMENT: LeafType = {
  expects: 'a text or a list of texts',
  read: (node, release) => {
    if (node.kind === 'sequence') {
      const items = node.items.map(followAlias).filter((item) => !isNull(item)).map((item) => readString(item, release));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    return readString(node, release);
  },
  empty: '',
  write: (value) => isList(value) ? { list: value.map((item) => ({ text: String(item) })) } : value ? { text: String(value) } : { scalar: 'null' },
};

/** Drops blank lines before an inline manifest. */
const INLINE_MANIFEST: LeafType = {
  ...STRING,
  read: (node, release) => readString(node, release)?.replace(/^[\t\n\v\f\r]+/, ''),
};

/** The leaf types by name; closed sets are in the schema table. */
export const LEAF_TYPES: Readonly<Record<string, LeafType>> = {
  'string': STRING,
  'bool': BOOL,
  'int': integer(64, true),
  'int32': integer(32, true),
  'uint': integer(64, false),
  'uint8': integer(8, false),
  'uint16': integer(16, false),
  'uint32': integer(32, false),
  'uint64': integer(64, false),
  'FileMode': FILE_MODE,
  'time.Duration': DURATION,
  'netip.Addr': ADDRESS,
  'netip.AddrPort': ADDRESS_PORT,
  'netip.Prefix': PREFIX,
  'network.Prefix': PREFIX,
  'meta.Addr': wrapped(ADDRESS),
  'meta.AddrPort': wrapped(ADDRESS_PORT),
  'meta.Prefix': wrapped(PREFIX),
  'network.PortRange': PORT_RANGE,
  'nethelpers.HardwareAddr': HARDWARE_ADDRESS,
  'block.ByteSize': BYTE_SIZE,
  'block.Size': SIZE,
  'block.UnmergedByteSize': UNMERGED_BYTE_SIZE,
  'cel.Expression': CEL_EXPRESSION,
  'meta.ArgValue': ARGUMENT,
  'meta.URL': URL_TYPE,
  'v1alpha1.Base64Bytes': BASE64,
  'v1alpha1.DiskSize': DISK_SIZE,
  'v1alpha1.Endpoint': ENDPOINT,
  'v1alpha1.InlineManifestContents': INLINE_MANIFEST,
  'v1alpha1.InstallDiskSizeMatcher': DISK_SIZE_MATCHER,
  'x509.PEM': PEM,
  'x509.PEMKey': PEM_KEY,
};

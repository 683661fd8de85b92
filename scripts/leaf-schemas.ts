import { enumType, LeafType } from '../src/machine-config/schema/leaf-types';
import { ENUMS } from '../src/machine-config/schema/schema-table';
import { MASK } from '../src/problem';
import { isAtLeast, Release, RELEASES } from '../src/talos/release';

/*
 * The JSON schemas of values without fields. They refuse only what Talos refuses, so some patterns are looser than Talos.
 */

/** A JSON schema of draft 7, with `errorMessage` as the YAML language server has it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The values of a type. */
interface Form {
  /** as people write them */
  readonly schema: JsonSchema;
  /** what Talos reads too */
  readonly also?: JsonSchema;
}

/** Talos reads the text of every scalar. */
const SCALAR = ['string', 'number', 'boolean', 'null'];
const TEXT = { type: SCALAR };

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const IPV6 = '[0-9a-fA-F:.]*:[0-9a-fA-F:.]*';
const BYTES = '[0-9.,]+\\s*(?:[kKmMgGtTpPeE][iI]?)?[bB]?\\s*';

const OLD_BOOLEAN = '^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$';
const DURATION = '^[-+]?(?:0|(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[nu\u00b5\u03bcm]?s|m|h))+)$';
const HARDWARE_ADDRESS = '^(?::*[0-9a-fA-F]:*[0-9a-fA-F])*:*$';

const ADDRESS = textOrNothing(['string', 'null'], `${IPV4}|${IPV6}(?:%.+)?`);
const ADDRESS_PORT = textOrNothing(['string', 'null'], `(?:${IPV4}|\\[${IPV6}(?:%.+)?\\]):[0-9]+`);
const PREFIX = textOrNothing(['string', 'null'], `(?:${IPV4}|${IPV6})/[0-9]{1,3}`);
const BASE64 = { type: SCALAR, pattern: '^[A-Za-z0-9+/\\r\\n]*(?:=[\\r\\n]*){0,2}$' };
// only a text without a scheme can't have a colon before its first slash
const URL = { type: SCALAR, pattern: '^(?:[A-Za-z][A-Za-z0-9+.-]*:|[^:/?#]*(?:[/?#]|$))' };

function textOrNothing(type: readonly string[], pattern: string): JsonSchema {
  return { type, pattern: `^(?:${pattern})?$` };
}

/** The forms of the leaf types that are neither whole numbers nor closed sets. */
const FORMS: Readonly<Record<string, (isAnySince: (release: Release) => boolean) => Form>> = {
  'string': () => ({ schema: TEXT }),
  'bool': () => ({ schema: { type: ['boolean', 'null'] }, also: { type: 'string', pattern: OLD_BOOLEAN } }),
  'time.Duration': (isAnySince) => ({ schema: { type: ['string', 'null'], pattern: DURATION }, ...isAnySince('1.13') ? { also: { const: 0 } } : {} }),
  'netip.Addr': () => ({ schema: ADDRESS }),
  'netip.AddrPort': () => ({ schema: ADDRESS_PORT }),
  'netip.Prefix': () => ({ schema: PREFIX }),
  'network.Prefix': () => ({ schema: PREFIX }),
  'meta.Addr': () => ({ schema: ADDRESS }),
  'meta.AddrPort': () => ({ schema: ADDRESS_PORT }),
  'meta.Prefix': () => ({ schema: PREFIX }),
  'network.PortRange': () => ({ schema: { type: ['integer', 'string', 'null'], minimum: 0, maximum: 65535, pattern: '^[0-9]+-[0-9]+$' } }),
  'nethelpers.HardwareAddr': () => ({ schema: { type: ['string', 'number', 'null'], pattern: HARDWARE_ADDRESS } }),
  'block.ByteSize': (isAnySince) => ({ schema: size(BYTES, isAnySince('1.13')) }),
  'block.UnmergedByteSize': () => ({ schema: size(BYTES, false) }),
  'block.Size': (isAnySince) => ({ schema: size(`(?:${BYTES}|[0-9.]+%)`, isAnySince('1.13')) }),
  'cel.Expression': () => ({ schema: TEXT }),
  'meta.ArgValue': () => ({ schema: { type: [...SCALAR, 'array'], items: TEXT } }),
  'meta.URL': () => ({ schema: URL }),
  'v1alpha1.Base64Bytes': () => ({ schema: BASE64 }),
  'v1alpha1.DiskSize': () => ({ schema: { type: ['string', 'number', 'null'], pattern: `^${BYTES}$` } }),
  'v1alpha1.Endpoint': () => ({ schema: URL }),
  'v1alpha1.InlineManifestContents': () => ({ schema: TEXT }),
  'v1alpha1.InstallDiskSizeMatcher': () => ({ schema: { type: ['string', 'number', 'null'], pattern: `^\\s*(?:>=|<=|==|>|<)?\\s*${BYTES}$` } }),
  'x509.PEM': () => ({ schema: BASE64 }),
  'x509.PEMKey': () => ({ schema: BASE64, also: { const: MASK } }),
};

function size(pattern: string, isSigned: boolean): JsonSchema {
  return textOrNothing(['string', 'number', 'null'], `${isSigned ? '-?' : ''}${pattern}`);
}

/** The schema of a leaf type: what any of the releases accepts. */
export function leafSchema(name: string, leaf: LeafType, releases: readonly Release[]): JsonSchema {
  const isAnySince = (first: Release) => releases.some((release) => isAtLeast(release, first));
  const words = wordsOf(name, releases);
  const { schema, also }: Form = words ? closedSet(words) : integer(name, releases) ?? FORMS[name](isAnySince);
  const expects = words ? `one of ${words.map(({ word, span }) => `${word}${span && ` (${span})`}`).join(', ')}` : leaf.expects;
  const isPlain = schema === TEXT || name === 'bool';
  const described = { ...isPlain ? {} : { description: `${expects[0].toUpperCase()}${expects.slice(1)}` }, ...schema, errorMessage: `must be ${expects}` };
  return also ? { if: also, else: described } : described;
}

function integer(name: string, releases: readonly Release[]): Form | undefined {
  const [, unsigned, bits = ''] = /^(u?)int(\d*)$/.exec(name === 'FileMode' ? 'uint32' : name) ?? [];
  if (unsigned === undefined) {
    return undefined;
  }
  const values = 2 ** Number(bits || 64);
  const [minimum, maximum] = unsigned ? [0, values - 1] : [-values / 2, values / 2 - 1];
  // releases up to 1.12 drop a fraction
  const isWhole = releases.every((release) => isAtLeast(release, '1.13'));
  return { schema: { type: [isWhole ? 'integer' : 'number', 'null'], minimum, maximum } };
}

interface Word {
  readonly word: string;
  /** the releases that have it, if not all have */
  readonly span: string;
}

/** The words of a closed set that any of the releases has; a range such as `1..252` is one. */
function wordsOf(name: string, releases: readonly Release[]): readonly Word[] | undefined {
  const line = ENUMS.trim().split('\n').find((candidate) => candidate.startsWith(`${name}: `));
  return line?.slice(name.length + 2).split(' ').map((entry) => entry.split('@')[0]).filter((word) => word !== '-').flatMap((word) => {
    const text = word.split('..')[0];
    const knownIn = RELEASES.filter((release) => enumType(name, line.slice(name.length + 2), release).read({ kind: 'scalar', text, isQuoted: true }, release) !== undefined);
    return knownIn.some((release) => releases.includes(release)) ? [{ word, span: spanText(knownIn[0], knownIn[knownIn.length - 1]) }] : [];
  });
}

/** Talos reads words in upper and lower case, and one set also by their numbers. */
function closedSet(words: readonly Word[]): Form {
  const texts = words.map(({ word }) => word);
  const ranges = texts.filter((word) => word.includes('..'));
  const single = texts.filter((word) => !ranges.includes(word));
  const numbers = single.filter((word) => String(Number(word)) === word.replace(/\.0$/, '')).map(Number);
  const anyCase = single.map((word) => word.replace(/[.+]/g, '\\$&').replace(/[a-zA-Z]/g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`));
  return {
    schema: { enum: [...single, ...numbers, null] },
    also: {
      anyOf: [
        { type: 'string', pattern: `^(?:${[...anyCase, ...ranges.map(() => '[0-9]+')].join('|')})$` },
        ...ranges.map((range) => range.split('..').map(Number)).map(([minimum, maximum]) => ({ type: 'integer', minimum, maximum })),
      ],
    },
  };
}

/** The releases of a word or a field, if not all have it. */
export function spanText(since: Release | undefined, until: Release | undefined): string {
  const [first, last] = [since === RELEASES[0] ? undefined : since, until === RELEASES[RELEASES.length - 1] ? undefined : until];
  if (first && last) {
    return first === last ? `only Talos ${first}` : `Talos ${first} to ${last}`;
  }
  return first ? `since Talos ${first}` : last ? `until Talos ${last}` : '';
}

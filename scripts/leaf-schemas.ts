import { spanText } from './span-text';
import { enumType, enumWords, LeafType } from '../src/machine-config/schema/leaf-types';
import { enumValues } from '../src/machine-config/schema/schema';
import { MASK } from '../src/problem';
import { isAtLeast, Release, RELEASES } from '../src/talos/release';

/*
 * The JSON schemas of values without fields. They refuse only what Talos refuses, so some patterns are looser than Talos.
 */

/** A JSON schema of draft 7, with `errorMessage` as the YAML language server has it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** `$patch` as a key: the patch deletes what has it. */
export const DELETE: JsonSchema = { description: 'Deletes what has this key from the config', enum: ['delete'] };

/** An object in place of another value deletes it. */
const DELETION = { required: ['$patch'], properties: { $patch: DELETE } };

/** The schema of a value that isn't an object, or of its deletion. */
export function orDelete(schema: JsonSchema): JsonSchema {
  return { ...schema, type: [...schema.type as readonly string[], 'object'], ...DELETION };
}

/** The values of a type. */
interface Form {
  readonly schema: JsonSchema;
  /** values that Talos reads too, though the schema doesn't have them */
  readonly also?: readonly JsonSchema[];
  /** values that an editor offers, where it can't tell from the schema */
  readonly examples?: readonly unknown[];
  /** the valid form, if the leaf type doesn't say it */
  readonly expects?: string;
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
const BASE64 = '[A-Za-z0-9+/\\r\\n]*(?:=[\\r\\n]*){0,2}';
// only a text without a scheme can't have a colon before its first slash
const URL = { type: SCALAR, pattern: '^(?:[A-Za-z][A-Za-z0-9+.-]*:|[^:/?#]*(?:[/?#]|$))' };

function textOrNothing(type: readonly string[], pattern: string): JsonSchema {
  return { type, pattern: `^(?:${pattern})?$` };
}

/** The forms of the leaf types that are neither whole numbers nor closed sets. */
const FORMS: Readonly<Record<string, (releases: readonly Release[]) => Form>> = {
  'string': () => ({ schema: TEXT }),
  'bool': () => ({ schema: { type: ['boolean', 'string', 'null'], pattern: OLD_BOOLEAN } }),
  'time.Duration': (releases) => ({ schema: { type: ['string', 'null'], pattern: DURATION }, ...isAnySince(releases, '1.13') ? { also: [{ const: 0 }] } : {} }),
  'netip.Addr': () => ({ schema: ADDRESS }),
  'netip.AddrPort': () => ({ schema: ADDRESS_PORT }),
  'netip.Prefix': () => ({ schema: PREFIX }),
  'network.Prefix': () => ({ schema: PREFIX }),
  'meta.Addr': () => ({ schema: ADDRESS }),
  'meta.AddrPort': () => ({ schema: ADDRESS_PORT }),
  'meta.Prefix': () => ({ schema: PREFIX }),
  'network.PortRange': (releases) => ({ schema: { type: [wholeNumber(releases), 'string', 'null'], minimum: 0, maximum: 65535, pattern: '^[0-9]+-[0-9]+$' } }),
  'nethelpers.HardwareAddr': () => ({ schema: { type: ['string', 'number', 'null'], pattern: HARDWARE_ADDRESS } }),
  'block.ByteSize': (releases) => ({ schema: size(BYTES, isAnySince(releases, '1.13')) }),
  'block.UnmergedByteSize': () => ({ schema: size(BYTES, false) }),
  'block.Size': (releases) => ({ schema: size(`(?:${BYTES}|[0-9.]+%)`, isAnySince(releases, '1.13')) }),
  'cel.Expression': () => ({ schema: TEXT }),
  'meta.ArgValue': () => ({ schema: { type: [...SCALAR, 'array'], items: TEXT } }),
  'meta.URL': () => ({ schema: URL }),
  'v1alpha1.Base64Bytes': () => ({ schema: { type: SCALAR, pattern: `^${BASE64}$` } }),
  'v1alpha1.DiskSize': () => ({ schema: { type: ['string', 'number', 'null'], pattern: `^${BYTES}$` } }),
  'v1alpha1.Endpoint': () => ({ schema: URL }),
  'v1alpha1.InlineManifestContents': () => ({ schema: TEXT }),
  'v1alpha1.InstallDiskSizeMatcher': () => ({ schema: { type: ['string', 'number', 'null'], pattern: `^\\s*(?:>=|<=|==|>|<)?\\s*${BYTES}$` } }),
  'x509.PEM': () => ({ schema: { type: SCALAR, pattern: `^${BASE64}$` } }),
  'x509.PEMKey': () => ({ schema: { type: SCALAR, pattern: `^(?:${BASE64}|${MASK.replace(/\*/g, '\\*')})$` } }),
};

function size(pattern: string, isSigned: boolean): JsonSchema {
  return textOrNothing(['string', 'number', 'null'], `${isSigned ? '-?' : ''}${pattern}`);
}

/** The schema of a leaf type: what any of the releases accepts. */
export function leafSchema(name: string, leaf: LeafType, releases: readonly Release[], isDeletable: boolean): JsonSchema {
  const values = enumValues(name);
  const { schema, also = [], examples, expects = leaf.expects }: Form =
    values !== undefined ? closedSet(name, values, releases) : integer(name, releases) ?? formOf(name)(releases);
  const checked = { ...isDeletable && also.length === 0 ? orDelete(schema) : schema, errorMessage: `must be ${expects}` };
  return {
    ...schema === TEXT || name === 'bool' ? {} : { description: sentence(expects) },
    ...examples ? { examples } : {},
    ...also.length > 0 ? { if: { anyOf: isDeletable ? [...also, { type: 'object', ...DELETION }] : also }, else: checked } : checked,
  };
}

function formOf(name: string): (releases: readonly Release[]) => Form {
  if (!(name in FORMS)) {
    throw new Error(`FORMS of scripts/leaf-schemas.ts has no ${name}: add its JSON schema`);
  }
  return FORMS[name];
}

function integer(name: string, releases: readonly Release[]): Form | undefined {
  const [, unsigned, bits = ''] = /^(u?)int(\d*)$/.exec(name === 'FileMode' ? 'uint32' : name) ?? [];
  if (unsigned === undefined) {
    return undefined;
  }
  const values = 2 ** Number(bits || 64);
  const [minimum, maximum] = unsigned ? [0, values - 1] : [-values / 2, values / 2 - 1];
  return { schema: { type: [wholeNumber(releases), 'null'], minimum, maximum } };
}

/** Releases up to 1.12 drop a fraction. */
function wholeNumber(releases: readonly Release[]): string {
  return releases.every((release) => isAtLeast(release, '1.13')) ? 'integer' : 'number';
}

/** Whether any of the releases is this one or a newer one. */
export function isAnySince(releases: readonly Release[], first: Release): boolean {
  return releases.some((release) => isAtLeast(release, first));
}

/**
 * The words that any of the releases has; a range such as `1..252` is one. Talos reads words in upper and lower case, numbers without quotes, and the
 * words of one set also by their places.
 */
function closedSet(name: string, values: string, releases: readonly Release[]): Form {
  const releasesOf = (text: string) => RELEASES.filter((release) =>
    enumType(name, values, release).read({ kind: 'scalar', text, isQuoted: true }, release) !== undefined);
  const isKnown = (word: string) => releasesOf(word.split('..')[0]).some((release) => releases.includes(release));
  const words = enumWords(values).map(({ word }) => word).filter((word) => word !== '-' && isKnown(word));
  const ranges = words.filter((word) => word.includes('..')).map((word) => word.split('..').map(Number));
  const single = words.filter((word) => !word.includes('..'));
  const places = ranges.length > 0 ? [] : ['', ...single.map((_, index) => String(index))].filter(isKnown);
  const numbers = [...single, ...places].filter((word) => /^[\d.]+$/.test(word));
  const anyCase = single.map((word) => word.replace(/[.+]/g, '\\$&').replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`));
  return {
    schema: { enum: [...single, null] },
    also: [
      { type: 'string', pattern: `^(?:${[...anyCase, ...places, ...ranges.map(() => '[0-9]+')].join('|')})$` },
      ...numbers.length > 0 ? [{ enum: numbers.map(Number) }] : [],
      ...ranges.map(([minimum, maximum]) => ({ type: 'integer', minimum, maximum })),
    ],
    examples: single,
    expects: `one of ${words.map((word) => {
      const known = releasesOf(word.split('..')[0]);
      const span = spanText(known[0], known[known.length - 1]);
      return `${word}${span && ` (${span})`}`;
    }).join(', ')}`,
  };
}

/** A text as a sentence without its full stop. */
export function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}

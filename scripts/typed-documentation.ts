import { spanText } from './span-text';
import { FIELDS, KINDS } from './typed-descriptions';
import { Struct, StructField, TypedSchema, wordsOf } from './typed-structs';
import { MERGE_RULES } from '../src/machine-config/patches/merge-rules';
import { propertyOfKind } from '../src/machine-config/schema/property-names';
import { LEGACY_KIND, Type } from '../src/machine-config/schema/schema';
import { Release, RELEASES } from '../src/talos/release';

/*
 * The docstrings of typed machine configs: what a value is in the words of typed-descriptions.ts, and the rest from the schema.
 */

const REFERENCE = 'https://www.talos.dev/latest/reference/configuration';

/** How patches change lists and maps that have their own rule. */
const MERGED: Readonly<Record<string, string>> = {
  'v1alpha1.NetworkDeviceList': 'A patch is merged into the element with the same `interface` or, without it, the same `deviceSelector`; other elements are appended.',
  'v1alpha1.VlanList': 'A patch is merged into the element with the same `vlanId`; other elements are appended.',
  'v1alpha1.AdmissionPluginConfigList': 'A patch is merged into the element with the same `name`; other elements are appended.',
  'extensions.ConfigFileList': 'A patch is merged into the element with the same `mountPath`; other elements are appended.',
  'security.ImageVerificationRules': 'A patch replaces the element with the same `image`; other elements are appended.',
  'meta.Args': '',
};

/** What names have in lower case. */
const ABBREVIATIONS = ['arp', 'bfd', 'cni', 'cpu', 'dhcp', 'dns', 'gid', 'ip', 'kms', 'mtu', 'ntp', 'ptp', 'rbac', 'rx', 'stp', 'tls', 'tpm', 'tx', 'uid', 'url', 'urls', 'uuid', 'vip', 'vlan', 'vlans', 'vrf', 'wwid', 'xfs'];

/** What is known by hand: texts of typed-descriptions.ts by what they describe. */
interface Description {
  readonly text: string;
  readonly default?: string;
}

/** The docstrings of a schema. */
export class Documentation {
  private readonly fields = descriptions(FIELDS);
  private readonly kinds = descriptions(KINDS);
  private readonly bases: ReadonlySet<string>;

  /** @throws if a description or the rule of a list has nothing that it belongs to, or nothing to say */
  public constructor(schema: TypedSchema) {
    const structs = [schema.legacy, ...schema.structs.values()];
    this.bases = new Set(structs.flatMap(({ bases }) => bases));
    const fields = structs.flatMap(({ type, fields: own }) => own.map(({ field }) => `${type}.${field.name}`));
    const kinds = schema.documents.map(({ kind }) => kind!.kind);
    requireSame('fields', [...this.fields.keys()].filter((name) => !fields.includes(name)), []);
    requireSame('kinds', [...this.kinds.keys()], kinds);
    requireSame('types with a merge rule', Object.keys(MERGED), Object.keys(MERGE_RULES));
  }

  /** That of a struct: lines without the frame of the comment. */
  public ofStruct(struct: Struct): string[] {
    const { kind, places: [place], releases, type } = struct;
    if (kind) {
      return [sentences(this.kinds.get(kind.kind)!.text, span(releases, RELEASES)), '', `@see ${REFERENCE}/${page(type, kind.kind)}`];
    }
    return [this.standsAt(struct), ...place.kind.kind === LEGACY_KIND && !place.keys.includes('[]') ? ['', `@see ${REFERENCE}/${anchor(place.keys)}`] : []];
  }

  /** That of a field. */
  public ofField(struct: Struct, { field, releases, allValuesSince }: StructField): string[] {
    const described = this.fields.get(`${struct.type}.${field.name}`);
    const isDocumentName = struct.kind?.named && field.name === 'name';
    const named = isDocumentName ? 'The name of the document' : capitalized(words(field.name));
    return [
      sentences(
        described?.text ?? `${named}${isSwitch(field.type) ? ', on or off' : ''}.`,
        formOf(field.type),
        allValuesSince ? `Some of these values need Talos ${allValuesSince}.` : '',
        field.secret ? 'It can hold secrets.' : '',
        span(releases, struct.releases),
        mergeOf(field.type, field.replace, struct.isMerged),
      ),
      ...described?.default === undefined ? [] : ['', `@default ${described.default}`],
    ];
  }

  /** That of `talos.Documents`. */
  public ofDocuments(): string[] {
    return [
      'The documents of a machine config or patch. `machine` and `cluster` are the fields of the document without a kind; each other property is a kind. Those of kinds whose documents have names are lists; a patch is merged into the document with the same name.',
      '',
      `@see ${REFERENCE}/`,
    ];
  }

  /** That of a kind in `talos.Documents`. */
  public ofKind({ kind, releases }: Struct): string[] {
    return [sentences(this.kinds.get(kind!.kind)!.text, span(releases, RELEASES))];
  }

  private standsAt({ type, places }: Struct): string {
    if (this.bases.has(type)) {
      return 'What several kinds of documents have.';
    }
    const [first, ...others] = places.map(({ kind, keys }) => kind.kind === LEGACY_KIND ? keys : [propertyOfKind(kind.kind), ...kind.named ? ['[]'] : [], ...keys]);
    const at = `\`${first.join('.').replace(/\.\[]/g, '[]')}\``;
    return `Is at ${at}${others.length === 0 ? '' : ` and ${others.length === 1 ? 'another place' : `${others.length} other places`}`}.`;
  }
}

function isSwitch(type: Type): boolean {
  return type.kind === 'pointer' ? isSwitch(type.to) : type.kind === 'leaf' && type.name === 'bool';
}

/** `NAME: TEXT` or `NAME: TEXT | DEFAULT`, one a line. */
function descriptions(table: string): Map<string, Description> {
  return new Map(table.trim().split('\n').map((line) => {
    const [, name, text, standard] = /^([\w.-]+): (.*?)(?: \| (.*))?$/.exec(line)!;
    return [name, { text, default: standard }];
  }));
}

function requireSame(what: string, given: readonly string[], wanted: readonly string[]): void {
  const wrong = [...given.filter((name) => !wanted.includes(name)), ...wanted.filter((name) => !given.includes(name))];
  if (wrong.length > 0) {
    throw new Error(`the texts of ${what} don't fit the schema: add or delete ${wrong.join(', ')}`);
  }
}

/** The form of texts and numbers, and the words of closed sets. */
function formOf(type: Type): string {
  switch (type.kind) {
    case 'pointer':
    case 'list':
    case 'map':
      return formOf(type.kind === 'pointer' ? type.to : type.of);
    case 'leaf': {
      const closed = wordsOf(type.name);
      if (closed !== undefined && !/\.\.\. /.test(type.leaf.expects)) {
        return capitalized(`one of ${closed.map(({ word, since, until }) => `\`${word}\`${since || until ? ` (${spanText(since, until)})` : ''}`).join(', ')}.`);
      }
      return /^(?:a text|true or false|an expression|a whole number .*)$/.test(type.leaf.expects) ? '' : `${capitalized(type.leaf.expects)}.`;
    }
    default:
      return '';
  }
}

/** How a patch changes the value, where it doesn't just replace it. */
function mergeOf(type: Type, replaces: boolean, isMerged: boolean): string {
  if (!isMerged) {
    return '';
  }
  const name = type.kind === 'list' || type.kind === 'map' ? type.name : undefined;
  if (name !== undefined) {
    return MERGED[name];
  }
  switch (type.kind) {
    case 'pointer':
      return type.to.kind === 'leaf'
        ? type.to.leaf.merge === 'impossible' ? 'A patch can\'t change it once it is set.' : ''
        : mergeOf(type.to, replaces, isMerged);
    case 'list':
      return replaces ? 'A patch replaces the list.' : 'A patch appends to the list.';
    case 'object':
      return replaces ? 'A patch replaces the whole object.' : 'A patch is merged into it at every depth, and appends to its lists.';
    case 'leaf':
      return type.leaf.merge === 'always' ? 'A patch that doesn\'t repeat it can reset it.' : '';
    default:
      return '';
  }
}

/** Which releases know something, as far as the releases of what it is a part of don't say it. */
function span(releases: readonly Release[], all: readonly Release[]): string {
  const [first, last] = [releases[0], releases[releases.length - 1]];
  const text = spanText(first === all[0] ? undefined : first, last === all[all.length - 1] ? undefined : last);
  return text && `${capitalized(text)}.`;
}

/** The words of a name: `certSANs` is `cert SANs`. */
export function words(name: string): string {
  const parts = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z](?!s\b|v\d)[a-z])/g, '$1 $2').split(/[ -]/);
  return parts.map((part) => ABBREVIATIONS.includes(part) ? part.toUpperCase() : /^[A-Z][a-z]+$/.test(part) ? part.toLowerCase() : part).join(' ');
}

function page(type: string, kind: string): string {
  return `${type.split('.')[0]}/${kind.toLowerCase()}/`;
}

/** The place in the page of the document without a kind. */
function anchor(keys: readonly string[]): string {
  return `v1alpha1/config/#${['Config', ...keys].join('.')}`;
}

function sentences(...parts: string[]): string {
  return parts.filter(Boolean).join(' ');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

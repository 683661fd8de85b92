import * as fc from 'fast-check';
import { isScalar, parseDocument, Scalar } from 'yaml';
import { loadConfig } from '../../src/machine-config/documents/load';
import { plainDocuments } from '../../src/machine-config/documents/plain-documents';
import { applyPatches } from '../../src/machine-config/patches/apply';
import { loadPatch } from '../../src/machine-config/patches/load-patch';
import { DocumentKind, LEGACY_KIND, Type } from '../../src/machine-config/schema/schema';
import { Release, RELEASES } from '../../src/talos/release';
import { configText, documentText } from '../support/generated-documents';
import { refusals, refusalsOfFile } from '../support/patch-schemas';
import { kindsOf, nested, placesOf, SchemaPlace } from '../support/schema-places';
import { generateCases, patchCases, releaseOf, validateCases } from '../support/talos-answers';

/** Texts that Talos's YAML library reads in another way than editors do. */
const READ_OTHERWISE = [
  'scalar/underscored-port', 'text/escape-apostrophe', 'text/text-cr', 'text/text-last-byte-cr', 'text/text-cr-cr-lf', 'text/text-next-lines',
];

/** What no schema of a single document can tell. */
const UNKNOWABLE = [
  // several documents together
  /duplicate/, /conflicting/, /existing volume/, /random\/(?:0004|0063|0110)/,
  // the text
  /^text\/(?:directive|escape)/,
  // a document that is nothing but its version, which Talos drops beside others
  /empty-mapping/, /version only/,
  // the parts of a URL, and a name that Talos takes for a key
  /endpoint-invalid/, /last-value-reads-kind/,
];

describe('recorded answers of Talos', () => {
  test('no patch is refused that Talos accepts', () => {
    const accepted = patchCases.filter(({ expect: { ok } }) => ok);
    const refused = accepted.filter(({ patches, oracle }) =>
      patches.some((patch) => [...refusalsOfFile(patch, releaseOf(oracle)), ...refusalsOfFile(patch)].length > 0));
    expect([...new Set(refused.map(({ id }) => id.split('@')[0]))].sort()).toEqual([...READ_OTHERWISE].sort());
    expect(accepted.flatMap(({ patches }) => patches)).toHaveLength(716);
  });

  test('most patches are refused that Talos can\'t load', () => {
    const refused = patchCases.filter(({ expect: { stage } }) => stage === 'load-patch');
    const missed = refused.filter(({ patches, oracle }) => patches.every((patch) => refusalsOfFile(patch, releaseOf(oracle)).length === 0));
    expect(missed.map(({ id }) => id).filter((id) => !UNKNOWABLE.some((reason) => reason.test(id)))).toEqual([]);
    expect([refused.length, missed.length]).toEqual([129, 28]);
  });

  test('no machine config is refused', () => {
    const generated = generateCases.flatMap(({ contract, expect: { controlplane, worker } }) =>
      [controlplane, worker].map((config) => [config, contract.replace('v', '') as Release] as const));
    const validated = validateCases.filter(({ expect: { stage } }) => stage !== 'load').map(({ config, oracle }) => [config, releaseOf(oracle)] as const);
    expect([generated.length, validated.length]).toEqual([206, 222]);
    for (const [config, release] of [...generated, ...validated]) {
      expect([...refusalsOfFile(config, release), ...refusalsOfFile(config)]).toEqual([]);
    }
  });
});

describe.each(RELEASES)('Talos %s', (release) => {
  test('documents of every kind are accepted', () => {
    fc.assert(fc.property(fc.oneof(documentText(release), configText(release)), (text) => {
      expect([...refusalsOfFile(text, release), ...refusalsOfFile(text)]).toEqual([]);
    }), { numRuns: 200 });
  });

  test('values that Talos reads are accepted', () => {
    for (const place of leavesOf(release)) {
      for (const text of SCALARS) {
        acceptsIfRead(release, place, text, false);
        acceptsIfRead(release, place, text, true);
      }
      // nobody writes the number of a word with a sign or zeros in front
      const anyText = fc.string({ unit: fc.constantFrom(...'0123459afFgGkiIbBmsh:./%@?#[]=+-, '), maxLength: 12 }).filter((text) => !/^[+-]?0\d+$|^[+-]\d+$/.test(text));
      fc.assert(fc.property(anyText, (text) => {
        acceptsIfRead(release, place, text, true);
      }), { numRuns: 100 });
    }
  });

  test('$patch is accepted where Talos deletes', () => {
    const places = kindsOf(release).flatMap((kind) => [...placesOf(kind)]).filter(({ keys: [key] }) => key !== 'name');
    expect(places.length).toBeGreaterThan(100);
    for (const place of places) {
      const deletion = deletionOf(place);
      if (deletion) {
        const isDeleted = deletes(release, deletion);
        const isAccepted = refusals(deletion.patch, release).length === 0;
        // Talos 1.7 reads $patch like another key
        const isSame = isAccepted === isDeleted || release === '1.7' && ['object', 'map'].includes(pointed(place.type).kind);
        expect([place.kind.kind, place.keys, isSame]).toEqual([place.kind.kind, place.keys, true]);
        expect(isDeleted && refusals(deletion.patch).length > 0).toBe(false);
      }
    }
  });
});

const SCALARS = [
  '', 'a', 'true', 'True', 'yes', 'No', 'off', '0', '1', '-1', '1.5', '1e3', '0o17', '0x1F', '017', '70000', '4294967296', '~',
  '1m', '1h30m', '1.5h', '-2s', '.5s', '+1m', '1us', '1\u00b5s', '1\u03bcs', '5', '-0',
  '10.0.0.1', '10.0.0.1/8', 'fd00::1', 'fd00::/64', '::ffff:1.2.3.4', '::ffff:1.2.3.4/120', 'fe80::1%eth0', '10.0.0.1:80', '[fd00::1]:80', '[fe80::1%eth0]:80',
  '80', '1000-2000', '5-5', '02:00:00:00:00:01', '02AABBCCDDEE', '0200:00', '200000000001',
  '1GiB', '10 GB', '1,000kb', '.5T', '1.5 mib ', '-1GiB', '80%', '-5%', '.5%', '> 1TB', '>=4GB', ' == 5 ', '<=1',
  'https://u:p@a/b?c#d', 'mailto:x', '/path', '//host', 'a/b:c', '?a:b', '#a:b', 'https://[::1]:5', 'a.b:80', 'YQ==', 'YWFh', 'YW\nE=', '******',
  'none', 'LUKS2', '802.3AD', 'layer3+4', 'do53', 'DOT', '1.0', '1.2', '100', '252', '253', 'Main', 'tcp', 'SSD', 'stable', 'raid1',
];

type LeafPlace = SchemaPlace & { readonly type: Type & { kind: 'leaf' } };

function pointed(type: Type): Type {
  return type.kind === 'pointer' ? type.to : type;
}

/** A place of each leaf type, inside and outside of lists. */
function leavesOf(release: Release): readonly LeafPlace[] {
  const places = new Map<string, LeafPlace>();
  for (const place of kindsOf(release).flatMap((kind) => [...placesOf(kind)])) {
    const type = pointed(place.type);
    if (type.kind === 'leaf') {
      places.set(`${type.name} ${place.keys.includes('[0]')}`, { ...place, type });
    }
  }
  return [...places.values()];
}

function acceptsIfRead(release: Release, place: LeafPlace, text: string, isQuoted: boolean): void {
  const { name, leaf } = place.type;
  const { contents } = parseDocument(text);
  const isPlain = isScalar(contents) && contents.source === text;
  if ((isQuoted || isPlain) && leaf.read({ kind: 'scalar', text, isQuoted }, release) !== undefined) {
    const document = documentOf(place.kind, nested(place.keys, isQuoted ? text : (contents as Scalar).value));
    expect({ name, text, isQuoted, refused: [...refusals(document, release), ...refusals(document)] }).toEqual({ name, text, isQuoted, refused: [] });
  }
}

function documentOf({ kind, named }: DocumentKind, content: object): object {
  return kind === LEGACY_KIND ? { machine: {}, ...content } : { apiVersion: 'v1alpha1', kind, ...named ? { name: 'a' } : {}, ...content };
}

interface Deletion {
  readonly config: object;
  readonly patch: object;
}

/** A patch that deletes what is at a place, and a config that has something there. */
function deletionOf({ kind, keys, type }: SchemaPlace): Deletion | undefined {
  const [of, last] = [pointed(type), keys[keys.length - 1]];
  if (last !== '[0]') {
    const value = of.kind === 'leaf' ? of.name === 'bool' ? true : 'a' : of.kind === 'list' ? [] : {};
    const config = last === 'key' ? nested(keys, value) : nested(keys.slice(0, -1), {});
    return { config: documentOf(kind, config), patch: documentOf(kind, nested(keys, { $patch: 'delete' })) };
  }
  const selector = of.kind === 'struct' ? [...of.fields.values()].find((field) => field.type.kind === 'leaf' && field.type.name === 'string')?.name : 'a';
  return selector === undefined ? undefined : {
    config: documentOf(kind, nested(keys, of.kind === 'leaf' ? 'a' : { [selector]: 'a' })),
    patch: documentOf(kind, nested(keys, { [selector]: 'a', $patch: 'delete' })),
  };
}

function deletes(release: Release, { config, patch }: Deletion): boolean {
  try {
    applyPatches(loadConfig(plainDocuments([config]), release), [loadPatch(plainDocuments([patch]), release)], release);
    return true;
  } catch (error) {
    // some documents can't be patched at all, which comes after the deletion
    return /can't merge/.test(String(error));
  }
}

import { inspect } from 'util';
import { IS_THOROUGH } from './releases';
import { filled, holdsSecret, kindsOf, nested, placesOf, SchemaPlace } from './schema-places';
import { MachineConfig, MachineConfigPatch, TalosPlatform, TalosVersion } from '../../src';
import { DocumentKind, LEGACY_KIND, Type } from '../../src/machine-config/schema/schema';
import { nodeOf } from '../../src/machine-config/yaml/nodes';
import { Release } from '../../src/talos/release';

// thousands of errors are made
Error.stackTraceLimit = 0;

/** The canaries of places. They are base64 too, so that fields with keys take them. */
class Canaries {
  private readonly places: Array<{ readonly name: string; readonly isSecret: boolean }> = [];

  public of(name: string, isSecret: boolean): string {
    this.places.push({ name, isSecret });
    return `CANARY${String(this.places.length - 1).padStart(6, '0')}`;
  }

  /** The names of the places whose canaries are in the outputs. */
  public seen(outputs: readonly string[]): Set<string> {
    return new Set(this.found(outputs).map(({ name }) => name));
  }

  /** The names of the secret places whose canaries are in the outputs. */
  public leaked(outputs: readonly string[]): string[] {
    return [...new Set(this.found(outputs).filter(({ isSecret }) => isSecret).map(({ name }) => name))];
  }

  public get visible(): string[] {
    return this.places.filter(({ isSecret }) => !isSecret).map(({ name }) => name);
  }

  private found(outputs: readonly string[]): Array<{ readonly name: string; readonly isSecret: boolean }> {
    return [...new Set(outputs.flatMap((output) => output.match(/CANARY[0-9]{6}/g) ?? []))].map((canary) => this.places[Number(canary.slice(6))]);
  }
}

function documentOf(kind: DocumentKind, value: object): { [key: string]: any } {
  return kind.kind === LEGACY_KIND ? { machine: {}, ...value } : { ...kind.named ? { name: 'x' } : {}, ...value, apiVersion: 'v1alpha1', kind: kind.kind };
}

/** What everything prints of an error. */
function refusal(action: () => unknown): string[] {
  try {
    action();
    return [];
  } catch (error) {
    return [`${error}`, `${(error as Error).cause}`, JSON.stringify(error)];
  }
}

function takes(type: Type, text: string, release: Release): boolean {
  return type.kind !== 'leaf' || type.leaf.read(nodeOf({ text }), release) !== undefined;
}

/** The document with a text in every place that takes it. */
function fullDocument(kind: DocumentKind, release: Release, textAt: (place: SchemaPlace) => string): object {
  const places = new Map([...placesOf(kind)].map((place) => [place.keys.join('.'), place]));
  const texts = new Map<string, string>();
  return documentOf(kind, filled(kind.type, (type, keys) => {
    const place = places.get(keys.join('.'))!;
    const text = texts.get(keys.join('.')) ?? textAt(place);
    texts.set(keys.join('.'), text);
    return takes(type, text, release) ? text : undefined;
  }) ?? {});
}

/** The places whose errors tests look at: all in thorough tests, all secret ones and a quarter of the others in quick ones. */
function sweptPlaces(kind: DocumentKind): SchemaPlace[] {
  return [...placesOf(kind)].filter(({ isSecret, type }, index) => IS_THOROUGH || isSecret || holdsSecret(kind, type) || index % 4 === 0);
}

/** All that a machine config says of itself. */
function views(config: MachineConfig, kind: DocumentKind): string[] {
  const empty = MachineConfig.fromDocuments([{ machine: {} }], config);
  return [
    `${config}`, config.toYaml({ redactSecrets: true }), inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config) ?? '',
    ...config.explain(kind.kind === LEGACY_KIND ? '' : kind.kind), ...config.diff(empty), ...empty.diff(config), ...config.warnings,
    ...config.patch(MachineConfigPatch.fromDocuments({ machine: { certSANs: ['a'] } })).explain('/machine'),
  ];
}

function validation(config: MachineConfig): string[] {
  return [TalosPlatform.CONTAINER, TalosPlatform.METAL].map((platform) => JSON.stringify(config.validate({ platform })));
}

function pointer(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replace('[0]', '0')}`).join('');
}

/** What errors and remedies say of JSON patches with a value at a place. */
function* jsonPatches({ kind, keys }: SchemaPlace, value: unknown, options: { talosVersion: TalosVersion }, given: unknown): Generator<string[]> {
  const [first, ...rest] = keys;
  const patchOf = (...operations: object[]) => MachineConfigPatch.fromYaml(JSON.stringify(operations));
  const single = MachineConfig.fromDocuments([documentOf(kind, given === undefined ? {} : nested(keys, given))], options);
  yield refusal(() => single.patch(patchOf({ op: 'test', path: pointer(keys), value })));
  yield refusal(() => single.patch(patchOf({ op: 'add', path: `/${first}`, value: nested(rest, value) })));
  if (kind.kind === LEGACY_KIND) {
    const several = MachineConfig.fromDocuments([{ machine: {} }, { apiVersion: 'v1alpha1', kind: 'KmsgLogConfig', name: 'x', url: 'tcp://x:1' }], options);
    const depth = Math.min(keys.length, 2);
    yield refusal(() => several.patch(patchOf({ op: 'add', path: pointer(keys.slice(0, depth)), value: nested(keys.slice(depth), value) })));
    yield refusal(() => several.patch(patchOf({ op: 'replace', path: pointer(keys).replace(/\/0/g, '/-'), value })));
    yield refusal(() => several.patch(patchOf({ op: 'test', path: pointer(keys), value })));
  }
}

/** The tests of a release: no view and no error shows a secret. */
export function describeRedaction(release: Release): void {
  describe(`Talos ${release}`, () => {
    const talosVersion = TalosVersion.of(`v${release}`);
    const kinds = kindsOf(release);
    const read = (kind: DocumentKind, value: object) => MachineConfig.fromDocuments([documentOf(kind, value)], { talosVersion });

    test('the secret fields', () => {
      const names = kinds.flatMap((kind) => [...placesOf(kind)].filter(({ isSecret }) => isSecret).map(({ keys }) => `${kind.kind} ${keys.join('.')}`));
      expect(names.filter((name) => !names.some((outer) => name.startsWith(`${outer}.`)))).toMatchSnapshot();
    });

    test('views show all but secrets', () => {
      for (const kind of kinds) {
        const canaries = new Canaries();
        const document = fullDocument(kind, release, ({ keys, isSecret }) => canaries.of(keys.join('.'), isSecret));
        const config = MachineConfig.fromDocuments(kind.kind === LEGACY_KIND ? [document] : [{ machine: {} }, document], { talosVersion });
        const outputs = views(config, kind);
        expect([kind.kind, canaries.leaked([...outputs, ...validation(config)])]).toEqual([kind.kind, []]);
        const written = canaries.seen([config.toYaml()]);
        const shown = [config.toYaml({ redactSecrets: true }), config.explain(kind.kind === LEGACY_KIND ? '' : kind.kind).join()].map((output) => canaries.seen([output]));
        expect([kind.kind, canaries.visible.filter((name) => written.has(name) && shown.some((names) => !names.has(name)))]).toEqual([kind.kind, []]);
      }
    });

    test('nothing shows the user, the password and the query of a URL', () => {
      for (const kind of kinds) {
        for (const password of ['CREDENTIAL', 'CREDENTIAL/CREDENTIAL']) {
          const document = fullDocument(kind, release, ({ keys }) => `https://CREDENTIAL:${password}@host${keys.length}.lab/x?token=CREDENTIAL`);
          const config = MachineConfig.fromDocuments(kind.kind === LEGACY_KIND ? [document] : [{ machine: {} }, document], { talosVersion });
          const shown = [...views(config, kind), ...validation(config)].join('\n');
          expect([kind.kind, shown.split('\n').find((line) => line.includes('CREDENTIAL'))]).toEqual([kind.kind, undefined]);
          expect([kind.kind, shown.includes('******')]).toEqual([kind.kind, config.toYaml().includes('CREDENTIAL')]);
        }
      }
    });

    test('errors show values only where there can\'t be a secret', () => {
      for (const kind of kinds) {
        const canaries = new Canaries();
        const outputs: string[] = [];
        const refusedTexts: string[] = [];
        for (const place of sweptPlaces(kind)) {
          const { keys, type } = place;
          const name = keys.join('.');
          const isSecret = place.isSecret || holdsSecret(kind, type);
          const canary = canaries.of(name, isSecret);
          const asText = refusal(() => read(kind, nested(keys, canary)));
          const isTaken = asText.length === 0;
          if (!isTaken && type.kind === 'leaf' && !isSecret) {
            refusedTexts.push(name);
          }
          outputs.push(...asText);
          if (isTaken) {
            outputs.push(...validation(read(kind, nested(keys, canary))));
          }
          // wrong forms, an unknown neighbour, and the same by patches
          const owner = keys[keys.length - 1] === '[0]' || keys[keys.length - 1] === 'key' ? undefined : keys.slice(0, -1);
          const wrong = [nested(keys, [[canary]]), nested(keys, { unknownKey: canary }), nested(keys, { key: [{ key: canary }] }), ...owner
            ? [nested(owner, { [keys[keys.length - 1]]: canary, unknownKey: canary }), nested(owner, { [keys[keys.length - 1]]: canary, $patch: 'delete' })]
            : []];
          outputs.push(...wrong.slice(0, 4).flatMap((value) => refusal(() => read(kind, value))));
          outputs.push(...wrong.slice(4).flatMap((value) => refusal(() =>
            read(kind, isTaken ? nested(keys, canary.replace('CANARY', 'OTHERS')) : {}).patch(MachineConfigPatch.fromDocuments(documentOf(kind, value))))));
          outputs.push(...[...jsonPatches(place, canary, { talosVersion }, isTaken ? 'T1RIRVJT' : undefined)].flat());
          const patch = MachineConfigPatch.fromDocuments(nested(keys, canary));
          expect([inspect(patch, { depth: 9, showHidden: true }), JSON.stringify(patch), `${patch}`].join()).not.toContain('CANARY');
        }
        expect([kind.kind, canaries.leaked(outputs)]).toEqual([kind.kind, []]);
        const seen = canaries.seen(outputs);
        expect([kind.kind, refusedTexts.filter((name) => !seen.has(name))]).toEqual([kind.kind, []]);
      }
    });

    test('messages are printable and short', () => {
      const hostile = `\u001b[2J\u202e\n${'y'.repeat(200)}`;
      for (const kind of kinds) {
        const config = MachineConfig.fromDocuments([documentOf(kind, fullDocument(kind, release, ({ keys }) => `${hostile}${keys.length}`))], { talosVersion });
        const { errors, warnings, findings } = config.validate();
        const messages = [errors, warnings, findings].flatMap((problems) => problems.map(({ message }) => message));
        for (const { keys, type } of placesOf(kind)) {
          messages.push(...refusal(() => read(kind, nested(keys, hostile))).slice(0, 2), ...type.kind === 'struct'
            ? refusal(() => read(kind, nested(keys, { [hostile]: 1 }))).slice(0, 2)
            : []);
        }
        expect([kind.kind, messages.find((message) => /[\u0000-\u001f\u007f-\u009f\u202e]|y{61}/.test(message))]).toEqual([kind.kind, undefined]);
      }
    });
  });
}

import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { App, Chart, Duration, Lazy, Size } from 'cdk8s';
import * as library from '../../src';
import { TalosError } from '../../src/problem';
import { sealingFixture } from '../support/sealed-secrets';

/*
 * Gives every parameter and every property of the public API values of wrong types, as plain JavaScript can, and very long or unprintable texts.
 * The cases come from the assembly that `npm run compile` writes.
 */

interface Type { readonly primitive?: string; readonly fqn?: string; readonly collection?: { readonly kind: string; readonly elementtype: Type } }
interface Parameter { readonly name: string; readonly type: Type; readonly optional?: boolean; readonly variadic?: boolean }
interface Method { readonly name: string; readonly static?: boolean; readonly parameters?: Parameter[] }
interface Declaration {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly interfaces?: string[];
  readonly properties?: Parameter[];
  readonly initializer?: { readonly parameters?: Parameter[] };
  readonly methods?: Method[];
}

const ASSEMBLY = join(__dirname, '../../.jsii.gz');
const types: { readonly [fqn: string]: Declaration } = JSON.parse(gunzipSync(readFileSync(ASSEMBLY)).toString()).types;

const { HostingNetwork, MachineConfig, MachineConfigPatch, MountStorage, TalosControlPlane, TalosSecrets, TalosVersion } = library;
const secrets = TalosSecrets.generate();
const generated = { clusterName: 'acme', endpoint: 'https://10.0.0.1:6443', secrets };
const machineConfig = MachineConfig.controlPlane(generated);
const controlPlane = new TalosControlPlane(newChart(), 'control-plane', { clusterName: 'acme', secrets });

/** Right values of classes, and of properties whose text has a form. */
const RIGHT: { readonly [name: string]: (scope: Chart) => unknown } = {
  'cdk8s.Duration': () => Duration.minutes(5),
  'cdk8s.Size': () => Size.gibibytes(1),
  'constructs.Construct': (scope) => scope,
  'constructs.IConstruct': (scope) => scope,
  'ApiExposure': () => library.ApiExposure.clusterIp(),
  'Cni': () => library.Cni.none(),
  'EtcdRecovery': () => library.EtcdRecovery.claim({ claimName: 'backups' }),
  'HostingNetwork': () => HostingNetwork.of({}),
  'Preflight': () => library.Preflight.initContainer(),
  'IMachineConfig': () => machineConfig,
  'MachineConfig': () => machineConfig,
  'MachineConfigPatch': () => MachineConfigPatch.fromYaml('machine: {}'),
  'MountStorage': () => MountStorage.claim(),
  'NetworkPeer': () => library.NetworkPeer.anywhere(),
  'NodeStorage': () => library.NodeStorage.ephemeral(),
  'AddressPlan': () => library.AddressPlan.of(),
  'SnapshotTarget': () => library.SnapshotTarget.claim({ claimName: 'backups' }),
  'TalosApiIssuer': (scope) => new library.TalosApiIssuer(scope, 'issuer', { clusterName: 'acme' }),
  'TalosCluster': (scope) => new library.TalosCluster(scope, 'cluster', { clusterName: 'acme', secrets }),
  'TalosControlPlane': () => controlPlane,
  'TalosNode': (scope) => new library.TalosNode(scope, 'node'),
  'TalosSecrets': () => secrets,
  'TalosVersion': () => TalosVersion.DEFAULT,
  'Warnings': (scope) => library.Warnings.of(scope),
  'certificate': () => sealingFixture('controller.crt'),
  'endpoint': () => generated.endpoint,
  'id': () => 'talos:made-elsewhere',
  'path': () => join(__dirname, 'missing/secrets.yaml'),
  'schedule': () => '@daily',
  'text': () => 'machine: {}',
};

/** What isn't called: methods that write files. */
const WRITES = ['toFile'];

/** Values of wrong types. A type that is right by accident makes a case that may succeed. */
const WRONG: { readonly [name: string]: unknown } = {
  'undefined': undefined,
  'null': null,
  'a number': 5,
  'a text': 'text',
  'a boolean': true,
  'a list': [undefined],
  'an object': { key: undefined },
  'an empty object': {},
  'a function': () => 'text',
  'a long text': 'a'.repeat(100_000),
  'control characters': 'a\u001b[31m\u0000',
  'an object with such a key': { ['a\u001b'.repeat(50_000)]: 'a\u001b' },
  'a token': Lazy.any({ produce: () => 'text' }),
};

/** Longer messages, and those with control characters, show a value as it is. */
const LONGEST = 2000;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000\u001b]/;

const RAW = /cannot read|is not (a function|iterable|an? object|a constructor)|cannot (convert|destructure|use)|undefined \(reading|must be of type|Received|invalid (time|date)/i;

function newChart(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'acme' });
}

function nameOf(fqn: string): string {
  return fqn.replace('cdk8s-talos.', '');
}

function propertiesOf(fqn: string): Parameter[] {
  const { interfaces = [], properties = [] } = types[fqn];
  return [...interfaces.flatMap(propertiesOf), ...properties];
}

function right(scope: Chart, { name, type }: Parameter): unknown {
  const { primitive, fqn, collection } = type;
  if (collection) {
    const item = right(scope, { name, type: collection.elementtype });
    return collection.kind === 'array' ? [item] : { key: item };
  }
  if (primitive !== undefined) {
    const values: { readonly [type: string]: unknown } = { string: 'acme', number: 1, boolean: true, date: new Date(0), json: {}, any: {} };
    return RIGHT[name]?.(scope) ?? values[primitive];
  }
  const create = RIGHT[nameOf(fqn!)];
  const { kind, datatype } = types[fqn!] ?? {};
  if (kind === 'enum') {
    return Object.values((library as any)[nameOf(fqn!)])[0];
  }
  return create || !datatype ? create?.(scope) : rightStructure(scope, fqn!);
}

function rightStructure(scope: Chart, fqn: string): { [property: string]: unknown } {
  const required = propertiesOf(fqn).filter(({ name, optional }) => !optional || name === 'secrets');
  return Object.fromEntries(required.map((property) => [property.name, right(scope, property)]));
}

/** Structures whose properties have been spoilt once inside another one; the same code reads them everywhere. */
const explored = new Set<string>();

/** Ways to spoil a value of a type, at every place in it. */
function* spoilt(scope: Chart, parameter: Parameter, place: string, depth = 0): Generator<[string, unknown]> {
  const { type: { fqn, collection } } = parameter;
  for (const [kind, wrong] of Object.entries(WRONG)) {
    yield [`${place}: ${kind}`, wrong];
  }
  if (collection) {
    for (const [item, value] of spoilt(scope, { name: parameter.name, type: collection.elementtype }, `${place}[]`, depth)) {
      yield [item, collection.kind === 'array' ? [value] : { key: value }];
    }
  } else if (fqn !== undefined && types[fqn]?.datatype && !(depth > 0 && explored.has(fqn))) {
    explored.add(fqn);
    const structure = rightStructure(scope, fqn);
    for (const property of propertiesOf(fqn)) {
      for (const [item, value] of spoilt(scope, property, `${place}.${property.name}`, depth + 1)) {
        yield [item, { ...structure, [property.name]: value }];
      }
    }
  }
}

/** Whether a message shows a value that isn't shortened, or control characters. A path is shown whole, because its end says most. */
function isUnreadable(message: string): boolean {
  return message.length > LONGEST || CONTROL.test(message);
}

/** The errors of a call that aren't ours. */
function rawErrors(parameters: Parameter[], call: (scope: Chart, values: unknown[]) => unknown): string[] {
  const raw: string[] = [];
  parameters.forEach((parameter, index) => {
    for (const [place, value] of spoilt(newChart(), parameter, parameter.name)) {
      try {
        const scope = newChart();
        const given = parameters.map((other) => other.optional && other !== parameter ? undefined : right(scope, other));
        call(scope, Object.assign(given, { [index]: value }));
      } catch (error) {
        if (!(error instanceof TalosError) || RAW.test(error.message) || (parameter.name !== 'path' && isUnreadable(error.message))) {
          raw.push(`${place}: ${String(error).slice(0, 300)}`);
        }
      }
    }
  });
  return raw;
}

/** What isn't called: the place of a construct belongs to the package constructs, which has errors of its own. */
function isCalled({ type }: Parameter, index: number, parameters: Parameter[]): boolean {
  return type.fqn !== 'constructs.Construct' && parameters[index - 1]?.type.fqn !== 'constructs.Construct';
}

/** The parameters after the place of a construct, and what comes before them. */
function withPlace(parameters: Parameter[]): [Parameter[], (scope: Chart) => unknown[]] {
  const called = parameters.filter(isCalled);
  return [called, (scope) => called.length < parameters.length ? [scope, 'id'] : []];
}

interface Call { readonly name: string; readonly parameters: Parameter[]; readonly run: (scope: Chart, values: unknown[]) => unknown }

/** A call, unless it takes nothing. */
function callOf(name: string, parameters: Parameter[] = [], run: (scope: Chart, values: unknown[]) => unknown): Call[] {
  const [called, place] = withPlace(parameters);
  return called.length === 0 ? [] : [{ name, parameters: called, run: (scope, values) => run(scope, [...place(scope), ...values]) }];
}

const calls = Object.values(types).filter(({ kind }) => kind === 'class').flatMap(({ name, initializer, methods = [] }) => {
  const type = (library as any)[name];
  return [
    ...callOf(`new ${name}`, initializer?.parameters, (_scope, values) => new type(...values)),
    ...methods.filter((method) => method.static).flatMap((method) => callOf(`${name}.${method.name}`, method.parameters, (_scope, values) =>
      type[method.name](...values))),
    ...methods.filter((method) => !method.static && !WRITES.includes(method.name)).flatMap((method) => callOf(`${name}#${method.name}`, method.parameters,
      (scope, values) => (RIGHT[name](scope) as any)[method.name](...values))),
  ];
});

describe('values of wrong types', () => {
  test.each(calls)('$name', ({ parameters, run }) => {
    expect(rawErrors(parameters, run)).toEqual([]);
  });
});

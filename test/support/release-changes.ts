import { environmentOf } from '../../src/machine-config/expressions/environment';
import { EnvironmentName, ENVIRONMENTS } from '../../src/machine-config/expressions/environments';
import { contractOf } from '../../src/machine-config/generate/options/contract';
import { allKinds, LEGACY_KIND, schemaOf, Type } from '../../src/machine-config/schema/schema';
import { isAtLeast, Release, RELEASES } from '../../src/talos/release';
import { API_ROLES_SINCE, TalosApiRole } from '../../src/talos/talos-api-role';

/** What a table says, and the type of which that is a field, if it is one. */
type Entry = readonly [text: string, type: string | undefined];

/** What a release adds (`+`) to the tables of the release before and takes (`-`) from them. The fields of types that come or go are left out. */
export function changesOf(release: Release): string[] {
  const [before, now] = [RELEASES[RELEASES.indexOf(release) - 1], release].map((each) => new Map(entriesOf(each)));
  return [...missing(now, before).map((text) => `+ ${text}`), ...missing(before, now).map((text) => `- ${text}`)].sort();
}

function missing(entries: Map<string, string | undefined>, others: Map<string, string | undefined>): string[] {
  const types = new Set(others.values());
  return [...entries].filter(([text, type]) => !others.has(text) && types.has(type)).map(([text]) => text);
}

function entriesOf(release: Release): Entry[] {
  const roles = Object.values(TalosApiRole).filter((role) => isAtLeast(release, API_ROLES_SINCE[role]));
  const contract = Object.entries(contractOf(release)).filter(([, has]) => has);
  return [
    ...roles.map((role): Entry => [`role ${role}`, undefined]),
    ...contract.map(([part]): Entry => [`contract ${part}`, undefined]),
    ...schemaEntries(release),
    ...Object.keys(ENVIRONMENTS).flatMap((name) => expressionEntries(name as EnvironmentName, release)),
  ];
}

function* schemaEntries(release: Release): Generator<Entry> {
  const seen = new Set<string>();
  for (const { kind, type } of [LEGACY_KIND, ...allKinds()].flatMap((name) => schemaOf(release).kind(name) ?? [])) {
    yield [`document ${kind}`, undefined];
    yield* typeEntries(type, seen);
  }
}

function* typeEntries(type: Type, seen: Set<string>): Generator<Entry> {
  if (type.kind === 'leaf' && type.leaf.expects.startsWith('one of')) {
    yield [`enum ${type.name}: ${type.leaf.expects}`, undefined];
  } else if (type.kind === 'pointer') {
    yield* typeEntries(type.to, seen);
  } else if (type.kind === 'list' || type.kind === 'map') {
    yield* typeEntries(type.of, seen);
  } else if (type.kind === 'struct' && !seen.has(type.name)) {
    seen.add(type.name);
    for (const field of type.fields.values()) {
      yield [`field ${type.name}.${field.name}: ${nameOf(field.type)}`, type.name];
      yield* typeEntries(field.type, seen);
    }
  }
}

function nameOf(type: Type): string {
  switch (type.kind) {
    case 'leaf': case 'struct': return type.name;
    case 'pointer': return `*${nameOf(type.to)}`;
    case 'list': return `[]${nameOf(type.of)}`;
    case 'map': return `map[string]${nameOf(type.of)}`;
    default: return type.kind;
  }
}

function expressionEntries(environment: EnvironmentName, release: Release): Entry[] {
  const { variables, messages, functions } = environmentOf(environment, release);
  const fields = [...messages].flatMap(([message, types]) => [...types.keys()].map((field) => `${message}.${field}`));
  const signatures = [...functions].flatMap(([name, overloads]) => overloads.map(({ parameters }) => `${name} of ${parameters.length}`));
  return [
    ...[...variables.keys()].map((name) => `expression ${environment}: variable ${name}`),
    ...fields.map((field) => `expression: field ${field}`),
    ...signatures.map((signature) => `expression ${environment}: function ${signature}`),
  ].map((text) => [text, undefined]);
}

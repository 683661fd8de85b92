import { EnvironmentName, ENVIRONMENTS, MESSAGES } from './environments';
import { FUNCTION_FAMILIES, OPTIONAL_FUNCTIONS, STANDARD_FUNCTIONS } from './functions';
import { CelType, splitTypes, typeOf } from './types';
import { isAtLeast, Release } from '../../talos/release';

/** The parameters and the result of a function. */
interface Signature {
  readonly parameters: readonly CelType[];
  readonly result: CelType;
}

/** The variables, functions and messages of an expression. */
export interface Environment {
  readonly variables: ReadonlyMap<string, CelType>;
  readonly messages: ReadonlyMap<string, ReadonlyMap<string, CelType>>;
  readonly functions: ReadonlyMap<string, readonly Signature[]>;
  readonly hasOptionals: boolean;
  readonly result: CelType;
}

const environments = new Map<string, Environment>();

/** The environment of expressions in a release, by the name of their place. */
export function environmentOf(name: EnvironmentName, release: Release): Environment {
  const key = `${name} ${release}`;
  let environment = environments.get(key);
  if (!environment) {
    environment = createEnvironment(name, release);
    environments.set(key, environment);
  }
  return environment;
}

function createEnvironment(name: EnvironmentName, release: Release): Environment {
  const { variables, functions, hasOptionals, result } = ENVIRONMENTS[name];
  const messages = MESSAGES.trim().split('\n').map((line) => line.split(': ')).map(([message, fields]) => [message, readFields(fields, release)] as const);
  return {
    variables: readFields(variables, release),
    messages: new Map(messages),
    functions: readFunctions([STANDARD_FUNCTIONS, functions, hasOptionals ? OPTIONAL_FUNCTIONS : '', familyText()].join('\n'), release),
    hasOptionals,
    result: typeOf(result),
  };
}

/** `NAME TYPE [@first]; ...` */
function readFields(text: string, release: Release): Map<string, CelType> {
  return new Map(text.split('; ').flatMap((field) => {
    const [, name, type, since] = /^(\S+) (.+?)(?: @(\S+))?$/.exec(field)!;
    return isKnown(since, release) ? [[name, typeOf(type)] as const] : [];
  }));
}

function isKnown(since: string | undefined, release: Release): boolean {
  return since === undefined || isAtLeast(release, since as Release);
}

/** `NAME(PARAMETER, ...): RESULT [@first]`, one a line. */
function readFunctions(text: string, release: Release): Map<string, Signature[]> {
  const functions = new Map<string, Signature[]>();
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const [, name, parameters, result, since] = /^([^(]+)\((.*)\): (.+?)(?: @(\S+))?$/.exec(line)!;
    if (isKnown(since, release)) {
      functions.set(name, [...functions.get(name) ?? [], { parameters: splitTypes(parameters).map(typeOf), result: typeOf(result) }]);
    }
  }
  return functions;
}

function familyText(): string {
  return Object.values(FUNCTION_FAMILIES).flatMap(({ names, signatures }) => names.flatMap((name) => signatures.map((signature) => name + signature))).join('\n');
}

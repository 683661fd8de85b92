import { Translation } from './translation';
import { ANONYMOUS_HEALTH_CHECKS } from '../generate/kubernetes-documents';
import { isList, Value, ValueMap } from '../schema/values';

const AUTHENTICATION = 'KubeAuthenticationConfig';

/** The arguments of the API server: those about authentication and authorization have documents of their own. */
export function translateApiServerArguments(value: Value, to: Translation): void {
  const given = new Map([...value as ValueMap].map(([key, item]) => [String(key), item]));
  const ordinary = new Map<Value, Value>();
  for (const [key, item] of given) {
    const below = `.${key}`;
    if (key.startsWith('oidc-') || key === 'anonymous-auth') {
      continue;
    }
    if (key === 'authorization-mode' && String(item).split(',').every((mode) => ['Node', 'RBAC'].includes(mode))) {
      continue; // what is generated
    }
    if (key.startsWith('authorization-') || key === 'authentication-config') {
      to.note(`is refused as an argument: write ${key.startsWith('authorization-') ? 'KubeAuthorizerConfig documents' : `a ${AUTHENTICATION} document`} for it`, below);
    } else {
      ordinary.set(key, item);
    }
  }
  if (ordinary.size > 0) {
    to.put('KubeAPIServerConfig', 'extraArgs', ordinary);
  }
  translateAuthentication(given, to);
}

function translateAuthentication(given: ReadonlyMap<string, Value>, to: Translation): void {
  const anonymous = given.get('anonymous-auth');
  const jwt = tokens(given, to);
  if (anonymous === undefined && jwt === undefined) {
    return;
  }
  // the configuration is replaced as a whole, so it repeats what is generated
  const generated = new Map<Value, Value>([
    ['enabled', true],
    ['conditions', ANONYMOUS_HEALTH_CHECKS.anonymous.conditions.map(({ path }) => new Map([['path', path]]))],
  ]);
  to.put(AUTHENTICATION, 'configuration', new Map<Value, Value>([
    ['anonymous', anonymous === undefined ? generated : new Map([['enabled', String(anonymous) === 'true']])],
    ['jwt', jwt === undefined ? [] : [jwt]],
  ]));
}

/** The flags of OIDC as an authenticator of tokens. */
function tokens(given: ReadonlyMap<string, Value>, to: Translation): ValueMap | undefined {
  const flag = (name: string) => given.has(`oidc-${name}`) ? String(given.get(`oidc-${name}`)) : undefined;
  const issuer = flag('issuer-url');
  for (const [name, words] of [
    ['ca-file', 'names a file: write its PEM text as issuer.certificateAuthority'],
    ['signing-algs', 'has no field: Kubernetes takes all algorithms that are allowed there'],
  ]) {
    if (flag(name) !== undefined) {
      to.note(`${words} in the ${AUTHENTICATION} document`, `.oidc-${name}`);
    }
  }
  if (issuer === undefined) {
    return undefined;
  }
  const claim = flag('username-claim') ?? 'sub';
  const givenPrefix = flag('username-prefix');
  const prefix = givenPrefix === '-' ? '' : givenPrefix ?? (claim === 'email' ? '' : `${issuer}#`);
  const groups = flag('groups-claim');
  const required = given.get('oidc-required-claim');
  const rules = required === undefined ? [] : (isList(required) ? required : String(required).split(',')).map(String);
  return new Map<Value, Value>([
    ['issuer', new Map<Value, Value>([['url', issuer], ['audiences', [flag('client-id') ?? '']]])],
    ['claimMappings', new Map<Value, Value>([
      ['username', new Map([['claim', claim], ['prefix', prefix]])],
      ...groups === undefined ? [] : [['groups', new Map([['claim', groups], ['prefix', flag('groups-prefix') ?? '']])] as const],
    ])],
    ...rules.length === 0 ? [] : [['claimValidationRules', rules.map((rule) => {
      const [name, ...rest] = rule.split('=');
      return new Map([['claim', name], ['requiredValue', rest.join('=')]]);
    })] as const],
  ]);
}

import { readList, readMap, readStructure, readText } from '../input';
import { certificateTextProblem } from './certificate-text';
import { ANONYMOUS_HEALTH_CHECKS } from './generate/kubernetes-documents';
import { unlessEmpty } from '../kubernetes/manifest';
import { splitUrl } from '../network/url';
import { problem, shortened, TalosError } from '../problem';
import { TalosVersion } from '../talos/talos-version';
import { contractOf } from './generate/options/contract';
import { webUrlProblem } from './generate/options/registries';

/** Where the certificate of the issuer's authority is in machines, up to 1.13. */
const AUTHORITY_FILE = '/var/etc/kubernetes-oidc/ca.crt';

/**
 * How the Kubernetes API knows its users, in addition to client certificates and service accounts.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { KubeAuthentication, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * new TalosCluster(chart, 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   authentication: KubeAuthentication.oidc({
 *     issuer: 'https://id.example.org',
 *     audiences: ['acme'],
 *     usernameClaim: 'email',
 *     groupsClaim: 'groups',
 *     groupsPrefix: 'oidc:',
 *   }),
 * });
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/
 */
export class KubeAuthentication {
  /**
   * ID tokens of an OpenID Connect provider. Users and groups have no rights until a role binding of the inner cluster names them.
   *
   * @param options the provider, and what its claims mean
   * @throws if an option can't be right
   * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
   */
  public static oidc(options: OidcOptions): KubeAuthentication {
    const oidc = readOidcOptions('options', options);
    const found = [...oidcProblems(oidc)];
    if (found.length > 0) {
      throw new TalosError('talos:invalid-value', found.join('\n'));
    }
    return new KubeAuthentication(oidc);
  }

  private constructor(private readonly oidc: OidcOptions) {}

  /**
   * The documents of a patch: the one about authentication since 1.14, else arguments of the API server.
   *
   * @internal
   */
  public _documents(talosVersion: TalosVersion): object[] {
    if (contractOf(talosVersion._release).kubernetesDocuments) {
      // the configuration is replaced as a whole, so it repeats what is generated
      const configuration = { anonymous: ANONYMOUS_HEALTH_CHECKS.anonymous, jwt: [authenticator(this.oidc)] };
      return [{ apiVersion: 'v1alpha1', kind: 'KubeAuthenticationConfig', configuration }];
    }
    requireArguments(this.oidc, talosVersion);
    return [{ cluster: { apiServer: { extraArgs: apiServerArguments(this.oidc), ...authorityVolume(this.oidc) } }, ...authorityFile(this.oidc) }];
  }
}

/**
 * An OpenID Connect provider, and what the claims of its tokens mean.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
 */
export interface OidcOptions {
  /** The URL of the issuer, as in the claim `iss`; it begins with `https://`. The members and their API server must reach it. */
  readonly issuer: string;

  /** The audiences, one of which is in the claim `aud`: usually the ID of a client. Before Talos 1.14 there can be only one. */
  readonly audiences: string[];

  /**
   * The claim that is the name of the user.
   *
   * @default 'sub'
   */
  readonly usernameClaim?: string;

  /**
   * The text before the name of each user, which keeps it apart from others; `''` for none.
   *
   * @default - the issuer with `#` after it, or none for the claim `email`
   */
  readonly usernamePrefix?: string;

  /**
   * The claim with the groups of the user.
   *
   * @default - users have no groups
   */
  readonly groupsClaim?: string;

  /**
   * The text before the name of each group. Without one, a provider that says so makes its users members of Kubernetes' own groups.
   *
   * @default - none
   */
  readonly groupsPrefix?: string;

  /**
   * Claims that each token must have, with their values.
   *
   * @default - none
   */
  readonly requiredClaims?: { [claim: string]: string };

  /**
   * The PEM certificate of the authority that signed the issuer's certificate.
   *
   * @default - those that Talos has
   */
  readonly certificateAuthority?: string;
}

function* oidcProblems(oidc: OidcOptions): Generator<string> {
  const { issuer, audiences, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, certificateAuthority } = oidc;
  const wrongUrl = webUrlProblem('issuer', issuer);
  const { scheme, user, query, fragment } = splitUrl(issuer) ?? { scheme: '' };
  if (wrongUrl) {
    yield wrongUrl;
  } else if (scheme !== 'https' || user !== undefined || query || fragment) {
    yield problem('issuer', issuer, 'is not the URL of an issuer: write it as https://id.example.org, with a port and a path if need be');
  }
  if (audiences.length === 0 || audiences.includes('')) {
    yield '\'audiences\' is empty, or one of them is: give the ID of the client for which the issuer makes tokens';
  }
  if (usernameClaim === '' || groupsClaim === '') {
    yield `'${usernameClaim === '' ? 'usernameClaim' : 'groupsClaim'}' is empty: give the name of a claim, or leave it out`;
  }
  for (const [property, prefix] of [['usernamePrefix', usernamePrefix], ['groupsPrefix', groupsPrefix]]) {
    if (prefix === '-') {
      yield `'${property}' is '-', which means none in one release and itself in another: give '' for none`;
    }
  }
  if (groupsPrefix !== undefined && groupsClaim === undefined) {
    yield '\'groupsPrefix\' has no effect without \'groupsClaim\': give both, or leave it out';
  }
  const wrongCertificate = certificateAuthority === undefined ? undefined : certificateTextProblem('certificateAuthority', issuer, certificateAuthority);
  if (wrongCertificate) {
    yield wrongCertificate;
  }
}

/** An element of `jwt` of Kubernetes' AuthenticationConfiguration. */
function authenticator(oidc: OidcOptions): object {
  const { issuer, audiences, usernameClaim = 'sub', groupsClaim, groupsPrefix = '', requiredClaims = {}, certificateAuthority } = oidc;
  const { usernamePrefix = usernameClaim === 'email' ? '' : `${issuer}#` } = oidc;
  return {
    issuer: {
      url: issuer,
      audiences,
      audienceMatchPolicy: audiences.length > 1 ? 'MatchAny' : undefined,
      certificateAuthority,
    },
    claimMappings: {
      username: { claim: usernameClaim, prefix: usernamePrefix },
      groups: groupsClaim === undefined ? undefined : { claim: groupsClaim, prefix: groupsPrefix },
    },
    claimValidationRules: unlessEmpty(Object.entries(requiredClaims).map(([claim, requiredValue]) => ({ claim, requiredValue }))),
  };
}

/** Refuses what the arguments of the API server can't say. */
function requireArguments({ audiences, requiredClaims = {} }: OidcOptions, { imageTag }: TalosVersion): void {
  if (audiences.length > 1) {
    throw new TalosError('talos:unsupported-release', `'audiences' (${shortened(audiences.join(', '))}) are more than the one that the API server takes with Talos ${imageTag}: give one, or choose 1.14`);
  }
  const claim = Object.keys(requiredClaims).find((name) => `${name}${requiredClaims[name]}`.includes(',') || name.includes('='));
  if (claim !== undefined) {
    throw new TalosError('talos:unsupported-release', `'requiredClaims.${shortened(claim)}' has a comma or an equals sign, which the API server can't read with Talos ${imageTag}: leave it out, or choose 1.14`);
  }
}

function apiServerArguments(oidc: OidcOptions): { [flag: string]: string | undefined } {
  const { issuer, audiences, usernameClaim, usernamePrefix, groupsClaim, groupsPrefix, requiredClaims = {}, certificateAuthority } = oidc;
  return {
    'oidc-issuer-url': issuer,
    'oidc-client-id': audiences[0],
    'oidc-username-claim': usernameClaim,
    'oidc-username-prefix': usernamePrefix === '' ? '-' : usernamePrefix,
    'oidc-groups-claim': groupsClaim,
    'oidc-groups-prefix': groupsPrefix || undefined,
    'oidc-required-claim': Object.entries(requiredClaims).map((claim) => claim.join('=')).join(',') || undefined,
    'oidc-ca-file': certificateAuthority && AUTHORITY_FILE,
  };
}

function authorityVolume({ certificateAuthority }: OidcOptions): object {
  return certificateAuthority ? { extraVolumes: [{ hostPath: AUTHORITY_FILE, mountPath: AUTHORITY_FILE, readonly: true }] } : {};
}

function authorityFile({ certificateAuthority }: OidcOptions): object {
  return certificateAuthority ? { machine: { files: [{ path: AUTHORITY_FILE, content: certificateAuthority, permissions: 0o444, op: 'create' }] } } : {};
}

export const readOidcOptions = readStructure<OidcOptions>({ issuer: readText, audiences: readList(readText) }, {
  usernameClaim: readText,
  usernamePrefix: readText,
  groupsClaim: readText,
  groupsPrefix: readText,
  requiredClaims: readMap(readText),
  certificateAuthority: readText,
});

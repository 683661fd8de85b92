import { readBoolean, readList, readStructure, readText } from '../input';
import { certificateTextProblem } from './certificate-text';
import { problem, refuse, TalosError } from '../problem';
import { mirrorProblem, registryProblem, webUrlProblem } from './generate/options/registries';
import { privateKeyProblem } from './validation/check/pem';

/**
 * How machines reach a registry of images: a mirror of it, or what its endpoint needs. It is for the images that Talos and Kubernetes pull inside
 * of machines; the pods of the hosting cluster pull theirs as `image`, `toolImages` and `imagePullSecrets` say.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { Registry, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * declare const password: string; // for example from a file that isn't in Git
 * declare const certificate: string; // the text of a PEM file
 * new TalosCluster(chart, 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   registries: [
 *     Registry.mirror('docker.io', { endpoints: ['https://mirror.example.org/v2/docker.io'], overridePath: true }),
 *     Registry.auth('mirror.example.org', { username: 'acme', password }),
 *     Registry.tls('mirror.example.org', { certificateAuthority: certificate }),
 *   ],
 * });
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/pull-through-cache/
 */
export class Registry {
  /**
   * Mirrors of a registry, which are asked in place of it.
   *
   * @param registry the host of the registry as images name it, for example `docker.io`, or `*` for all others
   * @param options the endpoints
   * @throws if the host or an endpoint isn't valid
   */
  public static mirror(registry: string, options: RegistryMirrorOptions): Registry {
    const { endpoints, overridePath, skipFallback } = readRegistryMirrorOptions('options', options);
    const name = readText('registry', registry);
    refuse(name === '*' ? undefined : registryProblem('registry', name, ', or * for all others'));
    if (endpoints.length === 0) {
      throw new TalosError('talos:missing-property', `'endpoints' of the mirror of ${name} is empty: give it at least one URL`);
    }
    endpoints.forEach((endpoint) => refuse(webUrlProblem('endpoints', endpoint) ?? mirrorProblem('endpoints', endpoint, 'Registry.auth()')));
    return new Registry(name, { mirror: { endpoints, overridePath, skipFallback } });
  }

  /**
   * The credentials of an endpoint.
   *
   * @param host the host of the endpoint, with its port if the URL has one
   * @param options the credentials, which become a part of the machine config
   * @throws if the host isn't valid, or there are no credentials
   */
  public static auth(host: string, options: RegistryAuthOptions): Registry {
    const { username, password, auth, identityToken } = readRegistryAuthOptions('options', options);
    const name = readText('host', host);
    refuse(registryProblem('host', name, ''));
    if ((username === undefined) !== (password === undefined)) {
      const [given, missing] = username === undefined ? ['password', 'username'] : ['username', 'password'];
      throw new TalosError('talos:missing-property', `'${missing}' of ${name} is missing beside '${given}': give both`);
    }
    if (!(username && password) && !auth && !identityToken) {
      throw new TalosError('talos:missing-property', `'options' for ${name} have no credentials: give 'username' and 'password', 'auth' or 'identityToken'`);
    }
    return new Registry(name, { auth: { username, password, auth, identityToken } });
  }

  /**
   * What an endpoint needs for TLS: the authority that signed its certificate, or a client's certificate.
   *
   * @param host the host of the endpoint, with its port if the URL has one
   * @param options the certificates
   * @throws if the host or a certificate isn't valid, or there is nothing to set
   */
  public static tls(host: string, options: RegistryTlsOptions): Registry {
    const { certificateAuthority, clientCertificate, clientKey, insecureSkipVerify } = readRegistryTlsOptions('options', options);
    const name = readText('host', host);
    refuse(registryProblem('host', name, ''));
    refuse(certificateAuthority && certificateTextProblem('certificateAuthority', name, certificateAuthority));
    refuse(clientCertificate && certificateTextProblem('clientCertificate', name, clientCertificate));
    if ((clientCertificate === undefined) !== (clientKey === undefined)) {
      const [given, missing] = clientCertificate === undefined ? ['clientKey', 'clientCertificate'] : ['clientCertificate', 'clientKey'];
      throw new TalosError('talos:missing-property', `'${missing}' of ${name} is missing beside '${given}': give both`);
    }
    const wrongKey = clientKey && privateKeyProblem(clientKey);
    refuse(wrongKey && problem('clientKey', name, wrongKey));
    if (!certificateAuthority && !clientCertificate && !insecureSkipVerify) {
      throw new TalosError('talos:missing-property', `'options' for ${name} are empty: give 'certificateAuthority', 'clientCertificate' with 'clientKey', or 'insecureSkipVerify'`);
    }
    return new Registry(name, {
      tls: {
        ca: certificateAuthority && base64(certificateAuthority),
        clientIdentity: clientCertificate && { crt: base64(clientCertificate), key: base64(clientKey!) },
        insecureSkipVerify,
      },
    });
  }

  /**
   * The part `machine.registries` of the document without a kind. A later one replaces an earlier one of the same registry.
   *
   * @internal
   */
  public static _legacy(registries: readonly Registry[]): RegistriesConfig {
    const mirrors: { [name: string]: object } = {};
    const config: { [host: string]: object } = {};
    for (const registry of registries) {
      const { mirror, ...endpoint } = registry.#settings;
      if (mirror) {
        mirrors[registry.#name] = mirror;
      } else {
        config[registry.#name] = { ...config[registry.#name], ...endpoint };
      }
    }
    return { mirrors, config };
  }

  // hard private: printing or serializing the value can't show its secrets
  readonly #name: string;
  readonly #settings: RegistrySettings;

  private constructor(name: string, settings: RegistrySettings) {
    this.#name = name;
    this.#settings = settings;
  }
}

interface RegistrySettings {
  readonly mirror?: RegistryMirrorOptions;
  readonly auth?: object;
  readonly tls?: object;
}

interface RegistriesConfig {
  readonly mirrors: { readonly [name: string]: object };
  readonly config: { readonly [host: string]: object };
}

/**
 * Mirrors of a registry.
 */
export interface RegistryMirrorOptions {
  /** The URLs of the mirrors, in the order in which they are asked. */
  readonly endpoints: string[];

  /**
   * Whether the path of each URL is complete; `/v2` is appended otherwise.
   *
   * @default false
   */
  readonly overridePath?: boolean;

  /**
   * Whether the registry itself is never asked, even if no mirror has the image. Since Talos 1.9.
   *
   * @default false
   */
  readonly skipFallback?: boolean;
}

/**
 * Credentials of a registry's endpoint: a user name with a password, or one of the others.
 */
export interface RegistryAuthOptions {
  /**
   * The name of the user.
   *
   * @default - none
   */
  readonly username?: string;

  /**
   * The password of the user.
   *
   * @default - none
   */
  readonly password?: string;

  /**
   * The user name and the password as `auth` in Docker's `config.json`: base64 of both with a `:` between them.
   *
   * @default - none
   */
  readonly auth?: string;

  /**
   * The token for which the registry gives access tokens.
   *
   * @default - none
   */
  readonly identityToken?: string;
}

/**
 * TLS of a registry's endpoint.
 */
export interface RegistryTlsOptions {
  /**
   * The PEM certificate of the authority that signed the endpoint's certificate.
   *
   * @default - those that Talos has
   */
  readonly certificateAuthority?: string;

  /**
   * The PEM certificate by which machines authenticate themselves.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * The PEM private key of `clientCertificate`.
   *
   * @default - none
   */
  readonly clientKey?: string;

  /**
   * Whether the endpoint's certificate isn't verified.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

export const readRegistryMirrorOptions = readStructure<RegistryMirrorOptions>({ endpoints: readList(readText) }, {
  overridePath: readBoolean,
  skipFallback: readBoolean,
});
export const readRegistryAuthOptions = readStructure<RegistryAuthOptions>({}, {
  username: readText,
  password: readText,
  auth: readText,
  identityToken: readText,
});
export const readRegistryTlsOptions = readStructure<RegistryTlsOptions>({}, {
  certificateAuthority: readText,
  clientCertificate: readText,
  clientKey: readText,
  insecureSkipVerify: readBoolean,
});

// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".
import * as meta from './meta';

/**
 * Changes to the OCI runtime specification of all containers. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/cribaseruntimespecconfig/
 */
export interface CRIBaseRuntimeSpecConfig {
  /** Overrides. A patch replaces the whole object. */
  readonly overrides?: { [key: string]: any };
}

/**
 * A part of containerd's configuration. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/cricustomizationconfig/
 */
export interface CRICustomizationConfig {
  /** The name of the document. */
  readonly name: string;

  /** Content. It can hold secrets. */
  readonly content?: string;
}

/**
 * Whether images come from a cache on the machine. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/imagecacheconfig/
 */
export interface ImageCacheConfig {
  /** Local. */
  readonly local?: LocalImageCacheConfig;
}

/** Is at `imageCacheConfig.local`. */
export interface LocalImageCacheConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;
}

/**
 * The credentials of an image registry. Its name is the host of the registry. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/registryauthconfig/
 */
export interface RegistryAuthConfig {
  /** The name of the document. */
  readonly name: string;

  /** Username. */
  readonly username?: string;

  /** Password. It can hold secrets. */
  readonly password?: string;

  /** Auth. It can hold secrets. */
  readonly auth?: string;

  /** Identity token. It can hold secrets. */
  readonly identityToken?: string;
}

/** Is at `registryMirrorConfig[].endpoints[]`. */
export interface RegistryEndpoint {
  /** The URL of the mirror. A URL. */
  readonly url?: string;

  /**
   * Whether the path of the URL replaces `/v2`, instead of standing before it.
   *
   * @default false
   */
  readonly overridePath?: boolean;
}

/**
 * Mirrors of an image registry. Its name is the host of the registry, or `*`. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/registrymirrorconfig/
 */
export interface RegistryMirrorConfig {
  /** The name of the document. */
  readonly name: string;

  /** The mirrors, in the order in which they are tried. A patch appends to the list. */
  readonly endpoints?: RegistryEndpoint[];

  /**
   * Whether the registry itself is never asked.
   *
   * @default false
   */
  readonly skipFallback?: boolean;
}

/**
 * The certificates of an image registry. Its name is the host of the registry. Since Talos 1.12.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cri/registrytlsconfig/
 */
export interface RegistryTLSConfig {
  /** The name of the document. */
  readonly name: string;

  /** Client identity. */
  readonly clientIdentity?: meta.CertificateAndKey;

  /** The certificate authorities of the registry, as PEM. */
  readonly ca?: string;

  /**
   * Whether any certificate of the registry is accepted.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

import { shortened, TalosError } from '../problem';
import { requireLength } from './syntax';

/*
 * The grammar of references to container images, as runtimes read them.
 * See https://github.com/distribution/reference
 */

const HOST = String.raw`([a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(:\d+)?`;
const PATH = '[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*';
const TAG = String.raw`\w[-.\w]{0,127}`;
const DIGEST = 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}';
const REFERENCE = new RegExp(`^(?<name>(?:${HOST}/)?${PATH})(:(?<tag>${TAG}))?(@(?<digest>${DIGEST}))?$`);
const LONGEST_NAME = 255;

/** A part of a reference, and what a right one looks like. */
const PARTS = {
  registry: [`${HOST}(/${PATH})?`, 'a host with an optional port and path, without a scheme, for example registry.example.com:5000'],
  repository: [PATH, 'lower-case path components, for example siderolabs/talos'],
  tag: [TAG, 'letters, digits, \'-\', \'_\' and \'.\', for example v1.13.9'],
  digest: [DIGEST, '\'sha256:\' and 64 lower-case hexadecimal digits'],
} as const;

/** The parts of a reference to an image. */
export interface ImageParts {
  readonly registry?: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
}

/** The registry that a repository names itself, as `docker pull` takes it: a first part with a dot or a port, or localhost. */
const NAMED_REGISTRY = new RegExp(`^(localhost|(?=[^/]*[.:])${HOST})/`);

/**
 * The reference that the parts make. A repository that names its registry is taken as it is.
 *
 * @param defaultRegistry the registry where none is given
 */
export function imageReference(property: string, { registry: givenRegistry, ...named }: ImageParts, defaultRegistry: string): string {
  const [prefix = '', ownRegistry] = NAMED_REGISTRY.exec(named.repository) ?? [];
  if (ownRegistry !== undefined && givenRegistry !== undefined) {
    throw new TalosError('talos:conflicting-properties', `'${property}.repository' (${shortened(named.repository)}) names a registry beside '${property}.registry' (${shortened(givenRegistry)}): `
      + `leave 'registry' out, or give a mirror's path to it ('${shortened(`${givenRegistry}/${ownRegistry}`)}')`);
  }
  const parts = { ...named, registry: givenRegistry ?? ownRegistry ?? defaultRegistry, repository: named.repository.slice(prefix.length) };
  for (const [part, [pattern, remedy]] of Object.entries(PARTS)) {
    const value = parts[part as keyof ImageParts];
    if (value !== undefined && !new RegExp(`^(${pattern})$`).test(value)) {
      throw new TalosError('talos:invalid-value', `'${property}.${part}' (${shortened(value)}) can't be part of an image name: give ${remedy}`);
    }
  }
  const { registry, repository, tag, digest } = parts;
  const reference = `${registry}/${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`;
  requireImageReference(property, reference);
  return reference;
}

/** Requires a reference to an image, with or without a registry, a tag and a digest. */
export function requireImageReference(property: string, value: string): void {
  const name = REFERENCE.exec(value)?.groups?.name;
  if (name === undefined) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) is not the name of an image: give <registry>/<repository>, then ':' and a tag, '@' and a digest `
      + '(\'sha256:\' and 64 lower-case hexadecimal digits), or both');
  }
  requireLength(property, name, LONGEST_NAME, 'names of images without tag and digest end there');
}

/** Requires that a reference to an image names its registry, so that no runtime completes it in its own way. */
export function requireNamedRegistry(property: string, value: string): void {
  if (!NAMED_REGISTRY.test(value)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(value)}) names no registry: begin with one, for example ghcr.io/siderolabs/talos`);
  }
}

/**
 * A regular expression, for RE2 too, of the references to images that a reference allows: with its tag and digest, exactly itself. Without both, it
 * allows all tags and digests of its repository; with a digest alone, any tag before that, which says nothing then.
 */
export function imagePattern(reference: string): string {
  const { name = '', tag, digest } = REFERENCE.exec(reference)?.groups ?? {};
  const literally = (text: string) => text.replace(/[.[\]]/g, '\\$&');
  const anyDigest = tag === undefined ? `(@(${DIGEST}))?` : '';
  return `^${literally(name)}${tag === undefined ? `(:${TAG})?` : `:${literally(tag)}`}${digest === undefined ? anyDigest : `@${digest}`}$`;
}

/** The tag of a reference to an image; undefined if it has none. */
export function tagOf(reference: string | undefined): string | undefined {
  return REFERENCE.exec(reference ?? '')?.groups?.tag;
}

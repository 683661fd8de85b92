import { Url } from '../../../network/url';

const REPOSITORY = /^[a-z0-9_\-./]{1,255}$/;
const TAG = /^[\w.-]{1,128}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Whether a text is an image reference: a repository, with an optional registry, tag and digest. */
export function isImageReference(text: string): boolean {
  return isTagged(text) || isDigested(text);
}

/** Whether an image reference has a digest. */
export function isDigested(text: string): boolean {
  const parts = text.split('@');
  return !isTagged(text) && parts.length === 2 && DIGEST.test(parts[1]) && (isTagged(parts[0]) || isRepository(parts[0]));
}

function isTagged(text: string): boolean {
  const colon = text.lastIndexOf(':');
  const tag = colon < 0 || text.includes('/', colon) ? undefined : text.slice(colon + 1);
  return tag === undefined ? isRepository(text) : TAG.test(tag) && isRepository(text.slice(0, colon));
}

function isRepository(text: string): boolean {
  const slash = text.indexOf('/');
  const registry = text.slice(0, Math.max(slash, 0));
  return registry === 'localhost' || /[.:]/.test(registry)
    ? REPOSITORY.test(text.slice(slash + 1)) && Url.parse(`//${registry}`)?.parts.host === registry
    : REPOSITORY.test(text);
}

import { isUtf8 } from 'buffer';
import { parseHostAndPort } from './hosts';

const UNRESERVED = /[A-Za-z0-9\-_.~]/;
/** The other ASCII characters that may stand unescaped in each part. */
const ALLOWED = {
  host: '!$&\'()*+,;=:[]<>"',
  path: '$&+,/:;=@',
  user: '$&+,;=',
  fragment: '$&+,/:;=?@!()*',
} as const;
type Part = keyof typeof ALLOWED;

/** The decoded parts of a URL. A merge replaces each by its own. */
export interface UrlParts {
  readonly scheme: string;
  readonly opaque: string;
  /** user name and password, if there are any */
  readonly user?: readonly string[];
  readonly host: string;
  readonly path: string;
  /** the path as it was written, where that is not the usual way */
  readonly rawPath: string;
  readonly query: string;
  readonly fragment: string;
  readonly rawFragment: string;
  /** there is a `?` without a query */
  readonly forceQuery: boolean;
  /** there is no `//` before the path */
  readonly omitHost: boolean;
}

const EMPTY: UrlParts = {
  scheme: '', opaque: '', host: '', path: '', rawPath: '', query: '', fragment: '', rawFragment: '', forceQuery: false, omitHost: false,
};

/** A URL or a reference as Talos keeps it: read and written as Go's `net/url` does. */
export class Url {
  /** Reads a URL; undefined for a text that is none. */
  public static parse(text: string): Url | undefined {
    if (/[\x00-\x1f\x7f]/.test(text)) {
      return undefined;
    }
    const parts = parseParts(text);
    return parts && new Url(parts);
  }

  public constructor(public readonly parts: UrlParts) {}

  public toString(): string {
    const { scheme, opaque, user, host, forceQuery, query, fragment, omitHost } = this.parts;
    let text = scheme && `${scheme}:`;
    if (opaque) {
      text += opaque;
    } else {
      const path = writtenAs(this.parts.path, this.parts.rawPath, 'path');
      const authority = user || host ? `${user ? `${user.map((part) => escape(part, 'user')).join(':')}@` : ''}${escape(host, 'host')}` : '';
      if ((scheme || authority) && !(omitHost && !authority) && (authority || path)) {
        text += `//${authority}`;
      }
      if (path && !path.startsWith('/') && host) {
        text += '/';
      } else if (!text && path.split('/')[0].includes(':')) {
        text += './'; // otherwise the first segment would read as a scheme
      }
      text += path;
    }
    if (forceQuery || query) {
      text += `?${query}`;
    }
    return fragment ? `${text}#${writtenAs(fragment, this.parts.rawFragment, 'fragment')}` : text;
  }
}

function parseParts(text: string): UrlParts | undefined {
  const [beforeFragment, fragmentText] = cut(text, '#');
  const scheme = /^[A-Za-z][A-Za-z0-9+\-.]*(?=:)/.exec(beforeFragment)?.[0] ?? '';
  if (!scheme && beforeFragment.startsWith(':')) {
    return undefined;
  }
  let rest = scheme ? beforeFragment.slice(scheme.length + 1) : beforeFragment;
  const forceQuery = rest.endsWith('?') && rest.indexOf('?') === rest.length - 1;
  const [beforeQuery, query] = cut(rest, '?');
  rest = beforeQuery;
  const fragment = unescape(fragmentText, 'fragment');
  if (fragment === undefined) {
    return undefined;
  }
  const rawFragment = escape(fragment, 'fragment') === fragmentText ? '' : fragmentText;
  const parts = { ...EMPTY, scheme: scheme.toLowerCase(), forceQuery, query, fragment, rawFragment };
  if (scheme && rest && !rest.startsWith('/')) {
    return { ...parts, opaque: rest };
  }
  if (!scheme && cut(rest, '/')[0].includes(':')) {
    return undefined;
  }
  let authority: Pick<UrlParts, 'user' | 'host'> | undefined = { host: '' };
  let omitHost = false;
  if (rest.startsWith('//') && (scheme || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    authority = parseAuthority(slash < 0 ? rest.slice(2) : rest.slice(2, slash));
    rest = slash < 0 ? '' : rest.slice(slash);
  } else if (scheme && rest.startsWith('/')) {
    omitHost = true;
  }
  const path = unescape(rest, 'path');
  if (!authority || path === undefined) {
    return undefined;
  }
  return { ...parts, ...authority, omitHost, path, rawPath: escape(path, 'path') === rest ? '' : rest };
}

function parseAuthority(text: string): Pick<UrlParts, 'user' | 'host'> | undefined {
  const at = text.lastIndexOf('@');
  const host = parseHost(text.slice(at + 1));
  if (host === undefined || at < 0) {
    return host === undefined ? undefined : { host };
  }
  const userText = text.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userText)) {
    return undefined;
  }
  const [name, password] = cut(userText, ':');
  const user = (userText.includes(':') ? [name, password] : [name]).map((part) => unescape(part, 'user'));
  return user.every((part) => part !== undefined) ? { user, host } : undefined;
}

function parseHost(text: string): string | undefined {
  let port = /:[^:]*$/.exec(text)?.[0] ?? '';
  if (text.startsWith('[')) {
    const end = text.lastIndexOf(']');
    if (end < 0) {
      return undefined;
    }
    port = text.slice(end + 1);
  }
  return /^(?::[0-9]*)?$/.test(port) ? unescape(text, 'host') : undefined;
}

function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function unescape(text: string, part: Part): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) {
    return undefined;
  }
  if (part === 'host') {
    // a host may escape only what is not ASCII
    const readable = [...text.replace(/%(?:25|[89A-Fa-f][0-9A-Fa-f])/g, '')]
      .every((character) => character !== '%' && (character > '\x7f' || isAllowed(character, part)));
    if (!readable) {
      return undefined;
    }
  }
  if (!text.includes('%')) {
    return text;
  }
  const bytes = Buffer.from(text.replace(/%([0-9A-Fa-f]{2})|[^%]+/g, (unescaped, hex?: string) => hex ?? Buffer.from(unescaped).toString('hex')), 'hex');
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

function escape(text: string, part: Part): string {
  return [...text].map((character) => isAllowed(character, part) ? character : percentEncoded(character)).join('');
}

function isAllowed(character: string, part: Part): boolean {
  return UNRESERVED.test(character) || ALLOWED[part].includes(character);
}

function percentEncoded(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** `raw` where it is a way to write `text`, otherwise the usual way. */
function writtenAs(text: string, raw: string, part: 'path' | 'fragment'): string {
  const valid = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/?]*$/.test(raw) && !(part === 'path' && raw.includes('?'));
  if (raw && valid && unescape(raw, part) === text) {
    return raw;
  }
  return part === 'path' && text === '*' ? '*' : escape(text, part);
}

/** Merges one URL over another: its parts that are not empty win. Undefined where both have a user name, which Talos can't merge. */
export function mergeUrls(left: Url, right: Url): Url | undefined {
  if (left.parts.user && right.parts.user) {
    return undefined;
  }
  const filled = Object.fromEntries(Object.entries(right.parts).filter(([, value]) => value !== '' && value !== undefined));
  return new Url({ ...left.parts, ...filled });
}

/** The parts of a URL with a host, as they are written. */
export interface WrittenUrl {
  /** in lower case */
  readonly scheme: string;
  /** user name and password */
  readonly user?: string;
  /** without the brackets of an IPv6 address */
  readonly host: string;
  readonly port?: string;
  readonly path: string;
  /** with its `?` */
  readonly query?: string;
  /** with its `#` */
  readonly fragment?: string;
}

/** Splits a URL; undefined for a text without a scheme and a host. */
export function splitUrl(text: string): WrittenUrl | undefined {
  const [, scheme, user, authority, path, query, fragment] =
    /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(text) ?? [];
  const parts = authority === undefined || /[\n\r\u2028\u2029]/.test(fragment) ? undefined : parseHostAndPort(authority);
  return parts && { scheme: scheme.toLowerCase(), user, ...parts, path, query, fragment };
}

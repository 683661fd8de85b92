import { parseAddress } from './addresses';

/** The parts of a URL with a host. */
export interface UrlParts {
  readonly scheme: string;
  /** user name and password */
  readonly user?: string;
  /** without the brackets of an IPv6 address */
  readonly host: string;
  readonly port?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** The parts of a URL as it is written, or undefined where there is no scheme with a host. */
export function parseUrl(text: string): UrlParts | undefined {
  const [, scheme, user, authority, path, query, fragment] =
    /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(text) ?? [];
  const hostAndPort = authority === undefined ? undefined : parseHostAndPort(authority);
  return hostAndPort && { scheme: scheme.toLowerCase(), user, ...hostAndPort, path, query, fragment };
}

/** The parts of `host:port` where the host is a name, an IPv4 address or an IPv6 address in brackets. */
export function parseHostAndPort(text: string): { readonly host: string; readonly port?: string } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(text);
  if (!match || (match[1] !== undefined && !match[1].includes(':'))) {
    return undefined;
  }
  return { host: match[1] ?? match[2], port: match[3] };
}

/** Whether this is an IP address without a zone. */
export function isAddress(text: string): boolean {
  return !text.includes('%') && parseAddress(text) !== undefined;
}

/** Whether this is a DNS name. What looks like an address is none. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 253
    && labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label))
    && !/^[0-9]+$/.test(labels[labels.length - 1]);
}

/** Whether this is a DNS name or an IP address without a zone. */
export function isHost(text: string): boolean {
  return isAddress(text) || isHostName(text);
}

/** Whether this is a port that can be listened on. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Whether this is such a port as a text. */
export function isPortText(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && isPort(Number(text));
}

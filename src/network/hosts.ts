import { shortened, TalosError } from '../problem';
import { formatAddress, isAddress, parseAddress } from './addresses';

/** The parts of `host:port`, where the host is a name, an IPv4 address or an IPv6 address in brackets. */
export function parseHostAndPort(text: string): { readonly host: string; readonly port?: string } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(text);
  if (!match || (match[1] !== undefined && !match[1].includes(':'))) {
    return undefined;
  }
  return { host: match[1] ?? match[2], port: match[3] };
}

/** A host with a port, as URLs have it. */
export function hostAndPort(host: string, port: number | string): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The canonical text of an IP address with a port in the form that Go's `netip.ParseAddrPort` takes, or undefined for a text that is none. */
export function canonicalAddressPort(text: string): string | undefined {
  const [, bracketed, plain = '', port] = /^(?:\[(.*)\]|([^[\]:]*)):([0-9]+)$/s.exec(text) ?? [];
  const address = parseAddress(bracketed ?? plain);
  const hasRightBrackets = (address?.family === 'IPv6') === (bracketed !== undefined);
  return address && hasRightBrackets && Number(port) <= 65535 ? hostAndPort(formatAddress(address), Number(port)) : undefined;
}

/** Whether the text is a DNS name. One that looks like an IPv4 address is none. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 253
    && labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label))
    && !/^[0-9]+$/.test(labels[labels.length - 1]);
}

/** Whether the text is a DNS name or an IP address without a zone. */
export function isHost(text: string): boolean {
  return isAddress(text) || isHostName(text);
}

/** Throws unless the host, if there is one, is a DNS name or an IP address. */
export function requireHost(property: string, host: string | undefined): void {
  if (host !== undefined && !isHost(host)) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(host)}) is not a host: give an IP address or a DNS name, without a scheme or port`);
  }
}

/** Whether a process can listen on the port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** Whether the text is such a port. */
export function isPortText(text: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(text) && isPort(Number(text));
}

/** Whether a name in a certificate covers a host; its first label may be a wildcard. */
export function coversHost(name: string, host: string): boolean {
  return name === host || (name.startsWith('*.') && host.replace(/^[^.]+/, '*') === name);
}

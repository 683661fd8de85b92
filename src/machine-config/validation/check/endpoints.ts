import { Url } from '../../../network/url';

const HIGHEST_PORT = 65535;

/** The problem of an endpoint's URL, if there is one. */
export function endpointProblem(text: string): string | undefined {
  const url = Url.parse(text);
  if (!url) {
    return 'is not a URL';
  }
  const { host } = url.parts;
  if (host.split(':').length > 3 && !(host.includes('[') && host.includes(']'))) {
    return 'has an IPv6 address without brackets: write it as [fd00::1]';
  }
  const { name, port } = hostParts(host);
  if (name === '') {
    return 'has no host';
  }
  return port !== '' && (Number(port) < 1 || Number(port) > HIGHEST_PORT) ? `has a port outside of 1 to ${HIGHEST_PORT}` : undefined;
}

/** The name, without brackets, and the port of a URL's host. */
export function hostParts(host: string): { readonly name: string; readonly port: string } {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|(.*?))(?::([0-9]*))?$/s.exec(host) ?? [];
  return { name: bracketed ?? plain ?? host, port: port ?? '' };
}

/** The host and the port of `host:port`; either can be empty. */
export function splitHostPort(text: string): { readonly host: string; readonly port: string } | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^[\]:]*)):([^[\]:]*)$/.exec(text);
  return match ? { host: match[1] ?? match[2], port: match[3] } : undefined;
}

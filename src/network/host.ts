import { isAddress, isHost } from './hosts';

/** A host, or an error that names the property. */
export function requireHost(property: string, host: string | undefined): void {
  if (host !== undefined && !isHost(host)) {
    throw new Error(`'${property}' (${host}) is not a host: give an address or a DNS name, without a scheme or port`);
  }
}

/** Whether it is an address rather than a name. */
export function isHostAddress(host: string): boolean {
  return isAddress(host);
}

/** A host with a port, as URLs have it. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

import { Exposure } from './exposure';
import { requireDnsSubdomain, requirePort } from '../../kubernetes/syntax';

const HTTPS_PORT = 443;

/** An exposure that passes TLS through by the host that clients name. */
export abstract class TlsPassthrough extends Exposure {
  public readonly servesNamelessClients = false;

  protected constructor(host: string, private readonly port: number = HTTPS_PORT, annotations?: { readonly [key: string]: string }) {
    super(host, annotations);
    requireDnsSubdomain('host', host);
    requirePort('port', port);
  }

  public externalPort(): number {
    return this.port;
  }
}

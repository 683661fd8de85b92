import { issueClientCertificate, requireText } from './client-certificate';
import { SecretsBundle } from './secrets-bundle';
import { encodeTalosYaml } from './secrets-yaml';
import { TalosApiRole } from '../../talos/talos-api-role';
import { SecretsError } from '../x509/secrets-error';

/** What a talosconfig is to hold. */
export interface TalosconfigOptions {
  /** The cluster's name, which names the context as talosctl has it. */
  readonly clusterName: string;

  /** Addresses or names of the control plane nodes that talosctl connects to. */
  readonly endpoints: readonly string[];

  /**
   * Nodes that talosctl addresses when a command names none.
   * @default none
   */
  readonly nodes?: readonly string[];

  /**
   * What its holder may do.
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: readonly TalosApiRole[];

  /**
   * Start of the client certificate.
   * @default the start of the Talos certificate authority
   */
  readonly notBefore?: Date;

  /**
   * End of the client certificate. It can't be revoked: let it end early where it can leak.
   * @default the end of the Talos certificate authority
   */
  readonly notAfter?: Date;
}

/** Mints the configuration file of talosctl. The same bundle and options give the same text. */
export function mintTalosconfig(bundle: SecretsBundle, options: TalosconfigOptions): string {
  const { clusterName, endpoints, nodes = [], roles = [TalosApiRole.ADMIN], notBefore, notAfter } = options;
  requireText('clusterName', clusterName);
  endpoints.forEach((endpoint) => requireHost('endpoints', endpoint));
  nodes.forEach((node) => requireHost('nodes', node));
  requireRoles(roles);
  const client = issueClientCertificate(bundle.certs.os, { subject: { organizations: roles }, notBefore, notAfter });
  return encodeTalosYaml({
    context: clusterName,
    contexts: {
      [clusterName]: {
        endpoints: [...endpoints],
        ...(nodes.length > 0 ? { nodes: [...nodes] } : {}),
        ca: Buffer.from(bundle.certs.os.crt).toString('base64'),
        crt: Buffer.from(client.crt).toString('base64'),
        key: Buffer.from(client.key).toString('base64'),
      },
    },
  });
}

function requireHost(name: string, host: string): void {
  requireText(name, host);
  if (host.includes('/')) {
    throw new SecretsError(`'${name}' (${host}) is a url: write the host, or host:port, alone`);
  }
}

function requireRoles(roles: readonly string[]): void {
  const known: string[] = Object.values(TalosApiRole);
  if (roles.length === 0) {
    throw new SecretsError(`'roles' is empty, so nothing would be allowed: choose from ${known.join(', ')}`);
  }
  for (const role of roles) {
    if (!known.includes(role)) {
      throw new SecretsError(`'roles' (${role}) is not a role of Talos: choose from ${known.join(', ')}`);
    }
  }
}

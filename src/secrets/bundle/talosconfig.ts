import { ClientCertificateTerms, issueClientCertificate, requireText } from './client-certificate';
import { SecretsBundle } from './secrets-bundle';
import { encodeTalosYaml } from './secrets-yaml';
import { shortened, TalosError } from '../../problem';
import { TalosApiRole } from '../../talos/talos-api-role';

/** The contents of a talosconfig. */
export interface TalosconfigContent extends ClientCertificateTerms {
  /** The cluster's name, which is also the context's name as in talosctl. */
  readonly clusterName: string;

  /** IP addresses or DNS names of the control planes that talosctl connects to. */
  readonly endpoints: readonly string[];

  /**
   * Machines that talosctl acts on if a command names none.
   * @default none
   */
  readonly nodes?: readonly string[];

  /**
   * The roles, which decide what the client can do.
   * @default [TalosApiRole.ADMIN]
   */
  readonly roles?: readonly TalosApiRole[];
}

/** Writes the configuration file of talosctl. The same bundle and content give the same text. */
export function mintTalosconfig(bundle: SecretsBundle, content: TalosconfigContent): string {
  const { clusterName, endpoints, nodes = [], roles = [TalosApiRole.ADMIN], ...terms } = content;
  requireText('clusterName', clusterName);
  endpoints.forEach((endpoint) => requireHost('endpoints', endpoint));
  nodes.forEach((node) => requireHost('nodes', node));
  requireRoles(roles);
  const client = issueClientCertificate(bundle.certs.os, { subject: { organizations: roles }, ...terms });
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
    throw new TalosError('talos:invalid-value', `'${name}' (${shortened(host)}) is a URL: give only host or host:port`);
  }
}

export function requireRoles(roles: readonly string[]): void {
  const known: string[] = Object.values(TalosApiRole);
  if (roles.length === 0) {
    throw new TalosError('talos:missing-property', `'roles' is empty, so the client could do nothing: choose from ${known.join(', ')}`);
  }
  for (const role of roles) {
    if (!known.includes(role)) {
      throw new TalosError('talos:invalid-value', `'roles' (${shortened(role)}) is not a Talos API role: choose from ${known.join(', ')}`);
    }
  }
}

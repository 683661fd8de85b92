import { issueClientCertificate, requireText } from './client-certificate';
import { SecretsBundle } from './secrets-bundle';
import { encodeKubernetesYaml } from './secrets-yaml';
import { SecretsError } from '../x509/secrets-error';

/** What a kubeconfig is to hold. */
export interface KubeconfigOptions {
  /** The cluster's name. */
  readonly clusterName: string;

  /** URL of the Kubernetes API, for example `https://cluster.example.org:6443`. */
  readonly endpoint: string;

  /**
   * Name of the user, written as common name of the certificate.
   * @default admin
   */
  readonly user?: string;

  /**
   * Groups of the user, written as organizations of the certificate. The default may do everything, and no
   * RBAC rule can take that away; a group of your own may do what its role bindings allow.
   * @default ['system:masters']
   */
  readonly groups?: readonly string[];

  /**
   * Namespace that kubectl uses when a command names none.
   * @default default
   */
  readonly namespace?: string;

  /**
   * Start of the client certificate.
   * @default the start of the Kubernetes certificate authority
   */
  readonly notBefore?: Date;

  /**
   * End of the client certificate. It can't be revoked: let it end early where it can leak.
   * @default the end of the Kubernetes certificate authority
   */
  readonly notAfter?: Date;
}

/** Mints a kubeconfig named as `talosctl kubeconfig` names it. The same bundle and options give the same text. */
export function mintKubeconfig(bundle: SecretsBundle, options: KubeconfigOptions): string {
  const { clusterName, endpoint, user = 'admin', groups = ['system:masters'], namespace = 'default', notBefore, notAfter } = options;
  requireText('clusterName', clusterName);
  requireText('user', user);
  requireText('namespace', namespace);
  groups.forEach((group) => requireText('groups', group));
  requireHttps(endpoint);
  const client = issueClientCertificate(bundle.certs.k8s, { subject: { commonName: user, organizations: groups }, notBefore, notAfter });
  const name = `${user}@${clusterName}`;
  return encodeKubernetesYaml({
    'apiVersion': 'v1',
    'clusters': [{
      cluster: {
        'certificate-authority-data': Buffer.from(bundle.certs.k8s.crt).toString('base64'),
        'server': endpoint,
      },
      name: clusterName,
    }],
    'contexts': [{
      context: { cluster: clusterName, namespace, user: name },
      name,
    }],
    'current-context': name,
    'kind': 'Config',
    'users': [{
      name,
      user: {
        'client-certificate-data': Buffer.from(client.crt).toString('base64'),
        'client-key-data': Buffer.from(client.key).toString('base64'),
      },
    }],
  });
}

function requireHttps(endpoint: string): void {
  if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== 'https:') {
    throw new SecretsError(`'endpoint' (${endpoint}) is not an https url: write it as https://host:6443`);
  }
}

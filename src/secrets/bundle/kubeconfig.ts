import { ClientCertificateTerms, issueClientCertificate, requireText } from './client-certificate';
import { SecretsBundle } from './secrets-bundle';
import { encodeKubernetesYaml } from './secrets-yaml';
import { shortened, TalosError } from '../../problem';

/** The contents of a kubeconfig. */
export interface KubeconfigContent extends ClientCertificateTerms {
  /** The cluster's name. */
  readonly clusterName: string;

  /** URL of the Kubernetes API, for example `https://cluster.example.org:6443`. */
  readonly endpoint: string;

  /**
   * Name of the user, which becomes the certificate's common name.
   * @default admin
   */
  readonly user?: string;

  /**
   * Groups of the user, which become the certificate's organizations. Members of the default group can do
   * everything, and no RBAC rule can restrict them; members of other groups can do what role bindings allow.
   * @default ['system:masters']
   */
  readonly groups?: readonly string[];

  /**
   * Namespace that kubectl uses if a command names none.
   * @default default
   */
  readonly namespace?: string;
}

/** Writes a kubeconfig with the same names as `talosctl kubeconfig`. The same bundle and content give the same text. */
export function mintKubeconfig(bundle: SecretsBundle, content: KubeconfigContent): string {
  const { clusterName, endpoint, user = 'admin', groups = ['system:masters'], namespace = 'default', ...terms } = content;
  requireText('clusterName', clusterName);
  requireText('user', user);
  requireText('namespace', namespace);
  groups.forEach((group) => requireText('groups', group));
  requireHttps(endpoint);
  const client = issueClientCertificate(bundle.certs.k8s, { subject: { commonName: user, organizations: groups }, ...terms });
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
    throw new TalosError('talos:invalid-value', `'endpoint' (${shortened(endpoint)}) is not an HTTPS URL: write it as https://host:6443`);
  }
}

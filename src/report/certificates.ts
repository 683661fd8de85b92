import { X509Certificate } from 'crypto';
import { ClusterObjects } from './cluster-objects';
import { componentOf, cronJobsFor } from './jobs';
import { AUTHORITY_NAMES, AuthorityName } from '../secrets/bundle/parts';
import { objectsOf, textsOf } from '../update/manifests/fields';
import { keysOf, textIn, validUntil } from '../update/manifests/secret-contents';

const AUTHORITIES: { readonly [name in AuthorityName]: string } = {
  'certs.os': 'authority of the Talos API',
  'certs.k8s': 'authority of Kubernetes',
  'certs.etcd': 'authority of etcd',
  'certs.k8saggregator': 'authority of aggregated APIs',
};

const CREDENTIALS = 'credentials';

/** The certificates of a cluster that are known: what they are for, and when they end. */
export function certificatesOf(cluster: ClusterObjects): [string, string][] {
  return [...authorities(cluster), ...credentials(cluster)];
}

function authorities(cluster: ClusterObjects): [string, string][] {
  const { controlPlane } = cluster;
  // a template has the certificates of no cluster
  const config = controlPlane && controlPlane.bundleSecretName === undefined ? cluster.configOf(controlPlane) : undefined;
  return AUTHORITY_NAMES.flatMap((name): [string, string][] => {
    const end = endOf(config?._facts.authority(name));
    return end === undefined ? [] : [[AUTHORITIES[name], end]];
  });
}

/** The Secrets with client certificates: when they end, as far as it is known, and what renews them. */
function credentials(cluster: ClusterObjects): [string, string][] {
  const ends = cluster.ofKind('Secret').flatMap((secret) => keysOf(secret).flatMap((key): [string, string][] => {
    const end = ['talosconfig', 'value'].includes(key) ? validUntil(textIn(secret, key) ?? '') : undefined;
    return end ? [[secret.metadata.name, day(end)]] : [];
  }));
  const renewals = cronJobsFor(CREDENTIALS, cluster)
    .flatMap(({ metadata }) => renewedSecrets(cluster).map((name): [string, string] => [name, `renewed by CronJob ${metadata.name}`]));
  const texts = (name: string) => [...ends, ...renewals].filter(([other]) => other === name).map(([, text]) => text);
  return [...new Set([...ends, ...renewals].map(([name]) => name))].map((name) => [`Secret ${name}`, texts(name).join(', ')]);
}

/** The Secrets that the Job with credentials may write. */
function renewedSecrets(cluster: ClusterObjects): string[] {
  const rules = cluster.ofKind('Role').filter((role) => componentOf(role) === CREDENTIALS).flatMap((role) => objectsOf(role.rules));
  return [...new Set(rules.filter(({ resources }) => textsOf(resources).includes('secrets')).flatMap(({ resourceNames }) => textsOf(resourceNames)))];
}

function endOf(pem: string | undefined): string | undefined {
  try {
    return pem && day(new Date(new X509Certificate(pem).validTo));
  } catch {
    return undefined;
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

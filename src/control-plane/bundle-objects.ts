import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BundleSecretsJob } from '../jobs/bundle-secrets-job';
import { CredentialJobs } from '../jobs/credential-jobs';
import { JobImages } from '../jobs/tool-images';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { ownerOf } from '../kubernetes/taken-names';
import { TalosError } from '../problem';
import { createExternalSecrets } from '../secrets/external-secrets';
import { BundleSecrets } from '../secrets/secret-delivery';

/** What the objects depend on that bring keys which synthesis never sees. */
export interface BundleObjectsOptions {
  readonly clusterName: string;
  readonly bundle: BundleSecrets;
  readonly addresses: ControlPlaneAddresses;
  readonly images: JobImages;
  /** Whether Secrets with credentials are wanted. */
  readonly hasCredentials: boolean;
  readonly isSuspended: boolean;
  /** For how many seconds kubeconfigs are valid; a year by default. */
  readonly kubeconfigSeconds?: number;
  readonly labels: { readonly [key: string]: string };
}

/**
 * Creates what brings the Secrets with the bundle of a cluster, and the Jobs that make credentials of it.
 *
 * @throws if one of them would overwrite a Secret that is made elsewhere
 */
export function createBundleObjects(scope: Construct, options: BundleObjectsOptions): void {
  const { clusterName, bundle, addresses, images, kubeconfigSeconds, labels } = options;
  createExternalSecrets(scope, bundle, labels);
  if (bundle.source.kind !== 'external' && makesWorkerSecret(bundle)) {
    new BundleSecretsJob(scope, 'Secrets', { ...images, clusterName, bundle, labels });
  }
  if (options.hasCredentials) {
    const { external, inside } = addresses.kubernetesApi;
    new CredentialJobs(scope, 'Credentials', {
      ...images,
      clusterName,
      namespace: requireNamespace(scope),
      bundle,
      hosts: addresses.members.map(({ host }) => host),
      talosEndpoints: [addresses.talosEndpoint],
      kubernetesEndpoint: `https://${external ?? inside}`,
      insideEndpoint: external === undefined ? undefined : addresses.insideEndpoint,
      kubeconfigLifetime: kubeconfigSeconds === undefined ? undefined : Duration.seconds(kubeconfigSeconds),
      suspend: options.isSuspended,
      labels,
    });
  }
  requireNotMadeHere(scope, bundle);
}

/** Whether the workers' part isn't brought by somebody else. */
function makesWorkerSecret({ source }: BundleSecrets): boolean {
  return source.kind !== 'existing' || source.makesWorkerSecret;
}

/** Refuses a Secret that somebody else makes under a name of which a Job makes one, and would overwrite it. */
function requireNotMadeHere(scope: Construct, bundle: BundleSecrets): void {
  const { source, secretName, workerSecretName } = bundle;
  if (source.kind !== 'existing' && source.kind !== 'saved') {
    return;
  }
  for (const [property, name] of [['secretName', secretName], ...makesWorkerSecret(bundle) ? [] : [['workerSecretName', workerSecretName]]]) {
    const owner = ownerOf(scope, 'Secret', name);
    if (owner !== undefined) {
      throw new TalosError('talos:name-taken', `'${property}' (${name}) of 'secretDelivery' is made elsewhere, and is the name of the Secret at ${owner}, which would overwrite it: give one of them another name`);
    }
  }
}

import { Construct } from 'constructs';
import { secretsRule } from './applied-secret';
import { bundleSecretsScript } from './bundle-secrets-script';
import { jobName, talosctlLabels } from './talosctl-job';
import { talosctlPod } from './talosctl-pod';
import { JobImages } from './tool-images';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { JobSpec } from '../kubernetes/object-specs';
import { createServiceAccount } from '../kubernetes/service-account';
import { takeName } from '../kubernetes/taken-names';
import { BundleSecrets } from '../secrets/secret-delivery';

/** Options of a Job that makes the Secrets with a bundle. */
export interface BundleSecretsJobOptions extends JobImages {
  readonly clusterName: string;
  /** The Secrets. One that nobody else brings is generated. */
  readonly bundle: BundleSecrets;
  readonly labels: { readonly [key: string]: string };
}

/**
 * A Job that makes the Secret with the workers' part of a bundle, and, once, the one with the bundle where nobody else brings it. It never changes a
 * bundle that is there; what it makes of one follows it when the Job runs again. The Secrets have neither labels nor an owner: nothing deletes them
 * with other objects.
 *
 * The Job stays when it has ended: Argo CD and Flux would make a deleted one again.
 */
export class BundleSecretsJob extends Construct {
  /** The name of the Job. */
  public readonly name: string;

  constructor(scope: Construct, id: string, options: BundleSecretsJobOptions) {
    super(scope, id);
    const { clusterName, bundle, bundle: { secretName, workerSecretName, talosAuthoritySecretName, revision, source } } = options;
    const generates = source.kind === 'generated';
    const account = `${clusterName}-secrets`;
    const labels = { ...talosctlLabels(clusterName), 'app.kubernetes.io/component': 'secrets', ...options.labels };
    const template = talosctlPod({ ...options, labels, script: bundleSecretsScript(bundle), serviceAccountName: account });
    this.name = jobName(account, template, revision);
    takeName(this, 'Job', this.name);
    const made = [...generates ? [secretName] : [], workerSecretName, ...talosAuthoritySecretName === undefined ? [] : [talosAuthoritySecretName]];
    made.forEach((name) => takeName(this, 'Secret', name));
    createServiceAccount(this, account, labels, [secretsRule(made, ['get', 'create', 'patch']), ...generates ? [] : [secretsRule([secretName], ['get'])]]);
    const spec: JobSpec = { backoffLimit: 10, template };
    new KubernetesObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: this.name, labels }, spec });
  }
}

import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AppliedSecret } from './applied-secret';
import { AppliedKubeconfig, credentialsScript, mintTalosconfigScript } from './credentials-script';
import { createRenewedSecrets } from './renewed-secrets';
import { bundleFiles, talosctlLabels } from './talosctl-job';
import { talosctlPod } from './talosctl-pod';
import { JobImages } from './tool-images';
import { clusterLabels, MANAGED_BY } from '../kubernetes/labels';
import { takeName } from '../kubernetes/taken-names';
import { TalosError } from '../problem';
import { KUBECONFIG_SECRET } from '../secrets/kubeconfig-secret';
import { BundleSecrets } from '../secrets/secret-delivery';
import { TALOSCONFIG_SECRET } from '../secrets/talosconfig-secret';

/** Options of the Jobs that make credentials. */
export interface CredentialJobsOptions extends JobImages {
  readonly clusterName: string;
  /** The namespace, which tells clusters of one name apart. */
  readonly namespace: string;
  /** The Secrets with the bundle of the cluster. */
  readonly bundle: BundleSecrets;
  /** The hosts of the members, by which the Jobs reach them. */
  readonly hosts: string[];
  /** The hosts in the talosconfig. */
  readonly talosEndpoints: string[];
  /** The URL of the Kubernetes API in the kubeconfig. */
  readonly kubernetesEndpoint: string;
  /** The URL in one more kubeconfig, for clients inside the hosting cluster; there is none by default. */
  readonly insideEndpoint?: string;
  /** How long Talos makes kubeconfigs valid: `cluster.adminKubeconfig.certLifetime` of the machine config. A year by default, as talosconfigs are. */
  readonly kubeconfigLifetime?: Duration;
  /** Whether the members are stopped, which then can't make a kubeconfig. */
  readonly suspend?: boolean;
  readonly labels: { readonly [key: string]: string };
}

/**
 * A Job that makes the Secrets with an administrator's talosconfig and kubeconfig, and a CronJob that renews them in the same way, long before they
 * expire.
 */
export class CredentialJobs extends Construct {
  /** The name of the CronJob. */
  public readonly name: string;

  /** The name of the first Job; undefined where the members are stopped. */
  public readonly firstJobName?: string;

  /** The names of the Secrets. */
  public readonly secretNames: string[];

  constructor(scope: Construct, id: string, options: CredentialJobsOptions) {
    super(scope, id);
    const { clusterName, namespace, bundle, hosts, talosEndpoints, kubeconfigLifetime, suspend } = options;
    this.name = `${clusterName}-credentials`;
    const labels = { ...talosctlLabels(clusterName), 'app.kubernetes.io/component': 'credentials', ...options.labels };
    const talosconfig = talosconfigSecret(clusterName);
    const kubeconfigs = kubeconfigSecrets(options);
    this.secretNames = [talosconfig, ...kubeconfigs].map(({ name }) => name);
    this.secretNames.forEach((name) => takeName(this, 'Secret', name));
    const template = talosctlPod({
      ...options,
      labels,
      script: mintTalosconfigScript({ clusterName, endpoints: hosts }, bundle.secretName)
        + credentialsScript(clusterName, hosts, talosEndpoints, talosconfig, kubeconfigs),
      files: [bundleFiles(bundle)],
      serviceAccountName: this.name,
    });
    this.firstJobName = createRenewedSecrets(this, {
      name: this.name,
      labels,
      template,
      secretNames: this.secretNames,
      schedule: schedule(`${namespace}/${clusterName}`, kubeconfigLifetime),
      revision: bundle.revision,
      suspend,
    });
  }
}

function talosconfigSecret(clusterName: string): AppliedSecret {
  const { key, name } = TALOSCONFIG_SECRET;
  return { name: name(clusterName), labels: labelsOf(clusterName), type: 'Opaque', keys: [key] };
}

function kubeconfigSecrets({ clusterName, kubernetesEndpoint, insideEndpoint }: CredentialJobsOptions): AppliedKubeconfig[] {
  const { key, type, name, ownLabels } = KUBECONFIG_SECRET;
  const form = { keys: [key], type, labels: { ...labelsOf(clusterName), ...ownLabels(clusterName) } };
  return [
    { ...form, name: name(clusterName), server: kubernetesEndpoint },
    ...insideEndpoint === undefined ? [] : [{ ...form, name: `${clusterName}-inside-kubeconfig`, server: insideEndpoint }],
  ];
}

/** Those of every object of the cluster, but for the instance: Argo CD may take that for one of its applications, and delete what isn't in Git. */
function labelsOf(clusterName: string): { readonly [key: string]: string } {
  return { ...MANAGED_BY, ...clusterLabels(clusterName) };
}

/** At least twice in the life of a kubeconfig, and once a month, at a time that few other clusters have. */
function schedule(cluster: string, lifetime: Duration = Duration.days(365)): string {
  const [minute, hour, day] = createHash('sha256').update(cluster).digest();
  const minutes = Math.floor(lifetime.toMinutes({ integral: false }));
  if (minutes < 2 * 60) {
    throw new TalosError('talos:conflicting-properties', `'cluster.adminKubeconfig.certLifetime' (${minutes} minutes) of the machine config is too short for a kubeconfig in a Secret, `
      + 'which is renewed once an hour: give two hours or more, or set \'credentialSecrets\' to false');
  }
  const isLong = minutes >= 62 * 24 * 60;
  return [minute % 60, minutes >= 2 * 24 * 60 ? hour % 24 : '*', isLong ? 1 + day % 28 : '*', '*', '*'].join(' ');
}

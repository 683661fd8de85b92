import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { AppliedSecret } from './applied-secret';
import { metricsTokenScript } from './metrics-token-script';
import { createRenewedSecrets } from './renewed-secrets';
import { talosctlLabels } from './talosctl-job';
import { secretFiles, talosctlPod } from './talosctl-pod';
import { JobImages } from './tool-images';
import { clusterLabels, MANAGED_BY } from '../kubernetes/labels';
import { takeName } from '../kubernetes/taken-names';
import { KUBECONFIG_SECRET } from '../secrets/kubeconfig-secret';

/** The keys of the Secret with a token that may read metrics. */
export const METRICS_TOKEN = { token: 'token', authority: 'ca.crt' } as const;

/** Options of the Jobs that make the Secret with a token. */
export interface MetricsTokenJobOptions extends JobImages {
  readonly clusterName: string;
  /** The namespace, which tells clusters of one name apart. */
  readonly namespace: string;
  /** The URL of the inner cluster's Kubernetes API for pods of the hosting cluster. */
  readonly kubernetesEndpoint: string;
  /** Whether the members are stopped, which then give no tokens. */
  readonly suspend: boolean;
}

/**
 * A Job that makes the Secret with a token of the inner cluster that may read metrics, and a CronJob that does the same each day. They use the
 * cluster's Secret with a kubeconfig, whoever makes that, and wait for it.
 */
export class MetricsTokenJob extends Construct {
  /** The name of the Secret. */
  public readonly secretName: string;

  /** The labels by which the pods are selected. */
  public readonly selectorLabels: { readonly [key: string]: string };

  constructor(scope: Construct, id: string, options: MetricsTokenJobOptions) {
    super(scope, id);
    const { clusterName, namespace, suspend } = options;
    const name = `${clusterName}-metrics-token`;
    this.secretName = name;
    this.selectorLabels = talosctlLabels(name);
    // no label of an instance: Argo CD may take that for one of its applications, and delete what isn't in Git
    const secret: AppliedSecret = {
      name, labels: { ...MANAGED_BY, ...clusterLabels(clusterName) }, type: 'Opaque', keys: [METRICS_TOKEN.token, METRICS_TOKEN.authority],
    };
    takeName(this, 'Secret', name);
    const labels = { ...this.selectorLabels, 'app.kubernetes.io/component': 'metrics-token', ...clusterLabels(clusterName) };
    createRenewedSecrets(this, {
      name,
      labels,
      template: talosctlPod({
        ...options,
        labels,
        script: metricsTokenScript(`/kubeconfig/${KUBECONFIG_SECRET.key}`, options.kubernetesEndpoint, secret),
        files: [secretFiles('/kubeconfig', KUBECONFIG_SECRET.name(clusterName), [KUBECONFIG_SECRET.key])],
        serviceAccountName: name,
      }),
      secretNames: [name],
      schedule: daily(`${namespace}/${clusterName}`),
      suspend: suspend || undefined,
    });
  }
}

/** Once a day, at a time that few other clusters have. */
function daily(cluster: string): string {
  const [minute, hour] = createHash('sha256').update(`metrics-token ${cluster}`).digest();
  return `${minute % 60} ${hour % 24} * * *`;
}

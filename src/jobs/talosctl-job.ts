import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { mintTalosconfigScript } from './credentials-script';
import { prelude } from './scripts';
import { MountedFiles, secretFiles, talosctlPod } from './talosctl-pod';
import { JobImages } from './tool-images';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { JobSpec, PolicyRule } from '../kubernetes/object-specs';
import { PodTemplateSpec } from '../kubernetes/pod-template';
import { createSecretObject } from '../kubernetes/secret-object';
import { createServiceAccount } from '../kubernetes/service-account';
import { takeName } from '../kubernetes/taken-names';
import { BUNDLE_KEY, BundleSecrets } from '../secrets/secret-delivery';
import { TalosconfigOptions, TalosSecrets } from '../secrets/talos-secrets';

/** What a talosconfig is made of. */
export interface TalosctlCredentialsOptions {
  /** The name of its Secret. */
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** The secrets of the cluster, or the Secrets that hold them where synthesis never sees them: the pod then makes its talosconfig itself. */
  readonly clusterSecrets: TalosSecrets | BundleSecrets;
  /** The contents of the talosconfig. One that the pod makes itself is valid for a year if it is an administrator's, and for a day otherwise. */
  readonly talosconfig: TalosconfigOptions;
}

/** What gives a pod its talosconfig: files, and the beginning of its script. */
export interface TalosctlCredentials {
  readonly files: MountedFiles;
  readonly beginning: string;
}

/** Options of a Job with talosctl. */
export interface TalosctlJobOptions extends TalosctlCredentialsOptions, JobImages {
  /** The name of its Secret. The name of the Job is this with a hash of its task: a Job with another task has another name. */
  readonly name: string;
  /** A shell script. In it, `talosctl` is a function that passes the talosconfig, and `/scratch` is empty and writable. */
  readonly script: string;
  /** Further files, and the text that they are made of: another one is another task. */
  readonly files?: { readonly mounted: MountedFiles; readonly text: string };
  /** The time after which the Job fails; no limit by default. */
  readonly timeoutSeconds?: number;
  /** The time after which the Job is deleted once it has ended; it stays by default. */
  readonly ttlSecondsAfterFinished?: number;
  /** What the script may do in the hosting cluster with `kubectl`; nothing by default. */
  readonly kubernetesRules?: PolicyRule[];
  /** The memory that the Job may use; 128Mi by default. */
  readonly memoryLimit?: string;
}

/** The labels by which the Jobs of an instance are selected. */
export function talosctlLabels(instance: string): { readonly [key: string]: string } {
  return { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': instance };
}

/** The Secret with the whole bundle as a file, without which a pod waits. */
export function bundleFiles({ secretName }: BundleSecrets): MountedFiles {
  return secretFiles('/bundle', secretName, [BUNDLE_KEY]);
}

/** The name of a Job: one with another task has another name. */
export function jobName(name: string, template: PodTemplateSpec, ...task: unknown[]): string {
  return `${name}-${createHash('sha256').update(JSON.stringify([template, ...task])).digest('hex').slice(0, 8)}`;
}

/** A Job that runs a script with talosctl, and the Secret with its talosconfig, whose key no other has, unless the Job makes that itself. */
export class TalosctlJob extends Construct {
  /** The name of the Job. */
  public readonly name: string;

  constructor(scope: Construct, id: string, options: TalosctlJobOptions) {
    super(scope, id);
    const { clusterSecrets, files, kubernetesRules, labels } = options;
    const { files: credentials, beginning } = talosctlCredentials(this, options);
    const template = talosctlPod({
      ...options,
      script: beginning + options.script,
      files: [credentials, ...files ? [files.mounted] : []],
      serviceAccountName: kubernetesRules && options.name,
    });
    // the authority stands for the cluster: the talosconfig is renewed, and no Job may run again for that
    const cluster = clusterSecrets instanceof TalosSecrets ? clusterSecrets._bundle.certs.os.crt : clusterSecrets.revision;
    this.name = jobName(options.name, template, cluster, ...files ? [files.text] : []);
    takeName(this, 'Job', this.name);
    if (kubernetesRules) {
      createServiceAccount(this, options.name, labels, kubernetesRules);
    }
    const spec: JobSpec = {
      backoffLimit: 10,
      activeDeadlineSeconds: options.timeoutSeconds,
      ttlSecondsAfterFinished: options.ttlSecondsAfterFinished,
      template,
    };
    new KubernetesObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: this.name, labels }, spec });
  }
}

/** Gives a pod its talosconfig: in a Secret, with a key that no other has, or else the pod makes it. */
export function talosctlCredentials(scope: Construct, options: TalosctlCredentialsOptions): TalosctlCredentials {
  const { name, labels, clusterSecrets, talosconfig } = options;
  if (clusterSecrets instanceof TalosSecrets) {
    createSecretObject(new Construct(scope, 'Talosconfig'), name, { labels }, { values: { talosconfig: clusterSecrets._talosconfig(talosconfig, name) } });
    return { files: secretFiles('/talosconfig', name), beginning: prelude() };
  }
  return { files: bundleFiles(clusterSecrets), beginning: mintTalosconfigScript(talosconfig, clusterSecrets.secretName) };
}

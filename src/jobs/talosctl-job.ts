import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { PRELUDE } from './scripts';
import { JobImages } from './tool-images';
import { CONFINED, CONFINED_POD, NONROOT } from '../kubernetes/confined';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty } from '../kubernetes/manifest';
import { JobSpec, PolicyRule } from '../kubernetes/object-specs';
import { PodTemplateSpec } from '../kubernetes/pod-template';
import { createSecretObject } from '../kubernetes/secret-object';
import { createServiceAccount } from '../kubernetes/service-account';
import { takeName } from '../kubernetes/taken-names';
import { EmptyDirMedium } from '../kubernetes/volume';
import { TalosconfigOptions, TalosSecrets } from '../secrets/talos-secrets';

/** Options of a Job with talosctl. */
export interface TalosctlJobOptions extends JobImages {
  /** The name of its Secret. The name of the Job is this with a hash of its task: a Job with another task has another name. */
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** A shell script. In it, `talosctl` is a function that passes the talosconfig, and `/scratch` is empty and writable. */
  readonly script: string;
  /** The secrets of the cluster. */
  readonly clusterSecrets: TalosSecrets;
  /** The contents of the Job's talosconfig. */
  readonly talosconfig: TalosconfigOptions;
  /** Further Secrets that are mounted as directories, by path, and the text in them. */
  readonly secrets?: { readonly [path: string]: { readonly secretName: string; readonly text: string } };
  /** The time after which the Job fails; no limit by default. */
  readonly timeoutSeconds?: number;
  /** The time after which the Job is deleted once it has ended; it stays by default. */
  readonly ttlSecondsAfterFinished?: number;
  /** What the script may do in the hosting cluster with `kubectl`; nothing by default. */
  readonly kubernetesRules?: PolicyRule[];
}

const RESOURCES = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } };

/** The labels by which the Jobs of an instance are selected. */
export function talosctlLabels(instance: string): { readonly [key: string]: string } {
  return { 'app.kubernetes.io/name': 'talosctl', 'app.kubernetes.io/instance': instance };
}

/**
 * A Job that runs a script with talosctl, and the Secret with its talosconfig, whose key no other has. The image of talosctl has no shell, so an init
 * container adds a static one, and another one kubectl where the script uses it.
 */
export class TalosctlJob extends Construct {
  /** The name of the Job. */
  public readonly name: string;

  constructor(scope: Construct, id: string, options: TalosctlJobOptions) {
    super(scope, id);
    const { name: secretName, clusterSecrets, secrets = {} } = options;
    const text = clusterSecrets._talosconfig(options.talosconfig, secretName);
    createSecretObject(new Construct(this, 'Talosconfig'), secretName, { labels: options.labels }, { values: { talosconfig: text } });
    const mounts = Object.entries({ '/talosconfig': { secretName }, ...secrets });
    const template = this.template(options, mounts.map(([path, mounted]) => ({ path, secretName: mounted.secretName })));
    // the authority stands for the cluster: the talosconfig is renewed, and no Job may run again for that
    const task = [template, clusterSecrets._bundle.certs.os.crt, ...Object.values(secrets).map((mounted) => mounted.text)];
    const hash = createHash('sha256').update(JSON.stringify(task)).digest('hex').slice(0, 8);
    this.name = `${options.name}-${hash}`;
    takeName(this, 'Job', this.name);
    if (options.kubernetesRules) {
      createServiceAccount(this, secretName, options.labels, options.kubernetesRules);
    }
    const spec: JobSpec = {
      backoffLimit: 10,
      activeDeadlineSeconds: options.timeoutSeconds,
      ttlSecondsAfterFinished: options.ttlSecondsAfterFinished,
      template,
    };
    new KubernetesObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: this.name, labels: options.labels },
      spec,
    });
  }

  private template(options: TalosctlJobOptions, secrets: { readonly path: string; readonly secretName: string }[]): PodTemplateSpec {
    const volumeNames = secrets.map(({ path }) => path.slice(1));
    const usesKubernetes = options.kubernetesRules !== undefined;
    const copy = (name: string, image: string, busybox: string, tool: string) => ({
      name,
      image,
      command: [busybox, 'cp', tool, '/tools/'],
      resources: RESOURCES,
      securityContext: CONFINED,
      volumeMounts: [{ name: 'tools', mountPath: '/tools' }],
    });
    return {
      metadata: { labels: options.labels },
      spec: {
        restartPolicy: 'OnFailure',
        // a script can end at any time, and the shell doesn't pass the signal on to what it waits for
        terminationGracePeriodSeconds: 1,
        serviceAccountName: usesKubernetes ? options.name : undefined,
        automountServiceAccountToken: usesKubernetes,
        enableServiceLinks: false,
        imagePullSecrets: unlessEmpty(options.imagePullSecrets?.map((name) => ({ name }))),
        securityContext: { fsGroup: NONROOT, ...CONFINED_POD },
        initContainers: [
          copy('shell', options.busyboxImage, '/bin/busybox', '/bin/busybox'),
          ...usesKubernetes ? [copy('kubectl', options.kubectlImage, '/tools/busybox', '/bin/kubectl')] : [],
        ],
        containers: [{
          name: 'talosctl',
          image: options.talosctlImage,
          command: ['/tools/busybox', 'sh', '-c', PRELUDE + options.script],
          resources: RESOURCES,
          securityContext: CONFINED,
          volumeMounts: [
            { name: 'tools', mountPath: '/tools', readOnly: true },
            { name: 'scratch', mountPath: '/scratch' },
            ...secrets.map(({ path }, index) => ({ name: volumeNames[index], mountPath: path, readOnly: true })),
          ],
        }],
        volumes: [
          { name: 'tools', emptyDir: {} },
          { name: 'scratch', emptyDir: { medium: EmptyDirMedium.MEMORY, sizeLimit: '8Mi' } },
          ...secrets.map(({ secretName }, index) => ({ name: volumeNames[index], secret: { secretName } })),
        ],
      },
    };
  }
}

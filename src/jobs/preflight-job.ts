import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { readInstance, readList, readMap, readNumber, readStructure, readText } from '../input';
import { CONFINED_POD } from '../kubernetes/confined';
import { located } from '../kubernetes/construct-errors';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { unlessEmpty } from '../kubernetes/manifest';
import { JobSpec } from '../kubernetes/object-specs';
import { PodTemplateSpec } from '../kubernetes/pod-template';
import { readToleration, Toleration } from '../kubernetes/scheduling';
import { requireScheduling } from '../kubernetes/scheduling-checks';
import { requireDnsSubdomain, requireRfc1035Label, requireUnique, requireWholeNumber } from '../kubernetes/syntax';
import { nameFromPath, takeName } from '../kubernetes/taken-names';
import { preflightContainer, PreflightOptions, readPreflightOptions, requirePreflight } from '../node/preflight';
import { warnOfUnknownRelease } from '../node/release-warnings';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

/**
 * Properties of a `PreflightJob`.
 */
export interface PreflightJobProps extends PreflightOptions {
  /** The number of hosting nodes, each of which runs one pod; from 1 to 5000. */
  readonly nodes: number;

  /**
   * The release of Talos that the nodes are to host.
   *
   * @default TalosVersion.DEFAULT
   */
  readonly talosVersion?: TalosVersion;

  /**
   * The name of the Job, without the hash at its end: a Job with another task has another name. A DNS label of up to 49 characters that begins with a
   * letter.
   *
   * @default - the construct's path, joined by `-`
   */
  readonly name?: string;

  /**
   * Labels that a hosting node must have to be checked.
   *
   * @default - none
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of hosting nodes that the pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The names of the Secrets with the credentials of the registries.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}

/** The most nodes that Kubernetes supports. */
const MOST_NODES = 5000;

/** A pod that has ended keeps no other from its node: none ends before all have one. */
const DELAY_SECONDS = 20;

/** A pod's host name is the Job's name and its index; the Job's name ends with a hash. */
const LONGEST_NAME = 63 - '-01234567'.length - `-${MOST_NODES - 1}`.length;

/**
 * A Job that checks hosting nodes before machines come: one pod without any rights on each of them. The Job completes if all nodes have what Talos
 * needs, and fails otherwise. Its pods stay: their logs and termination messages say everything that is wrong, and what to do. It checks the same
 * as `Preflight.initContainer()`, but an emptyDir volume in place of `/var`.
 *
 * It needs Kubernetes 1.29 or newer in the hosting cluster, and as many nodes that take its pods as `nodes` says.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { PreflightJob, TalosVersion } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'checks', { namespace: 'checks' });
 * new PreflightJob(chart, 'preflight', { nodes: 3, talosVersion: TalosVersion.V1_14 });
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index
 */
export class PreflightJob extends Construct {
  /** The name of the Job. */
  public readonly name: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: PreflightJobProps) {
    super(scope, id);
    try {
      props = readPreflightJobProps('props', props);
      const { nodes, name = nameFromPath(this), imagePullSecrets = [] } = props;
      requireWholeNumber('nodes', nodes, 1, MOST_NODES);
      requireRfc1035Label('name', name, LONGEST_NAME, `the names of its pods have ${63 - LONGEST_NAME} more`);
      requirePreflight(props);
      requireScheduling({ nodeSelector: props.nodeSelector, tolerations: props.tolerations });
      imagePullSecrets.forEach((secret) => requireDnsSubdomain('imagePullSecrets', secret));
      requireUnique('imagePullSecrets', imagePullSecrets);
      const labels = { 'app.kubernetes.io/name': 'preflight', 'app.kubernetes.io/instance': name };
      const spec: JobSpec = {
        completions: nodes,
        parallelism: nodes,
        completionMode: 'Indexed',
        // a pod that fails says what its own node lacks: another one on another node says nothing of that
        backoffLimitPerIndex: 0,
        template: template(props, labels),
      };
      this.name = `${name}-${createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8)}`;
      takeName(this, 'Job', this.name);
      warnOfUnknownRelease(this, props.talosVersion ?? TalosVersion.DEFAULT);
      new KubernetesObject(this, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: this.name, labels }, spec });
    } catch (error) {
      throw located(this, error);
    }
  }
}

function template(props: PreflightJobProps, labels: { readonly [key: string]: string }): PodTemplateSpec {
  const { talosVersion = TalosVersion.DEFAULT, nodeSelector, tolerations, imagePullSecrets } = props;
  const volume = 'an emptyDir volume of the node';
  const container = preflightContainer(props, [{ name: 'var', mountPath: TalosMount.VAR }], { talosVersion, volume, besideTalos: false, delaySeconds: DELAY_SECONDS });
  return {
    metadata: { labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: unlessEmpty(imagePullSecrets?.map((name) => ({ name }))),
      nodeSelector: unlessEmpty(nodeSelector),
      tolerations: unlessEmpty(tolerations),
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } }],
        },
      },
      securityContext: CONFINED_POD,
      containers: [container],
      volumes: [{ name: 'var', emptyDir: {} }],
    },
  };
}

export const readPreflightJobProps = readStructure<PreflightJobProps>({ nodes: readNumber }, {
  ...readPreflightOptions.optional,
  talosVersion: readInstance(TalosVersion),
  name: readText,
  nodeSelector: readMap(readText),
  tolerations: readList(readToleration),
  imagePullSecrets: readList(readText),
});

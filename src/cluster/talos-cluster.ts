import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { createReadinessJob } from './readiness-job';
import { EphemeralClusterProps, TalosClusterProps, readTalosClusterProps, readEphemeralClusterProps } from './talos-cluster-props';
import { TalosWorkers } from './talos-workers';
import { readWorkerPoolOptions } from './talos-workers-props';
import { BootstrapMode } from '../control-plane/bootstrap-mode';
import { requireClusterName } from '../control-plane/checks';
import { KubernetesUpgrade } from '../control-plane/kubernetes-upgrade';
import { TalosControlPlane } from '../control-plane/talos-control-plane';
import { ControlPlaneOptions, readControlPlaneOptions } from '../control-plane/talos-control-plane-props';
import { Structure } from '../input';
import { located, locating, locatingNew } from '../kubernetes/construct-errors';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { unlessEmpty } from '../kubernetes/manifest';
import { declareNamespace, requireNamespace } from '../kubernetes/namespace-scope';
import { createDefaultDeny } from '../kubernetes/network-policies';
import { requireWholeNumber } from '../kubernetes/syntax';
import { ownerOf } from '../kubernetes/taken-names';
import { MachineConfigPatch } from '../machine-config/machine-config-patch';
import { machineSettingsOver, settingsOver } from '../machine-config/machine-settings';
import { NodeStorage } from '../node/node-storage';
import { TalosNamespace } from '../node/talos-namespace';
import { TalosError, withSubjects } from '../problem';
import { ClusterObjects } from '../report/cluster-objects';
import { clusterReport } from '../report/cluster-report';
import { ClusterDescriptionOptions, DescriptionFormat, readClusterDescriptionOptions, writeReports } from '../report/description-format';
import { KubeconfigSecret } from '../secrets/kubeconfig-secret';
import { TalosSecrets } from '../secrets/talos-secrets';
import { TalosVersion } from '../talos/talos-version';

/**
 * A whole Talos cluster in pods of the hosting cluster: namespace, control plane and pools of workers.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * const app = new App();
 * new TalosCluster(new Chart(app, 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   workerPools: [{ name: 'general', replicas: 2 }],
 * });
 * app.synth();
 *
 * @see https://www.talos.dev/latest/introduction/getting-started/
 */
export class TalosCluster extends Construct {
  /**
   * A throwaway cluster, for example for a CI job: one control plane that bootstraps itself and also runs ordinary pods, and workers, with small
   * requests and without persistent storage. When the pod of the control plane is deleted, the cluster is lost.
   *
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  public static ephemeral(scope: Construct, id: string, props: EphemeralClusterProps): TalosCluster {
    return locatingNew(scope, id, () => withSubjects(ephemeralSubject, () => TalosCluster.createEphemeral(scope, id, readEphemeralClusterProps('props', props))));
  }

  private static createEphemeral(scope: Construct, id: string, props: EphemeralClusterProps): TalosCluster {
    const { workers = 0, cni, kubernetesVersion, hostingNetwork, sizeLimit = Size.gibibytes(10), ttl = Duration.hours(24) } = props;
    requireWholeNumber('workers', workers, 0);
    const lifetime = lifetimeText(ttl);
    // an abrupt end loses nothing
    const ends = { preStopSleep: Duration.seconds(0), terminationGracePeriod: Duration.seconds(30) };
    const machines = { ...ends, storage: NodeStorage.ephemeral({ sizeLimit }) };
    const cluster = new TalosCluster(scope, id, {
      ...props,
      secrets: props.secrets ?? (props.secretDelivery?._isKeyless ? undefined : TalosSecrets.generate()),
      controlPlane: {
        kubernetesVersion,
        hostingNetwork,
        cni,
        ...machines,
        bootstrap: BootstrapMode.INIT,
        // what begins anew needs no upgrade
        kubernetesUpgrade: KubernetesUpgrade.MANUAL,
        allowSchedulingOnControlPlanes: true,
        resources: props.controlPlaneResources,
      },
      workerPools: workers === 0 ? [] : [{
        name: 'worker',
        replicas: workers,
        ...machines,
        resources: props.workerResources,
      }],
    });
    cluster.limitLifetime(lifetime);
    return cluster;
  }

  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The namespace of the cluster's objects. */
  public readonly namespaceName: string;

  /**
   * The namespace.
   *
   * @default - it is made elsewhere
   */
  public readonly namespace?: TalosNamespace;

  /** The control plane. */
  public readonly controlPlane: TalosControlPlane;

  /**
   * The name of the Job that completes when the cluster is healthy.
   *
   * @default - there is none
   */
  public readonly readinessJobName?: string;

  private readonly pools: TalosWorkers[];

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosClusterProps) {
    super(scope, id);
    try {
      props = readTalosClusterProps('props', props);
      requireClusterName(props.clusterName);
      this.clusterName = props.clusterName;
      labelObjectsOf(this, { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': this.clusterName, ...clusterLabels(this.clusterName) });
      declareNamespace(this, props.namespace ?? Chart.of(this).namespace ?? this.clusterName);
      this.namespaceName = requireNamespace(this);
      requireAttainableHealth(props);
      this.namespace = this.createNamespace(props.createNamespace ?? true);
      const { talosVersion, secrets, secretDelivery, sharedSecrets, controlPlane, workerPools = [], defaultDeny = false, suspend } = props;
      if (defaultDeny) {
        createDefaultDeny(this);
      }
      // where nothing else is allowed, machines need a policy that opens what they need
      const leastPolicy = defaultDeny ? {} : undefined;
      const controlPlaneSubjects = subjectsIn(props, 'controlPlane', readControlPlaneOptions, controlPlane);
      this.controlPlane = withSubjects(controlPlaneSubjects, () => new TalosControlPlane(this, 'ControlPlane', {
        secrets,
        secretDelivery,
        sharedSecrets,
        ...controlPlane,
        ...settingsOver(props, controlPlane),
        clusterName: this.clusterName,
        talosVersion: controlPlane?.talosVersion ?? talosVersion,
        configContract: configContractOf(props, controlPlane),
        patches: patchesOf(props, 'controlPlanePatches', 'the control plane', controlPlane),
        networkPolicy: controlPlane?.networkPolicy ?? leastPolicy,
        suspend: controlPlane?.suspend ?? suspend,
      }));
      secretDelivery?._deliver(this, this.controlPlane.secrets);
      this.pools = workerPools.map((pool, index) => withPatchesOfRoles(subjectsIn(props, `workerPools[${index}]`, readWorkerPoolOptions, pool), () => {
        // before the construct tree refuses the id
        this.controlPlane._cluster.machines.require(pool.name);
        return new TalosWorkers(this, `Workers-${pool.name}`, {
          ...pool,
          ...machineSettingsOver(props, pool),
          controlPlane: this.controlPlane,
          talosVersion: pool.talosVersion ?? talosVersion,
          configContract: configContractOf(props, pool),
          patches: patchesOf(props, 'workerPatches', `the pool '${pool.name}'`, pool),
          networkPolicy: pool.networkPolicy ?? leastPolicy,
          suspend: pool.suspend ?? suspend,
        });
      }));
      if (props.readinessJob && !suspend) {
        this.readinessJobName = createReadinessJob(this, this.controlPlane, this.pools, props.readinessJob);
        this.createInsideKubeconfig();
        this.node.addValidation({ validate: () => this.unknownPools() });
      }
    } catch (error) {
      throw located(this, error);
    }
  }

  /** The pools of workers, in the order in which they were given. */
  public get workerPools(): TalosWorkers[] {
    return [...this.pools];
  }

  /**
   * The secrets of the cluster.
   *
   * @default - not known here, by `secretDelivery` or with a ready machine config that is made elsewhere
   */
  public get secrets(): TalosSecrets | undefined {
    return this.controlPlane.secrets;
  }

  /**
   * Describes the whole cluster, without a secret: machines, Services, ports and who may connect, the networks of both clusters, certificates,
   * claims, Jobs, and what survives what. `npx cdk8s-talos report` does the same for manifests.
   *
   * @param options the form
   */
  public describe(options: ClusterDescriptionOptions = {}): string {
    return locating(this, () => {
      const { format = DescriptionFormat.TEXT } = readClusterDescriptionOptions('options', options);
      const { controlPlane, pools } = this;
      const configs = new Map([controlPlane, ...pools].map(({ talosNode, machineConfig }) => [talosNode.name, machineConfig.config]));
      const objects = this.node.findAll().flatMap((construct) => construct instanceof ApiObject ? [construct.toJson()] : []);
      const clusters = ClusterObjects.in(objects, { hostingNetwork: controlPlane._cluster.hostingNetwork, configs });
      return writeReports(clusters.map(clusterReport), format);
    });
  }

  private createNamespace(wanted: boolean): TalosNamespace | undefined {
    const name = this.namespaceName;
    const isThere = ownerOf(this, 'Namespace', name) !== undefined;
    return wanted && !isThere ? new TalosNamespace(this, 'Namespace', { name }) : undefined;
  }

  /** Pipelines in the hosting cluster need another kubeconfig where the ordinary one is for clients outside. */
  private createInsideKubeconfig(): void {
    const { controlPlane, controlPlane: { _cluster: cluster } } = this;
    // where synthesis never sees the keys, the Job that makes the ordinary one makes this too
    if (cluster.hasCredentials && !cluster.keys.bundle && cluster.addresses.kubernetesApi.external !== undefined) {
      new KubeconfigSecret(this, 'InsideKubeconfig', {
        ...cluster.credentials,
        clusterName: this.clusterName,
        endpoint: controlPlane.insideEndpoint,
        secrets: cluster.facts.secrets,
        name: `${this.clusterName}-inside-kubeconfig`,
      });
    }
  }

  /** A cluster with machines that the Job doesn't know would never become healthy. */
  private unknownPools(): string[] {
    const known = this.pools.map(({ poolName }) => poolName);
    return this.controlPlane._cluster.machines.pools.filter((name) => !known.includes(name))
      .map((name) => `'readinessJob' doesn't know the pool '${name}', and would never complete: give the pool to 'workerPools'`);
  }

  private limitLifetime(lifetime: string): void {
    const objects = this.node.findAll().filter((construct): construct is ApiObject => construct instanceof ApiObject);
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    for (const { metadata } of namespaces.length > 0 ? namespaces : objects) {
      metadata.addLabel('cleanup.kyverno.io/ttl', lifetime);
      metadata.addAnnotation('janitor/ttl', lifetime);
    }
  }
}

type Values = { readonly [field: string]: any };

/** Names the properties of a part of the cluster as the cluster's user knows them: in the part's own property, unless they come from the cluster. */
function subjectsIn(cluster: Values, part: string, fields: Structure<any>, given: Values = {}): (property: string) => string {
  return (property) => {
    const [field] = property.split(/[.[]/);
    const isOfPart = (field in fields.required || field in fields.optional) && (given[field] !== undefined || cluster[field] === undefined);
    return `'${isOfPart ? `${part}.` : ''}${property}'`;
  };
}

/** The same, and leads from patches of all machines that workers refuse to those of the control plane. */
function withPatchesOfRoles<T>(subjectOf: (property: string) => string, action: () => T): T {
  try {
    return withSubjects(subjectOf, action);
  } catch (error) {
    if (!(error instanceof TalosError) || !/^- patches\[\d+\].* is for control planes only/m.test(error.text)) {
      throw error;
    }
    throw error.from({}, `${error.text}\nif control planes need it, give the patch to 'controlPlanePatches'`);
  }
}

/** What the properties of a cluster are called in an ephemeral one. */
const EPHEMERAL_SUBJECTS: readonly (readonly [RegExp, string])[] = [
  [/^controlPlane\.resources/, 'controlPlaneResources'],
  [/^workerPools\[0\]\.resources/, 'workerResources'],
  [/^workerPools\[0\]\.replicas/, 'workers'],
  [/^(controlPlane|workerPools\[0\])\./, ''],
];

/** Names the properties of the cluster as the user of an ephemeral one knows them. */
function ephemeralSubject(property: string): string {
  return `'${EPHEMERAL_SUBJECTS.reduce((subject, [ofCluster, ofEphemeral]) => subject.replace(ofCluster, ofEphemeral), property)}'`;
}

/** Refuses a readiness Job for a cluster that can't become healthy, has machines that the Job doesn't know, or can't run ordinary pods. */
function requireAttainableHealth({ readinessJob, workerPools = [], controlPlane = {} }: TalosClusterProps): void {
  if (!readinessJob) {
    return;
  }
  const isSchedulable = controlPlane.allowSchedulingOnControlPlanes || controlPlane.machineConfig !== undefined;
  if (workerPools.every(({ replicas }) => replicas === 0) && !isSchedulable) {
    throw new TalosError('talos:conflicting-properties', '\'readinessJob\' would report a cluster as ready that can run no ordinary pod, because the \'workerPools\' have no workers and '
      + '\'controlPlane.allowSchedulingOnControlPlanes\' is false: add a pool, or set it to true');
  }
  if (controlPlane.externalWorkers) {
    throw new TalosError('talos:conflicting-properties', '\'readinessJob\' knows only machines in pods and would never complete once \'controlPlane.externalWorkers\' (true) join: leave one of the two out');
  }
  if (controlPlane.suspend) {
    throw new TalosError('talos:conflicting-properties', '\'readinessJob\' would never complete while \'controlPlane.suspend\' stops the members: leave one of the two out');
  }
  const unknown = workerPools.find(({ externalReplicas, suspend }) => externalReplicas || suspend);
  if (unknown) {
    throw new TalosError('talos:conflicting-properties', `'readinessJob' waits for each worker, and the pool '${unknown.name}' has `
      + `${unknown.suspend ? 'none, by \'suspend\'' : 'any number, by \'externalReplicas\''}: leave one of the two out`);
  }
  if (controlPlane.scaleDownFrom !== undefined) {
    throw new TalosError('talos:conflicting-properties', `'readinessJob' would never complete once members leave by 'controlPlane.scaleDownFrom' (${controlPlane.scaleDownFrom}): leave one of the two out`);
  }
}

/** The patches of a control plane or pool: the cluster's, those of the role, and then its own. */
function patchesOf(
  cluster: TalosClusterProps, ofRole: 'controlPlanePatches' | 'workerPatches', machines: string, { machineConfig, patches = [] }: ControlPlaneOptions = {},
): MachineConfigPatch[] | undefined {
  const property = (['patches', ofRole] as const).find((candidate) => cluster[candidate]?.length);
  if (machineConfig && property) {
    throw new TalosError('talos:conflicting-properties', `'${property}' of the cluster would not reach the ready 'machineConfig' of ${machines}: apply them to it, or leave it out`);
  }
  return unlessEmpty([...cluster.patches ?? [], ...cluster[ofRole] ?? [], ...patches]);
}

/** The contract of a control plane or pool: its own, or the cluster's, but none newer than its own release. A ready machine config has its form. */
function configContractOf({ configContract }: TalosClusterProps, part: ControlPlaneOptions = {}): TalosVersion | undefined {
  const ofCluster = part.machineConfig ? undefined : configContract;
  return part.configContract ?? (part.talosVersion ? ofCluster?._atMost(part.talosVersion) : ofCluster);
}

/** The lifetime in hours where possible, otherwise in minutes. */
function lifetimeText(ttl: Duration): string {
  const minutes = ttl.toMilliseconds() / 60_000;
  requireWholeNumber('ttl, in minutes', minutes, 1);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

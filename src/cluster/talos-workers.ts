import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { BoundWorkersProps, TalosWorkersProps, readTalosWorkersProps } from './talos-workers-props';
import { NetworkPeer } from '../access/network-peer';
import { workersPolicySpec } from '../access/network-policy-spec';
import { requirePoolDelivery } from '../control-plane/cluster-keys';
import { MemberSpread, withMemberSpread } from '../control-plane/members';
import { warnIfNewer } from '../control-plane/version-skew';
import { located } from '../kubernetes/construct-errors';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { createNetworkPolicy, validateDefaultDeny } from '../kubernetes/network-policies';
import { requireLabels, requirePartOfStatefulSetName, requireWholeNumber } from '../kubernetes/syntax';
import { ownerOf, takeName } from '../kubernetes/taken-names';
import { warn } from '../kubernetes/warnings';
import { PodFacts } from '../machine-config/fitness/pod-facts';
import { generatedSource } from '../machine-config/machine-config-patch';
import { machineNamesPatch } from '../machine-config/pod-requirements';
import { requireJoins, requireOfCluster, requireSameNetwork, workerConfig } from '../machine-config/worker-config';
import { ConfigUpdate, defaultConfigUpdate } from '../node/config-update';
import { createDisruptionBudget } from '../node/disruption-budget';
import { machineLabels } from '../node/machine-labels';
import { MachineNames } from '../node/machine-names';
import { readOnlyRoot } from '../node/root-file-system';
import { bindMachineConfig, createMachineConfig, deliveryOf, ITalosMachineConfig, machineConfigIs, requireNothingBeside, requireSameDelivery, TalosMachineConfig } from '../node/talos-machine-config';
import { TalosNode } from '../node/talos-node';
import { TalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions } from '../node/talos-storage-options';
import { TalosError, withSubjects } from '../problem';
import { SecretDelivery } from '../secrets/secret-delivery';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/** Whether a property reaches the workers only in a generated machine config. The compiler requires an entry for each property. */
const GENERATES: { readonly [property in Exclude<keyof TalosWorkersProps, keyof TalosPodOptions | keyof TalosStorageOptions>]: boolean } = {
  configContract: true,
  configUpdate: false,
  controlPlane: false,
  externalReplicas: false,
  featureGates: true,
  kubernetesVersion: true,
  machineConfig: false,
  maxUnavailable: false,
  memberPatches: true,
  name: false,
  networkPolicy: false,
  nodeLabels: true,
  nodeTaints: true,
  patches: true,
  registries: true,
  replicas: false,
  secretDelivery: false,
  suspend: false,
  talosVersion: false,
  workerSpread: false,
};

/**
 * A pool of workers of a Talos cluster in pods of the hosting cluster: machines that share a machine config, and a PodDisruptionBudget. They join
 * by the control plane's headless Service, so nothing else needs to be exposed.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { TalosControlPlane, TalosSecrets, TalosWorkers } from 'cdk8s-talos';
 *
 * const chart = new Chart(new App(), 'acme', { namespace: 'acme' });
 * const controlPlane = new TalosControlPlane(chart, 'control-plane', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 * });
 * new TalosWorkers(chart, 'workers', { controlPlane, name: 'general', replicas: 3 });
 *
 * @see https://www.talos.dev/latest/introduction/getting-started/
 */
export class TalosWorkers extends Construct {
  /** The name of the pool. */
  public readonly poolName: string;

  /** The release of Talos. */
  public readonly talosVersion: TalosVersion;

  /** The machine config that the workers share. */
  public readonly machineConfig: ITalosMachineConfig;

  /** The machines: the StatefulSet and its headless Service. (`node` is the construct's place in the tree.) */
  public readonly talosNode: TalosNode;

  private readonly props: BoundWorkersProps;
  private readonly names: MachineNames;
  private readonly secretDelivery?: SecretDelivery;
  private readonly labels: { readonly [key: string]: string };

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a property doesn't fit; the message names the property, shows its value and says what to do
   */
  constructor(scope: Construct, id: string, props: TalosWorkersProps) {
    super(scope, id);
    try {
      props = readTalosWorkersProps('props', props);
      const { controlPlane } = props;
      this.poolName = props.name;
      this.names = new MachineNames(`${controlPlane.clusterName}-${props.name}`, requireNamespace(this), controlPlane._cluster.addresses.hostingDomain);
      this.labels = clusterLabels(controlPlane.clusterName);
      labelObjectsOf(this, machineLabels(this.names.machines, TalosRole.WORKER, controlPlane.clusterName));
      requirePartOfStatefulSetName('name', props.name, `${controlPlane.clusterName}-`);
      this.talosVersion = props.talosVersion ?? props.machineConfig?.config?.talosVersion ?? controlPlane.talosVersion;
      this.secretDelivery = this.delivery(props);
      this.secretDelivery?._deliver(this, controlPlane.secrets);
      const machineConfig = bindMachineConfig(this, props.machineConfig, this.names.machineConfig, this.podFacts(props));
      this.props = { ...props, machineConfig };
      this.requireProperties();
      controlPlane._cluster.machines.take(props.name, this);
      this.requireOwnName();
      this.warnOfNetworks();
      warnIfNewer(this, this.talosVersion, controlPlane.talosVersion);

      this.machineConfig = machineConfig ?? this.createMachineConfig();
      this.requireMembersJoin();
      controlPlane._cluster.checkEndpoint(this, this.machineConfig.config);
      this.talosNode = this.createTalosNode();
      controlPlane._cluster.machines.takeMembers(this.names.members(this.replicas, this.talosNode._hostnames), this);
      createDisruptionBudget(this, this.talosNode, props.maxUnavailable ?? 1);
      this.createNetworkPolicy();
    } catch (error) {
      throw located(this, error);
    }
  }

  /** The number of workers while they aren't suspended; 1 where somebody else sets it. */
  public get replicas(): number {
    return this.talosNode.replicas;
  }

  /** The headless Service, which gives each worker its DNS name. */
  public get service(): ApiObject {
    return this.talosNode.service;
  }

  /**
   * The DNS names of the workers.
   *
   * @internal
   */
  public get _hosts(): string[] {
    return this.names.members(this.replicas).map(({ host }) => host);
  }

  private get configUpdate(): ConfigUpdate {
    return this.props.configUpdate ?? defaultConfigUpdate(this.talosVersion);
  }

  private delivery({ secretDelivery, controlPlane, machineConfig }: TalosWorkersProps): SecretDelivery | undefined {
    const { _cluster: cluster } = controlPlane;
    const own = secretDelivery === cluster.secretDelivery ? undefined : secretDelivery;
    requirePoolDelivery(own, cluster.keys, requireNamespace(this) !== requireNamespace(controlPlane));
    if (cluster.keys.bundle && machineConfig?.config) {
      throw new TalosError('talos:conflicting-properties', '\'machineConfig\' has keys in it, which \'secretDelivery\' of the control plane keeps from synthesis: give the differences from a '
        + 'generated machine config to \'patches\', or make its Secret elsewhere and give TalosMachineConfig.fromSecretName()');
    }
    const chosen = own ?? cluster.secretDelivery;
    if (machineConfig instanceof TalosMachineConfig) {
      requireSameDelivery(machineConfig, chosen);
    }
    return chosen;
  }

  private podFacts({ controlPlane, readOnlyRootFilesystem }: TalosWorkersProps): PodFacts {
    const isReadOnly = readOnlyRootFilesystem ?? !controlPlane._cluster.needsWritableRoot(this.talosVersion);
    return {
      hostingNetwork: controlPlane._cluster.hostingNetwork,
      hasServiceAddress: false,
      hasWritableRoot: !isReadOnly,
      areOfCluster: true,
    };
  }

  private requireProperties(): void {
    const { props } = this;
    requireLabels('labels', props.labels ?? {}, this.labels);
    requireWholeNumber('maxUnavailable', props.maxUnavailable ?? 1, 0);
    if (props.configUpdate === ConfigUpdate.APPLY_JOB) {
      throw new TalosError('talos:conflicting-properties', '\'configUpdate\' (APPLY_JOB) is for control planes only: use ConfigUpdate.ROLL or INITIAL');
    }
    if (props.machineConfig) {
      this.requireFit(props.machineConfig);
    }
  }

  /** Refuses a ready machine config that doesn't fit the other properties; one that is made elsewhere can't be checked. */
  private requireFit(machineConfig: ITalosMachineConfig): void {
    const { props } = this;
    const { clusterName, secrets, machineConfig: { config: ofControlPlane } } = props.controlPlane;
    const { secretName, config } = machineConfig;
    const source = `'machineConfig' (${secretName})`;
    requireNothingBeside(machineConfig, props, GENERATES, 'leave \'machineConfig\' out');
    if (!config) {
      warn(this, 'talos:made-elsewhere', `${source} is made elsewhere: whether it belongs to the cluster '${clusterName}' isn't checked`);
      return;
    }
    if (config.role !== TalosRole.WORKER) {
      throw new TalosError('talos:conflicting-properties', `${source} is for a control plane, by its 'machine.type' (${config.machineType}): give one for a worker`);
    }
    if (secrets) {
      requireOfCluster(source, config, clusterName, secrets);
    }
    const facts = ofControlPlane && props.controlPlane._cluster.facts;
    if (facts) {
      requireSameNetwork(source, config, facts);
    }
    requireJoins(source, config, facts?.kubernetesVersion);
  }

  private requireMembersJoin(): void {
    const { machineConfig, props: { controlPlane } } = this;
    const theirs = controlPlane.machineConfig.config && controlPlane._cluster.facts.kubernetesVersion;
    machineConfig._members?.entries.forEach(([ordinal, config]) => requireJoins(`'memberPatches' (ordinal ${ordinal})`, config, theirs));
  }

  /** Refuses a name that another cluster makes from other parts: `a` and `b-c` make the name that `a-b` and `c` make. */
  private requireOwnName(): void {
    const { machines } = this.names;
    const owner = ownerOf(this, 'Service', machines);
    if (owner !== undefined) {
      throw new TalosError('talos:name-taken', `'name' (${this.poolName}) makes ${machines}, which is already the name of a Service at ${owner}: give the pool another name`);
    }
    takeName(this, 'machines', machines);
  }

  private warnOfNetworks(): void {
    const { controlPlane } = this.props;
    if (controlPlane._cluster.hasExternalWorkers) {
      warn(this, 'talos:pool-beside-external-workers', '\'controlPlane\' has \'externalWorkers\': inner pods on external workers and on the pool '
        + `'${this.poolName}' reach each other only where the pods of the hosting cluster are reachable from outside`);
    }
    const [own, theirs] = [this, controlPlane].map(requireNamespace);
    if (controlPlane._cluster.networkPolicy && own !== theirs) {
      warn(this, 'talos:pool-outside-of-network-policy', `the pool '${this.poolName}' is in the namespace ${own}, and 'networkPolicy' of the control plane admits unlisted pods of ${theirs} only: `
        + 'list the pool\'s pods in \'networkPolicy.workers\'');
    }
  }

  private createNetworkPolicy(): void {
    const { names, labels, talosNode: { selectorLabels }, props: { controlPlane, networkPolicy } } = this;
    if (!networkPolicy) {
      validateDefaultDeny(this);
      return;
    }
    if (!controlPlane._cluster.networkPolicy) {
      throw new TalosError('talos:conflicting-properties', '\'networkPolicy\' needs that of the control plane, whose \'workers\' and \'overlayPort\' hold for the pool too: '
        + 'give the control plane one, {} for the least');
    }
    const [own, theirs] = [this, controlPlane].map(requireNamespace);
    const podsOf = (namespace: string, matchLabels: { readonly [key: string]: string }) => namespace === own
      ? NetworkPeer.pods({ matchLabels })
      : NetworkPeer.podsInNamespaces({ matchLabels: { 'kubernetes.io/metadata.name': namespace } }, { matchLabels });
    const spec = workersPolicySpec(networkPolicy, selectorLabels, {
      controlPlane: controlPlane._cluster.networkPolicy,
      ports: controlPlane._cluster.ports,
      members: podsOf(theirs, controlPlane.talosNode.selectorLabels),
      cluster: [...new Set([own, theirs])].map((namespace) => podsOf(namespace, labels)),
    });
    createNetworkPolicy(this, 'NetworkPolicy', { name: names.machines }, spec);
  }

  private createMachineConfig(): ITalosMachineConfig {
    const { props, names } = this;
    const config = workerConfig(props.controlPlane._cluster.facts, {
      ...props,
      talosVersion: this.talosVersion,
      endpoint: props.controlPlane._cluster.joinEndpoint(this),
      // the names by which talosctl reaches a worker
      ownPatches: [machineNamesPatch([...names.forms(names.machines), ...names.wildcards])],
    });
    const { clusterName, _cluster: { jobImages: { busyboxImage } } } = props.controlPlane;
    const { memberPatches } = props;
    const secretProps = { config, memberPatches, name: names.machineConfig, busyboxImage, ...deliveryOf(this.secretDelivery, clusterName) };
    return createMachineConfig(this, generatedSource(props.patches), secretProps, this.podFacts(props));
  }

  private createTalosNode(): TalosNode {
    const { props, names } = this;
    const source = props.machineConfig ? '\'machineConfig\'' : generatedSource(props.patches);
    return withSubjects(machineConfigIs(source), () => new TalosNode(this, 'Machines', {
      ...props,
      name: names.machines,
      talosVersion: this.talosVersion,
      role: TalosRole.WORKER,
      machineConfig: this.machineConfig,
      // the machine config has it already
      secretDelivery: undefined,
      configUpdate: this.configUpdate,
      readOnlyRootFilesystem: readOnlyRoot(this, props, props.controlPlane._cluster.needsWritableRoot(this.talosVersion)),
      preflight: props.controlPlane._cluster.preflight(props.preflight),
      labels: { ...props.labels, ...this.labels },
      affinity: withMemberSpread(props.affinity, props.workerSpread ?? MemberSpread.PREFERRED),
    }));
  }
}

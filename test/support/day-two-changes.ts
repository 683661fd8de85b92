import { App, Chart, Size } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { hostingNetwork, otherSecrets, secrets } from './control-planes';
import {
  ApiExposure, BootstrapMode, ClaimRetention, Cni, ConfigUpdate, ControlPlaneOptions, EtcdRecovery, EtcdSnapshots, HostingNetwork,
  KubernetesUpgrade, MachineConfigPatch, MemberAddresses, MountStorage, NodeStorage, SecretDelivery, SnapshotTarget, TalosCluster, TalosMount,
  TalosSecrets, TalosVersion, UpdateRisk, WorkerPoolOptions,
} from '../../src';

/*
 * What people change in a cluster that is there, what UpdateCheck says to it, and the words of the plan.
 */

/** Makes the manifests of a state in a namespace. */
export type State = (namespace: string) => any[];

export interface DayTwoChange {
  readonly change: string;
  readonly before: State;
  readonly after: State;
  /** The risks that refuse it; none if it is harmless. */
  readonly risks: UpdateRisk[];
  /** What the plan says among other things; words after `not ` are absent. */
  readonly words: string[];
}

interface ClusterState extends Partial<ControlPlaneOptions> {
  readonly clusterName?: string;
  readonly secrets?: TalosSecrets;
  /** How the keys get to the machines; they are in the manifests by default. */
  readonly keys?: SecretDelivery;
  readonly talosVersion?: TalosVersion;
  readonly pools?: WorkerPoolOptions[];
  /** When credentials are issued. */
  readonly date?: string;
  readonly otherNamespace?: boolean;
  /** When snapshots of etcd are taken; never by default. */
  readonly snapshots?: string;
}

const cluster = ({ clusterName = 'acme', secrets: ofCluster = secrets, keys, talosVersion, pools, date = '2026-12-01', otherNamespace, snapshots, ...controlPlane }: ClusterState = {}): State => (namespace) => {
  const { SOURCE_DATE_EPOCH } = process.env;
  process.env.SOURCE_DATE_EPOCH = String(Date.parse(date) / 1000);
  try {
    const chart = new Chart(new App(), 'test', { namespace: otherNamespace ? `${namespace}-2` : namespace });
    const made = new TalosCluster(chart, 'cluster', {
      clusterName, ...keys ? { secretDelivery: keys } : { secrets: ofCluster }, talosVersion: talosVersion ?? TalosVersion.of('v1.13.9'), workerPools: pools, controlPlane: { hostingNetwork, ...controlPlane },
    });
    if (snapshots !== undefined) {
      new EtcdSnapshots(chart, 'snapshots', { controlPlane: made.controlPlane, schedule: snapshots, target: SnapshotTarget.claim({ claimName: 'backups' }) });
    }
    return chart.toJson();
  } finally {
    SOURCE_DATE_EPOCH === undefined ? delete process.env.SOURCE_DATE_EPOCH : process.env.SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH;
  }
};

/** A state whose control plane has another number of pods, as somebody may write it. */
const scaled = (replicas: number, state: State): State => (namespace) => state(namespace).map((object) =>
  object.kind === 'StatefulSet' && object.metadata.name === 'acme-control-plane' ? { ...object, spec: { ...object.spec, replicas } } : object);

/** A state whose pool replaces its pods in another way, as somebody may write it. */
const updated = (updateStrategy: object, state: State): State => (namespace) => state(namespace).map((object) =>
  object.kind === 'StatefulSet' && object.metadata.name === 'acme-general' ? { ...object, spec: { ...object.spec, updateStrategy } } : object);

/** The control plane of one state with the pool of another. */
const joined = (controlPlane: State, pool: State): State => (namespace) => {
  const isOfPool = ({ metadata: { name } }: any) => name.startsWith('acme-general');
  return [...controlPlane(namespace).filter((object) => !isOfPool(object)), ...pool(namespace).filter(isOfPool)];
};

/** A state with a Secret that somebody has made of the file of secrets. */
const withBundle = (state: State, { of = secrets, key = 'bundle' } = {}): State => (namespace) => [...state(namespace), {
  apiVersion: 'v1', kind: 'Secret', metadata: { name: 'acme-secrets', namespace }, type: 'Opaque', data: { [key]: Buffer.from(of.toYaml()).toString('base64') },
}];

/** A state whose claim templates lack what a server adds to them, as manifests of 0.3 do. */
const withoutDefaults = (state: State): State => (namespace) => state(namespace).map((object) => object.kind !== 'StatefulSet' ? object : {
  ...object,
  spec: {
    ...object.spec,
    volumeClaimTemplates: object.spec.volumeClaimTemplates.map(({ status: _status, spec: { volumeMode: _mode, ...spec }, ...claim }: any) =>
      ({ ...claim, spec })),
  },
});

const THREE = { replicas: 3, memberAddresses: MemberAddresses.STABLE };
const THREE_BY_POD_IP = { replicas: 3, memberAddresses: MemberAddresses.POD_IP };
const PATCH = { patches: [MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: '3' } } } })] };
const release = (version: string, kubernetesVersion?: string) => ({ talosVersion: TalosVersion.of(version), kubernetesVersion });
const kubernetes = (kubernetesVersion: string) => release('v1.13.9', kubernetesVersion);
const POOL = { pools: [{ name: 'general', replicas: 2 }] };
const poolOf = (kubernetesVersion: string) => ({ pools: [{ name: 'general', replicas: 2, kubernetesVersion }] });
const initialPool = (replicas: number, options: object = {}) => ({ pools: [{ name: 'general', replicas, configUpdate: ConfigUpdate.INITIAL, ...options }] });
const claimed = (options = {}) => ({ storage: NodeStorage.persistent(options) });
const ephemeral = { storage: NodeStorage.ephemeral() };
const otherClaim = { storage: NodeStorage.persistent().withMount(TalosMount.VAR, MountStorage.claim()) };
const balanced = (options: object) => ({ kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10', ...options }) });

/** Authorities that are being rotated: machines still accept the old ones. */
const rotated = ((): ClusterState => {
  const [{ certs: ours }, { certs: others }, bundle] = [secrets, otherSecrets, secrets].map((each) => parse(each.toYaml()));
  Object.assign(bundle.certs, { os: others.os, k8s: others.k8s });
  const [machine, ofCluster] = [ours.os, ours.k8s].map(({ crt }) => ({ acceptedCAs: [{ crt }] }));
  return { secrets: TalosSecrets.fromYaml(stringify(bundle)), patches: [MachineConfigPatch.fromDocuments({ machine, cluster: ofCluster })] };
})();

const GENERATED = { ...THREE, keys: SecretDelivery.generateOnce() };
const EXISTING = { ...THREE, keys: SecretDelivery.existing() };

const RECOVERY = { recoverFrom: EtcdRecovery.claim({ claimName: 'backups' }) };

const servedFrom = (...serviceCidrs: string[]) => ({ hostingNetwork: HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs, nodeCidrs: ['192.168.0.0/24'] }) });

/** The secrets of the cluster, apart from the one that encrypts etcd. */
const withOtherEncryption = ((): TalosSecrets => {
  const [bundle, other] = [secrets, otherSecrets].map((each) => parse(each.toYaml()));
  bundle.secrets.secretboxencryptionsecret = other.secrets.secretboxencryptionsecret;
  return TalosSecrets.fromYaml(stringify(bundle));
})();

const NOTHING = 'nothing changes';
const ROLLED = 'StatefulSet acme-control-plane: 3 pods are replaced one by one, the Kubernetes API stays; claims stay';
const AWAY = '1 pod is replaced, the Kubernetes API is away for about a minute; claims stay';
const BY_JOB = 'a Job brings kube-proxy, CoreDNS and flannel to the new release after that';
const BY_HAND = 'kube-proxy, CoreDNS and flannel stay as they are until `talosctl upgrade-k8s`';
const UPGRADE_JOB = 'Job acme-upgrade-k8s-';
const NO_POD = 'not replaced';

const TABLE: [change: string, before: State, after: State, risks: UpdateRisk[], words: string[]][] = [
  ['nothing', cluster({ ...THREE, ...POOL }), cluster({ ...THREE, ...POOL }), [], [NOTHING]],

  // machine configs and pods
  ['the machine config of three members', cluster(THREE), cluster({ ...THREE, ...PATCH }), [], [
    ROLLED, '+ data.userdata: v1alpha1 machine.kubelet.extraArgs.v: "3"', '~ StatefulSet acme-control-plane',
  ]],
  ['the machine config of one member', cluster(), cluster(PATCH), [], [AWAY]],
  ['the machine config, applied by a Job', cluster({ configUpdate: ConfigUpdate.APPLY_JOB }), cluster({ ...PATCH, configUpdate: ConfigUpdate.APPLY_JOB }), [], [
    'running machines keep theirs until', 'Job acme-apply-config-', 'runs', NO_POD,
  ]],
  ['the machine config, for new machines only', cluster({ configUpdate: ConfigUpdate.INITIAL }), cluster({ ...PATCH, configUpdate: ConfigUpdate.INITIAL }), [], [
    'running machines keep theirs until', NO_POD,
  ]],
  ['the machine config of ephemeral members', cluster({ ...THREE, ...ephemeral }), cluster({ ...THREE, ...ephemeral, ...PATCH }), [], [
    'nothing persists: a replaced pod loses its data',
  ]],
  ['names in certificates', cluster(THREE), cluster({ ...THREE, additionalSans: ['acme.example.com'] }), [], [ROLLED]],
  ['requests of the pods', cluster(THREE), cluster({ ...THREE, resources: { requests: { cpu: '2' } } }), [], [ROLLED, '~ spec.template.spec.containers[talos].resources.requests.cpu']],
  ['labels of the workload', cluster(THREE), cluster({ ...THREE, labels: { team: 'a' } }), [], ['+ metadata.labels.team: a']],
  ['the retention of claims', cluster(), cluster({ claimRetentionPolicy: { whenDeleted: ClaimRetention.DELETE } }), [], [
    'spec.persistentVolumeClaimRetentionPolicy', NO_POD,
  ]],
  ['eviction of a single member', cluster(), cluster({ allowSingleMemberEviction: false }), [], ['~ spec.maxUnavailable: 1 -> 0', NO_POD]],

  // snapshots
  ['snapshots of etcd', cluster(), cluster({ snapshots: '@daily' }), [], ['+ CronJob acme-snapshots', '+ Secret acme-snapshots', NO_POD]],
  ['the schedule of snapshots', cluster({ snapshots: '@daily' }), cluster({ snapshots: '@hourly' }), [], ['~ spec.schedule: @daily -> @hourly', NO_POD]],

  // releases
  ['a patch release of Talos', cluster({ ...THREE, ...release('v1.13.8', '1.36.0') }), cluster({ ...THREE, ...release('v1.13.9', '1.36.0') }), [], ['Talos 1.13.8 -> 1.13.9', '3 pods are replaced one by one', BY_JOB, UPGRADE_JOB]],
  ['an older patch release of Talos', cluster(release('v1.13.9', '1.36.0')), cluster(release('v1.13.8', '1.36.0')), [], ['Talos 1.13.9 -> 1.13.8']],
  ['the next minor release of Talos', cluster(release('v1.12.11')), cluster(release('v1.13.9')), [], ['Talos 1.12.11 -> 1.13.9', BY_JOB, UPGRADE_JOB]],
  ['the minor release of Talos before', cluster(release('v1.13.9', '1.35.0')), cluster(release('v1.12.11', '1.35.0')), [UpdateRisk.TALOS_DOWNGRADE], [
    '\'talosVersion\' (1.12.11) of the StatefulSet acme-control-plane is older than the applied 1.13.9', 'restore a snapshot',
  ]],
  ['two minor releases of Talos', cluster(release('v1.11.6', '1.34.0')), cluster(release('v1.13.9', '1.34.0')), [UpdateRisk.TALOS_SKIPPED_MINOR], [
    'Apply each minor release in between',
  ]],
  ['a patch release of Kubernetes', cluster(kubernetes('1.36.2')), cluster(kubernetes('1.36.3')), [], ['Kubernetes 1.36.2 -> 1.36.3', BY_JOB, UPGRADE_JOB]],
  ['a release of Kubernetes, upgraded by a person', cluster({ ...kubernetes('1.36.2'), kubernetesUpgrade: KubernetesUpgrade.MANUAL }),
    cluster({ ...kubernetes('1.36.3'), kubernetesUpgrade: KubernetesUpgrade.MANUAL }), [], [BY_HAND, `not ${UPGRADE_JOB}`]],
  ['a Job that upgrades Kubernetes', cluster({ ...kubernetes('1.36.3'), kubernetesUpgrade: KubernetesUpgrade.MANUAL }), cluster(kubernetes('1.36.3')), [], [UPGRADE_JOB, NO_POD]],
  ['an older patch release of Kubernetes', cluster(kubernetes('1.36.3')), cluster(kubernetes('1.36.2')), [], ['Kubernetes 1.36.3 -> 1.36.2']],
  ['the next minor release of Kubernetes', cluster(kubernetes('1.35.0')), cluster(kubernetes('1.36.0')), [], ['Kubernetes 1.35.0 -> 1.36.0']],
  ['the next patch release of Kubernetes, with a pool', cluster({ ...kubernetes('1.36.2'), ...POOL }), cluster({ ...kubernetes('1.36.3'), ...POOL }), [], ['Kubernetes 1.36.2 -> 1.36.3']],
  ['the next minor release of Kubernetes, with a pool', cluster({ ...kubernetes('1.35.0'), ...POOL }), cluster({ ...kubernetes('1.36.0'), ...POOL }),
    [UpdateRisk.KUBELET_BEFORE_API], ['\'kubernetesVersion\' (1.36.0) of the StatefulSet acme-general comes in the same update', 'Give the pool \'kubernetesVersion\' (1.35.0), apply,', 'Then give it (1.36.0), and apply again']],
  ['the next minor release of Kubernetes, and of a pool later', cluster({ ...kubernetes('1.35.0'), ...POOL }), cluster({ ...kubernetes('1.36.0'), ...poolOf('1.35.0') }), [], ['Kubernetes 1.35.0 -> 1.36.0']],
  ['the pool after its control plane', cluster({ ...kubernetes('1.36.0'), ...poolOf('1.35.0') }), cluster({ ...kubernetes('1.36.0'), ...POOL }), [], [
    'StatefulSet acme-general: Kubernetes 1.35.0 -> 1.36.0',
  ]],
  ['a new pool in an upgrade', cluster(kubernetes('1.35.0')), cluster({ ...kubernetes('1.36.0'), ...POOL }), [UpdateRisk.KUBELET_BEFORE_API], ['Give the pool \'kubernetesVersion\' (1.35.0)']],
  ['a pool that sleeps in an upgrade', cluster({ ...kubernetes('1.35.0'), ...POOL }), cluster({ ...kubernetes('1.36.0'), pools: [{ name: 'general', replicas: 0 }] }), [], ['2 pods stop']],
  ['a cluster that wakes with the next minor release of Kubernetes', cluster({ ...THREE, ...kubernetes('1.35.0'), ...POOL, suspend: true }), cluster({ ...THREE, ...kubernetes('1.36.0'), ...POOL }), [], [
    '3 pods start', 'Kubernetes 1.35.0 -> 1.36.0',
  ]],
  ['a cluster that wakes with its old machine config, and its pool with the next minor release of Kubernetes',
    cluster({ ...kubernetes('1.35.0'), ...POOL, configUpdate: ConfigUpdate.INITIAL, suspend: true }), cluster({ ...kubernetes('1.36.0'), ...POOL, configUpdate: ConfigUpdate.INITIAL }),
    [UpdateRisk.KUBELET_BEFORE_API], ['1 pod starts']],
  ['a pool whose machines keep their machine config, in an upgrade', cluster({ ...kubernetes('1.35.0'), ...initialPool(2) }), cluster({ ...kubernetes('1.36.0'), ...initialPool(2) }), [], [
    'running machines keep theirs until',
  ]],
  ['a pool whose machines keep their machine config in other pods, in an upgrade',
    cluster({ ...kubernetes('1.35.0'), ...initialPool(2) }), cluster({ ...kubernetes('1.36.0'), ...initialPool(2, { resources: { requests: { cpu: '2' } } }) }), [], [
      'StatefulSet acme-general: Kubernetes 1.35.0 -> 1.36.0; 2 pods are replaced one by one',
    ]],
  ['more machines in a pool whose machines keep their machine config, in an upgrade', cluster({ ...kubernetes('1.35.0'), ...initialPool(2) }), cluster({ ...kubernetes('1.36.0'), ...initialPool(3) }),
    [UpdateRisk.KUBELET_BEFORE_API], ['1 pod starts']],
  ['a pool whose pods somebody deletes, in an upgrade',
    updated({ type: 'OnDelete' }, cluster({ ...kubernetes('1.35.0'), ...POOL })), updated({ type: 'OnDelete' }, cluster({ ...kubernetes('1.36.0'), ...POOL })), [], [
      '2 pods change when somebody deletes them',
    ]],
  ['a pool that a partition holds back, in an upgrade',
    cluster({ ...kubernetes('1.35.0'), ...POOL }), updated({ type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, cluster({ ...kubernetes('1.36.0'), ...POOL })), [], ['no pod is replaced as long as']],
  ['a pool of which a partition holds one machine back, in an upgrade', cluster({ ...kubernetes('1.35.0'), ...POOL }),
    updated({ type: 'RollingUpdate', rollingUpdate: { partition: 1 } }, cluster({ ...kubernetes('1.36.0'), ...POOL })), [UpdateRisk.KUBELET_BEFORE_API], ['2 pods are replaced one by one']],
  ['a control plane that leaves its kubelets behind', cluster({ ...kubernetes('1.35.0'), ...poolOf('1.32.0') }),
    joined(cluster({ ...kubernetes('1.36.0'), ...POOL }), cluster({ ...kubernetes('1.35.0'), ...poolOf('1.32.0') })), [UpdateRisk.OLD_KUBELET], [
      '\'kubernetesVersion\' (1.32.0) of the StatefulSet acme-general is 4 minor releases older', 'Kubernetes allows 3',
    ]],
  ['the minor release of Kubernetes before', cluster(kubernetes('1.36.0')), cluster(kubernetes('1.35.0')), [UpdateRisk.KUBERNETES_DOWNGRADE], [
    '\'kubernetesVersion\' (1.35.0) of the StatefulSet acme-control-plane is older than the applied 1.36.0',
  ]],
  ['two minor releases of Kubernetes', cluster(kubernetes('1.34.0')), cluster(kubernetes('1.36.0')), [UpdateRisk.KUBERNETES_SKIPPED_MINOR], ['is more than one minor release newer']],
  ['a kubelet before its control plane', cluster({ ...kubernetes('1.35.0'), ...POOL }),
    joined(cluster({ ...kubernetes('1.35.0'), ...POOL }), cluster({ ...kubernetes('1.36.0'), ...POOL })), [UpdateRisk.NEWER_KUBELET], [
      '\'kubernetesVersion\' (1.36.0) of the StatefulSet acme-general is newer than the Kubernetes API of its cluster (1.35.0)', 'Update the control plane first',
    ]],
  ['a control plane before its kubelets', cluster({ ...kubernetes('1.35.0'), ...POOL }),
    joined(cluster({ ...kubernetes('1.36.0'), ...POOL }), cluster({ ...kubernetes('1.35.0'), ...POOL })), [], ['Kubernetes 1.35.0 -> 1.36.0']],

  // which cluster
  ['other secrets', cluster(POOL), cluster({ ...POOL, secrets: otherSecrets }), [UpdateRisk.OTHER_CLUSTER, UpdateRisk.OTHER_CLUSTER], ['\'cluster.id\', \'machine.ca\'']],
  ['authorities that are rotated', cluster(), cluster(rotated), [], ['reissued']],
  ['renewed credentials', cluster(), cluster({ date: '2027-08-01' }), [], ['Secret acme-talosconfig: reissued, its certificates are valid until 20', '~ data.talosconfig: ****** -> ******', NO_POD]],
  ['the name of the cluster', cluster(), cluster({ clusterName: 'globex' }), [UpdateRisk.CLUSTER_NAME], ['- StatefulSet acme-control-plane', '+ StatefulSet globex-control-plane']],
  ['the namespace', cluster(), cluster({ otherNamespace: true }), [UpdateRisk.CLUSTER_NAME], ['a cluster keeps its name and namespace']],

  // who brings the keys
  ['keys that a Job makes', cluster({ ...THREE, ...POOL }), cluster({ ...GENERATED, ...POOL }), [UpdateRisk.GENERATED_KEYS], [
    'a Job makes the keys in the Secret acme-secrets for the StatefulSet acme-control-plane, which has others', 'of the file of secrets that the cluster has so far',
    'create secret generic acme-secrets --from-file bundle=secrets.yaml`',
  ]],
  ['keys that a Job finds', withBundle(cluster({ ...THREE, ...POOL })), cluster({ ...GENERATED, ...POOL }), [], [
    ROLLED.replace('; claims stay', ''), 'its keys come from the Secret acme-secrets from now on',
  ]],
  ['keys of another cluster that a Job finds', withBundle(cluster(THREE), { of: otherSecrets }), cluster(GENERATED), [UpdateRisk.OTHER_CLUSTER], ['\'cluster.id\', \'machine.ca\'']],
  ['keys that a Job finds, with another secret that encrypts etcd', withBundle(cluster(THREE), { of: withOtherEncryption }), cluster(GENERATED), [UpdateRisk.OTHER_CLUSTER], [
    'the secret that encrypts etcd of the StatefulSet',
  ]],
  ['keys that a Job doesn\'t find in their Secret', withBundle(cluster(THREE), { key: 'secrets.yaml' }), cluster(GENERATED), [UpdateRisk.GENERATED_KEYS], ['which has others']],
  ['keys of which a Job makes the part of workers', cluster({ ...THREE, ...POOL }), cluster({ ...EXISTING, ...POOL }), [], ['its keys come from the Secret acme-secrets from now on']],
  ['another Secret with keys that a Job makes', cluster(GENERATED), cluster({ ...GENERATED, keys: SecretDelivery.generateOnce({ secretName: 'acme-keys' }) }), [UpdateRisk.GENERATED_KEYS], [
    'a Job makes the keys in the Secret acme-keys', 'of the bundle in the Secret acme-secrets',
  ]],
  ['another Secret with keys made elsewhere', cluster(EXISTING), cluster({ ...EXISTING, keys: SecretDelivery.existing({ secretName: 'acme-keys' }) }), [], [
    'its keys come from the Secret acme-keys from now on',
  ]],
  ['a Job for keys that are there', cluster(EXISTING), cluster(GENERATED), [], ['Job acme-secrets-', NO_POD]],
  ['keys in the manifests again', cluster(GENERATED), cluster(THREE), [], ['its keys are in the manifests from now on']],
  ['keys of another cluster in the manifests again', withBundle(cluster(GENERATED), { of: otherSecrets }), cluster(THREE), [UpdateRisk.OTHER_CLUSTER], ['of the StatefulSet acme-control-plane']],
  ['sleep of a cluster whose credentials a Job renews', cluster(GENERATED), cluster({ ...GENERATED, suspend: true }), [], [
    '~ CronJob acme-credentials', '~ spec.suspend: false -> true', '3 pods stop; claims stay',
  ]],

  // members
  ['more members', cluster({ memberAddresses: MemberAddresses.STABLE }), cluster(THREE), [], ['2 pods start']],
  ['fewer members', cluster(THREE), cluster({ ...THREE, replicas: 1 }), [UpdateRisk.FEWER_MEMBERS], [
    '\'spec.replicas\' (1) of the StatefulSet acme-control-plane is less than the applied 3', 'set \'scaleDownFrom\' to 3 first', '2 pods stop, the last one first',
  ]],
  ['fewer members, which leave first', cluster(THREE), cluster({ ...THREE, replicas: 1, scaleDownFrom: 3 }), [], ['Job acme-scale-down-', 'runs']],
  ['fewer members, whose leave nobody has seen', cluster({ ...THREE, replicas: 1, scaleDownFrom: 3 }), cluster({ ...THREE, replicas: 1 }), [UpdateRisk.FEWER_MEMBERS],
    ['2 pods stop, the last one first', 'claims stay']],
  ['a cluster that goes to sleep', cluster(THREE), scaled(0, cluster(THREE)), [], ['StatefulSet acme-control-plane: 3 pods stop; claims stay']],
  ['a machine config while members leave', cluster({ ...THREE, replicas: 1, scaleDownFrom: 3 }), cluster({ ...THREE, ...PATCH, replicas: 1, scaleDownFrom: 3 }), [], [
    'no pod is replaced as long as `partition` holds the update back', 'not replaced one by one',
  ]],
  ['a cluster that sleeps and has fewer members', cluster({ ...THREE, suspend: true }), cluster({ ...THREE, replicas: 1 }), [UpdateRisk.FEWER_MEMBERS], [
    '1 of the applied 3 members when it wakes', 'wake it with 3 replicas',
  ]],
  ['fewer members of a cluster that goes to sleep', cluster(THREE), cluster({ ...THREE, replicas: 1, suspend: true }), [UpdateRisk.FEWER_MEMBERS], ['wake it with 3 replicas']],
  ['sleep by a property', cluster({ ...THREE }), cluster({ ...THREE, suspend: true }), [], ['3 pods stop; claims stay']],
  ['waking by a property', cluster({ ...THREE, suspend: true }), cluster(THREE), [], ['3 pods start; claims stay']],
  ['more members when it wakes', cluster({ ...THREE, suspend: true }), cluster({ ...THREE, replicas: 5 }), [], ['5 pods start']],
  ['a cluster that wakes', scaled(0, cluster(THREE)), cluster(THREE), [], ['3 pods start; claims stay']],
  ['stable addresses of a single member', cluster(), cluster({ memberAddresses: MemberAddresses.STABLE }), [], [AWAY]],
  ['stable addresses of three members', cluster(THREE_BY_POD_IP), cluster(THREE), [UpdateRisk.MEMBER_ADDRESSES], ['\'memberAddresses\' (STABLE)', 'change from POD_IP', 'go to one member']],
  ['stable addresses and more members at once', cluster(), cluster(THREE), [UpdateRisk.MEMBER_ADDRESSES], ['\'memberAddresses\' (STABLE)']],
  ['pod addresses of three members', cluster(THREE), cluster(THREE_BY_POD_IP), [UpdateRisk.MEMBER_ADDRESSES], ['change from STABLE']],

  ['another range of addresses for members', cluster(THREE), cluster({ ...THREE, ...servedFrom('10.97.0.0/16') }), [UpdateRisk.MEMBER_ADDRESSES], [
    '\'cluster.etcd.advertisedSubnets\' (10.97.0.0/16) of the StatefulSet acme-control-plane must keep the applied 10.96.0.0/16',
  ]],
  ['one more range of addresses for members', cluster(THREE), cluster({ ...THREE, ...servedFrom('10.96.0.0/16', '10.97.0.0/16') }), [], [ROLLED]],
  ['the secret that encrypts etcd', cluster(THREE), cluster({ ...THREE, secrets: withOtherEncryption }), [UpdateRisk.OTHER_CLUSTER], ['the secret that encrypts etcd of the Secret']],

  // storage
  ['persistent to ephemeral, three members', cluster(THREE), cluster({ ...THREE, ...ephemeral }), [UpdateRisk.STORAGE], [
    'can\'t change from claims data-acme-control-plane-N (var) to ephemeral without a loss', '--cascade=orphan', 'etcd snapshot', 'one by one, and each votes again',
  ]],
  ['persistent to ephemeral, one member', cluster(), cluster(ephemeral), [UpdateRisk.STORAGE], ['etcd snapshot', 'bootstrap --recover-from', 'not --cascade=orphan']],
  ['another claim', cluster(), cluster(otherClaim), [UpdateRisk.STORAGE], ['the data of etcd stays behind', 'not --cascade=orphan']],
  ['a larger claim', cluster(claimed({ size: Size.gibibytes(20) })), cluster(claimed({ size: Size.gibibytes(40) })), [UpdateRisk.IMMUTABLE_FIELD], [
    '-/+ StatefulSet acme-control-plane', '~ spec.volumeClaimTemplates[data].spec.resources.requests.storage: 20Gi -> 40Gi',
  ]],
  ['what a server adds to claims', withoutDefaults(cluster({ ...THREE, ...POOL })), cluster({ ...THREE, ...POOL }), [], [NO_POD, 'not -/+ ']],
  ['ephemeral to persistent', cluster(ephemeral), cluster(), [UpdateRisk.IMMUTABLE_FIELD], ['data persists from now on']],
  ['persistent to ephemeral, workers', cluster(POOL), cluster({ pools: [{ name: 'general', replicas: 2, ...ephemeral }] }), [UpdateRisk.IMMUTABLE_FIELD], [
    '-/+ StatefulSet acme-general', 'nothing persists any more',
  ]],

  // networks and Services
  ['podSubnets', cluster({ podSubnets: ['172.24.0.0/16'] }), cluster({ podSubnets: ['172.28.0.0/16'] }), [UpdateRisk.NETWORKS], ['\'podSubnets\' (172.28.0.0/16)', 'change from 172.24.0.0/16']],
  ['serviceSubnets', cluster({ serviceSubnets: ['172.25.0.0/16'] }), cluster({ serviceSubnets: ['172.29.0.0/16'] }), [UpdateRisk.NETWORKS], ['\'serviceSubnets\' (172.29.0.0/16)']],
  ['dnsDomain', cluster(), cluster({ dnsDomain: 'acme.local' }), [UpdateRisk.DNS_DOMAIN], ['\'dnsDomain\' (acme.local)']],
  ['cni', cluster(), cluster({ cni: Cni.none() }), [UpdateRisk.CNI], ['\'cni\' (not flannel)']],
  ['the class of the load balancer', cluster(balanced({})), cluster(balanced({ loadBalancerClass: 'example.com/other' })), [UpdateRisk.LOAD_BALANCER_CLASS], [
    '\'spec.loadBalancerClass\' of the Service acme can\'t change', '-/+ Service acme',
  ]],
  ['a load balancer', cluster(), cluster(balanced({})), [], [AWAY]],
  ['who reaches the load balancer', cluster(balanced({})), cluster(balanced({ sourceRanges: ['198.51.100.0/24'] })), [], ['spec.loadBalancerSourceRanges', NO_POD]],

  // pools and Jobs
  ['more workers', cluster(POOL), cluster({ pools: [{ name: 'general', replicas: 3 }] }), [], ['StatefulSet acme-general: 1 pod starts; claims stay', '~ spec.replicas: 2 -> 3']],
  ['fewer workers', cluster(POOL), cluster({ pools: [{ name: 'general', replicas: 1 }] }), [], ['StatefulSet acme-general: 1 pod stops; claims stay']],
  ['one pool more', cluster(), cluster(POOL), [], ['StatefulSet acme-general: 2 pods start', '+ Secret acme-general-config']],
  ['one pool less', cluster(POOL), cluster(), [], ['the manifests no longer have it', '- StatefulSet acme-general']],
  ['labels of a pool\'s nodes', cluster(POOL), cluster({ pools: [{ name: 'general', replicas: 2, nodeLabels: { 'example.com/tier': 'edge' } }] }), [], [
    'StatefulSet acme-general: 2 pods are replaced one by one; claims stay',
  ]],
  ['a recovery', cluster(THREE), cluster({ ...THREE, ...RECOVERY }), [], ['- Job acme-bootstrap-', '+ Job acme-recovery-', NO_POD]],
  ['no recovery any more', cluster({ ...THREE, ...RECOVERY }), cluster(THREE), [], ['- Job acme-recovery-', '+ Job acme-bootstrap-', NO_POD]],
  ['a recovery of a cluster whose keys a Job made', cluster(GENERATED), cluster({ ...GENERATED, ...RECOVERY }), [], ['+ Job acme-recovery-', '+ Job acme-secrets-', NO_POD]],
  ['no bootstrap Job', cluster(), cluster({ bootstrap: BootstrapMode.MANUAL }), [], ['- Job acme-bootstrap-', NO_POD]],
];

export const dayTwoChanges = TABLE.map(([change, before, after, risks, words]): DayTwoChange => ({ change, before, after, risks, words }));

import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { ClusterKeys } from './cluster-keys';
import { kubernetesUpgrade } from './kubernetes-upgrade-job';
import { ControlPlaneNames } from './names';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { jobsPolicySpec } from '../access/network-policy-spec';
import { createControlPlaneJobs, Recovery, RECOVERY, UPGRADE } from '../jobs/control-plane-jobs';
import { leaveSecrets, SnapshotPlace, warnOfPlainEndpoint } from '../jobs/snapshot-place';
import { talosctlLabels } from '../jobs/talosctl-job';
import { JobImages } from '../jobs/tool-images';
import { createNetworkPolicy } from '../kubernetes/network-policies';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { ConfigUpdate } from '../node/config-update';
import { Member } from '../node/machine-names';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosVersion } from '../talos/talos-version';

/** What a control plane hands to its Jobs. */
export interface JobsOptions {
  readonly props: BoundControlPlaneProps;
  readonly names: ControlPlaneNames;
  readonly keys: ClusterKeys;
  readonly talosVersion: TalosVersion;
  readonly configUpdate: ConfigUpdate;
  /** The members that exist, those that leave too. */
  readonly members: Member[];
  readonly addresses: ControlPlaneAddresses;
  readonly machineConfig: ITalosMachineConfig;
  readonly images: JobImages;
  /** The labels of the members' pods. */
  readonly selectorLabels: { readonly [key: string]: string };
  readonly labels: { readonly [key: string]: string };
}

/** Creates the Jobs that a control plane's properties ask for: none while its members are stopped, and none without keys. Returns their names. */
export function createJobs(scope: Construct, options: JobsOptions): string[] {
  const { props, names, keys, configUpdate, members, addresses, machineConfig, images, labels } = options;
  const secrets = keys.secrets ?? keys.bundle;
  const upgrade = kubernetesUpgrade({ ...options, hasKeys: secrets !== undefined });
  if (props.suspend || !secrets) {
    return [];
  }
  const recovery = props.recoverFrom && { from: props.recoverFrom, place: props.recoverFrom._place('recoverFrom', props.clusterName, images) };
  if (recovery) {
    surroundRecovery(scope, options, recovery);
  }
  const snapshotPlace = props.snapshotTarget?._place('snapshotTarget', props.clusterName, images);
  if (upgrade) {
    surroundUpgrade(scope, options, snapshotPlace);
  }
  const jobs = createControlPlaneJobs(scope, {
    ...images,
    kubernetesUpgrade: upgrade,
    snapshotPlace,
    bootstraps: (props.bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB,
    recovery,
    applies: configUpdate === ConfigUpdate.APPLY_JOB,
    scalesDownTo: props.scaleDownFrom === undefined ? undefined : props.replicas ?? 1,
    clusterName: props.clusterName,
    secrets,
    credentials: props.credentials,
    endpoint: names.headlessHost,
    record: addresses.hostingRecord,
    members,
    statefulSet: names.machines,
    ttlSecondsAfterFinished: wholeSeconds('jobTtlAfterFinished', props.jobTtlAfterFinished, 0),
    machineConfig,
    labels,
  });
  // after the Jobs have taken the names of their own Secrets
  if (recovery) {
    leaveSecrets(scope, 'recoverFrom', recovery.place);
  }
  if (upgrade && snapshotPlace) {
    leaveSecrets(scope, 'snapshotTarget', snapshotPlace);
  }
  return jobs;
}

/** Lets the Job that recovers etcd, and no other, reach the place of the snapshot. */
function surroundRecovery(scope: Construct, options: JobsOptions, { place }: Recovery): void {
  const { props: { clusterName, networkPolicy }, names, selectorLabels } = options;
  warnOfPlainEndpoint(scope, 'recoverFrom', place);
  if (networkPolicy && place.ports.length > 0) {
    const labels = { ...talosctlLabels(clusterName), 'app.kubernetes.io/component': RECOVERY };
    createNetworkPolicy(scope, 'RecoveryNetworkPolicy', { name: names.recovery, labels }, jobsPolicySpec(labels, selectorLabels, false, place.ports));
  }
}

/** Lets the Job that upgrades Kubernetes, and no other, reach the Kubernetes API and the place for the snapshot. */
function surroundUpgrade(scope: Construct, options: JobsOptions, snapshotPlace?: SnapshotPlace): void {
  const { props: { clusterName, networkPolicy }, names, addresses, selectorLabels } = options;
  if (snapshotPlace) {
    warnOfPlainEndpoint(scope, 'snapshotTarget', snapshotPlace);
  }
  if (networkPolicy) {
    const labels = { ...talosctlLabels(clusterName), 'app.kubernetes.io/component': UPGRADE };
    createNetworkPolicy(scope, 'UpgradeNetworkPolicy', { name: names.upgrade, labels },
      jobsPolicySpec(labels, selectorLabels, false, snapshotPlace?.ports, [addresses.apiServerPort]));
  }
}

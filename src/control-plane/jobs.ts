import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { ClusterKeys } from './cluster-keys';
import { ControlPlaneNames } from './names';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { jobsPolicySpec } from '../access/network-policy-spec';
import { createControlPlaneJobs, Recovery, RECOVERY } from '../jobs/control-plane-jobs';
import { talosctlLabels } from '../jobs/talosctl-job';
import { JobImages } from '../jobs/tool-images';
import { createNetworkPolicy } from '../kubernetes/network-policies';
import { warn } from '../kubernetes/warnings';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { ConfigUpdate } from '../node/config-update';
import { Member } from '../node/machine-names';
import { ITalosMachineConfig } from '../node/talos-machine-config';

/** What a control plane hands to its Jobs. */
export interface JobsOptions {
  readonly props: BoundControlPlaneProps;
  readonly names: ControlPlaneNames;
  readonly keys: ClusterKeys;
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
  if (props.suspend || !secrets) {
    return [];
  }
  const recovery = props.recoverFrom && { from: props.recoverFrom, place: props.recoverFrom._place('recoverFrom', props.clusterName, images) };
  if (recovery?.place.plainEndpoint !== undefined) {
    warn(scope, 'talos:snapshots-without-tls', `'recoverFrom.endpoint' (${recovery.place.plainEndpoint}) has no TLS: who sees the traffic reads the data of etcd; use https`);
  }
  if (recovery && props.networkPolicy) {
    createRecoveryPolicy(scope, options, recovery);
  }
  return createControlPlaneJobs(scope, {
    ...images,
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
}

/** Lets the Job that recovers etcd, and no other, reach the place of the snapshot. */
function createRecoveryPolicy(scope: Construct, options: JobsOptions, { place: { ports } }: Recovery): void {
  const { props: { clusterName }, names, selectorLabels } = options;
  if (ports.length > 0) {
    const labels = { ...talosctlLabels(clusterName), 'app.kubernetes.io/component': RECOVERY };
    createNetworkPolicy(scope, 'RecoveryNetworkPolicy', { name: names.recovery, labels }, jobsPolicySpec(labels, selectorLabels, false, ports));
  }
}

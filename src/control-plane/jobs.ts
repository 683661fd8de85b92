import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { ClusterKeys } from './cluster-keys';
import { kubernetesUpgrade } from './kubernetes-upgrade-job';
import { ControlPlaneNames } from './names';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { createControlPlaneJobs } from '../jobs/control-plane-jobs';
import { JobImages } from '../jobs/tool-images';
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
  return createControlPlaneJobs(scope, {
    ...images,
    kubernetesUpgrade: upgrade,
    bootstraps: (props.bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB,
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

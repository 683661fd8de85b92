import { Construct } from 'constructs';
import { DnsRecord } from './dns-lookup';
import { EtcdRecovery } from './etcd-recovery';
import { recoveryScript } from './recovery-script';
import { applyConfigScript, bootstrapScript, MachineConfigFiles, scaleDownScript } from './scripts';
import { SNAPSHOT_MEMORY, SnapshotPlace } from './snapshot-place';
import { TalosctlJob, talosctlLabels } from './talosctl-job';
import { MountedFiles, secretFiles } from './talosctl-pod';
import { JobImages } from './tool-images';
import { UpgradeKubernetesOptions, upgradeKubernetesScript } from './upgrade-kubernetes-script';
import { podVolume } from '../kubernetes/pod-template';
import { COMMON_TEMPLATE } from '../machine-config/config-template';
import { Member } from '../node/machine-names';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { BundleSecrets } from '../secrets/secret-delivery';
import { ClientCertificateOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosApiRole } from '../talos/talos-api-role';

/** What the Job that upgrades Kubernetes does, in labels and names. */
export const UPGRADE = 'upgrade-k8s';

/** `talosctl upgrade-k8s` holds the schema of the Kubernetes API and all that Talos installs. */
const UPGRADE_MEMORY = '512Mi';

/** For how long the Job that upgrades Kubernetes may wait for its release, which never comes when the manifests have moved on: a week. */
const UPGRADE_DEADLINE_SECONDS = 7 * 24 * 3600;

/** The tasks of a control plane's Jobs, and what the Jobs need for them. */
export interface ControlPlaneJobsOptions extends JobImages {
  readonly bootstraps: boolean;
  /** The snapshot from which the Job that bootstraps etcd recovers it, and its place. */
  readonly recovery?: Recovery;
  readonly applies: boolean;
  /** How Kubernetes is upgraded, if a Job does it. */
  readonly kubernetesUpgrade?: UpgradeKubernetesOptions;
  /** Where that Job puts a snapshot of etcd first. */
  readonly snapshotPlace?: SnapshotPlace;
  /** The number of members that stay, where others leave. */
  readonly scalesDownTo?: number;
  /** The name of the StatefulSet. */
  readonly statefulSet: string;
  readonly clusterName: string;
  /** The secrets of the cluster, or the Secrets that hold them where synthesis never sees them. */
  readonly secrets: TalosSecrets | BundleSecrets;
  readonly credentials?: ClientCertificateOptions;
  /** The host that leads to all members, in the Jobs' talosconfigs. */
  readonly endpoint: string;
  readonly record: DnsRecord;
  readonly members: Member[];
  /** The time after which a Job is deleted once it has ended. */
  readonly ttlSecondsAfterFinished?: number;
  readonly machineConfig: ITalosMachineConfig;
  readonly labels: { readonly [key: string]: string };
}

/** A snapshot, and the place that it is in. */
export interface Recovery {
  readonly from: EtcdRecovery;
  readonly place: SnapshotPlace;
}

/** The component in the labels of the Job that recovers etcd. */
export const RECOVERY = 'recovery';

/** The machine configs of members as files in a pod. */
export interface MountedMachineConfig extends MachineConfigFiles {
  readonly mounted: MountedFiles;
  /** What the files are made of: with another text, the Job is another one. */
  readonly text: string;
}

/** Creates the Jobs of a control plane, and the Secrets with their talosconfigs. Returns the names of the Jobs. */
export function createControlPlaneJobs(scope: Construct, options: ControlPlaneJobsOptions): string[] {
  const { clusterName, secrets, members, labels, statefulSet } = options;
  const hosts = members.map(({ host }) => host);
  const common = {
    talosctlImage: options.talosctlImage,
    busyboxImage: options.busyboxImage,
    kubectlImage: options.kubectlImage,
    rcloneImage: options.rcloneImage,
    imagePullSecrets: options.imagePullSecrets,
    ttlSecondsAfterFinished: options.ttlSecondsAfterFinished,
    clusterSecrets: secrets,
    // Talos lets administrators alone bootstrap etcd, apply a machine config and make a member leave etcd
    talosconfig: { ...options.credentials, clusterName, endpoints: [options.endpoint], roles: [TalosApiRole.ADMIN] },
  };
  const labelsOf = (task: string) => ({ ...talosctlLabels(clusterName), 'app.kubernetes.io/component': task, ...labels });
  const jobs: TalosctlJob[] = [];
  if (options.recovery) {
    const { from, place: { mounted, functions } } = options.recovery;
    jobs.push(new TalosctlJob(scope, 'Recovery', {
      ...common,
      labels: labelsOf(RECOVERY),
      name: `${clusterName}-${RECOVERY}`,
      script: recoveryScript({ host: hosts[0], all: options.endpoint, record: options.record, functions, snapshot: from._snapshot }),
      files: { mounted, text: '' },
      memoryLimit: SNAPSHOT_MEMORY,
    }));
  } else if (options.bootstraps) {
    jobs.push(new TalosctlJob(scope, 'Bootstrap', {
      ...common, labels: labelsOf('bootstrap'), name: `${clusterName}-bootstrap`, script: bootstrapScript(hosts[0], options.endpoint, options.record),
    }));
  }
  if (options.applies) {
    const config = mountedConfig(options.machineConfig);
    jobs.push(new TalosctlJob(scope, 'ApplyConfig', {
      ...common,
      labels: labelsOf('apply-config'),
      name: `${clusterName}-apply-config`,
      script: applyConfigScript(hosts, config),
      files: config,
    }));
  }
  if (options.kubernetesUpgrade) {
    const place = options.snapshotPlace;
    jobs.push(new TalosctlJob(scope, 'UpgradeKubernetes', {
      ...common,
      labels: labelsOf(UPGRADE),
      name: `${clusterName}-${UPGRADE}`,
      script: upgradeKubernetesScript({ ...options.kubernetesUpgrade, snapshots: place?.functions }),
      files: place && { mounted: place.mounted, text: '' },
      memoryLimit: UPGRADE_MEMORY,
      timeoutSeconds: UPGRADE_DEADLINE_SECONDS,
    }));
  }
  if (options.scalesDownTo !== undefined) {
    jobs.push(new TalosctlJob(scope, 'ScaleDown', {
      ...common,
      labels: labelsOf('scale-down'),
      name: `${clusterName}-scale-down`,
      script: scaleDownScript(statefulSet, members, options.scalesDownTo),
      kubernetesRules: [
        { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: [statefulSet], verbs: ['get'] },
        { apiGroups: ['apps'], resources: ['statefulsets/scale'], resourceNames: [statefulSet], verbs: ['get', 'patch'] },
        { apiGroups: [''], resources: ['pods'], resourceNames: members.slice(options.scalesDownTo).map(({ name }) => name), verbs: ['get'] },
      ],
    }));
  }
  return jobs.map(({ name }) => name);
}

function mountedConfig({ secretName, secretKey, config, _members, _rendered }: ITalosMachineConfig): MountedMachineConfig {
  const own = new Map(_members?.entries.map(([ordinal]) => [ordinal, `/config/${_members.keyOf(ordinal)}`]));
  if (_rendered) {
    const { initContainer, volumes, volumeMounts } = _rendered.forJob('/config');
    return {
      mounted: { volumes: volumes.map(podVolume), volumeMounts, initContainers: [initContainer] },
      shared: `/config/${COMMON_TEMPLATE}`,
      isUserData: false,
      own,
      text: _rendered.checksum,
    };
  }
  return {
    mounted: secretFiles('/config', secretName),
    shared: `/config/${secretKey}`,
    isUserData: true,
    own,
    text: config!.toUserData() + (_members?.text ?? ''),
  };
}

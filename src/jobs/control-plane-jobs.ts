import { Construct } from 'constructs';
import { applyConfigScript, bootstrapScript, leaveScript } from './scripts';
import { TalosctlJob, talosctlLabels } from './talosctl-job';
import { JobImages } from './tool-images';
import { Member } from '../node/machine-names';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { ClientCertificateOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosApiRole } from '../talos/talos-api-role';

/** The tasks of a control plane's Jobs, and what the Jobs need for them. */
export interface ControlPlaneJobsOptions extends JobImages {
  readonly bootstraps: boolean;
  readonly applies: boolean;
  /** The members that leave etcd, in this order. */
  readonly leaving: Member[];
  readonly clusterName: string;
  readonly secrets: TalosSecrets;
  readonly credentials?: ClientCertificateOptions;
  /** The host in the Jobs' talosconfigs. */
  readonly endpoint: string;
  readonly members: Member[];
  readonly machineConfig: ITalosMachineConfig;
  readonly labels: { readonly [key: string]: string };
}

/** Creates the Jobs of a control plane, and the Secrets with their talosconfigs. Returns the names of the Jobs. */
export function createControlPlaneJobs(scope: Construct, options: ControlPlaneJobsOptions): string[] {
  const { clusterName, secrets, members, machineConfig, labels, talosctlImage, busyboxImage, imagePullSecrets } = options;
  const common = {
    labels: { ...talosctlLabels(clusterName), ...labels },
    talosctlImage,
    busyboxImage,
    imagePullSecrets,
    clusterSecrets: secrets,
    // Talos lets administrators alone bootstrap etcd, apply a machine config and make a member leave etcd
    talosconfig: { ...options.credentials, clusterName, endpoints: [options.endpoint], roles: [TalosApiRole.ADMIN] },
  };
  const jobs: TalosctlJob[] = [];
  if (options.bootstraps) {
    jobs.push(new TalosctlJob(scope, 'Bootstrap', { ...common, name: `${clusterName}-bootstrap`, script: bootstrapScript(members[0].host) }));
  }
  if (options.applies) {
    const { secretName, secretKey, config, _members } = machineConfig;
    const ownFiles = Object.fromEntries(_members?.entries.map(([ordinal]) => [members[ordinal].host, `/config/${_members.keyOf(ordinal)}`]) ?? []);
    jobs.push(new TalosctlJob(scope, 'ApplyConfig', {
      ...common,
      name: `${clusterName}-apply-config`,
      script: applyConfigScript(members.map(({ host }) => host), `/config/${secretKey}`, ownFiles),
      secrets: { '/config': { secretName, text: config!.toUserData() + (_members?.text ?? '') } },
    }));
  }
  if (options.leaving.length > 0) {
    jobs.push(new TalosctlJob(scope, 'ScaleDown', {
      ...common, name: `${clusterName}-scale-down`, script: leaveScript(members[0], options.leaving),
    }));
  }
  return jobs.map(({ name }) => name);
}

import { TalosError } from '../problem';
import { BootstrapMode } from './bootstrap-mode';
import { externalEndpointHost } from './checks';
import { MemberAddresses } from './members';
import { ControlPlaneNames } from './names';
import { BoundControlPlaneProps, TalosControlPlaneProps } from './talos-control-plane-props';
import { MachineConfig } from '../machine-config/machine-config';
import { coversHost } from '../network/hosts';
import { ConfigUpdate } from '../node/config-update';
import { requireNothingBeside } from '../node/talos-machine-config';
import { TalosPodOptions } from '../node/talos-pod-options';
import { TalosStorageOptions } from '../node/talos-storage-options';
import { TalosSecrets } from '../secrets/talos-secrets';
import { MachineType } from '../talos/machine-type';
import { TalosRole } from '../talos/talos-role';

/** Refuses a ready machine config that doesn't fit the other properties; one that is made elsewhere can't be checked. */
export function requireFit(props: BoundControlPlaneProps, names: ControlPlaneNames): void {
  const { machineConfig, bootstrap = BootstrapMode.JOB, memberAddresses, hostingNetwork } = props;
  if (!machineConfig) {
    return;
  }
  requireNothingBeside(machineConfig, props, GENERATES, 'give \'secrets\' instead');
  const { config } = machineConfig;
  if (!config) {
    return;
  }
  if (config.role !== TalosRole.CONTROL_PLANE) {
    throw new TalosError('talos:conflicting-properties', `'machineConfig' (${machineConfig.secretName}) is for a worker, by its 'machine.type' (${config.machineType}): give one for a control plane`);
  }
  if (bootstrap === BootstrapMode.INIT && config.machineType !== MachineType.INIT) {
    throw new TalosError('talos:conflicting-properties', `'bootstrap' (INIT) needs 'machine.type' (${config.machineType}) of 'machineConfig' to be init: set it, or use BootstrapMode.JOB`);
  }
  if (memberAddresses === MemberAddresses.STABLE) {
    const { etcdAdvertisedSubnets, etcdListenSubnets } = config._facts;
    for (const [field, given, networks] of [
      ['advertisedSubnets', etcdAdvertisedSubnets, hostingNetwork!.serviceCidrs], ['listenSubnets', etcdListenSubnets, ['0.0.0.0/0']],
    ] as const) {
      if (given.length === 0) {
        throw new TalosError('talos:machine-config-unfit', `'memberAddresses' (STABLE) needs 'cluster.etcd.${field}' in 'machineConfig': set it, for example to ${networks.join(', ')}`);
      }
    }
  }
  requireNames(props, config, names);
}

/** Refuses several members of the machine type init, each of which would begin a cluster of its own. */
export function requireSingleInit(config: MachineConfig | undefined, members: number): void {
  if (config?.machineType === MachineType.INIT && members > 1) {
    throw new TalosError('talos:machine-config-unfit', `'machine.type' (init) in the machine config would begin ${members} clusters with ${members} members: `
      + 'make it controlplane, and use BootstrapMode.JOB');
  }
}

/** Whether a property reaches the members only in a generated machine config. The compiler requires an entry for each property. */
const GENERATES: { readonly [property in Exclude<keyof TalosControlPlaneProps, keyof TalosPodOptions | keyof TalosStorageOptions>]: boolean } = {
  additionalSans: true,
  allowSchedulingOnControlPlanes: true,
  allowSingleMemberEviction: false,
  auditPolicy: true,
  authentication: true,
  bootstrap: false,
  clusterName: false,
  cni: true,
  configContract: true,
  configUpdate: false,
  credentials: false,
  credentialSecrets: false,
  discovery: true,
  dnsDomain: true,
  endpointHost: false,
  externalWorkers: false,
  extraManifests: true,
  featureGates: true,
  hostingNetwork: false,
  kubeProxy: true,
  kubernetesApi: false,
  kubernetesUpgrade: false,
  kubernetesVersion: true,
  machineConfig: false,
  memberAddresses: false,
  memberPatches: true,
  memberSpread: false,
  metrics: true,
  networkPolicy: false,
  notes: false,
  patches: true,
  podSubnets: true,
  registries: true,
  replicas: false,
  jobTtlAfterFinished: false,
  recoverFrom: false,
  scaleDownFrom: false,
  snapshotTarget: false,
  suspend: false,
  secretDelivery: false,
  secrets: false,
  serviceSubnets: true,
  sharedSecrets: false,
  talosApi: false,
  talosVersion: false,
  toolImages: false,
};

function requireNames(props: TalosControlPlaneProps, config: MachineConfig, names: ControlPlaneNames): void {
  const { kubernetesApi, talosApi, bootstrap, configUpdate, scaleDownFrom } = props;
  const outside = props.externalWorkers ? externalEndpointHost(props) : undefined;
  const hasJobs = (bootstrap ?? BootstrapMode.JOB) === BootstrapMode.JOB || configUpdate === ConfigUpdate.APPLY_JOB || scaleDownFrom !== undefined;
  const wanted: [string, string | undefined, string[], string][] = [
    ['kubernetesApi', kubernetesApi?.externalHost, config._facts.apiServerNames, 'cluster.apiServer.certSANs'],
    ['talosApi', talosApi?.externalHost, config._facts.machineNames, 'machine.certSANs'],
    ['externalWorkers', outside, config._facts.apiServerNames, 'cluster.apiServer.certSANs'],
    ['externalWorkers', outside, config._facts.machineNames, 'machine.certSANs'],
    ['bootstrap', hasJobs ? names.memberHost(0) : undefined, config._facts.machineNames, 'machine.certSANs'],
  ];
  for (const [property, host, sans, field] of wanted) {
    if (host !== undefined && !sans.some((san) => coversHost(san, host))) {
      throw new TalosError('talos:machine-config-unfit', `'${property}' (${host}) isn't among the names in the certificate of 'machineConfig': add it to '${field}'`);
    }
  }
}

/** Refuses secrets that differ from those in a ready machine config. */
export function requireSameCluster(secrets: TalosSecrets, ofConfig: TalosSecrets): void {
  if (!Buffer.from(secrets._bundle.certs.os.crt).equals(Buffer.from(ofConfig._bundle.certs.os.crt))) {
    throw new TalosError('talos:different-cluster', '\'secrets\' belong to another cluster than \'machineConfig\': leave them out, because \'machineConfig\' contains its own');
  }
}

import { Chart, Duration, Size } from 'cdk8s';
import { machineConfig } from './cases';
import {
  AccessMode, EmptyDirMedium, EtcdSnapshots, EtcdSnapshotsProps, HostPathType, MountStorage, NodeStorage, Preflight, PreflightOptions,
  SnapshotClaimOptions, SnapshotS3Options, SnapshotTarget, TalosMachineConfig, TalosMachineConfigProps, TalosMount, TalosNamespace, TalosControlPlane,
  TalosNamespaceProps, TalosNode, TalosNodeProps, TalosVersion, TalosWorkers, TalosWorkersProps,
} from '../../src';
import { hostingNetwork, secrets } from '../support/control-planes';

/*
 * Constructs described by plain values, as random cases are made of and fixtures are written in.
 */

/** `size` is in KiB. */
export interface ClaimDescription {
  readonly size?: number;
  readonly storageClassName?: string;
  readonly accessMode?: AccessMode;
  readonly annotations?: { readonly [key: string]: string };
}

/** `sizeLimit` is in KiB. */
export type MountDescription =
  | { readonly kind: 'ephemeral'; readonly medium?: EmptyDirMedium; readonly sizeLimit?: number }
  | { readonly kind: 'claim' } & ClaimDescription
  | { readonly kind: 'existingClaim'; readonly claimName: string }
  | { readonly kind: 'hostPath'; readonly path: string; readonly type?: HostPathType };

export type StorageDescription = { readonly exceptions?: [TalosMount, MountDescription][] } & (
  | { readonly kind: 'persistent' | 'essential'; readonly claim?: ClaimDescription }
  | { readonly kind: 'ephemeral' }
  | { readonly kind: 'shared'; readonly storage: MountDescription });

export type ConfigDescription =
  | { readonly kind: 'generated'; readonly type: 'controlplane' | 'worker'; readonly talosVersion?: string }
  | { readonly kind: 'imported'; readonly secretName: string; readonly secretKey?: string };

type ByClass = 'hostingNetwork' | 'talosVersion' | 'machineConfig' | 'storage' | 'preflight' | 'terminationGracePeriod' | 'preStopSleep' | 'secretDelivery';

/** Times are in milliseconds. */
export interface NodeDescription extends Omit<TalosNodeProps, ByClass> {
  readonly talosVersion?: string;
  readonly machineConfig?: ConfigDescription;
  readonly storage?: StorageDescription;
  readonly preflight?: PreflightOptions;
  readonly terminationGracePeriod?: number;
  readonly preStopSleep?: number;
}

/** Beside a control plane of Talos 1.13. */
export interface WorkersDescription extends Pick<TalosWorkersProps, WorkersProperty> {
  readonly talosVersion?: string;
  readonly storage?: StorageDescription;
}

type WorkersProperty = 'name' | 'replicas' | 'maxUnavailable' | 'labels' | 'nodeLabels' | 'nodeTaints' | 'kubernetesVersion' | 'configUpdate' | 'claimRetentionPolicy';

export type MachineConfigDescription = Omit<TalosMachineConfigProps, 'config' | 'memberPatches' | 'hostingNetwork' | 'secretDelivery' | 'busyboxImage' | '_clusterName'> & { readonly type: 'controlplane' | 'worker'; readonly talosVersion?: string };

export type NamespaceDescription = TalosNamespaceProps;

/** Of a control plane of Talos 1.13. The time is in milliseconds. */
export interface SnapshotsDescription extends Omit<EtcdSnapshotsProps, 'controlPlane' | 'target' | 'timeout'> {
  readonly target: { readonly claim: SnapshotClaimOptions } | { readonly s3: SnapshotS3Options };
  readonly timeout?: number;
}

export type Description =
  | { readonly construct: 'TalosNode'; readonly props: NodeDescription }
  | { readonly construct: 'TalosWorkers'; readonly props: WorkersDescription }
  | { readonly construct: 'EtcdSnapshots'; readonly props: SnapshotsDescription }
  | { readonly construct: 'TalosMachineConfig'; readonly props: MachineConfigDescription }
  | { readonly construct: 'TalosNamespace'; readonly props: NamespaceDescription };

/** Adds what is described to a chart. */
export function addDescribed(chart: Chart, { construct, props }: Description): void {
  switch (construct) {
    case 'TalosNode':
      new TalosNode(chart, 'node', nodeProps(chart, props));
      break;
    case 'TalosWorkers':
      new TalosWorkers(chart, 'workers', workersProps(chart, props));
      break;
    case 'EtcdSnapshots': {
      const { target, timeout, ...rest } = props;
      new EtcdSnapshots(chart, 'snapshots', {
        ...rest,
        controlPlane: controlPlane(chart),
        target: 'claim' in target ? SnapshotTarget.claim(target.claim) : SnapshotTarget.s3(target.s3),
        timeout: millis(timeout),
      });
      break;
    }
    case 'TalosMachineConfig': {
      const { type, talosVersion, ...rest } = props;
      new TalosMachineConfig(chart, 'config', { ...rest, config: machineConfig(chart, type, versionOf(talosVersion)).config! });
      break;
    }
    case 'TalosNamespace':
      new TalosNamespace(chart, 'described', props);
      break;
  }
}

function nodeProps(chart: Chart, description: NodeDescription): TalosNodeProps {
  const { talosVersion, machineConfig: config, storage, preflight, terminationGracePeriod, preStopSleep, ...rest } = description;
  return {
    ...rest,
    talosVersion: versionOf(talosVersion),
    machineConfig: config && (config.kind === 'generated'
      ? machineConfig(chart, config.type, versionOf(config.talosVersion))
      : TalosMachineConfig.fromSecretName(chart, 'imported', config.secretName, { secretKey: config.secretKey })),
    storage: storage && nodeStorage(storage),
    preflight: preflight && Preflight.initContainer(preflight),
    terminationGracePeriod: millis(terminationGracePeriod),
    preStopSleep: millis(preStopSleep),
  };
}

function workersProps(chart: Chart, { talosVersion, storage, ...rest }: WorkersDescription): TalosWorkersProps {
  return { ...rest, controlPlane: controlPlane(chart), talosVersion: versionOf(talosVersion), storage: storage && nodeStorage(storage) };
}

/** In a chart of its own, as it's the same in each case. */
function controlPlane(chart: Chart): TalosControlPlane {
  const { namespace } = chart;
  return new TalosControlPlane(new Chart(chart.node.root, 'other', { namespace }), 'control-plane', {
    clusterName: 'acme', secrets, hostingNetwork, talosVersion: TalosVersion.V1_13,
  });
}

function nodeStorage(storage: StorageDescription): NodeStorage {
  return (storage.exceptions ?? []).reduce((all, [mount, exception]) => all.withMount(mount, mountStorage(exception)), base(storage));
}

function base(storage: StorageDescription): NodeStorage {
  switch (storage.kind) {
    case 'persistent': return NodeStorage.persistent(claim(storage.claim));
    case 'essential': return NodeStorage.essential(claim(storage.claim));
    case 'ephemeral': return NodeStorage.ephemeral();
    case 'shared': return NodeStorage.shared(mountStorage(storage.storage));
  }
}

function mountStorage(storage: MountDescription): MountStorage {
  switch (storage.kind) {
    case 'ephemeral': return MountStorage.ephemeral({ medium: storage.medium, sizeLimit: kibibytes(storage.sizeLimit) });
    case 'claim': return MountStorage.claim(claim(storage));
    case 'existingClaim': return MountStorage.existingClaim(storage.claimName);
    case 'hostPath': return MountStorage.hostPath(storage.path, storage.type);
  }
}

function claim({ size, storageClassName, accessMode, annotations }: ClaimDescription = {}) {
  return { size: kibibytes(size), storageClassName, accessMode, annotations };
}

function versionOf(version: string | undefined): TalosVersion | undefined {
  return version === undefined ? undefined : TalosVersion.of(version);
}

function kibibytes(amount: number | undefined): Size | undefined {
  return amount === undefined ? undefined : Size.kibibytes(amount);
}

function millis(amount: number | undefined): Duration | undefined {
  return amount === undefined ? undefined : Duration.millis(amount);
}

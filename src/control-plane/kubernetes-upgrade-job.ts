import { TalosError } from '../problem';
import { ControlPlaneAddresses } from './addresses';
import { KubernetesUpgrade } from './kubernetes-upgrade';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { UpgradeKubernetesOptions, upgradeTarget } from '../jobs/upgrade-kubernetes-script';
import { coversHost } from '../network/hosts';
import { splitUrl } from '../network/url';
import { ConfigUpdate } from '../node/config-update';
import { Member } from '../node/machine-names';
import { ITalosMachineConfig } from '../node/talos-machine-config';
import { TalosVersion } from '../talos/talos-version';

/** What the Job that upgrades Kubernetes depends on. */
export interface KubernetesUpgradeFacts {
  readonly props: BoundControlPlaneProps;
  readonly talosVersion: TalosVersion;
  readonly configUpdate: ConfigUpdate;
  readonly machineConfig: ITalosMachineConfig;
  readonly members: Member[];
  readonly addresses: ControlPlaneAddresses;
  /** Whether there are keys of which the Job's credentials are made. */
  readonly hasKeys: boolean;
}

/**
 * What the Job that upgrades Kubernetes does; undefined if there is none.
 *
 * @throws if the Job is asked for, and can't work
 */
export function kubernetesUpgrade(facts: KubernetesUpgradeFacts): UpgradeKubernetesOptions | undefined {
  const { props, talosVersion, machineConfig: { config }, members: [{ host }], addresses } = facts;
  if (props.kubernetesUpgrade === KubernetesUpgrade.MANUAL) {
    if (props.snapshotTarget) {
      throw new TalosError('talos:conflicting-properties', '\'snapshotTarget\' is for the Job that \'kubernetesUpgrade\' (MANUAL) leaves out: leave one of the two out');
    }
    return undefined;
  }
  const obstacle = obstacleOf(facts);
  const asks = props.kubernetesUpgrade === KubernetesUpgrade.JOB ? '\'kubernetesUpgrade\' (JOB)' : props.snapshotTarget && '\'snapshotTarget\'';
  if (obstacle !== undefined && asks !== undefined) {
    throw new TalosError('talos:conflicting-properties', `${asks} needs a Job that can't work, because ${obstacle}, or leave the property out`);
  }
  if (obstacle !== undefined || !config) {
    return undefined;
  }
  const { tag } = props.image ?? {};
  const { kubernetesImages, hasKubeProxy } = config._facts;
  return {
    target: upgradeTarget(kubernetesImages, hasKubeProxy)!,
    talosTag: tag !== undefined && talosVersion._isOtherThan(tag) ? undefined : talosVersion.imageTag,
    host,
    all: addresses.headlessHost,
    record: addresses.hostingRecord,
    kubernetesApi: addresses.insideEndpoint,
  };
}

/** Why the Job can't work, and what to do. */
function obstacleOf(facts: KubernetesUpgradeFacts): string | undefined {
  const { configUpdate, machineConfig: { config, secretName }, members: [{ host }], addresses, hasKeys } = facts;
  if (configUpdate === ConfigUpdate.INITIAL) {
    return '\'configUpdate\' (INITIAL) leaves running members at the release with which they started: use ConfigUpdate.ROLL or APPLY_JOB';
  }
  if (!config) {
    return `'machineConfig' (${secretName}) is made elsewhere, and the release of Kubernetes in it isn't known: give a MachineConfig`;
  }
  if (!hasKeys) {
    return 'the \'secrets\' of the cluster aren\'t known: give them';
  }
  const { kubernetesImages, hasKubeProxy, machineNames, apiServerNames } = config._facts;
  if (!upgradeTarget(kubernetesImages, hasKubeProxy)) {
    const images = Object.values(kubernetesImages).map((image) => image ?? 'the default').join(', ');
    return `\`talosctl upgrade-k8s\` sets images of one release without a digest, in place of those in the machine config (${images}): use such images`;
  }
  const names: [string, string[], string][] = [
    [host, machineNames, 'machine.certSANs'],
    [splitUrl(addresses.insideEndpoint)!.host, apiServerNames, 'cluster.apiServer.certSANs'],
  ];
  const [missing] = names.filter(([name, covered]) => !covered.some((san) => coversHost(san, name)));
  return missing && `${missing[0]} isn't among the names in the certificate of 'machineConfig': add it to '${missing[2]}'`;
}

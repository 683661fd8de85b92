import { TalosError } from '../problem';
import { BootstrapMode } from './bootstrap-mode';
import { BoundControlPlaneProps } from './talos-control-plane-props';
import { EtcdRecovery } from '../jobs/etcd-recovery';
import { MachineConfig } from '../machine-config/machine-config';
import { MachineType } from '../talos/machine-type';

/** Refuses a recovery that can't work beside other properties. */
export function requireRecovery({ recoverFrom, bootstrap = BootstrapMode.JOB, scaleDownFrom, machineConfig, secrets }: BoundControlPlaneProps): void {
  if (!recoverFrom) {
    return;
  }
  if (bootstrap !== BootstrapMode.JOB) {
    const [name] = Object.entries(BootstrapMode).find(([, mode]) => mode === bootstrap)!;
    throw new TalosError('talos:conflicting-properties', `'recoverFrom' (${recoverFrom._description}) makes the Job that bootstraps etcd recover it, and 'bootstrap' (${name}) leaves the Job out: `
      + 'leave one of the two out');
  }
  if (scaleDownFrom !== undefined) {
    throw new TalosError('talos:conflicting-properties', `'scaleDownFrom' (${scaleDownFrom}) makes members leave etcd, and 'recoverFrom' (${recoverFrom._description}) begins etcd with one member: `
      + 'leave \'scaleDownFrom\' out while etcd is recovered, or \'recoverFrom\' when the cluster runs');
  }
  if (machineConfig && !machineConfig.config && !secrets) {
    throw new TalosError('talos:conflicting-properties', `'recoverFrom' (${recoverFrom._description}) needs the 'secrets' of the cluster, because 'machineConfig' (${machineConfig.secretName}) is made elsewhere: `
      + 'give them, or use BootstrapMode.MANUAL and call `talosctl bootstrap --recover-from` yourself');
  }
}

/** Refuses a machine that would begin an empty etcd by itself. */
export function requireNoInit(config: MachineConfig | undefined, recoverFrom: EtcdRecovery | undefined): void {
  if (recoverFrom && config?.machineType === MachineType.INIT) {
    throw new TalosError('talos:machine-config-unfit', `'machine.type' (init) in the machine config would begin an empty etcd before 'recoverFrom' (${recoverFrom._description}) could: make it controlplane`);
  }
}

import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { Machines } from '../manifests/machines';
import { Both, Update } from '../manifests/update';

/** Where the data of etcd is. */
export const STORAGE_RULES: readonly UpdateRule[] = [{ risk: UpdateRisk.STORAGE, find: otherStorage }];

/** Whether a control plane finds the data of etcd in another place than before. */
export function losesStorage({ applied, wanted }: Both<Machines>): boolean {
  return applied.areControlPlanes && wanted.areControlPlanes && applied.storage !== undefined && applied.storage !== wanted.storage;
}

function otherStorage({ keptMachines }: Update): Finding[] {
  return keptMachines.filter(losesStorage).map(({ applied, wanted }) => ({
    problem: `'storage' of the ${wanted.name} can't change from ${applied.storage} to ${wanted.storage ?? 'ephemeral'} without a loss: the data of etcd stays behind`,
    remedy: (applied.replicas ?? 1) > 1 ? memberByMember(applied) : bySnapshot(applied),
  }));
}

/** Seen on Talos: a member without its data replaces itself in etcd, and is ready only when it votes again. */
function memberByMember({ workload: { kind, metadata: { name } } }: Machines): string {
  return 'take a snapshot with `talosctl etcd snapshot FILE`, and check with `talosctl etcd members` that all members vote. '
    + `Then delete the ${kind} without its pods, \`kubectl delete ${kind.toLowerCase()} ${name} --cascade=orphan\`, and apply at once: the members are replaced `
    + 'one by one, and each votes again before the next one goes. Delete the old claims when all vote';
}

function bySnapshot({ workload: { kind, metadata: { name } } }: Machines): string {
  return 'take a snapshot with `talosctl etcd snapshot FILE`, delete the '
    + `${kind}, \`kubectl delete ${kind.toLowerCase()} ${name}\`, and apply with BootstrapMode.MANUAL; `
    + 'restore it with `talosctl bootstrap --recover-from=FILE`, and delete the old claim when the data is there';
}

import { isDeepStrictEqual } from 'util';
import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { Machines } from '../manifests/machines';
import { Both, Update } from '../manifests/update';

/** The members of etcd. */
export const MEMBER_RULES: readonly UpdateRule[] = [
  { risk: UpdateRisk.FEWER_MEMBERS, find: fewerMembers },
  { risk: UpdateRisk.MEMBER_ADDRESSES, find: otherAddresses },
];

/** No replicas at all are a cluster that sleeps: its members keep their data, and come back together. */
function fewerMembers(update: Update): Finding[] {
  return controlPlanes(update).flatMap(({ applied, wanted }) => {
    const [before, now] = [applied.replicas ?? 1, wanted.replicas ?? 1];
    return now === 0 || now >= before ? [] : [{
      problem: `'spec.replicas' (${now}) of the ${wanted.name} is less than the applied ${before}, and members that are deleted before they have left etcd `
        + 'take its quorum with them',
      remedy: `set 'scaleDownFrom' to ${before} first and apply that; its Job removes the members one by one. When it is complete, give the objects of the cluster `
        + 'itself to \'applied\' (`kubectl get --output yaml`), which then have the smaller number',
    }];
  });
}

/** A single member survives another address. */
function otherAddresses(update: Update): Finding[] {
  return controlPlanes(update).flatMap(({ applied, wanted }) => {
    const areSeveral = Math.max(applied.replicas ?? 1, wanted.replicas ?? 1) > 1;
    const [before, now] = [applied, wanted].map(addressesOf);
    const [subnetsBefore, subnetsNow] = [applied, wanted].map(({ config }) => config?._facts.etcdAdvertisedSubnets);
    const areOther = before !== now || (subnetsBefore && subnetsNow && !isDeepStrictEqual(subnetsBefore, subnetsNow));
    return !areSeveral || !areOther ? [] : [{
      problem: `'memberAddresses' (${now}) of the ${wanted.name} can't change from ${before} with several members, which would no longer find each other`,
      remedy: 'go to one member with \'scaleDownFrom\', change the addresses of that one, and add the others again when it is ready',
    }];
  });
}

function addressesOf(machines: Machines): string {
  return machines.haveStableAddresses ? 'STABLE' : 'POD_IP';
}

function controlPlanes({ keptMachines }: Update): Both<Machines>[] {
  return keptMachines.filter(({ applied, wanted }) => applied.areControlPlanes && wanted.areControlPlanes);
}

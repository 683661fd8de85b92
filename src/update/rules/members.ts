import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { Machines } from '../manifests/machines';
import { ManifestSet } from '../manifests/manifest-set';
import { Both, Update } from '../manifests/update';

/** The members of etcd. */
export const MEMBER_RULES: readonly UpdateRule[] = [
  { risk: UpdateRisk.FEWER_MEMBERS, find: fewerMembers },
  { risk: UpdateRisk.MEMBER_ADDRESSES, find: otherAddresses },
];

function fewerMembers(update: Update): Finding[] {
  const [servicesBefore, servicesNow] = [update.applied, update.wanted].map(memberServices);
  return controlPlanes(update).flatMap(({ applied, wanted }) => {
    const [before, now] = [membersOf(applied, servicesBefore), membersOf(wanted, servicesNow)];
    if (before === undefined || now === undefined || now >= before) {
      return [];
    }
    return [applied.replicas === 0 || wanted.replicas === 0 ? {
      problem: `the ${wanted.name} sleeps, and has ${now} of the applied ${before} members when it wakes, which Services have the names of; the others have not left etcd, `
        + 'and take its quorum with them',
      remedy: `wake it with ${before} replicas, and set 'scaleDownFrom' when it is ready. If the others have left before, delete their Services`,
    } : {
      problem: `'spec.replicas' (${now}) of the ${wanted.name} is less than the applied ${before}, and members that are deleted before they have left etcd `
        + 'take its quorum with them',
      remedy: `set 'scaleDownFrom' to ${before} first and apply that; its Job removes the members one by one. When it is complete, give the objects of the cluster `
        + 'itself to \'applied\' (`kubectl get --output yaml`), which then have the smaller number',
    }];
  });
}

/** The number of members of etcd. No replicas are members that sleep, which only their Services tell of. */
function membersOf({ replicas = 1, place }: Machines, services: ReadonlyMap<string, number>): number | undefined {
  return replicas > 0 ? replicas : services.get(place) || undefined;
}

/** How many Services of members there are, by the place of their machines. */
function memberServices({ objects }: ManifestSet): Map<string, number> {
  const services = new Map<string, number>();
  for (const { metadata: { name, namespace = '' } } of objects.filter(({ kind }) => kind === 'Service')) {
    const place = `${namespace}/${name.replace(/-\d+$/, '')}`;
    services.set(place, (services.get(place) ?? 0) + Number(/-\d+$/.test(name)));
  }
  return services;
}

/** A single member survives another address. */
function otherAddresses(update: Update): Finding[] {
  return controlPlanes(update).flatMap(({ applied, wanted }) => {
    const areSeveral = Math.max(applied.replicas ?? 1, wanted.replicas ?? 1) > 1;
    const [before, now] = [applied, wanted].map(addressesOf);
    const [subnetsBefore = [], subnetsNow = []] = [applied, wanted].map(({ config }) => config?._facts.etcdAdvertisedSubnets);
    // another subnet beside the applied ones leaves the members their addresses
    const subnets = new Set(subnetsNow);
    const lacksSubnets = subnets.size > 0 && !subnetsBefore.every((subnet) => subnets.has(subnet));
    return !areSeveral || (before === now && !lacksSubnets) ? [] : [{
      problem: before !== now
        ? `'memberAddresses' (${now}) of the ${wanted.name} can't change from ${before} with several members, which would no longer find each other`
        : `'cluster.etcd.advertisedSubnets' (${subnetsNow.join(', ')}) of the ${wanted.name} must keep the applied ${subnetsBefore.join(', ')}, from 'hostingNetwork': several `
          + 'members would no longer find each other',
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

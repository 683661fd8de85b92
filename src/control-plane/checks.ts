import { TalosError } from '../problem';
import { BootstrapMode } from './bootstrap-mode';
import { MEMBER_COUNTS, MemberAddresses, MOST_MEMBERS } from './members';
import { CONTROL_PLANE } from './names';
import { BoundControlPlaneProps, TalosControlPlaneProps } from './talos-control-plane-props';
import { ApiExposure } from '../access/api-exposure';
import { requirePartOfStatefulSetName } from '../kubernetes/syntax';
import { warn } from '../kubernetes/warnings';
import { requireHost } from '../network/hosts';
import { isServiceName } from '../network/service-names';
import { ConfigUpdate } from '../node/config-update';
import { TalosNode } from '../node/talos-node';
import { ClaimRetention } from '../node/talos-storage-options';
import { NAMED_BY_IDENTITY } from '../talos/release-table';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

/** Refuses a cluster name from which the names of the objects can't be made. */
export function requireClusterName(clusterName: string): void {
  requirePartOfStatefulSetName('clusterName', clusterName, `-${CONTROL_PLANE}`);
}

/** Refuses a number of members, addresses, a bootstrap or a scale-down that can't work. */
export function requireMembers(props: TalosControlPlaneProps, talosVersion: TalosVersion): void {
  const { replicas = 1, memberAddresses, hostingNetwork, bootstrap, scaleDownFrom, suspend } = props;
  if (!MEMBER_COUNTS.includes(replicas)) {
    throw new TalosError('talos:invalid-value', `'replicas' (${replicas}) must be 1, 3, 5 or 7: ${countRemedy(replicas)}`);
  }
  const most = scaleDownFrom ?? replicas;
  if (most > 1 && memberAddresses === undefined) {
    throw new TalosError('talos:missing-property', `'memberAddresses' is missing for ${most} replicas: use MemberAddresses.STABLE with 'hostingNetwork', `
      + 'or MemberAddresses.POD_IP, which doesn\'t survive the replacement of all members at once');
  }
  if (memberAddresses === MemberAddresses.STABLE && !hostingNetwork?.serviceCidrs.length) {
    throw new TalosError('talos:conflicting-properties', '\'memberAddresses\' (STABLE) needs the networks of the hosting cluster\'s Services: give \'hostingNetwork\' with \'serviceCidrs\'');
  }
  if (bootstrap === BootstrapMode.INIT && most > 1) {
    throw new TalosError('talos:conflicting-properties', `'bootstrap' (INIT) would begin ${most} clusters with ${most} replicas: use BootstrapMode.JOB`);
  }
  if (suspend && most > 1 && memberAddresses === MemberAddresses.POD_IP) {
    throw new TalosError('talos:conflicting-properties', '\'suspend\' would lose the cluster, because its members come back with other addresses all at once, by '
      + '\'memberAddresses\' (POD_IP), and no longer find each other: use MemberAddresses.STABLE, or leave \'suspend\' out');
  }
  if (scaleDownFrom === undefined) {
    return;
  }
  if (suspend) {
    throw new TalosError('talos:conflicting-properties', `'scaleDownFrom' (${scaleDownFrom}) needs members that run, and 'suspend' stops them: leave one of the two out`);
  }
  if (!Number.isInteger(scaleDownFrom) || scaleDownFrom <= replicas || scaleDownFrom > MOST_MEMBERS) {
    throw new TalosError('talos:invalid-value', `'scaleDownFrom' (${scaleDownFrom}) must be the number of existing members, more than 'replicas' (${replicas}) `
      + `and at most ${MOST_MEMBERS}: give that number, or leave the property out`);
  }
  if (!talosVersion.keepsHostname) {
    throw new TalosError('talos:unsupported-release', `'scaleDownFrom' (${scaleDownFrom}) finds members by the names of their pods, which Talos ${talosVersion.imageTag} doesn't use: `
      + `use v${NAMED_BY_IDENTITY.before} or newer, or call \`talosctl etcd leave\` yourself`);
  }
}

/** Refuses to stop members whose data goes with their pods, and warns of a Job that doesn't bootstrap such members again. */
export function checkEphemeralEtcd(machines: TalosNode, props: TalosControlPlaneProps): void {
  const { suspend, bootstrap = BootstrapMode.JOB, claimRetentionPolicy } = props;
  if (suspend && claimRetentionPolicy?.whenScaled === ClaimRetention.DELETE) {
    throw new TalosError('talos:conflicting-properties', '\'suspend\' would lose the cluster, because \'claimRetentionPolicy.whenScaled\' (DELETE) deletes '
      + 'the claims of members that stop: use ClaimRetention.RETAIN, or delete the cluster');
  }
  if (machines._storage.sourceOf(TalosMount.VAR).kind !== 'emptyDir') {
    return;
  }
  if (suspend) {
    throw new TalosError('talos:conflicting-properties', '\'suspend\' would lose the cluster, because \'storage\' keeps the data of etcd in the pods: use claims, or delete the cluster');
  }
  if (bootstrap === BootstrapMode.JOB) {
    warn(machines, 'talos:bootstrap-of-ephemeral-storage', '\'storage\' keeps the data of etcd in the pods, and \'bootstrap\' (JOB) runs once: when all pods '
      + 'are replaced, the cluster never starts again; use claims, or BootstrapMode.INIT for a single member that may begin anew');
  }
}

function countRemedy(replicas: number): string {
  return Number.isInteger(replicas) && replicas > 1 && replicas < MOST_MEMBERS
    ? `${WORDS[replicas]} members survive no more failures than ${WORDS[replicas - 1]}, and one more can fail, so choose ${replicas - 1} or ${replicas + 1}`
    : replicas === 0 ? 'to stop the members, use \'suspend\'' : 'choose one of them';
}

/** Refuses exposures that clients or external workers couldn't use. */
export function requireExposures(props: TalosControlPlaneProps, hostingDomain: string): void {
  const { kubernetesApi, talosApi, externalWorkers, endpointHost, networkPolicy } = props;
  requireHost('endpointHost', endpointHost);
  if (talosApi && !talosApi._exposure.servesNamelessClients) {
    throw new TalosError('talos:conflicting-properties', `'talosApi' (${talosApi._exposure.kind}) can't be exposed like this, because its clients send no server name: use a load balancer or node port`);
  }
  if (networkPolicy && talosApi?.externalHost !== undefined && !networkPolicy.operators?.length) {
    throw new TalosError('talos:conflicting-properties', `'networkPolicy' lets no client reach 'talosApi' (${talosApi.externalHost}): list its clients in 'networkPolicy.operators'`);
  }
  if (!externalWorkers) {
    return;
  }
  if (networkPolicy && !networkPolicy.workers?.length) {
    throw new TalosError('talos:conflicting-properties', '\'networkPolicy\' lets none of the \'externalWorkers\' join: list them in \'networkPolicy.workers\'');
  }
  if (endpointHost === undefined) {
    const { kind, hasOneAddress } = (kubernetesApi ?? ApiExposure.clusterIp())._exposure;
    if (!hasOneAddress) {
      throw new TalosError('talos:conflicting-properties', `'externalWorkers' need the Kubernetes API (6443) and trustd (50001) at one address, which 'kubernetesApi' (${kind}) doesn't have: `
        + 'use ApiExposure.loadBalancer({ host }), or give \'endpointHost\' for a load balancer of your own');
    }
    if (kubernetesApi?.externalHost === undefined) {
      throw new TalosError('talos:conflicting-properties', '\'externalWorkers\' need an address that is known in advance: give \'host\' to ApiExposure.loadBalancer(), or \'endpointHost\'');
    }
  }
  const host = externalEndpointHost(props) ?? '';
  if (isServiceName(host, hostingDomain)) {
    const property = endpointHost === undefined ? 'kubernetesApi' : 'endpointHost';
    throw new TalosError('talos:conflicting-properties', `'${property}' (${host}) is a name inside the hosting cluster, which 'externalWorkers' can't resolve: give an address that is reachable from outside`);
  }
}

/** The host by which external workers reach the control plane. */
export function externalEndpointHost({ endpointHost, kubernetesApi }: TalosControlPlaneProps): string | undefined {
  return endpointHost ?? kubernetesApi?.externalHost;
}

/** Refuses missing secrets, and a Job that would need what is made elsewhere. */
export function requireSource(props: BoundControlPlaneProps): void {
  const { secrets, secretDelivery, machineConfig, bootstrap = BootstrapMode.JOB, configUpdate, scaleDownFrom } = props;
  if (!secrets && !machineConfig && !secretDelivery?._isKeyless) {
    throw new TalosError('talos:missing-property', '\'secrets\' is missing, from which the machine config is generated: '
      + 'give TalosSecrets.fromFile(), a ready \'machineConfig\', or a \'secretDelivery\' that brings them, for example SecretDelivery.generateOnce()');
  }
  if (!machineConfig || machineConfig.config) {
    return;
  }
  if (configUpdate === ConfigUpdate.APPLY_JOB) {
    throw new TalosError('talos:conflicting-properties', `'configUpdate' (APPLY_JOB) can't detect a change of 'machineConfig' (${machineConfig.secretName}), which is made elsewhere: `
      + 'use ConfigUpdate.ROLL or INITIAL');
  }
  if (!secrets && (bootstrap === BootstrapMode.JOB || scaleDownFrom !== undefined)) {
    const [property, value, remedy] = bootstrap === BootstrapMode.JOB
      ? ['bootstrap', 'JOB', 'use BootstrapMode.MANUAL']
      : ['scaleDownFrom', scaleDownFrom, 'call `talosctl etcd leave` yourself'];
    throw new TalosError('talos:conflicting-properties', `'${property}' (${value}) needs the 'secrets' of the cluster, because 'machineConfig' (${machineConfig.secretName}) is made elsewhere: `
      + `give them, or ${remedy}`);
  }
}

import { certificatesOf } from './certificates';
import { ClusterObjects } from './cluster-objects';
import { Entrance, entrancesOf, portText } from './entrances';
import { cronJobsFor, jobsOf } from './jobs';
import { keySentences } from './keys';
import { clientsOf, MachinePort } from './network-access';
import { Box, Report, Section, tableSection } from './section';
import { survivalOf } from './survival';
import { groupBy } from '../kubernetes/group-by';
import { fieldsOf, objectsOf, textOf } from '../update/manifests/fields';
import { Machines } from '../update/manifests/machines';
import { Manifest, nameOf } from '../update/manifests/manifest';
import { keysOf } from '../update/manifests/secret-contents';

const UNKNOWN = 'not in the manifests';

/** Says what a cluster is made of, without a secret. */
export function clusterReport(cluster: ClusterObjects): Report {
  const { name, machines, namespaces } = cluster;
  const entrances = entrancesOf(cluster);
  const [{ workload }] = machines;
  const keys = keySentences(cluster);
  const objects = counts(cluster.objects);
  return {
    title: name === undefined ? `Talos machines ${workload.metadata.name}` : `Talos cluster ${name}`,
    summary: `${machines.map((some) => machinesText(some)).join(', ')}${namespaces.length > 0 ? ` in the namespace${namespaces.length > 1 ? 's' : ''} ${namespaces.join(', ')}` : ''}.`,
    brief: [
      ...['k8s-api', 'talos-api'].flatMap((port) => apiText(port, entrances)),
      ...machinesOutside(cluster),
      ...keys,
      objects.map(([kind, number]) => `${number} ${kind}`).join(', '),
    ],
    picture: {
      namespaces,
      entrances: entrances.filter(({ leadsOutside }) => leadsOutside).map(entranceBox),
      machines: machines.map((some) => machineBox(some, cluster)),
    },
    sections: [
      machinesSection(cluster),
      ...tableSection('Services', ['name', 'kind', 'address', 'ports', 'leads to'], entrances.map(serviceRow)),
      ...portSection(cluster, entrances),
      ...networkSection(cluster),
      ...tableSection('Certificates', ['certificate', 'valid until'], certificatesOf(cluster)),
      { title: 'Keys', lines: keys },
      ...claimSection(cluster),
      ...tableSection('Jobs', ['name', 'what it does', 'when'], jobsOf(cluster)),
      ...survivalSection(cluster),
      ...tableSection('Objects', ['kind', 'number'], objects),
    ],
  };
}

function machinesText({ replicas, areControlPlanes, workload: { metadata } }: Machines): string {
  return `${replicas ?? 'any number of'} × ${metadata.name} (${areControlPlanes ? 'control plane' : 'worker'})`;
}

const APIS: { readonly [port: string]: string } = { 'k8s-api': 'Kubernetes API', 'talos-api': 'Talos API' };

/** Where clients find an API: outside of the hosting cluster if they can. */
function apiText(port: string, entrances: readonly Entrance[]): string[] {
  const serving = entrances.filter(({ ports, isOfOneMachine }) => !isOfOneMachine && ports.some((text) => text.endsWith(` ${port}`)));
  const found = serving.find(({ leadsOutside }) => leadsOutside) ?? serving.find(({ object }) => !isHeadless(object)) ?? serving[0];
  return found ? [`${APIS[port]}: ${found.address}, port ${found.ports.find((text) => text.endsWith(` ${port}`))!.split(' ')[0]}`] : [];
}

function releasesOf(machines: Machines, cluster: ClusterObjects): [string, string] {
  return [machines.talosVersion?.version ?? 'unknown', cluster.configOf(machines)?._facts.kubernetesVersion ?? 'unknown'];
}

function machinesSection(cluster: ClusterObjects): Section {
  const rows = cluster.machines.map((some) => [
    some.workload.metadata.name,
    some.areControlPlanes ? 'control plane' : 'worker',
    String(some.replicas ?? 'set by others'),
    ...releasesOf(some, cluster),
    some.storage ?? 'nothing keeps it',
  ]);
  return { title: 'Machines', lines: machinesOutside(cluster), table: { columns: ['name', 'role', 'replicas', 'Talos', 'Kubernetes', 'data of /var'], rows } };
}

/** Machine configs of no pod are for machines outside of the hosting cluster. */
function machinesOutside(cluster: ClusterObjects): string[] {
  const own = cluster.machines.map(({ configName }) => configName);
  return cluster.ofKind('Secret').filter((secret) => keysOf(secret).includes('machineconfig') && !own.includes(`Secret ${secret.metadata.name}`))
    .map(({ metadata }) => `The Secret ${metadata.name} has a machine config for machines outside of the hosting cluster.`);
}

function serviceRow({ object, address, ports, machines }: Entrance): string[] {
  const kind = object.kind !== 'Service' ? object.kind : isHeadless(object) ? 'headless' : textOf(fieldsOf(object.spec).type) ?? 'ClusterIP';
  return [object.metadata.name, kind, address, ports.join(', '), machines.map(({ workload }) => workload.metadata.name).join(', ')];
}

/** Ports to which the same clients may connect share a row. */
function portSection(cluster: ClusterObjects, entrances: readonly Entrance[]): Section[] {
  return tableSection('Ports', ['machines', 'ports', 'who may connect'], cluster.machines.flatMap((some) => {
    const ports = groupBy([...some.ports, ...portsOfServices(some, entrances)], (port) => clientsOf(some, port, cluster));
    return [...ports].map(([clients, those]) =>
      [some.workload.metadata.name, those.map(({ containerPort, name }) => portText(containerPort, name)).join(', '), clients]);
  }));
}

/** The ports to which Services lead, such as those of metrics, beside those that the machines name. */
function portsOfServices(machines: Machines, entrances: readonly Entrance[]): MachinePort[] {
  const named = machines.ports.map(({ containerPort }) => containerPort);
  const all = entrances.filter((entrance) => entrance.machines.includes(machines)).flatMap(({ object }) => objectsOf(fieldsOf(object.spec).ports))
    .map(({ name, port, targetPort = port, protocol = 'TCP' }) => ({ name: textOf(name), containerPort: targetPort, protocol }));
  return all.filter(({ containerPort }, index) => Number.isInteger(containerPort) && !named.includes(containerPort)
    && all.findIndex((other) => other.containerPort === containerPort) === index);
}

function networkSection(cluster: ClusterObjects): Section[] {
  const { controlPlane, hostingNetwork } = cluster;
  const [machines] = controlPlane ? [controlPlane] : cluster.machines;
  const facts = cluster.configOf(machines)?._facts;
  const inner = (cidrs: readonly string[] | undefined) => cidrs?.join(', ') ?? 'unknown';
  const hosting = (cidrs: readonly string[] | undefined) => cidrs === undefined ? UNKNOWN : cidrs.join(', ') || 'not given';
  return tableSection('Networks', ['of', 'this cluster', 'hosting cluster'], [
    ['pods', inner(facts?.subnets.podSubnets), hosting(hostingNetwork?.podCidrs)],
    ['Services', inner(facts?.subnets.serviceSubnets), hosting(hostingNetwork?.serviceCidrs)],
    ['nodes', 'addresses of pods', hosting(hostingNetwork?.nodeCidrs)],
    ['DNS domain', facts?.dnsDomain ?? 'unknown', hostingNetwork?.dnsDomain ?? UNKNOWN],
  ]);
}

function claimSection(cluster: ClusterObjects): Section[] {
  const ofMachines = cluster.machines.flatMap(({ workload: { metadata, spec } }) => {
    const { whenDeleted, whenScaled } = fieldsOf(spec.persistentVolumeClaimRetentionPolicy);
    return objectsOf(spec.volumeClaimTemplates).map((claim) =>
      [`${fieldsOf(claim.metadata).name}-${metadata.name}-N`, ...sizeAndClass(claim.spec), fate(whenDeleted), fate(whenScaled)]);
  });
  const others = cluster.ofKind('PersistentVolumeClaim').filter(({ metadata }) => !isMadeFor(metadata.name, ofMachines.map(([name]) => name)))
    .map(({ metadata, spec }) => [metadata.name, ...sizeAndClass(spec), fate(undefined), fate(undefined)]);
  return tableSection('Claims', ['name', 'size', 'class', 'when the StatefulSet is deleted', 'when it gets smaller'], [...ofMachines, ...others]);
}

function sizeAndClass(spec: unknown): [string, string] {
  const { resources, storageClassName } = fieldsOf(spec);
  return [textOf(fieldsOf(fieldsOf(resources).requests).storage) ?? 'unknown', textOf(storageClassName) ?? 'the default one'];
}

/** Whether a StatefulSet has made a claim, by the names that its claims have, with N for the number. */
function isMadeFor(name: string, names: readonly string[]): boolean {
  return names.includes(name.replace(/\d+$/, 'N'));
}

function survivalSection(cluster: ClusterObjects): Section[] {
  const snapshots = cronJobsFor('snapshots', cluster).map(({ metadata }) => metadata.name);
  return tableSection('What it survives', ['machines', 'when', 'then'],
    cluster.machines.flatMap((some) => survivalOf(some, snapshots).map((row) => [some.workload.metadata.name, ...row])));
}

function fate(policy: unknown): string {
  return policy === 'Delete' ? 'deleted with its data' : 'stays';
}

function isHeadless({ spec }: Manifest): boolean {
  return fieldsOf(spec).clusterIP === 'None';
}

function counts(objects: readonly Manifest[]): [string, string][] {
  return [...groupBy(objects, ({ kind }) => kind)].map(([kind, those]) => [kind, String(those.length)]);
}

function machineBox(machines: Machines, cluster: ClusterObjects): Box {
  const [talos, kubernetes] = releasesOf(machines, cluster);
  return {
    name: machines.workload.metadata.name,
    lines: [`${machines.replicas ?? 'any number of'} × ${machines.areControlPlanes ? 'control plane' : 'worker'}`, `Talos ${talos}`, `Kubernetes ${kubernetes}`],
    leadsTo: !machines.areControlPlanes && cluster.controlPlane ? [cluster.controlPlane.workload.metadata.name] : [],
  };
}

function entranceBox({ object, address, ports, machines }: Entrance): Box {
  return { name: nameOf(object), lines: [address, ports.join(', ')].filter((line) => line !== ''), leadsTo: machines.map(({ workload }) => workload.metadata.name) };
}

import { ClusterObjects } from './cluster-objects';
import { Machines } from '../update/manifests/machines';
import { Manifest } from '../update/manifests/manifest';

/** Who brings the keys of a cluster: a sentence for each Secret that the machines need. */
export function keySentences(cluster: ClusterObjects): string[] {
  const bundles = [...new Set(cluster.machines.flatMap(({ bundleSecretName }) => bundleSecretName ?? []))];
  return bundles.length > 0
    ? [...bundles.map((name) => `${maker(name, cluster)} brings the Secret ${name}.`), 'The manifests have no key.']
    : [...new Set(cluster.machines.map((machines) => inlineText(machines, cluster)))];
}

function maker(secretName: string, cluster: ClusterObjects): string {
  const external = cluster.ofKind('ExternalSecret').find(({ metadata, spec }) => (spec.target?.name ?? metadata.name) === secretName);
  const role = cluster.ofKind('Role').find((candidate) => makes(candidate, secretName));
  return external ? `External Secrets (${external.metadata.name})` : role ? `A Job (${role.metadata.name})` : 'Somebody else';
}

function makes({ rules = [] }: Manifest, secretName: string): boolean {
  return rules.some(({ resources, resourceNames, verbs }: any) => resources?.includes('secrets') && resourceNames?.includes(secretName) && verbs?.includes('create'));
}

function inlineText({ configName }: Machines, cluster: ClusterObjects): string {
  if (configName === undefined) {
    return 'The machines have no machine config, and wait for one.';
  }
  const [kind, name] = configName.split(' ');
  const isHere = cluster.ofKind(kind).some(({ metadata }) => metadata.name === name);
  if (isHere) {
    return 'The manifests have the keys: keep them out of Git.';
  }
  return cluster.ofKind('SealedSecret').some(({ metadata }) => metadata.name === name)
    ? 'The manifests have the keys, sealed for one cluster.'
    : `Somebody else brings the Secret ${name}.`;
}

import { ClusterObjects } from './cluster-objects';
import { fieldsOf, objectsOf, textsOf } from '../update/manifests/fields';
import { Machines } from '../update/manifests/machines';
import { Manifest } from '../update/manifests/manifest';

/** Who brings the keys of a cluster: a sentence for each Secret that the machines need. */
export function keySentences(cluster: ClusterObjects): string[] {
  const { machines } = cluster;
  const bundles = [...new Set(machines.flatMap(({ bundleSecretName }) => bundleSecretName ?? []))];
  const texts = [...new Set(machines.flatMap(({ textSecretNames }) => textSecretNames))].filter((name) => !bundles.includes(name));
  const keys = bundles.length === 0
    ? [...new Set(machines.map((some) => inlineText(some, cluster)))]
    : [...bundles.map((name) => `${maker(name, cluster)} brings the Secret ${name}.`), bundles.some((name) => has('Secret', name, cluster)) ? KEYS_HERE : NO_KEY];
  return [...keys, ...onlyCopy(cluster), ...texts.map((name) => `${maker(name, cluster)} brings the Secret ${name}, with texts for the machine config.`)];
}

/** Nobody has keys that a Job has made, unless somebody copies them. */
function onlyCopy(cluster: ClusterObjects): string[] {
  const name = cluster.controlPlane?.bundleSecretName;
  return name !== undefined && roleThatMakes(name, cluster) ? [`The Secret ${name} is the only copy of the keys, unless you have saved it.`] : [];
}

const KEYS_HERE = 'The manifests have the keys: keep them out of Git.';
const NO_KEY = 'The manifests have no key.';

function has(kind: string, name: string, cluster: ClusterObjects): boolean {
  return cluster.ofKind(kind).some(({ metadata }) => metadata.name === name);
}

function maker(secretName: string, cluster: ClusterObjects): string {
  const external = cluster.ofKind('ExternalSecret').find(({ metadata, spec }) => (fieldsOf(fieldsOf(spec).target).name ?? metadata.name) === secretName);
  const role = roleThatMakes(secretName, cluster);
  if (external) {
    return `External Secrets (${external.metadata.name})`;
  }
  return role ? `A Job (${role.metadata.name})` : has('SealedSecret', secretName, cluster) ? 'Sealed Secrets' : 'Somebody else';
}

function roleThatMakes(secretName: string, cluster: ClusterObjects): Manifest | undefined {
  return cluster.ofKind('Role').find((candidate) => makes(candidate, secretName));
}

function makes({ rules }: Manifest, secretName: string): boolean {
  return objectsOf(rules).some(({ resources, resourceNames, verbs }) =>
    textsOf(resources).includes('secrets') && textsOf(resourceNames).includes(secretName) && textsOf(verbs).includes('create'));
}

function inlineText({ configName }: Machines, cluster: ClusterObjects): string {
  if (configName === undefined) {
    return 'The machines have no machine config, and wait for one.';
  }
  const [kind, name] = configName.split(' ');
  if (has(kind, name, cluster)) {
    return KEYS_HERE;
  }
  return has('SealedSecret', name, cluster)
    ? 'The manifests have the keys, sealed for one cluster.'
    : `Somebody else brings the Secret ${name}.`;
}

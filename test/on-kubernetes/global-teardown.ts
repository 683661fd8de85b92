import { KubeClient } from './kube-client';
import { namespacePrefix } from './run';

/** Kinds without a namespace, whose names end with one. */
const OF_NAMESPACES = [
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding'], ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['security.openshift.io/v1', 'SecurityContextConstraints'],
];

/** Deletes the namespaces of the run, and what belongs to them; nobody waits until they are gone. */
export default async function globalTeardown(): Promise<void> {
  const client = KubeClient.fromEnvironment();
  const namespaces = await client.list('v1', 'Namespace');
  const own = namespaces.filter(({ metadata }) => metadata.name.startsWith(namespacePrefix()));
  await Promise.all(own.map(({ metadata }) => client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata })));
  for (const [apiVersion, kind] of OF_NAMESPACES) {
    const objects = (await client.list(apiVersion, kind)).filter(({ metadata }) => metadata.name.includes(namespacePrefix()));
    await Promise.all(objects.map(({ metadata }) => client.delete({ apiVersion, kind, metadata })));
  }
  client.close();
}

import { KubeClient } from './kube-client';
import { namespacePrefix } from './run';

/** Deletes the namespaces of the run; nobody waits until they are gone. */
export default async function globalTeardown(): Promise<void> {
  const client = KubeClient.fromEnvironment();
  const namespaces = await client.list('v1', 'Namespace');
  const own = namespaces.filter(({ metadata }) => metadata.name.startsWith(namespacePrefix()));
  await Promise.all(own.map(({ metadata }) => client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata })));
  client.close();
}

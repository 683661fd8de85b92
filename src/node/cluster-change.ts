import { decodeUserData } from '../machine-config/user-data';
import { ClusterIdentity, identityChanges, identityIn } from '../secrets/bundle/cluster-identity';
import { parseBase64 } from '../secrets/x509/base64';

/** The fields by which the machine config in a Secret belongs to another cluster than the one in the applied Secret. */
export function clusterChange(applied: any, wanted: any): string[] {
  const changes = wanted.kind !== 'Secret' ? [] : Object.entries<string>(wanted.data ?? {}).flatMap(([key, value]) => {
    const before = applied.data?.[key];
    const [now, then] = before === value ? [] : [value, before].map(identityOfValue);
    return now && then ? identityChanges(now, then) : [];
  });
  // a Secret can hold the machine configs of several machines
  return [...new Set(changes)];
}

export const CLUSTER_CHANGE_REMEDY = 'machines keep the state of their cluster and can\'t join another one. Read the secrets of the applied cluster; '
  + 'to replace it, delete its objects and claims first, and leave its manifests out of \'applied\'';

function identityOfValue(value: unknown): ClusterIdentity | undefined {
  const content = Buffer.from(String(value), 'base64').toString('utf8');
  try {
    // USERDATA is base64 itself, a machine config for machines outside of the hosting cluster is YAML
    return identityIn(parseBase64(content) ? decodeUserData(content) : content);
  } catch {
    return undefined;
  }
}

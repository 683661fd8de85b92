import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { identityOf } from '../secrets/bundle/cluster-identity';
import { TalosSecrets } from '../secrets/talos-secrets';

interface Owner {
  readonly path: string;
  readonly isShared: boolean;
}

/** The control planes of each app, by the certificate authorities that they have. */
const owners = new WeakMap<IConstruct, Map<string, Owner>>();

/**
 * Refuses the secrets of another control plane of the app, unless both are said to share them.
 *
 * @throws if they have a certificate authority in common
 */
export function takeSecrets(controlPlane: IConstruct, secrets: TalosSecrets | undefined, isShared: boolean): void {
  if (!secrets) {
    return;
  }
  const { root, path } = controlPlane.node;
  const taken = owners.get(root) ?? new Map<string, Owner>();
  owners.set(root, taken);
  const authorities = Object.values(identityOf(secrets._bundle).authorities).flat();
  const other = authorities.map((authority) => taken.get(authority)).find((owner) => owner !== undefined && !(owner.isShared && isShared));
  if (other) {
    throw new TalosError('talos:name-taken', `'secrets' have a certificate authority of the control plane at ${other.path}, so an administrator of one cluster is an administrator `
      + 'of the other: give each cluster secrets of its own, or set \'sharedSecrets\' on both if that is meant');
  }
  authorities.forEach((authority) => taken.set(authority, { path, isShared }));
}

import { IConstruct } from 'constructs';
import { TalosError } from '../problem';
import { ClusterKeys } from './cluster-keys';
import { requireNamespace } from '../kubernetes/namespace-scope';
import { identityOf } from '../secrets/bundle/cluster-identity';

interface Owner {
  readonly path: string;
  readonly isShared: boolean;
}

/** The control planes of each app, by what identifies their keys. */
const owners = new WeakMap<IConstruct, Map<string, Owner>>();

/**
 * Refuses the keys of another control plane of the app, unless both are said to share them.
 *
 * @throws if they have a certificate authority, or a Secret with the bundle or the workers' part of it, in common
 */
export function takeSecrets(controlPlane: IConstruct, keys: ClusterKeys, isShared: boolean): void {
  const { root, path } = controlPlane.node;
  const taken = owners.get(root) ?? new Map<string, Owner>();
  owners.set(root, taken);
  const identifying = identifyingParts(controlPlane, keys);
  const common = identifying.find((part) => {
    const owner = taken.get(part);
    return owner !== undefined && !(owner.isShared && isShared);
  });
  if (common !== undefined) {
    const what = keys.bundle ? `'secretDelivery' has the Secret ${common.replace(/^.*\//, '')}` : '\'secrets\' have a certificate authority';
    throw new TalosError('talos:name-taken', `${what} of the control plane at ${taken.get(common)!.path}, so an administrator of one cluster is an administrator `
      + 'of the other: give each cluster secrets of its own, or set \'sharedSecrets\' on both if that is meant');
  }
  identifying.forEach((part) => taken.set(part, { path, isShared }));
}

function identifyingParts(controlPlane: IConstruct, { secrets, bundle }: ClusterKeys): string[] {
  if (bundle) {
    // the Secret of one cluster's workers may be that with all the keys of another: `a-worker-secrets` of `a` and of `a-worker`
    return [bundle.secretName, bundle.workerSecretName].map((name) => `${requireNamespace(controlPlane)}/${name}`);
  }
  return secrets ? Object.values(identityOf(secrets._bundle).authorities).flat() : [];
}

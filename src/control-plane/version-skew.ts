import { IConstruct } from 'constructs';
import { warn } from '../kubernetes/warnings';
import { TalosVersion } from '../talos/talos-version';

/** Warns of a release of Talos that is newer than the control plane's. Only a newer kubelet is an error, because Kubernetes forbids it. */
export function warnIfNewer(construct: IConstruct, talosVersion: TalosVersion, theirs: TalosVersion): void {
  if (talosVersion.minor !== theirs.minor && talosVersion.isAtLeast(theirs.minor)) {
    warn(construct, 'talos:newer-than-control-plane', `'talosVersion' (${talosVersion.imageTag}) is newer than the control plane's (${theirs.imageTag}): `
      + 'Talos allows it, but upgrade the control plane first if you can, as for Kubernetes');
  }
}

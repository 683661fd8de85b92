import { IConstruct } from 'constructs';
import { warn } from '../kubernetes/warnings';
import { TalosVersion } from '../talos/talos-version';

/** Kubernetes forbids a newer kubelet, which is an error; Talos itself forbids nothing. */
export function warnIfNewer(construct: IConstruct, talosVersion: TalosVersion, theirs: TalosVersion): void {
  if (talosVersion.minor !== theirs.minor && talosVersion.isAtLeast(theirs.minor)) {
    warn(construct, `'talosVersion' (${talosVersion.imageTag}) is newer than the control plane's (${theirs.imageTag}): `
      + 'Talos allows it, but upgrade the control plane first if you can, as Kubernetes does');
  }
}

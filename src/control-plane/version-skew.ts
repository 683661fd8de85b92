import { IConstruct } from 'constructs';
import { tagOf } from '../kubernetes/image-reference';
import { warn } from '../kubernetes/warnings';
import { ExternalWorkerOptions } from '../machine-config/external-worker-config';
import { warnOfOtherRelease, warnOfUnknownRelease } from '../node/release-warnings';
import { TalosVersion } from '../talos/talos-version';

/** Warns of a release of Talos that is newer than the control plane's. Only a newer kubelet is an error, because Kubernetes forbids it. */
export function warnIfNewer(construct: IConstruct, talosVersion: TalosVersion, theirs: TalosVersion): void {
  if (talosVersion._isNewerMinorThan(theirs)) {
    warn(construct, 'talos:newer-than-control-plane', `'talosVersion' (${talosVersion.imageTag}) is newer than the control plane's (${theirs.imageTag}): `
      + 'Talos allows it, but upgrade the control plane first if you can, as for Kubernetes');
  }
}

/** Warns of what may not be right in the releases of external workers. */
export function warnOfExternalRelease(construct: IConstruct, { talosVersion, installImage }: ExternalWorkerOptions, theirs: TalosVersion): void {
  if (talosVersion) {
    warnIfNewer(construct, talosVersion, theirs);
    warnOfUnknownRelease(construct, talosVersion);
  }
  warnOfOtherRelease(construct, 'installImage', tagOf(installImage), talosVersion ?? theirs);
}

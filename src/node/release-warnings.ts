import { IConstruct } from 'constructs';
import { addHint, warn } from '../kubernetes/warnings';
import { shortened } from '../problem';
import { TalosVersion } from '../talos/talos-version';

/** Warns of a release of Talos that isn't known here. */
export function warnOfUnknownRelease(construct: IConstruct, talosVersion: TalosVersion): void {
  const found = talosVersion._unknownProblem;
  if (found !== undefined) {
    warn(construct, 'talos:unknown-release', found);
  }
}

/** Warns of an image whose tag names another release of Talos than the one whose rules the machines follow. */
export function warnOfOtherRelease(construct: IConstruct, property: string, tag: string | undefined, talosVersion: TalosVersion): void {
  if (tag !== undefined && talosVersion._isOtherThan(tag)) {
    warn(construct, 'talos:image-of-another-release', `'${property}' (${shortened(tag)}) is another release than 'talosVersion' (${talosVersion.imageTag}), `
      + 'by whose rules the machine config and the pod are made: give the same release to both');
  }
}

/** Adds a hint if an update of this library would move machines to another release of Talos. */
export function hintAtPinning(construct: IConstruct, talosVersion: TalosVersion): void {
  if (!talosVersion._isPinned) {
    addHint(construct, `Talos ${talosVersion.imageTag} is the newest patch release that this version of cdk8s-talos knows; an update of cdk8s-talos can bring a newer one, `
      + `with a newer Kubernetes. In production, pin it: 'talosVersion': TalosVersion.of('${talosVersion.imageTag}')`);
  }
}

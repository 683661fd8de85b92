import { patchReleases } from './patch-release';
import { factsOf, Release, RELEASES } from './release';
import { KubernetesRange } from './release-table';
import { problem } from '../problem';

/** The minor releases of Kubernetes that a release of Talos runs. */
export function kubernetesRange(release: Release): KubernetesRange {
  return factsOf(release).kubernetes;
}

/** Whether a release of Talos runs a minor release of Kubernetes, such as `1.36`. */
export function runsKubernetes(release: Release, minor: string): boolean {
  const { oldest, newest } = kubernetesRange(release);
  const [asked, first, last] = [minor, oldest, newest].map((version) => Number(version.split('.')[1]));
  return minor.startsWith('1.') && asked >= first && asked <= last;
}

/** What is wrong with the Kubernetes version for this release, if anything is. */
export function kubernetesVersionProblem(version: string, release: Release): string | undefined {
  const [, minor, patch] = /^v?(1\.(?:0|[1-9]\d*))(.*)$/s.exec(version) ?? [];
  const { oldest, newest } = kubernetesRange(release);
  if (minor === undefined || (runsKubernetes(release, minor) && !/^\.(?:0|[1-9]\d*)(?:-(?:alpha|beta|rc)\.\d+)?$/.test(patch))) {
    return problem('kubernetesVersion', version, `is not a full version: write it as ${newestKubernetes(minor ?? newest)}, with the patch number`);
  }
  if (runsKubernetes(release, minor)) {
    return undefined;
  }
  const takers = RELEASES.filter((candidate) => runsKubernetes(candidate, minor));
  const other = takers.length === 0
    ? 'for no Talos release known here runs it'
    : `or take this one with Talos ${span(takers)}`;
  return problem('kubernetesVersion', version, `does not run on Talos ${release}: choose ${oldest} to ${newest}, ${other}`);
}

/** The newest patch release of a minor release of Kubernetes that is known here. */
function newestKubernetes(minor: string): string {
  const patches = patchReleases().flatMap(({ kubernetes }) => kubernetes?.startsWith(`${minor}.`) ? [Number(kubernetes.split('.')[2])] : []);
  return `${minor}.${Math.max(0, ...patches.filter(Number.isInteger))}`;
}

function span(releases: readonly Release[]): string {
  return releases.length === 1 ? releases[0] : `${releases[0]} to ${releases[releases.length - 1]}`;
}

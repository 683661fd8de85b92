import { GenerateError, problem } from '../problem';
import { Release, RELEASES } from './release';

/** The minor versions of Kubernetes 1 that each Talos release runs: the oldest and the newest. */
const KUBERNETES_MINORS: Readonly<Record<Release, readonly [oldest: number, newest: number]>> = {
  '1.7': [25, 30],
  '1.8': [26, 31],
  '1.9': [27, 32],
  '1.10': [28, 33],
  '1.11': [29, 34],
  '1.12': [30, 35],
  '1.13': [31, 36],
  '1.14': [32, 37],
};

/** The Kubernetes versions that a Talos release runs. */
export interface KubernetesRange {
  /** such as `1.31` */
  readonly oldest: string;
  /** such as `1.36` */
  readonly newest: string;
}

/** The Kubernetes versions that a Talos release runs. */
export function kubernetesRange(release: Release): KubernetesRange {
  const [oldest, newest] = KUBERNETES_MINORS[release];
  return { oldest: `1.${oldest}`, newest: `1.${newest}` };
}

/** What is wrong with the Kubernetes version for this release, if anything is. */
export function kubernetesVersionProblem(version: string, release: Release): string | undefined {
  const minor = /^v?1\.(0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:alpha|beta|rc)\.\d+)?$/.exec(version)?.[1];
  const { oldest, newest } = kubernetesRange(release);
  if (minor === undefined) {
    return problem('kubernetesVersion', version, `is not a full version: write it as ${newest}.0, with the patch number`);
  }
  if (runs(release, Number(minor))) {
    return undefined;
  }
  const takers = RELEASES.filter((candidate) => runs(candidate, Number(minor)));
  const other = takers.length === 0
    ? 'for no talos release known here runs it'
    : `or take this one with talos ${span(takers)}`;
  return problem('kubernetesVersion', version, `does not run on talos ${release}: choose ${oldest} to ${newest}, ${other}`);
}

/** The version without a `v`, if this release runs it. */
export function checkKubernetesVersion(version: string, release: Release): string {
  const found = kubernetesVersionProblem(version, release);
  if (found !== undefined) {
    throw new GenerateError(found);
  }
  return version.replace(/^v/, '');
}

function runs(release: Release, minor: number): boolean {
  const [oldest, newest] = KUBERNETES_MINORS[release];
  return minor >= oldest && minor <= newest;
}

function span(releases: readonly Release[]): string {
  return releases.length === 1 ? releases[0] : `${releases[0]} to ${releases[releases.length - 1]}`;
}

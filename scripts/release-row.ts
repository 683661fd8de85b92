import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { MINOR_RELEASES, PATCH_RELEASES } from '../src/talos/release-table';

/*
 * Reads a checkout of Talos at the tag of a release, and prints what src/talos/release-table.ts needs of it.
 */

const TAG = 'pkg/machinery/gendata/data/tag';
const CONSTANTS = 'pkg/machinery/constants/constants.go';
const IMAGES = 'pkg/images/list.go';
const EXTRAS = 'pkg/machinery/gendata/data/extras';

/** The images of Talos's list that have a column, or the version of Kubernetes or Talos as their tag. */
const KNOWN_IMAGES = [
  'Etcd', 'CoreDNS', 'Flannel', 'FlannelCNI', 'KubeNetworkPolicies', 'Pause',
  'Kubelet', 'KubeAPIServer', 'KubeControllerManager', 'KubeProxy', 'KubeScheduler', 'Installer', 'Talos',
];

/**
 * What the tables need of a release, as text.
 *
 * @param checkout the directory of the checkout
 * @throws if it isn't one
 */
export function releaseRow(checkout: string): string {
  const read = (file: string) => {
    if (!existsSync(join(checkout, file))) {
      throw new Error(`${checkout} is not a checkout of Talos, or Talos has moved ${file}: give the directory of one, at the tag of a release`);
    }
    return readFileSync(join(checkout, file), 'utf8');
  };
  const constants = read(CONSTANTS);
  const constant = (name: string) => textOf(constants, name);
  const images = read(IMAGES);
  const listed = [...new Set([...images.matchAll(/\bimages\.(\w+) = /g)].map(([, name]) => name))];
  const ifListed = (image: string, value: () => string | undefined) => listed.includes(image) ? value() ?? '?' : '-';
  const talos = read(TAG).trim().replace(/^v/, '');
  const values: Readonly<Record<string, string>> = {
    talos,
    kubernetes: constant('DefaultKubernetesVersion') ?? '?',
    etcd: [constant('EtcdImage') ?? '?', constant('DefaultEtcdVersion') ?? '?'].join(':').replace(/.*\?.*/, '?'),
    coreDns: constant('DefaultCoreDNSVersion') ?? '?',
    flannel: constant('FlannelVersion') ?? '?',
    pause: textOf(images, 'DefaultSandboxImage')?.split(':').pop() ?? '?',
    kubeNetworkPolicies: ifListed('KubeNetworkPolicies', () => constant('KubeNetworkPoliciesVersion')),
    installCni: ifListed('FlannelCNI', () => read(EXTRAS).trim()),
  };
  return [
    'PATCH_RELEASES:',
    row(values),
    ...minorRelease(talos, read),
    ...listed.filter((name) => !KNOWN_IMAGES.includes(name)).map((name) => `${IMAGES} has an image that TalosImages doesn't have: ${name}`),
  ].join('\n');
}

/** The value of a Go constant. */
function textOf(source: string, name: string): string | undefined {
  return new RegExp(`^\\s*(?:const )?${name}\\s+= "([^"]*)"`, 'm').exec(source)?.[1];
}

/** A row with the columns of the table. */
function row(values: Readonly<Record<string, string>>): string {
  const [header] = PATCH_RELEASES.trim().split('\n');
  return header.split(/(?<=\s)(?=\S)/).map((column) => `${values[column.trim()]} `.padEnd(column.length)).join('').trimEnd();
}

/** The row of a minor release that the table doesn't have. */
function minorRelease(talos: string, read: (file: string) => string): string[] {
  const [major, minor] = talos.split('.');
  if (`${major}.${minor}` in MINOR_RELEASES) {
    return [];
  }
  const source = read(`pkg/machinery/compatibility/talos${major}${minor}/talos${major}${minor}.go`);
  const [oldest, newest] = ['Minimum', 'Maximum'].map((end) => new RegExp(`${end}KubernetesVersion = .*"(\\d+\\.\\d+)\\.`).exec(source)?.[1] ?? '?');
  const before = Object.keys(MINOR_RELEASES).pop();
  return ['MINOR_RELEASES:', `  '${major}.${minor}': { /* as ${before}, if nothing else differs */ kubernetes: { oldest: '${oldest}', newest: '${newest}' } },`];
}

if (require.main === module) {
  const [checkout] = process.argv.slice(2);
  if (checkout === undefined) {
    console.error('Usage: npm run release-row DIRECTORY (a checkout of Talos at the tag of a release)');
    process.exitCode = 1;
  } else {
    console.log(releaseRow(checkout));
  }
}

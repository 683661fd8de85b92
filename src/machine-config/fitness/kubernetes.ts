import { FitnessCheck, Setting, shownText } from './fitness-check';
import { parseAddress } from '../../network/addresses';
import { parseHostAndPort } from '../../network/hosts';
import { Url } from '../../network/url';
import { factsOf } from '../../talos/release';
import { EPHEMERAL_MOUNTS } from '../../talos/release-table';
import { isMap } from '../schema/values';
import { Place } from '../validation/check/place';

/** The arguments of the kubelet. */
const KUBELET_ARGUMENTS: readonly Setting[] = ['v1alpha1 machine.kubelet.extraArgs', 'KubeletConfig extraArgs'];

/** Arguments and configurations that can hold addresses on which programs listen. */
const PROGRAM_SETTINGS: readonly Setting[] = [
  ...KUBELET_ARGUMENTS,
  'v1alpha1 machine.kubelet.extraConfig', 'KubeletConfig config',
  'v1alpha1 cluster.etcd.extraArgs',
  'v1alpha1 cluster.apiServer.extraArgs', 'KubeAPIServerConfig extraArgs',
  'v1alpha1 cluster.controllerManager.extraArgs', 'KubeControllerManagerConfig extraArgs',
  'v1alpha1 cluster.scheduler.extraArgs', 'KubeSchedulerConfig extraArgs',
  'v1alpha1 cluster.proxy.extraArgs', 'KubeProxyConfig extraArgs', 'KubeProxyConfig config',
];

/** Keys such as `advertise-address`, `listen-metrics-urls` and `healthzBindAddress`. */
const ADDRESS_KEY = /^address$|[-a-z](?:-address|-addresses|-urls|Address)$/;

/** Finds addresses of a network that pods don't have: programs can't listen there, or nobody reaches them. */
export function findArgumentsWithAddresses(check: FitnessCheck): void {
  for (const place of KUBELET_ARGUMENTS.flatMap((setting) => check.placesOf(setting))) {
    reportAddresses('talos:node-ip-argument', entriesOf(place, (key) => key === 'node-ip'), 'would keep the kubelet from registering where the pod '
      + 'doesn\'t have this address: remove it, Talos takes the pod\'s address', check);
  }
  for (const place of PROGRAM_SETTINGS.flatMap((setting) => check.placesOf(setting))) {
    reportAddresses('talos:argument-with-address', entriesOf(place, (key) => ADDRESS_KEY.test(key)), 'would be an address that pods don\'t keep, '
      + 'where the program can\'t listen or nobody reaches it: remove it, or use 0.0.0.0', check);
  }
}

function entriesOf(place: Place, isWanted: (key: string) => boolean): Place[] {
  return place.entries.filter(([key]) => isWanted(key)).map(([, entry]) => entry);
}

function reportAddresses(id: string, entries: readonly Place[], problem: string, check: FitnessCheck): void {
  for (const entry of entries) {
    const texts = isMap(entry.value) ? [] : (entry.items.length > 0 ? entry.items : [entry]).flatMap(({ text }) => text.split(','));
    if (texts.some(isOfOneMachine)) {
      check.harmful(id, entry, problem, [entry.items.length > 0 ? entry.items.map(shownText).join(', ') : shownText(entry)]);
    }
  }
}

/** Whether a text such as `192.168.1.5:2381` or `http://192.168.1.5:2381` has an address that stands for neither all nor the own machine. */
function isOfOneMachine(text: string): boolean {
  const host = Url.parse(text)?.parts.host || text;
  const address = parseAddress(host) ?? parseAddress(parseHostAndPort(host)?.host ?? '');
  if (address === undefined) {
    return false;
  }
  const isLoopback = address.family === 'IPv4' ? address.bits / 2n ** 24n === 127n : address.bits === 1n;
  return address.bits !== 0n && !isLoopback;
}

/** Finds nodes that wait for a cloud provider, which knows no such machine. */
export function findCloudProviders(check: FitnessCheck): void {
  const external = KUBELET_ARGUMENTS.flatMap((setting) => check.placesOf(setting)).map((place) => place.at('cloud-provider'))
    .filter((place) => [place, ...place.items].some(({ text }) => text === 'external'));
  for (const place of [...check.placesOf('v1alpha1 cluster.externalCloudProvider.enabled'), ...external]) {
    check.harmful('talos:cloud-provider', place, 'would leave nodes with the taint node.cloudprovider.kubernetes.io/uninitialized, because a cloud '
      + 'provider knows no machine that is a pod: remove it');
  }
}

/** Finds the one part without which Kubernetes doesn't start where separate documents have its defaults. */
export function findMissingClusterNetwork(check: FitnessCheck): void {
  const network = check.legacy.at('cluster.network');
  // releases with the document take no defaults without it
  if (check.knows('KubeNetworkConfig') && check.legacy.at('cluster').isSet && !network.isSet && !check.document('KubeNetworkConfig').isSet) {
    check.fatal('talos:no-cluster-network', network, 'is missing, and this release of Talos has no defaults for it, so neither the kubelet nor the API '
      + 'server starts: give \'dnsDomain\', \'podSubnets\' and \'serviceSubnets\'');
  }
}

/** Directories that every container has. */
const KERNEL_DIRECTORIES = ['/dev', '/proc', '/sys'];

/** Directories of Talos's image in which a path may be there. */
const IMAGE_DIRECTORIES = ['/bin', '/boot', '/etc', '/lib', '/lib64', '/opt/cni', '/root', '/sbin', '/usr'];

/** Finds mounts of the kubelet whose source can't be made, because the root of pods is read-only. */
export function findMountsOfMissingDirectories(check: FitnessCheck): void {
  const isBelow = (source: string, directories: readonly string[]) => directories.some((directory) => `${source}/`.startsWith(`${directory}/`));
  const writable = [...EPHEMERAL_MOUNTS, ...factsOf(check.release).persistentMounts];
  const mounts = check.pods.hasWritableRoot ? [] : check.placesOf('v1alpha1 machine.kubelet.extraMounts').flatMap(({ items }) => items);
  const sources = mounts.map((mount) => mount.at('source')).filter(({ text }) => text.startsWith('/') && !isBelow(text, [...writable, ...KERNEL_DIRECTORIES]));
  for (const source of sources) {
    if (isBelow(source.text, IMAGE_DIRECTORIES)) {
      check.harmful('talos:mount-of-image', source, 'has to be in Talos\'s image, or the kubelet never starts: use a directory below /var', [shownText(source)]);
    } else if (check.pods.hasWritableRoot === false) {
      check.fatal('talos:mount-of-missing-directory', source, 'can\'t be made on the read-only root of the pod, so the kubelet would never start: '
        + 'use a directory below /var, or set \'readOnlyRootFilesystem\' to false', [shownText(source)]);
    } else {
      check.harmful('talos:mount-of-missing-directory', source, 'can\'t be made where the root of the pod is read-only, which is the default, and then '
        + 'the kubelet never starts: use a directory below /var, or set \'readOnlyRootFilesystem\' to false', [shownText(source)]);
    }
  }
}

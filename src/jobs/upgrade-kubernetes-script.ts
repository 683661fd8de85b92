import { DnsRecord, lookUpAll } from './dns-lookup';
import { storedSnapshot } from './snapshot-script';
import { KubernetesImages } from '../machine-config/machine-config-facts';

/** For how long a single `talosctl upgrade-k8s` may take, which waits for pods on every node. */
const UPGRADE_LIMIT_SECONDS = 900;

/** For how long a run of the script tries again. */
const ATTEMPTS_LIMIT_SECONDS = 3600;

/** For how long a snapshot may take. */
const SNAPSHOT_LIMIT_SECONDS = 3600;

/** An image as `talosctl upgrade-k8s` sets it: a name, and `v` with the version as its tag. */
const UPGRADABLE = /^(?<name>[-\w./:]+):v(?<version>\d+\.\d+\.\d+[-.\w]*)$/;

/** What a script upgrades to. */
export interface UpgradeTarget {
  /** The release of Kubernetes, for example `1.36.3`. */
  readonly version: string;
  /** The images of the components, without tags. */
  readonly names: KubernetesImages;
  /** The image of the API server in the machine config. */
  readonly apiServerImage: string;
}

/**
 * What `talosctl upgrade-k8s` is to be told so that it changes no image of a machine config; undefined if nothing can make it so, because it sets
 * images of one version without a digest.
 */
export function upgradeTarget({ proxy, ...images }: KubernetesImages, hasKubeProxy: boolean): UpgradeTarget | undefined {
  const { apiServer, controllerManager, scheduler } = images;
  const parts = [apiServer, controllerManager, scheduler, ...hasKubeProxy ? [proxy] : []].map((image) => UPGRADABLE.exec(image ?? '')?.groups);
  const version = parts[0]?.version;
  if (version === undefined || parts.some((part) => part?.version !== version)) {
    return undefined;
  }
  const [ofApiServer, ofControllerManager, ofScheduler, ofProxy] = parts.map((part) => part!.name);
  const names = { apiServer: ofApiServer, controllerManager: ofControllerManager, scheduler: ofScheduler, proxy: ofProxy };
  return { version, names, apiServerImage: apiServer! };
}

/** What the script needs to know of a cluster. */
export interface UpgradeKubernetesOptions {
  readonly target: UpgradeTarget;
  /** The tag of the release of Talos that each member must run; any by default. */
  readonly talosTag?: string;
  /** The host of the first member, which a roll replaces last. */
  readonly host: string;
  /** The host that leads to all members. */
  readonly all: string;
  /** The type of the hosting cluster's DNS records with the addresses of pods. */
  readonly record: DnsRecord;
  /** The URL of the Kubernetes API of the inner cluster. */
  readonly kubernetesApi: string;
  /** The shell functions of the place for a snapshot, see `SnapshotPlace`; none is taken by default. */
  readonly snapshots?: string;
}

/**
 * Brings the objects that Talos installs, such as kube-proxy, to the release that the members run, once all of them run it: an old member would give
 * the manifests of its own release. The members' images stay what they are, and kubelets are left to their machine configs. The first attempts can
 * fail, as Kubernetes knows a replaced member by its former address for about a minute. Differences aren't printed, because Secrets are among them.
 * The script doesn't name the members, so that the Job stays the same when their number changes.
 */
export function upgradeKubernetesScript(options: UpgradeKubernetesOptions): string {
  const { target: { version, names, apiServerImage }, talosTag, host, all, record, kubernetesApi, snapshots } = options;
  const images = Object.entries({ 'apiserver': names.apiServer, 'controller-manager': names.controllerManager, 'scheduler': names.scheduler, 'proxy': names.proxy })
    .flatMap(([component, name]) => name === undefined ? [] : [`--${component}-image ${name}`]);
  return `first=${host}
are_new() {
  for member in "$first" $(${lookUpAll(record, `${all}.`, '/tools/busybox ')}); do
    out=$(talosctl --endpoints "$member" --nodes "$member" get staticpods --output 'jsonpath={.spec.spec.containers[0].image}') || { echo "waiting for $member: $out"; return 1; }
    echo "$out" | /tools/busybox grep -qxF ${apiServerImage} || { echo "waiting for $member to run ${apiServerImage}"; return 1; }
${talosTag === undefined ? '' : releaseGate(talosTag)}  done
}
upgrade() {
  {
    limit=${UPGRADE_LIMIT_SECONDS}
    talosctl --endpoints "$first" --nodes "$first" upgrade-k8s --from ${version} --to ${version} --endpoint ${kubernetesApi} \\
      --with-docs=false --with-examples=false --pre-pull-images=false --upgrade-kubelet=false \\
      ${images.join(' ')}
    echo $? > /scratch/code
  } | while IFS= read -r line; do
    case $line in [[:alnum:]]* | ' > '* | ' < '* | [[:cntrl:]]'* '*) echo "$line" ;; esac
  done
  [ "$(/tools/busybox cat /scratch/code)" = 0 ]
}
until are_new; do /tools/busybox sleep 10; done
echo "every member runs Kubernetes ${version}"
${snapshots === undefined ? '' : onceInAPod(storedSnapshot({ hosts: [host], functions: snapshots, timeoutSeconds: SNAPSHOT_LIMIT_SECONDS }))}end=$(($(/tools/busybox date +%s) + ${ATTEMPTS_LIMIT_SECONDS}))
until are_new && upgrade; do
  [ "$(/tools/busybox date +%s)" -lt "$end" ] || { echo "not done after ${ATTEMPTS_LIMIT_SECONDS / 60} minutes"; exit 1; }
  /tools/busybox sleep 10
done
echo "all that Talos installs is that of Kubernetes ${version}"
`;
}

/** Where Talos alone is upgraded, Kubernetes is the new one from the beginning. */
function releaseGate(tag: string): string {
  return `    out=$(talosctl --endpoints "$member" --nodes "$member" version) || { echo "waiting for $member: $out"; return 1; }
    echo "\${out##*Server:}" | /tools/busybox grep -qE '^[[:space:]]*Tag: *${tag.replace(/\./g, '[.]')}(-.*)?$' || { echo "waiting for $member to run Talos ${tag}"; return 1; }
`;
}

/** A container that starts again in its pod doesn't do it again. */
function onceInAPod(script: string): string {
  return `if [ ! -f /scratch/snapshot ]; then
${script}/tools/busybox touch /scratch/snapshot
fi
`;
}

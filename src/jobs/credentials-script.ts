import { APPLY_ANYWAY, AppliedSecret, secretTemplate } from './applied-secret';
import { prelude, word } from './scripts';
import { BUNDLE_KEY } from '../secrets/secret-delivery';

/*
 * Scripts that make credentials of a cluster's bundle, in the pod of a Job. They begin with the prelude.
 */

const TALOSCONFIG = '/scratch/talosconfig';

/** A Secret with a kubeconfig, and the URL of the Kubernetes API in it. */
export interface AppliedKubeconfig extends AppliedSecret {
  readonly server: string;
}

/** Makes the talosconfig of an administrator, in memory, with which `talosctl` works from then on. Waits for a bundle that talosctl takes. */
export function mintTalosconfigScript(clusterName: string, endpoints: string[], secretName: string): string {
  return `${prelude(TALOSCONFIG)}mint() {
  call /talosctl gen config ${clusterName} https://unused --with-secrets /bundle/${BUNDLE_KEY} --output-types talosconfig --output ${TALOSCONFIG} --force &&
    talosctl config endpoint ${endpoints.map(word).join(' ')}
}
until out=$(mint); do
  echo "waiting for a bundle in the Secret ${secretName} that talosctl takes: $out"; /tools/busybox sleep 10
done
`;
}

/**
 * Writes an administrator's talosconfig and kubeconfigs into Secrets. The talosconfig comes first: with it one sees why a machine has no kubeconfig.
 *
 * @param clusterName the name of the cluster
 * @param hosts the hosts of the members
 * @param talosEndpoints the hosts in the talosconfig
 */
export function credentialsScript(
  clusterName: string, hosts: string[], talosEndpoints: string[], talosconfig: AppliedSecret, kubeconfigs: AppliedKubeconfig[],
): string {
  return `apply() {
  until out=$(printf "$2" "$(/tools/busybox base64 -w 0 "$3")" | ${APPLY_ANYWAY}); do
    echo "waiting to write the Secret $1: $out"; /tools/busybox sleep 3
  done
  echo "$out"
}
kubeconfig() {
  for node in ${hosts.join(' ')}; do
    /tools/busybox rm -f /scratch/kubeconfig
    out=$(talosctl --endpoints "$node" --nodes "$node" kubeconfig --force /scratch/kubeconfig) && return
    echo "waiting for a kubeconfig from $node: $out"
  done
  return 1
}
/tools/busybox cp ${TALOSCONFIG} /scratch/written &&
  call /talosctl --talosconfig /scratch/written config endpoint ${talosEndpoints.map(word).join(' ')} || exit
${applyCommand(talosconfig, '/scratch/written')}
until kubeconfig; do /tools/busybox sleep 3; done
${kubeconfigs.map(({ server, ...secret }) => `kubectl config set-cluster ${clusterName} --server ${word(server)} --kubeconfig /scratch/kubeconfig || exit
${applyCommand(secret, '/scratch/kubeconfig')}`).join('\n')}
`;
}

function applyCommand(secret: AppliedSecret, file: string): string {
  return `apply ${secret.name} ${word(secretTemplate(secret))} ${file}`;
}

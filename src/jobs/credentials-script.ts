import { APPLY_ANYWAY, AppliedSecret, secretTemplate } from './applied-secret';
import { prelude, word } from './scripts';
import { partsProgram } from '../node/bundle-parts';
import { BUNDLE_KEY } from '../secrets/secret-delivery';
import { TalosconfigOptions } from '../secrets/talos-secrets';
import { TalosApiRole } from '../talos/talos-api-role';

/*
 * Scripts that make credentials of a cluster's bundle, in the pod of a Job. They begin with the prelude.
 */

const TALOSCONFIG = '/scratch/talosconfig';

/** A Secret with a kubeconfig, and the URL of the Kubernetes API in it. */
export interface AppliedKubeconfig extends AppliedSecret {
  readonly server: string;
}

/** Makes a talosconfig, in memory, with which `talosctl` works from then on. Waits for a bundle that talosctl takes. */
export function mintTalosconfigScript({ clusterName, endpoints, roles = [TalosApiRole.ADMIN] }: TalosconfigOptions, secretName: string): string {
  const mint = roles.includes(TalosApiRole.ADMIN) ? mintAdministrator(clusterName, endpoints) : mintRoles(clusterName, roles);
  return `${prelude(TALOSCONFIG)}${mint}until out=$(mint); do
  echo "waiting for a bundle in the Secret ${secretName} that talosctl takes: $out"; /tools/busybox sleep 10
done
`;
}

function mintAdministrator(clusterName: string, endpoints: string[]): string {
  return `mint() {
  call /talosctl gen config ${clusterName} https://unused --with-secrets /bundle/${BUNDLE_KEY} --output-types talosconfig --output ${TALOSCONFIG} --force &&
    talosctl config endpoint ${endpoints.map(word).join(' ')}
}
`;
}

/** Signs a certificate of a day. The key of the authority doesn't stay beside it. */
function mintRoles(clusterName: string, roles: string[]): string {
  return `part() {
  /tools/busybox awk -F '\t' -v path="$1" '$1 == path { print $2 }' /scratch/values | /tools/busybox base64 -d > "$2" && [ -s "$2" ] || {
    echo "it has no $1"; return 1
  }
}
mint() {
  /tools/busybox awk '${partsProgram('/scratch')}' /bundle/${BUNDLE_KEY} > /scratch/values || { /tools/busybox cat /scratch/problem; return 1; }
  part certs.os.crt /scratch/ca.crt && part certs.os.key /scratch/ca.key &&
    call /talosctl gen key --name /scratch/client --force &&
    call /talosctl gen csr --key /scratch/client.key --ip 127.0.0.1 --roles ${roles.join(',')} --force &&
    call /talosctl gen crt --ca /scratch/ca --csr /scratch/client.csr --name /scratch/client --hours 24 --force || return
  printf 'context: "${clusterName}"\ncontexts:\n  "${clusterName}":\n    endpoints: []\n    ca: %s\n    crt: %s\n    key: %s\n' \
    "$(/tools/busybox base64 -w 0 /scratch/ca.crt)" "$(/tools/busybox base64 -w 0 /scratch/client.crt)" "$(/tools/busybox base64 -w 0 /scratch/client.key)" > ${TALOSCONFIG} &&
    /tools/busybox rm /scratch/values /scratch/ca.key
}
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

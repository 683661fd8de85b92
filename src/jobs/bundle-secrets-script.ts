import { APPLY, APPLY_ANYWAY, secretTemplate } from './applied-secret';
import { prelude } from './scripts';
import { partsProgram } from '../node/bundle-parts';
import { BUNDLE_KEY, BundleSecrets } from '../secrets/secret-delivery';

/** The bundle that workers need, for the shell's `printf`. */
const WORKERS_PART = [
  'cluster:', '    id: %s', '    secret: %s',
  'secrets:', '    bootstraptoken: %s',
  'trustdinfo:', '    token: %s',
  'certs:', '    k8s:', '        crt: %s', '    os:', '        crt: %s', '',
].join('\\n');

/** Makes the bundle of a new cluster. Where workers have theirs, the bundle of their cluster is lost: another one would make another cluster. */
const generation = ({ secretName, workerSecretName }: BundleSecrets) => `if [ -n "$workers" ]; then
      echo "the Secret ${secretName} is gone: bring it back, or delete ${workerSecretName} too for a new cluster"; return 1
    fi
    out=$(call /talosctl gen secrets --force --output-file /scratch/generated) && generated=$(/tools/busybox base64 -w 0 /scratch/generated) || {
      echo "waiting for talosctl: $out"; return 1
    }
    # one of several that come at once is taken: a field has one manager, and each attempt is another one
    printf '${secretTemplate({ name: secretName, keys: [BUNDLE_KEY] })}' "$generated" |
      ${APPLY} "cdk8s-talos-$(/tools/busybox cat /proc/sys/kernel/random/uuid)" &&
      echo "the Secret ${secretName} has the only copy of the cluster's keys: save it"`;

const waiting = ({ secretName }: BundleSecrets) => `echo "waiting for the Secret ${secretName} with the key ${BUNDLE_KEY}"`;

/** Writes the authority of the Talos API as other tools take it: they don't know Talos's own name for the type of its key. */
const authority = (name: string) => ` &&
    pkcs8=$(printf %s "$key" | /tools/busybox base64 -d | /tools/busybox sed 's/ED25519 PRIVATE KEY/PRIVATE KEY/' | /tools/busybox base64 -w 0) &&
    write '${secretTemplate({ name, type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'] })}' "$talos" "$pkcs8"`;

/**
 * Writes the workers' part of a bundle into their Secret. Makes the bundle first, once, where nobody else brings it.
 */
export function bundleSecretsScript(bundle: BundleSecrets): string {
  const { secretName, workerSecretName, talosAuthoritySecretName, source } = bundle;
  return `${prelude()}# what it prints is secret, so that its errors have their own way into the log
bundle_of() {
  /tools/busybox timeout "$limit" /tools/kubectl --cache-dir /scratch get secret "$1" --ignore-not-found --output 'jsonpath={.data.${BUNDLE_KEY}}'
}
value() {
  /tools/busybox awk -v path="$1" '
    $1 == path && $2 ~ /^[-A-Za-z0-9+\\/=_.]+$/ { print $2; found = 1 }
    END { if (!found) { print "it has no " path " on one line" > "/scratch/problem"; exit 1 } }' /scratch/values
}
write() { printf "$@" | ${APPLY_ANYWAY}; }
are_there() {
  # workers' first: it is never there before the other one
  workers=$(bundle_of ${workerSecretName}) && bundle=$(bundle_of ${secretName}) || { echo "waiting for the Kubernetes API"; return 1; }
  if [ -z "$bundle" ]; then
    ${source.kind === 'generated' ? generation(bundle) : waiting(bundle)}
    return 1
  fi
  printf %s "$bundle" | /tools/busybox base64 -d > /scratch/bundle && /tools/busybox awk '${partsProgram('/scratch')}' /scratch/bundle > /scratch/values &&
    id=$(value cluster.id) && secret=$(value cluster.secret) && token=$(value secrets.bootstraptoken) && trustd=$(value trustdinfo.token) &&
    kubernetes=$(value certs.k8s.crt) && talos=$(value certs.os.crt) && key=$(value certs.os.key) || {
    echo "waiting for another bundle in the Secret ${secretName}: $(/tools/busybox cat /scratch/problem)"; return 1
  }
  part=$(printf '${WORKERS_PART}' "$id" "$secret" "$token" "$trustd" "$kubernetes" "$talos" | /tools/busybox base64 -w 0) &&
    write '${secretTemplate({ name: workerSecretName, keys: [BUNDLE_KEY] })}' "$part"${talosAuthoritySecretName === undefined ? '' : authority(talosAuthoritySecretName)}
}
until are_there; do /tools/busybox sleep 3; done
`;
}

import { APPLY_ANYWAY, AppliedSecret, secretTemplate } from './applied-secret';
import { prelude, word } from './scripts';

/** The account in the inner cluster, and what gives it its rights. */
const READER = 'cdk8s-talos-metrics-reader';
const READER_NAMESPACE = 'kube-system';

/** How long a token is valid: a month, though it is renewed each day. */
const TOKEN_LIFETIME = '720h';

/** The objects in the inner cluster: an account that may read metrics of the API server, the controller manager, the scheduler and of kubelets. */
const READER_OBJECTS = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: READER, namespace: READER_NAMESPACE }, automountServiceAccountToken: false },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: READER },
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }, { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: READER },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: READER },
      subjects: [{ kind: 'ServiceAccount', name: READER, namespace: READER_NAMESPACE }],
    },
  ],
};

/**
 * Makes an account in the inner cluster that may read metrics and nothing else, and writes a token of it, with the certificate of the cluster's
 * authority, into a Secret of the hosting cluster.
 *
 * @param kubeconfig the file with the kubeconfig of an administrator of the inner cluster
 * @param server the URL by which the pod reaches the inner cluster
 * @param secret a Secret with two keys: for the token, and for the certificate
 */
export function metricsTokenScript(kubeconfig: string, server: string, secret: AppliedSecret): string {
  return `${prelude()}in_cluster="--cache-dir /scratch --kubeconfig ${kubeconfig} --server ${server}"
until out=$(printf %s ${word(JSON.stringify(READER_OBJECTS))} | call /tools/kubectl $in_cluster apply --server-side --validate=false --filename - --field-manager cdk8s-talos --force-conflicts); do
  echo "waiting for the Kubernetes API at ${server}: $out"; /tools/busybox sleep 3
done
echo "$out"
# what these print is secret, or goes into the Secret, so that their errors have their own way into the log
quietly() { /tools/busybox timeout "$limit" /tools/kubectl $in_cluster "$@"; }
until token=$(quietly create token ${READER} --namespace ${READER_NAMESPACE} --duration ${TOKEN_LIFETIME}) && [ -n "$token" ]; do
  echo "waiting for a token"; /tools/busybox sleep 3
done
authority=$(quietly config view --raw --minify --output 'jsonpath={.clusters[0].cluster.certificate-authority-data}') && [ -n "$authority" ] || {
  echo "the kubeconfig has no certificate of an authority"; exit 1
}
token=$(printf %s "$token" | /tools/busybox base64 -w 0)
until out=$(printf ${word(secretTemplate(secret))} "$token" "$authority" | ${APPLY_ANYWAY}); do
  echo "waiting to write the Secret ${secret.name}: $out"; /tools/busybox sleep 3
done
echo "$out"
`;
}

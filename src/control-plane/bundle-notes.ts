import { BUNDLE_KEY, BundleSecrets } from '../secrets/secret-delivery';

/** Who brings the Secrets with the keys that synthesis never sees, and how to keep them: lines for the person who applies a control plane. */
export function bundleNotes({ source, secretName, workerSecretName }: BundleSecrets, clusterName: string, namespace: string): string[] {
  const kubectl = `kubectl --namespace ${namespace}`;
  const save = `(umask 077; ${kubectl} get secret ${secretName} --output 'jsonpath={.data.${BUNDLE_KEY}}' | base64 --decode > ${clusterName}-secrets.yaml)`;
  const create = `${kubectl} create secret generic ${secretName} --from-file ${BUNDLE_KEY}=${clusterName}-secrets.yaml`;
  const waits = 'Pods and Jobs wait until both are there.';
  switch (source.kind) {
    case 'existing': return [
      `You make the Secret ${secretName} with the file of \`talosctl gen secrets\`, and ${source.makesWorkerSecret ? 'a Job' : 'also'} ${workerSecretName} with the workers' part of it. ${waits}`,
      create,
    ];
    case 'external': return [
      `External Secrets makes the Secrets ${secretName} and ${workerSecretName} from ${source.key} in the ${source.storeKind} ${source.store}. ${waits}`,
    ];
    case 'generated': return [
      `A Job makes the Secrets ${secretName} and ${workerSecretName} once, and never changes them. ${waits}`,
      'The only copy of the keys is in the hosting cluster: save it, because nobody can replace it when the namespace is lost:',
      save,
      'When the Secret is lost and the cluster runs, bring the copy back:',
      create,
      'Without a copy, take the keys from a running member:',
      'talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 get machineconfig v1alpha1 --output \'jsonpath={.spec}\' > controlplane.yaml',
      `talosctl gen secrets --from-controlplane-config controlplane.yaml --output-file ${clusterName}-secrets.yaml`,
    ];
  }
}

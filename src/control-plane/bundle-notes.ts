import { BUNDLE_KEY, BundleSecrets } from '../secrets/secret-delivery';

/** Who brings the Secrets with the keys that synthesis never sees, and how to keep them: lines for the person who applies a control plane. */
export function bundleNotes({ source, secretName, workerSecretName }: BundleSecrets, clusterName: string, namespace: string): string[] {
  const kubectl = `kubectl --namespace ${namespace}`;
  const file = `${clusterName}-secrets.yaml`;
  const create = `${kubectl} create secret generic ${secretName} --from-file ${BUNDLE_KEY}=${file}`;
  const save = `(umask 077; ${kubectl} get secret ${secretName} --output 'jsonpath={.data.${BUNDLE_KEY}}' | base64 --decode > ${file})`;
  const part = `${workerSecretName} with the part of it that workers need`;
  const ending = ['Pods and Jobs wait until both are there. Machines that run keep the keys with which they started.'];
  switch (source.kind) {
    case 'existing': return [
      `You make the Secret ${secretName} with the file of \`talosctl gen secrets\`, for members and Jobs, and ${source.makesWorkerSecret ? 'a Job makes' : 'also'} ${part}.`,
      ...ending,
      'Once in the life of the cluster, unless it runs already:',
      `talosctl gen secrets --output-file ${file}`,
      'Keep the file, and make the Secret of it, also when the Secret is lost:',
      create,
    ];
    case 'external': return [
      `External Secrets makes the Secret ${secretName} from ${source.key} in the ${source.storeKind} ${source.store}, for members and Jobs, and ${part}.`,
      ...ending,
      'Wait for both:',
      `${kubectl} wait --for condition=Ready --timeout 5m externalsecret/${secretName} externalsecret/${workerSecretName}`,
    ];
    case 'saved': return [
      `The Secret ${secretName} must hold the keys with which the snapshot was made, so no Job makes others while 'recoverFrom' is there. A Job makes ${part}.`,
      ...ending,
      'Unless it is there, bring it back with the copy that you saved:',
      create,
      'If it is there and you have no copy, save it:',
      save,
    ];
    case 'generated': return [
      `A Job makes the Secret ${secretName} once, for members and Jobs, and ${part}. It never makes other keys while one of the two is there.`,
      ...ending,
      'The only copy of the keys is in the hosting cluster: save it, because nobody can replace it when the namespace is lost:',
      save,
      'When the Secret is lost and the cluster runs, bring the copy back:',
      create,
      'Without a copy, take the keys from a running member first, through the forwarded port (see below):',
      '(umask 077; talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 get machineconfig v1alpha1 --output \'jsonpath={.spec}\' > controlplane.yaml)',
      `talosctl gen secrets --from-controlplane-config controlplane.yaml --output-file ${file}`,
    ];
  }
}

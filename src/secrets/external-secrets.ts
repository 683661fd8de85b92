import { Construct } from 'constructs';
import { BUNDLE_KEY, BundleSecrets } from './secret-delivery';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { objectLabels } from '../kubernetes/labels';
import { requireDnsSubdomain } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';

const PARSED = `{{- $s := .${BUNDLE_KEY} | fromYaml }}`;

/** YAML in blocks, whatever form the store has it in; without a part, the template fails. */
const WHOLE = `${PARSED}{{ dict "cluster" $s.cluster "secrets" $s.secrets "trustdinfo" $s.trustdinfo "certs" $s.certs | toYaml }}`;

const WORKERS = `${PARSED}{{ dict "cluster" $s.cluster "trustdinfo" $s.trustdinfo "secrets" (dict "bootstraptoken" $s.secrets.bootstraptoken) `
  + '"certs" (dict "os" (dict "crt" $s.certs.os.crt) "k8s" (dict "crt" $s.certs.k8s.crt)) | toYaml }}';

/** What the API server would add in a list, so that a second apply finds another one. */
const DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

/**
 * Creates the ExternalSecrets of which External Secrets makes the Secrets with the bundle of a cluster and with the workers' part; nothing if another
 * brings them.
 */
export function createExternalSecrets(construct: Construct, bundleSecrets: BundleSecrets, labels: { readonly [key: string]: string }): void {
  const { source, secretName, workerSecretName } = bundleSecrets;
  if (source.kind !== 'external') {
    return;
  }
  const create = (id: string, property: string, name: string, template: string) => {
    requireDnsSubdomain(property, name);
    takeName(construct, 'Secret', name, property);
    new KubernetesObject(construct, id, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name, labels },
      spec: {
        secretStoreRef: { kind: source.storeKind, name: source.store },
        target: {
          // with its own metadata: or else the Secret gets all annotations of the ExternalSecret, by which kubectl would prune it
          template: { engineVersion: 'v2', metadata: { labels: objectLabels(construct, labels) }, data: { [BUNDLE_KEY]: template } },
        },
        data: [{ secretKey: BUNDLE_KEY, remoteRef: { key: source.key, property: source.property, ...DEFAULTS } }],
      },
    });
  };
  create('ExternalSecret', 'secretName', secretName, WHOLE);
  create('WorkerExternalSecret', 'workerSecretName', workerSecretName, WORKERS);
}

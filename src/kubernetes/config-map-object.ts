import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KubernetesObject } from './kubernetes-object';
import { unlessEmpty } from './manifest';
import { SecretOptions } from './secret-object';
import { requireAnnotations, requireDnsSubdomain, requireLabels } from './syntax';
import { takeName } from './taken-names';
import { warn } from './warnings';
import { TalosError } from '../problem';

/** The most bytes that Kubernetes takes in the values of a ConfigMap or Secret. */
export const LARGEST_DATA = 1024 * 1024;

/** The longest object that `kubectl apply` can put into its annotation. */
const LONGEST_APPLIED = 256 * 1024;

/** Creates the ConfigMap of a construct, in place of the Secret with these options. */
export function createConfigMapObject(
  construct: Construct, name: string, { labels = {}, annotations = {} }: SecretOptions, data: { readonly [key: string]: string },
): ApiObject {
  requireDnsSubdomain('name', name);
  requireLabels('labels', labels);
  requireAnnotations('annotations', annotations);
  takeName(construct, 'ConfigMap', name);
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (bytes > LARGEST_DATA) {
    throw new TalosError('talos:machine-config-unfit', `'config' needs a ConfigMap of ${bytes} bytes, and Kubernetes takes at most ${LARGEST_DATA}: `
      + 'move inline manifests out of the machine config, for example to \'cluster.extraManifests\'');
  }
  if (Buffer.byteLength(JSON.stringify(data)) > LONGEST_APPLIED) {
    warn(construct, 'talos:needs-server-side-apply', `the ConfigMap ${name} has ${bytes} bytes, too many for the annotation of \`kubectl apply\`: use \`kubectl apply --server-side\`, `
      + 'or the option ServerSideApply=true of Argo CD');
  }
  return new KubernetesObject(construct, 'Resource', {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels, annotations: unlessEmpty(annotations) }, data,
  });
}

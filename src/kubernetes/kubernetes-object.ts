import { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { objectLabels } from './labels';
import { namespaceOf } from './namespace-scope';

/** A Kubernetes object in the namespace of its scope, with the labels of its scope. */
export class KubernetesObject extends ApiObject {
  constructor(scope: Construct, id: string, props: ApiObjectProps) {
    const labels = objectLabels(scope, props.metadata?.labels);
    super(scope, id, { ...props, metadata: { namespace: namespaceOf(scope), ...props.metadata, labels } });
  }
}

import { ApiObject, ApiObjectProps, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { objectLabels } from './labels';

/** A Kubernetes object that is in no namespace, with the labels of its scope. */
export class ClusterObject extends ApiObject {
  constructor(scope: Construct, id: string, props: ApiObjectProps) {
    super(scope, id, { ...props, metadata: { ...props.metadata, labels: objectLabels(scope, props.metadata?.labels) } });
    if (Chart.of(scope).namespace !== undefined) {
      // cdk8s gives every object the chart's namespace
      this.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }
}

import { ApiObject, ApiObjectProps, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { MANAGED_BY } from './labels';

/** A Kubernetes object that is in no namespace. It hasn't the labels of its scope, as that can be one of several clusters that share it. */
export class ClusterObject extends ApiObject {
  constructor(scope: Construct, id: string, props: ApiObjectProps) {
    super(scope, id, { ...props, metadata: { ...props.metadata, labels: { ...MANAGED_BY, ...props.metadata?.labels } } });
    if (Chart.of(scope).namespace !== undefined) {
      // cdk8s gives every object the chart's namespace
      this.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }
}

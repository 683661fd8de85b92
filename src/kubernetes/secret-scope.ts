import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { SecretMaker, secretObject } from './secret-object';
import { takeName } from './taken-names';
import { TalosError } from '../problem';

/**
 * Puts Secrets into another chart, also of another app. They stay in the namespace of their construct.
 *
 * @throws if the scope isn't in a chart
 */
export function inScope(scope: Construct): SecretMaker {
  const chart = chartOf(scope);
  return (construct, secret) => {
    const { name, namespace } = secret.metadata;
    if (namespace === undefined && chart.namespace !== undefined) {
      throw new TalosError('talos:missing-property', `'namespace' of the chart is missing, so its Secrets would get that of '${chart.node.path}' (${chart.namespace}): give both one, or none`);
    }
    const { root } = scope.node;
    if (root !== construct.node.root) {
      takeName(construct, 'Secret', name, 'name', root);
    }
    return secretObject(scope, `${namespace ?? ''}.${name}`, secret);
  };
}

function chartOf(scope: Construct): Chart {
  if (!Construct.isConstruct(scope) || !scope.node.scopes.some(Chart.isChart)) {
    throw new TalosError('talos:invalid-value', '\'scope\' is not a construct in a chart, which is what becomes a file: give a chart, or a construct in one');
  }
  return Chart.of(scope);
}

import { UpdateRisk } from './update-risk';
import { Finding, UpdateRule } from './update-rule';
import { MachineConfigFacts } from '../../machine-config/machine-config-facts';
import { problem } from '../../problem';
import { Update } from '../manifests/update';

/** What a cluster has from its first start on, in the machine configs of its control planes. */
export const NETWORK_RULES: readonly UpdateRule[] = [
  rule(UpdateRisk.NETWORKS, 'podSubnets', ({ subnets }) => subnets.podSubnets.join(', '),
    'nodes and pods keep their addresses. Keep the networks, or make another cluster with the new ones and move the workloads'),
  rule(UpdateRisk.NETWORKS, 'serviceSubnets', ({ subnets }) => subnets.serviceSubnets.join(', '),
    'Services keep their addresses. Keep the networks, or make another cluster with the new ones and move the workloads'),
  rule(UpdateRisk.DNS_DOMAIN, 'dnsDomain', ({ dnsDomain }) => dnsDomain ?? 'cluster.local',
    'certificates, and pods that run, keep the old names. Keep the domain, or make another cluster with the new one and move the workloads'),
  rule(UpdateRisk.CLUSTER_NAME, 'clusterName', ({ clusterName }) => clusterName ?? 'none',
    'kubeconfigs and nodes keep the old name. Keep the name, or make another cluster with the new one and move the workloads'),
  rule(UpdateRisk.CNI, 'cni', ({ hasFlannel }) => hasFlannel ? 'flannel' : 'not flannel',
    'what the applied CNI has set up stays on every node. Keep it, or make another cluster with the other CNI and move the workloads; '
    + 'to migrate in place, follow the guide of the new CNI, delete the old one\'s objects in the cluster, and replace the machines'),
];

function rule(risk: UpdateRisk, property: string, valueIn: (facts: MachineConfigFacts) => string, remedy: string): UpdateRule {
  const find = ({ keptMachines }: Update): Finding[] => keptMachines.flatMap(({ applied, wanted }) => {
    const [before, now] = wanted.areControlPlanes ? [applied, wanted].map(({ config }) => config && valueIn(config._facts)) : [];
    return before === undefined || now === undefined || before === now
      ? []
      : [{ problem: problem(property, now, `of the ${wanted.name} can't change from ${before}`), remedy }];
  });
  return { risk, find };
}

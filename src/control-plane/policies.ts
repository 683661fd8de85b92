import { Construct } from 'constructs';
import { ControlPlaneNames } from './names';
import { warnOfOverlayPort } from './overlay-checks';
import { ControlPlaneNetworkPolicy } from '../access/network-policy';
import { ChosenPorts, controlPlanePolicySpec, jobsPolicySpec } from '../access/network-policy-spec';
import { talosctlLabels } from '../jobs/talosctl-job';
import { clusterLabels } from '../kubernetes/labels';
import { createNetworkPolicy, validateDefaultDeny } from '../kubernetes/network-policies';
import { warn } from '../kubernetes/warnings';
import { MachineConfig } from '../machine-config/machine-config';

/** What the NetworkPolicies of a control plane depend on. */
export interface ControlPlanePoliciesOptions {
  readonly names: ControlPlaneNames;
  readonly clusterName: string;
  readonly networkPolicy?: ControlPlaneNetworkPolicy;
  readonly ports: ChosenPorts;
  /** The machine config of the members, where it is known. */
  readonly machineConfig?: MachineConfig;
  /** The labels of the members' pods. */
  readonly selectorLabels: { readonly [key: string]: string };
  readonly hasJobs: boolean;
  /** Whether a Job uses the API of the hosting cluster. */
  readonly usesKubernetes: boolean;
}

/** Creates the NetworkPolicies of the members and of their Jobs. */
export function createControlPlanePolicies(scope: Construct, options: ControlPlanePoliciesOptions): void {
  const { names, clusterName, networkPolicy, ports, machineConfig, selectorLabels } = options;
  if (!networkPolicy) {
    warnOfOpenMetrics(scope, machineConfig);
    validateDefaultDeny(scope);
    return;
  }
  if (machineConfig) {
    warnOfOverlayPort(scope, networkPolicy, machineConfig);
  }
  createNetworkPolicy(scope, 'NetworkPolicy', { name: names.machines },
    controlPlanePolicySpec(networkPolicy, ports, selectorLabels, clusterLabels(clusterName)));
  if (options.hasJobs) {
    const labels = talosctlLabels(clusterName);
    createNetworkPolicy(scope, 'JobsNetworkPolicy', { name: names.jobs, labels }, jobsPolicySpec(labels, selectorLabels, options.usesKubernetes));
  }
}

/** Nothing but a policy protects the metrics of etcd. */
function warnOfOpenMetrics(scope: Construct, machineConfig?: MachineConfig): void {
  const ports = machineConfig?._facts.metricsPorts ?? [];
  if (ports.length > 0) {
    warn(scope, 'talos:open-metrics', `the machine config opens the metrics of the control plane (${ports.map(({ port }) => port).join(', ')}), and without 'networkPolicy' `
      + 'every pod that reaches the members reaches them: give \'networkPolicy\' with \'metricsReaders\'');
  }
}

import { shortened, TalosError } from '../problem';
import { contractOf } from './generate/options/contract';
import { MachineConfig } from './machine-config';
import { MachineConfigPatch } from './machine-config-patch';
import { NodeTaint } from './worker-machine-options';
import { unlessEmpty } from '../kubernetes/manifest';
import { requireLabelKey, requireLabels, requireLabelValue } from '../kubernetes/syntax';
import { TalosVersion } from '../talos/talos-version';

/*
 * The labels and taints with which a worker registers.
 * See https://www.talos.dev/latest/kubernetes-guides/configuration/node-labels/ and
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */

type Labels = { readonly [key: string]: string };

/** Kubernetes' labels that a node can set on itself, in addition to those in the domains `kubelet.kubernetes.io` and `node.kubernetes.io`. */
const OWN_LABELS = [
  'kubernetes.io/hostname', 'kubernetes.io/arch', 'kubernetes.io/os', 'beta.kubernetes.io/arch', 'beta.kubernetes.io/os',
  'beta.kubernetes.io/instance-type', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
];

/** Refuses labels and taints with which nodes can't register. */
export function requireRegistration(labels: Labels, taints: readonly NodeTaint[]): void {
  requireLabels('nodeLabels', labels, {});
  requireAllowed('\'nodeLabels\'', Object.keys(labels));
  const keys = new Set<string>();
  for (const { key, value = '' } of taints) {
    requireLabelKey('nodeTaints', key);
    requireLabelValue('nodeTaints', key, value);
    if (keys.has(key)) {
      throw new TalosError('talos:invalid-value', `'nodeTaints' has the key '${key}' twice, and Talos takes one taint for each key: keep the stronger one (NoExecute includes NoSchedule)`);
    }
    keys.add(key);
  }
}

/**
 * Refuses a worker's machine config with a label or taint that makes Kubernetes refuse all of them.
 *
 * @param source the property that gives the machine config, or the part of it that may be wrong
 */
export function requireRegistered(source: string, config: MachineConfig): void {
  const { nodeLabels, legacyNodeTaints } = config._facts;
  requireAllowed(source, nodeLabels);
  if (legacyNodeTaints.length > 0 && !config.talosVersion._facts.registersWithTaints) {
    throw new TalosError('talos:machine-config-unfit', `${source} has 'machine.nodeTaints' (${shortened(legacyNodeTaints.join(', '))}), which Kubernetes doesn't let workers set later: `
      + 'use \'nodeTaints\', or \'machine.kubelet.extraConfig.registerWithTaints\'');
  }
}

/**
 * Patches the labels and taints into the machine config. In the form of 1.14, a worker registers with the taints in Talos's field. Releases before
 * 1.14 change the registered node, which Kubernetes doesn't let workers do, so in older forms the taints are in the kubelet's configuration.
 */
export function registrationPatches(labels: Labels, taints: readonly NodeTaint[], configContract: TalosVersion): MachineConfigPatch[] {
  if (Object.keys(labels).length === 0 && taints.length === 0) {
    return [];
  }
  if (contractOf(configContract._release).kubernetesDocuments) {
    return [MachineConfigPatch.fromDocuments({
      apiVersion: 'v1alpha1',
      kind: 'KubeNodeConfig',
      labels: unlessEmpty(labels),
      taints: unlessEmpty(Object.fromEntries(taints.map(({ key, value, effect }) => [key, value ? `${value}:${effect}` : effect]))),
    })];
  }
  const registerWithTaints = taints.map(({ key, value, effect }) => ({ key, ...value && { value }, effect }));
  return [MachineConfigPatch.fromDocuments({
    machine: { nodeLabels: unlessEmpty(labels), ...taints.length > 0 && { kubelet: { extraConfig: { registerWithTaints } } } },
  })];
}

function requireAllowed(source: string, keys: string[]): void {
  const key = keys.find((candidate) => !isAllowed(candidate));
  if (key !== undefined) {
    throw new TalosError('talos:machine-config-unfit', `${source} has the node label ${shortened(key)}, which Kubernetes doesn't let nodes set on themselves: choose a key in your own domain, or use \`kubectl label node\``);
  }
}

function isAllowed(label: string): boolean {
  const domain = label.includes('/') ? label.split('/')[0] : '';
  const isIn = (parent: string) => domain === parent || domain.endsWith(`.${parent}`);
  if (isIn('node-restriction.kubernetes.io')) {
    return false;
  }
  return !['kubernetes.io', 'k8s.io'].some(isIn) || OWN_LABELS.includes(label) || ['kubelet.kubernetes.io', 'node.kubernetes.io'].some(isIn);
}

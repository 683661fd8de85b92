import { contractOf } from './generate/options/contract';
import { MachineConfig } from './machine-config';
import { MachineConfigPatch } from './machine-config-patch';
import { NodeTaint } from './worker-machine-options';
import { unlessEmpty } from '../kubernetes/manifest';
import { requireLabelKey, requireLabels, requireLabelValue } from '../kubernetes/syntax';
import { TalosVersion } from '../talos/talos-version';

/*
 * With which labels and taints a worker registers.
 * See https://www.talos.dev/latest/kubernetes-guides/configuration/node-labels/ and
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */

type Labels = { readonly [key: string]: string };

/** Labels of Kubernetes' own that a node may give itself, beside those of the domains `kubelet.kubernetes.io` and `node.kubernetes.io`. */
const OWN_LABELS = [
  'kubernetes.io/hostname', 'kubernetes.io/arch', 'kubernetes.io/os', 'beta.kubernetes.io/arch', 'beta.kubernetes.io/os',
  'beta.kubernetes.io/instance-type', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/zone',
];

/** That the nodes can have these labels and taints. */
export function requireRegistration(labels: Labels, taints: readonly NodeTaint[]): void {
  requireLabels('nodeLabels', labels, {});
  requireAllowed('\'nodeLabels\'', Object.keys(labels));
  const keys = new Set<string>();
  for (const { key, value = '' } of taints) {
    requireLabelKey('nodeTaints', key);
    requireLabelValue('nodeTaints', key, value);
    if (keys.has(key)) {
      throw new Error(`'nodeTaints' has the key '${key}' twice, and Talos takes one taint for each: keep the stronger one, as NoExecute includes NoSchedule`);
    }
    keys.add(key);
  }
}

/**
 * That a worker's machine config has no label or taint with which Kubernetes refuses all of them.
 *
 * @param source what the config, or what may be wrong in it, is called where it is given
 */
export function requireRegistered(source: string, config: MachineConfig): void {
  const { nodeLabels, legacyNodeTaints } = config._facts;
  requireAllowed(source, nodeLabels);
  if (legacyNodeTaints.length > 0 && !config.talosVersion._facts.registersWithTaints) {
    throw new Error(`${source} has 'machine.nodeTaints' (${legacyNodeTaints.join(', ')}), which Kubernetes lets no worker give itself later: `
      + 'use \'nodeTaints\', or \'machine.kubelet.extraConfig.registerWithTaints\'');
  }
}

/**
 * Labels and taints in the machine config. Talos's own field for taints lets a worker register with them from 1.14 on; before, it would
 * change the registered node, which Kubernetes refuses to workers, so there the kubelet is told.
 */
export function registrationPatches(labels: Labels, taints: readonly NodeTaint[], talosVersion: TalosVersion): MachineConfigPatch[] {
  if (Object.keys(labels).length === 0 && taints.length === 0) {
    return [];
  }
  if (contractOf(talosVersion._release).kubernetesDocuments) {
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
    throw new Error(`${source} has the node label ${key}, which Kubernetes lets no node give itself: choose a key of your own domain, or use \`kubectl label node\``);
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

import { readBoolean, readDocument, readInstance, readList, readMap, readStructure, readText } from '../input';
import { webUrlProblem } from './generate/options/registries';
import { KubeAuthentication } from './kube-authentication';
import { MachineConfigPatch } from './machine-config-patch';
import { OPEN_METRICS } from './open-metrics';
import { Registry } from './registry';
import { unlessEmpty } from '../kubernetes/manifest';
import { refuse, shortened } from '../problem';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/**
 * Settings of machines that each release of Talos writes differently into a generated machine config.
 */
export interface MachineSettings {
  /**
   * How machines reach registries of images. A later one replaces an earlier one of the same kind and registry; those of the cluster come first.
   *
   * @default - machines pull images from the registries themselves, without credentials
   */
  readonly registries?: Registry[];

  /**
   * Feature gates of Kubernetes: of the kubelets, and on a control plane also of the API server, the controller manager and the scheduler. Each
   * component must know the gate, or it doesn't start. Gates of the cluster hold for all machines that don't set the same gate.
   *
   * @default - Kubernetes' own defaults
   * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
   */
  readonly featureGates?: { [gate: string]: boolean };
}

/**
 * Settings of a control plane that each release of Talos writes differently into a generated machine config.
 */
export interface ControlPlaneSettings extends MachineSettings {
  /**
   * How the Kubernetes API knows its users, in addition to client certificates and service accounts.
   *
   * @default - only by these
   */
  readonly authentication?: KubeAuthentication;

  /**
   * Whether kube-proxy runs, by which Services work. Turn it off for a CNI that replaces it.
   *
   * @default true
   */
  readonly kubeProxy?: boolean;

  /**
   * The audit policy of the Kubernetes API server: an object of the kind `Policy`, as in Kubernetes' documentation.
   *
   * @default - the metadata of each request is logged
   * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
   */
  readonly auditPolicy?: { [key: string]: any };

  /**
   * HTTP or HTTPS URLs of manifests that Talos downloads and applies in the inner cluster; those of the cluster come first.
   *
   * @default - none
   */
  readonly extraManifests?: string[];

  /**
   * Whether etcd (2381), the controller manager (10257) and the scheduler (10259) serve their metrics at the addresses of the members, and not only
   * inside of each. Anyone who reaches the port of etcd's metrics may read them; the other two ask for a token. Let only those in who read them, by
   * `networkPolicy.metricsReaders`.
   *
   * @default false
   */
  readonly metrics?: boolean;
}

/** The settings of one part of a cluster, on top of those of the cluster. */
export function settingsOver(cluster: ControlPlaneSettings, own: ControlPlaneSettings = {}): ControlPlaneSettings {
  return {
    ...machineSettingsOver(cluster, own),
    authentication: own.authentication ?? cluster.authentication,
    kubeProxy: own.kubeProxy ?? cluster.kubeProxy,
    auditPolicy: own.auditPolicy ?? cluster.auditPolicy,
    extraManifests: unlessEmpty([...cluster.extraManifests ?? [], ...own.extraManifests ?? []]),
    metrics: own.metrics ?? cluster.metrics,
  };
}

/** The same for settings that workers have too. */
export function machineSettingsOver(cluster: MachineSettings, own: MachineSettings): MachineSettings {
  return {
    registries: unlessEmpty([...cluster.registries ?? [], ...own.registries ?? []]),
    featureGates: unlessEmpty({ ...cluster.featureGates, ...own.featureGates }),
  };
}

/** The patches that make the settings, in the form of the release. */
export function settingsPatches(settings: ControlPlaneSettings, talosVersion: TalosVersion, role: TalosRole): MachineConfigPatch[] {
  const { registries = [], featureGates = {} } = settings;
  requireGates(featureGates);
  const ofControlPlane = role === TalosRole.CONTROL_PLANE ? [...controlPlaneParts(settings)] : [];
  const legacy = [
    ...registries.length > 0 ? [{ machine: { registries: Registry._legacy(registries) } }] : [],
    ...Object.keys(featureGates).length > 0 ? [{ machine: { kubelet: { extraConfig: { featureGates } } } }] : [],
    ...ofControlPlane,
  ].map((part) => MachineConfigPatch.fromDocuments(part).toDocuments(talosVersion, role));
  const authentication = role === TalosRole.CONTROL_PLANE ? settings.authentication : undefined;
  return [...legacy, ...authentication ? [MachineConfigPatch.fromDocuments(...authentication._documents(talosVersion))] : []];
}

/** The parts of the document without a kind that only control planes have. */
function* controlPlaneParts(settings: ControlPlaneSettings): Generator<object> {
  const { featureGates = {}, kubeProxy = true, auditPolicy, extraManifests = [], metrics } = settings;
  if (Object.keys(featureGates).length > 0) {
    const extraArgs = { 'feature-gates': Object.entries(featureGates).map((gate) => gate.join('=')).join(',') };
    yield { cluster: { apiServer: { extraArgs }, controllerManager: { extraArgs }, scheduler: { extraArgs } } };
  }
  if (!kubeProxy) {
    yield { cluster: { proxy: { disabled: true } } };
  }
  if (auditPolicy) {
    requireAuditPolicy(auditPolicy);
    yield { cluster: { apiServer: { auditPolicy } } };
  }
  if (extraManifests.length > 0) {
    extraManifests.forEach((url) => refuse(webUrlProblem('extraManifests', url)));
    yield { cluster: { extraManifests } };
  }
  if (metrics) {
    yield { cluster: OPEN_METRICS };
  }
}

function requireGates(gates: { readonly [gate: string]: boolean }): void {
  const wrong = Object.keys(gates).find((gate) => !/^[A-Za-z][A-Za-z0-9]*$/.test(gate));
  refuse(wrong === undefined ? undefined : `'featureGates' (${shortened(wrong)}) is not the name of a feature gate: write it as InPlacePodVerticalScaling`);
}

/** Refuses a policy with which the API server wouldn't start. */
function requireAuditPolicy({ apiVersion, kind, rules }: { readonly [key: string]: any }): void {
  if (apiVersion !== 'audit.k8s.io/v1' || kind !== 'Policy') {
    refuse('\'auditPolicy\' is not an audit policy: give an object with \'apiVersion\' (audit.k8s.io/v1), \'kind\' (Policy) and \'rules\'');
  }
  const levels = ['None', 'Metadata', 'Request', 'RequestResponse'];
  if (!Array.isArray(rules) || rules.length === 0) {
    return refuse('\'auditPolicy.rules\' is empty, with which the API server doesn\'t start: give a rule, for example { level: \'Metadata\' }');
  }
  const wrong = rules.findIndex((rule) => !levels.includes(rule?.level));
  refuse(wrong < 0 ? undefined : `'auditPolicy.rules[${wrong}]' has no level that Kubernetes knows: give its 'level', one of ${levels.join(', ')}`);
}

export const readMachineSettings = readStructure<MachineSettings>({}, {
  registries: readList(readInstance(Registry)),
  featureGates: readMap(readBoolean),
});
export const readControlPlaneSettings = readStructure<ControlPlaneSettings>({}, {
  ...readMachineSettings.optional,
  authentication: readInstance(KubeAuthentication),
  kubeProxy: readBoolean,
  auditPolicy: readDocument,
  extraManifests: readList(readText),
  metrics: readBoolean,
});

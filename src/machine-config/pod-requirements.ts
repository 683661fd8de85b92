import { problem, shortened, TalosError } from '../problem';
import { portProblem } from './generate/options/ports';
import { unsupportedIn, UnsupportedPart } from './insight/unsupported';
import { MachineConfig } from './machine-config';
import { MachineConfigPatch } from './machine-config-patch';
import { HostDnsForm } from '../talos/host-dns-form';
import { TalosMount } from '../talos/talos-mount';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';

/*
 * What machine configs need in pods, in addition to what all machines need.
 * See https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#machine-configuration
 */

/** The name of the document with the container runtime that pods need. */
export const POD_RUNTIME = 'pod';

/** Whether a machine config has the container runtime that pods need. */
export function hasPodRuntime(config: MachineConfig): boolean {
  return config._documents.ofKind('CRICustomizationConfig').some(({ value }) => value.get('name') === POD_RUNTIME);
}

/**
 * The patches that a machine config needs for pods of a release.
 *
 * @throws if the machine config lacks its main document or disables what pods need
 */
export function missingPodDefaults(config: MachineConfig, talosVersion: TalosVersion): MachineConfigPatch[] {
  if (!config._documents.hasLegacyDocument) {
    throw new TalosError('talos:machine-config-unfit', `'config' has the documents ${config._documents.ids.map(({ kind }) => kind).join(', ')}, but none with 'machine' and 'cluster', `
      + 'so Talos would wait in maintenance mode: add it, or apply these documents as a patch');
  }
  return [...missingHostDns(config, talosVersion), ...missingContainerRuntime(config, talosVersion)];
}

/**
 * Refuses a machine config with which pods of a release can't run.
 *
 * @throws if the release doesn't know a document or field, or needs something that the machine config doesn't have
 */
export function requireRunsOn(config: MachineConfig, talosVersion: TalosVersion): void {
  if (config.talosVersion._release === talosVersion._release) {
    return;
  }
  const remedy = `read the machine config with 'talosVersion' ${talosVersion.imageTag}, or give the node ${config.talosVersion.imageTag}`;
  const unsupported = unsupportedIn(config._documents, talosVersion._release);
  if (unsupported.length > 0) {
    throw new TalosError('talos:unsupported-release', `'machineConfig' has parts that Talos ${talosVersion.minor} doesn't know (${unsupported.map(describe).join(', ')}): ${remedy}`);
  }
  if (missingPodDefaults(config, talosVersion).length > 0) {
    throw new TalosError('talos:machine-config-unfit', `'machineConfig' is for Talos ${config.talosVersion.minor} and lacks parts that pods of Talos ${talosVersion.minor} need: ${remedy}`);
  }
}

/** Refuses a port of the API server on which a control plane can't listen, or listens already. */
export function requireFreeApiServerPort(config: MachineConfig): void {
  const { role, apiServerPort, kubePrismPort } = config._facts;
  const isDocument = config._documents.get('KubeAPIServerConfig', 'apiPort') !== undefined;
  const property = isDocument ? 'KubeAPIServerConfig.apiPort' : 'cluster.controlPlane.localAPIServerPort';
  const wrong = portProblem(property, apiServerPort)
    ?? (apiServerPort === kubePrismPort ? problem(property, apiServerPort, 'is the port of KubePrism: choose another one') : undefined);
  if (role === TalosRole.CONTROL_PLANE && wrong !== undefined) {
    throw new TalosError('talos:invalid-value', wrong);
  }
}

/**
 * Whether the CNI writes below the root of the machines: others than flannel install plugins into `/opt/cni/bin`.
 *
 * @param controlPlane the machine config of the cluster's control plane; that of a worker says nothing
 */
export function needsWritableRoot(controlPlane: MachineConfig | undefined, talosVersion: TalosVersion): boolean {
  return controlPlane?.role === TalosRole.CONTROL_PLANE
    && !controlPlane._facts.hasFlannel
    && !talosVersion.persistentMounts.includes(TalosMount.OPT);
}

function describe({ document, path, since, until }: UnsupportedPart): string {
  const when = since ? `since ${since}` : `until ${until}`;
  return [document.kind, document.name && `'${shortened(document.name)}'`, shortened(path), when].filter(Boolean).join(' ');
}

function missingHostDns(config: MachineConfig, talosVersion: TalosVersion): MachineConfigPatch[] {
  const forms: [HostDnsForm, any][] = [
    [HostDnsForm.FEATURE, config._documents.get('v1alpha1', 'machine.features.hostDNS')],
    [HostDnsForm.RESOLVER_CONFIG, config._documents.get('ResolverConfig', 'hostDNS')],
  ];
  const [form, hostDns] = forms.find(([, given]) => given?.enabled !== undefined) ?? [talosVersion.hostDnsForm, {}];
  if (hostDns.enabled === false) {
    throw new TalosError('talos:machine-config-unfit', `'${form}.enabled' (false) must be true in a pod, otherwise Talos doesn't start: leave it out`);
  }
  const complete = hostDns.enabled !== undefined && hostDns.forwardKubeDNSToHost !== undefined;
  return complete ? [] : [MachineConfigPatch._hostDns(form)];
}

/** A container runtime for hosting nodes with plain containerd: privileged pods lack the cgroup that Talos's default runtime uses. */
function missingContainerRuntime(config: MachineConfig, talosVersion: TalosVersion): MachineConfigPatch[] {
  const chosen = config._documents.ofKind('CRICustomizationConfig').some(({ value }) => `${value.get('content')}`.includes('default_runtime_name'));
  return chosen || !talosVersion._facts.needsPodRuntime ? [] : [MachineConfigPatch.fromDocuments({
    apiVersion: 'v1alpha1',
    kind: 'CRICustomizationConfig',
    name: POD_RUNTIME,
    content: [
      '[plugins."io.containerd.cri.v1.runtime".containerd]',
      '  default_runtime_name = "pod"',
      '[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.pod]',
      '  runtime_type = "io.containerd.runc.v2"',
      '  base_runtime_spec = "/etc/cri/conf.d/base-spec.json"',
      '',
    ].join('\n'),
  })];
}

/** Adds names to the certificates of the machines, but not of the Kubernetes API. */
export function machineNamesPatch(names: string[]): MachineConfigPatch {
  return MachineConfigPatch.fromDocuments({ machine: { certSANs: names } });
}

import { isAddress } from '../../../network/addresses';
import { conflictRemedy } from '../../translate/conflict-remedy';
import { Check } from '../check/check';
import { Place } from '../check/place';

/** A field of the document without a kind that another document replaces. */
interface Conflict {
  readonly path: string;
  /** @default - it conflicts if it is set */
  readonly when?: keyof typeof CONDITIONS;
  /** only conflicts if the document has this field */
  readonly beside?: string;
}

/**
 * The fields that conflict with a newer document, by its kind.
 *
 * Talos reports the first of them.
 */
const CONFLICTS: Readonly<Record<string, readonly Conflict[]>> = {
  CRIBaseRuntimeSpecConfig: [{ path: 'machine.baseRuntimeSpecOverrides' }],
  DiscoveryIdentityConfig: [{ path: 'cluster.id', when: 'not-empty' }, { path: 'cluster.secret', when: 'not-empty' }],
  DiscoveryServiceConfig: [{ path: 'cluster.discovery' }],
  HostnameConfig: [{ path: 'machine.network.hostname', when: 'not-empty' }, { path: 'machine.features.stableHostname', when: 'true' }],
  ImageCacheConfig: [{ path: 'machine.features.imageCache' }],
  KubeAdmissionControlConfig: [{ path: 'cluster.apiServer.admissionControl', when: 'not-empty' }],
  KubeAggregatorCAConfig: [{ path: 'cluster.aggregatorCA' }],
  KubeAPIServerCAConfig: [{ path: 'cluster.ca' }],
  KubeAPIServerConfig: [{ path: 'cluster.apiServer' }, { path: 'cluster.controlPlane.localAPIServerPort', when: 'not-empty' }],
  KubeAuditPolicyConfig: [{ path: 'cluster.apiServer.auditPolicy', when: 'not-empty' }],
  KubeAuthorizerConfig: [{ path: 'cluster.apiServer.admissionControl', when: 'not-empty' }],
  KubeClusterConfig: [{ path: 'cluster.clusterName', when: 'not-empty' }, { path: 'cluster.controlPlane.endpoint' }],
  KubeControllerManagerConfig: [{ path: 'cluster.controllerManager' }, { path: 'machine.controlPlane.controllerManager' }],
  KubeCoreDNSConfig: [{ path: 'cluster.coreDNS' }],
  KubeCredentialProviderConfig: [{ path: 'machine.kubelet' }],
  KubeEtcdEncryptionConfig: [
    { path: 'cluster.secretboxEncryptionSecret', when: 'not-empty' }, { path: 'cluster.aescbcEncryptionSecret', when: 'not-empty' },
  ],
  KubeFlannelCNIConfig: [{ path: 'cluster.network' }],
  KubeletConfig: [{ path: 'machine.kubelet' }],
  KubeNetworkConfig: [{ path: 'cluster.network' }],
  KubeNodeConfig: [
    { path: 'cluster.allowSchedulingOnControlPlanes' }, { path: 'cluster.allowSchedulingOnMasters' },
    { path: 'machine.kubelet.skipNodeRegistration' }, { path: 'machine.kubelet.registerWithFQDN' }, { path: 'machine.kubelet.nodeIP' },
    { path: 'machine.nodeLabels' }, { path: 'machine.nodeAnnotations' }, { path: 'machine.nodeTaints' },
  ],
  KubePrismConfig: [{ path: 'machine.features.kubePrism' }],
  KubeProxyConfig: [{ path: 'cluster.proxy' }],
  KubeSchedulerConfig: [{ path: 'cluster.scheduler' }, { path: 'machine.controlPlane.scheduler' }],
  KubeServiceAccountConfig: [{ path: 'cluster.serviceAccount' }],
  KubeSpanConfig: [{ path: 'machine.network.kubespan' }],
  KubeTalosAPIAccessConfig: [{ path: 'machine.features.kubernetesTalosAPIAccess' }],
  ResolverConfig: [
    { path: 'machine.network.searchDomains' },
    { path: 'machine.network.nameservers', when: 'has-address' },
    { path: 'machine.network.disableSearchDomain', when: 'true' },
    { path: 'machine.features.hostDNS', beside: 'hostDNS' },
  ],
  TimeSyncConfig: [
    { path: 'machine.time.disabled', when: 'true' }, { path: 'machine.time.servers', when: 'not-empty' }, { path: 'machine.time.bootTimeout', when: 'not-empty' },
  ],
  UnattendedInstallConfig: [{ path: 'machine.install' }],
};

/** The fields of the document without a kind that configure the encryption of a volume. */
const ENCRYPTION_FIELDS: Readonly<Record<string, string>> = {
  STATE: 'machine.systemDiskEncryption.state',
  EPHEMERAL: 'machine.systemDiskEncryption.ephemeral',
};

/** Refuses documents together with the older fields that they replace. */
export function refuseLegacyConflicts(check: Check): void {
  for (const document of check.documents) {
    const [conflict] = conflictsWith(document, check);
    if (conflict) {
      const remedy = conflictRemedy(check.config, conflict.path, { release: check.release, isControlPlane: check.isControlPlane });
      check.error(document, `conflicts with '${conflict.path}': ${remedy}`);
    }
  }
}

/** The paths of the older fields that stand beside the documents that replace them. */
export function conflictingPaths(check: Check): string[] {
  return check.documents.flatMap((document) => conflictsWith(document, check)).map(({ path }) => path);
}

function conflictsWith(document: Place, check: Check): readonly Conflict[] {
  return check.legacy.isSet ? conflictsOf(document, check).filter((candidate) => isConflict(candidate, document, check.legacy)) : [];
}

function conflictsOf(document: Place, check: Check): readonly Conflict[] {
  const { kind, name = '' } = document.document;
  if (kind === 'VolumeConfig') {
    const isKnown = check.since('1.11') && Object.hasOwn(ENCRYPTION_FIELDS, name);
    return isKnown ? [{ path: ENCRYPTION_FIELDS[name], beside: 'encryption.provider' }] : [];
  }
  return Object.hasOwn(CONFLICTS, kind) ? CONFLICTS[kind] : [];
}

function isConflict({ path, when = 'set', beside }: Conflict, document: Place, legacy: Place): boolean {
  return CONDITIONS[when](legacy.at(path)) && (beside === undefined || !document.at(beside).isEmpty);
}

const CONDITIONS = {
  'set': (field: Place) => field.isSet,
  'not-empty': (field: Place) => !field.isEmpty,
  'true': (field: Place) => field.isTrue,
  'has-address': (field: Place) => field.items.some(({ text }) => isAddress(text, 'with-zone')),
};

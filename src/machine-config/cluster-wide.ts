import { documentId, documentLabel } from './documents/config-documents';
import { leavesOf } from './insight/leaves';
import { MachineConfig } from './machine-config';
import { LEGACY_KIND } from './schema/schema';
import { valueText } from './schema/values';

/** The documents that are the same on all machines of one role: the manifests, the Jobs and the other machines rely on them. */
const SHARED_KINDS = [
  'DiscoveryIdentityConfig', 'DiscoveryServiceConfig', 'KubeAPIServerCAConfig', 'KubeAggregatorCAConfig', 'KubeClusterConfig', 'KubeCoreDNSConfig',
  'KubeEtcdEncryptionConfig', 'KubeExternalManifestConfig', 'KubeFlannelCNIConfig', 'KubeInlineManifestConfig', 'KubeNetworkConfig', 'KubeProxyConfig',
  'KubeServiceAccountConfig',
];

/** The fields of other documents that are. */
const SHARED_FIELDS: { readonly [kind: string]: readonly string[] } = {
  [LEGACY_KIND]: [
    'machine.type', 'machine.token', 'machine.ca', 'machine.acceptedCAs',
    'cluster.id', 'cluster.secret', 'cluster.token', 'cluster.clusterName', 'cluster.controlPlane', 'cluster.network', 'cluster.discovery',
    'cluster.ca', 'cluster.acceptedCAs', 'cluster.aggregatorCA', 'cluster.serviceAccount', 'cluster.aescbcEncryptionSecret',
    'cluster.secretboxEncryptionSecret', 'cluster.etcd.ca', 'cluster.etcd.subnet', 'cluster.etcd.advertisedSubnets', 'cluster.etcd.listenSubnets',
    'cluster.proxy', 'cluster.coreDNS', 'cluster.externalCloudProvider', 'cluster.extraManifests', 'cluster.extraManifestHeaders',
    'cluster.inlineManifests',
  ],
  KubeAPIServerConfig: ['apiPort'],
};

/**
 * The documents and fields that all machines of one role share and that one has otherwise than the common machine config, for example
 * `cluster.network.dnsDomain`.
 */
export function clusterWideChanges(common: MachineConfig, own: MachineConfig): string[] {
  const [before, after] = [common, own].map(sharedValues);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((field) => before.get(field) !== after.get(field));
  const names = [['machineNames', 'machine.certSANs'], ['apiServerNames', 'cluster.apiServer.certSANs']] as const;
  const missing = names.filter(([fact]) => {
    const known = new Set(own._facts[fact]);
    return !common._facts[fact].every((name) => known.has(name));
  });
  return [...changed, ...missing.map(([, field]) => field)];
}

function sharedValues({ _documents }: MachineConfig): Map<string, string> {
  return new Map(_documents.entries.flatMap((entry) => {
    const { kind } = entry.kind;
    const document = documentLabel(documentId(entry));
    const values = leavesOf(entry).filter(({ path }) => isShared(kind, path))
      .map(({ path, value }): [string, string] => [kind === LEGACY_KIND ? path : `${document} ${path}`, valueText(value)]);
    return SHARED_KINDS.includes(kind) ? [[document, kind], ...values] : values;
  }));
}

function isShared(kind: string, path: string): boolean {
  const isIn = (field: string) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
  return SHARED_KINDS.includes(kind) || (SHARED_FIELDS[kind] ?? []).some(isIn);
}

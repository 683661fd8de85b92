import { Check } from '../check/check';
import { Place } from '../check/place';

/** A field that a machine needs. */
interface Requirement {
  /** the field of the document without a kind, and its alternatives */
  readonly paths: readonly string[];
  /** the document that replaces the field */
  readonly kind?: string;
  /** @default - all machines */
  readonly role?: 'control-plane' | 'worker';
  readonly purpose: string;
}

const REQUIREMENTS: readonly Requirement[] = [
  { paths: ['machine.token'], purpose: 'machines join with it' },
  { paths: ['cluster.token'], purpose: 'kubelets join with it' },
  { paths: ['cluster.controlPlane.endpoint'], kind: 'KubeClusterConfig', purpose: 'machines find the Kubernetes API with it' },
  { paths: ['machine.ca.crt'], role: 'control-plane', purpose: 'the Talos API is trusted by it' },
  { paths: ['machine.ca.key'], role: 'control-plane', purpose: 'control planes issue the certificates of the Talos API' },
  { paths: ['machine.ca.crt', 'machine.acceptedCAs'], role: 'worker', purpose: 'the Talos API is trusted by it' },
  { paths: ['cluster.ca.crt'], kind: 'KubeAPIServerCAConfig', role: 'control-plane', purpose: 'the Kubernetes API is trusted by it' },
  { paths: ['cluster.ca.key'], kind: 'KubeAPIServerCAConfig', role: 'control-plane', purpose: 'control planes issue the certificates of the Kubernetes API' },
  { paths: ['cluster.ca.crt', 'cluster.acceptedCAs'], kind: 'KubeAPIServerCAConfig', role: 'worker', purpose: 'the Kubernetes API is trusted by it' },
  { paths: ['cluster.aggregatorCA.crt'], kind: 'KubeAggregatorCAConfig', role: 'control-plane', purpose: 'the Kubernetes API reaches its extensions by it' },
  { paths: ['cluster.aggregatorCA.key'], kind: 'KubeAggregatorCAConfig', role: 'control-plane', purpose: 'the Kubernetes API reaches its extensions by it' },
  { paths: ['cluster.serviceAccount.key'], kind: 'KubeServiceAccountConfig', role: 'control-plane', purpose: 'Kubernetes signs service account tokens with it' },
  { paths: ['cluster.etcd.ca.crt'], role: 'control-plane', purpose: 'etcd members trust each other with it' },
  { paths: ['cluster.etcd.ca.key'], role: 'control-plane', purpose: 'control planes issue the certificates of etcd' },
  {
    paths: ['cluster.secretboxEncryptionSecret', 'cluster.aescbcEncryptionSecret'],
    kind: 'KubeEtcdEncryptionConfig',
    role: 'control-plane',
    purpose: 'Kubernetes encrypts Secrets with it',
  },
];

/** Finds missing tokens, CAs and keys that Talos doesn't require. */
export function findMissingSecrets(check: Check): void {
  if (!check.legacy.isSet) {
    check.finding(check.legacy.at('machine'), 'is required: without it the machine doesn\'t boot and waits in maintenance mode');
    return;
  }
  const role = check.isControlPlane ? 'control-plane' : 'worker';
  const refused = check.errors.map(({ path }) => path).filter((path) => path !== '');
  for (const requirement of REQUIREMENTS.filter((candidate) => (candidate.role ?? role) === role)) {
    const [field, ...others] = requirement.paths.map((path) => check.legacy.at(path));
    const isRefused = refused.some((path) => field.path === path || field.path.startsWith(`${path}.`));
    if (!isRefused && isMissing(requirement, [field, ...others], check)) {
      const alternatives = [...others.map(({ quoted }) => quoted), ...requirement.kind && check.since('1.14') ? [`a ${requirement.kind} document`] : []];
      check.finding(field, `is required${alternatives.length > 0 ? `, or ${alternatives.join(' or ')}` : ''}: ${requirement.purpose}`);
    }
  }
}

function isMissing({ kind }: Requirement, fields: readonly Place[], check: Check): boolean {
  return fields.every((field) => field.isEmpty) && !(kind !== undefined && check.document(kind).isSet);
}

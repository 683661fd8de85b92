import { ApiAddress } from './addresses';
import { BootstrapMode } from './bootstrap-mode';
import { bundleNotes } from './bundle-notes';
import { CredentialPeriods } from './credentials';
import { METRICS_PORTS } from '../machine-config/open-metrics';
import { ConfigUpdate } from '../node/config-update';
import { Member } from '../node/machine-names';
import { StoragePlan } from '../node/storage-plan';
import { ClaimRetention, ClaimRetentionPolicy } from '../node/talos-storage-options';
import { controlPlaneSurvival, DataPlace } from '../report/survival';
import { CertificatePeriod } from '../secrets/bundle/certificate-period';
import { BundleSecrets } from '../secrets/secret-delivery';
import { TALOS_API, TalosPort } from '../talos/ports';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

/** The facts in the notes. */
export interface ControlPlaneFacts {
  readonly clusterName: string;
  readonly namespace: string;
  readonly talosVersion: TalosVersion;
  readonly members: Member[];
  readonly replicas: number;
  readonly isLeaving: boolean;
  readonly isSuspended: boolean;
  readonly hasStableAddresses: boolean;
  readonly objects: { readonly kind: string; readonly name: string }[];
  readonly endpoint: string;
  readonly kubernetesApi: ApiAddress;
  readonly talosApi: ApiAddress;
  readonly ports: TalosPort[];
  readonly apiServerPort: number;
  /** The name of the StatefulSet. */
  readonly statefulSet: string;
  readonly storage: StoragePlan;
  readonly claimRetentionPolicy?: ClaimRetentionPolicy;
  /** The Secrets with the keys, if synthesis never sees them. */
  readonly bundle?: BundleSecrets;
  /** The Secrets without which the pods don't start: that with the keys, and users' own. */
  readonly awaitedSecrets: string[];
  /** Whether Secrets with credentials are made. */
  readonly hasCredentials: boolean;
  /** When the credentials in the Secrets are valid, if there are such Secrets. */
  readonly credentials?: CredentialPeriods;
  readonly bootstrap: BootstrapMode;
  /** The snapshot from which etcd is recovered, in words. */
  readonly recovery?: string;
  readonly configUpdate: ConfigUpdate;
  readonly allowsEviction: boolean;
  readonly jobs: string[];
}

const USERS: { readonly [port: string]: string } = {
  'talos-api': 'operators, and members that forward requests',
  'k8s-api': 'clients of Kubernetes, all machines of the cluster',
  'trustd': 'workers, for their certificates',
  'etcd-client': 'members',
  'etcd-peer': 'members',
  'kubelet': 'members, and clients that read metrics',
  ...Object.fromEntries(METRICS_PORTS.map(({ name }) => [name, 'clients that read metrics'])),
};

/** Plain text for the person who applies a control plane. */
export function controlPlaneNotes(facts: ControlPlaneFacts): string {
  const { clusterName, namespace, talosVersion, members, isSuspended } = facts;
  const keyLines = keys(facts);
  const sections: [string, string[]][] = [
    ['Objects', facts.objects.map(({ kind, name }) => `${kind} ${name}`)],
    ['Addresses', addresses(facts)],
    ['Ports of each member', facts.ports.map(({ name, port }) => `${port}  ${name}: ${USERS[name]}`)],
    ['Claims', claims(facts)],
    ['First start', firstStart(facts)],
    ...keyLines.length > 0 ? [['Keys', keyLines] satisfies [string, string[]]] : [],
    ['Credentials', credentials(facts)],
    ['From your own computer', portForward(facts)],
    ['When the machine config changes', configChange(facts)],
    ...isSuspended ? [] : [['Upgrades of Kubernetes', kubernetesUpgrade(facts)] satisfies [string, string[]]],
    ['What the cluster survives', survival(facts)],
    ...members.length > 1 ? [['Fewer members', fewerMembers(facts)] satisfies [string, string[]]] : [],
  ];
  const title = `The control plane of the Talos cluster ${clusterName}: ${count(members.length, 'member')} of Talos ${talosVersion.imageTag} in the namespace ${namespace}.`;
  return [`${title}\n`, ...sections.map(([heading, lines]) => `\n${heading}\n${lines.map((line) => `  ${line}\n`).join('')}`)].join('');
}

function addresses({ endpoint, kubernetesApi, talosApi, members }: ControlPlaneFacts): string[] {
  return [
    `machines of the cluster: ${endpoint}`,
    ...reached('Kubernetes API', 'https://', kubernetesApi),
    ...reached('Talos API', '', talosApi),
    ...members.map(({ name, host }) => `${name}: ${host}`),
  ];
}

function reached(name: string, scheme: string, { exposure, external, inside }: ApiAddress): string[] {
  const { description, leadsOutside } = exposure._exposure;
  if (external !== undefined) {
    return [`${name}: ${scheme}${external} (${description}), inside ${scheme}${inside}`];
  }
  const unknown = leadsOutside ? ', at an address that isn\'t in the certificates' : '';
  return [`${name}: ${scheme}${inside} (${description}${unknown})`];
}

function claimNames({ storage }: ControlPlaneFacts, member: string): string[] {
  return storage.claimedVolumes.map(({ name }) => `${name}-${member}`);
}

function claims(facts: ControlPlaneFacts): string[] {
  const { storage: { claimedVolumes }, claimRetentionPolicy, members } = facts;
  if (claimedVolumes.length === 0) {
    return ['none is made'];
  }
  const { whenDeleted = ClaimRetention.RETAIN, whenScaled = ClaimRetention.RETAIN } = claimRetentionPolicy ?? {};
  const fate = (retention: ClaimRetention) => retention === ClaimRetention.RETAIN ? 'stay' : 'are deleted with their data';
  return [
    ...members.flatMap(({ name }) => claimedVolumes.map((volume) => `${volume.name}-${name} (${volume.source.size})`)),
    `They ${fate(whenDeleted)} when the StatefulSet is deleted, and ${fate(whenScaled)} when it gets fewer replicas.`,
  ];
}

function firstStart(facts: ControlPlaneFacts): string[] {
  const { namespace, bootstrap, recovery, jobs, isSuspended, members: [{ name }] } = facts;
  if (isSuspended) {
    return ['No member runs. Without \'suspend\', they start with the data in their claims.'];
  }
  if (recovery !== undefined) {
    return [
      `A Job recovers etcd from ${recovery}, or does nothing if etcd has data. It waits for a snapshot that isn't there. Wait for it, and see in its log which one it took:`,
      `kubectl --namespace ${namespace} wait --for condition=Complete --timeout 10m job/${jobs[0]}`,
      `kubectl --namespace ${namespace} logs job/${jobs[0]}`,
      'Don\'t remove \'recoverFrom\' before that, or etcd begins empty. A Job that bootstraps etcd, of manifests before these, must not run beside this one.',
    ];
  }
  switch (bootstrap) {
    case BootstrapMode.JOB: return [
      'A Job bootstraps etcd, or does nothing if that has been done already. Wait for it:',
      `kubectl --namespace ${namespace} wait --for condition=Complete --timeout 10m job/${jobs[0]}`,
    ];
    case BootstrapMode.INIT: return [
      'The machine bootstraps etcd itself. If its claim is lost, it silently begins a new cluster.',
    ];
    case BootstrapMode.MANUAL: return [
      'Nothing runs until you bootstrap etcd, once in the life of the cluster, on one member:',
      `kubectl --namespace ${namespace} port-forward pod/${name} ${TALOS_API.port} &`,
      'talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 bootstrap',
      'Never do it again, whatever Talos logs: it would destroy the data of a cluster that has lost its quorum.',
    ];
  }
}

function keys({ bundle, awaitedSecrets, clusterName, namespace }: ControlPlaneFacts): string[] {
  const own = awaitedSecrets.filter((name) => name !== bundle?.secretName);
  return [
    ...bundle ? bundleNotes(bundle, clusterName, namespace) : [],
    ...own.length > 0 ? [`Pods also wait for Secrets that you make, with texts for the machine config: ${own.join(', ')}`] : [],
  ];
}

function credentials({ namespace, clusterName, bundle, hasCredentials, isSuspended, credentials: periods }: ControlPlaneFacts): string[] {
  if (bundle && !hasCredentials) {
    return ['No Secrets with credentials are made: make them with the bundle, by `talosctl gen config --with-secrets`.'];
  }
  if (!hasCredentials) {
    return ['No Secrets with credentials are made: get credentials from talosconfig() and kubeconfig(), or from where you keep the secrets of the cluster.'];
  }
  const get = (secret: string, key: string, file: string) =>
    `(umask 077; kubectl --namespace ${namespace} get secret ${secret} --output 'jsonpath={.data.${key}}' | base64 --decode > ${file})`;
  return [
    'Both are for an administrator:',
    get(`${clusterName}-talosconfig`, 'talosconfig', 'talosconfig'),
    get(`${clusterName}-kubeconfig`, 'value', 'kubeconfig'),
    ...bundle && isSuspended ? ['While the members are stopped, nothing makes or renews them.'] : [],
    ...bundle ? [
      'A Job makes both, and a CronJob makes new ones in time: a talosconfig is valid for a year, and so is a kubeconfig unless the machine config says otherwise.',
      'The old ones stay valid for the rest of their year. For new ones now:',
      `kubectl --namespace ${namespace} create job "${clusterName}-credentials-$(date +%s)" --from cronjob/${clusterName}-credentials`,
    ] : [],
    ...Object.entries(periods ?? {}).map(([name, period]) => expiry(name, period)),
  ];
}

function expiry(name: string, { notAfter, renewal }: CertificatePeriod): string {
  const next = renewal ? `manifests that are synthesized from ${time(renewal)} on have the next one` : 'no synthesis renews it';
  return `The ${name} is valid until ${time(notAfter)}; ${next}.`;
}

// certificates have whole seconds
function time(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

function portForward({ namespace, members: [{ name }], apiServerPort }: ControlPlaneFacts): string[] {
  return [
    `kubectl --namespace ${namespace} port-forward pod/${name} ${TALOS_API.port} ${apiServerPort} &`,
    'talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes 127.0.0.1 version',
    `kubectl --kubeconfig kubeconfig --server https://127.0.0.1:${apiServerPort} get nodes`,
  ];
}

function configChange({ configUpdate, members }: ControlPlaneFacts): string[] {
  switch (configUpdate) {
    case ConfigUpdate.ROLL: return [members.length > 1 ? 'The pods are replaced one after the other, each ready before the next.' : 'The pod is replaced.'];
    case ConfigUpdate.APPLY_JOB: return ['A new Job applies it to one member after the other; the pods stay.'];
    case ConfigUpdate.INITIAL: return ['Existing machines don\'t change: use `talosctl apply-config` or `talosctl patch machineconfig`.'];
  }
}

function kubernetesUpgrade({ namespace, clusterName, members: [{ host }], kubernetesApi, configUpdate, jobs }: ControlPlaneFacts): string[] {
  const job = jobs.find((name) => name.startsWith(`${clusterName}-upgrade-k8s-`));
  if (job !== undefined) {
    return [
      'A Job waits until every member runs the new release, and then brings kube-proxy, CoreDNS and flannel to it. What it does:',
      `kubectl --namespace ${namespace} logs --follow job/${job}`,
    ];
  }
  const keeps = configUpdate === ConfigUpdate.INITIAL;
  return [
    `${keeps ? 'Kubernetes stays as it is' : 'kube-proxy, CoreDNS and flannel stay as they are'} until you upgrade ${keeps ? 'it' : 'them'}, from a pod of the hosting cluster:`,
    `talosctl --talosconfig talosconfig --endpoints ${host} --nodes ${host} upgrade-k8s --to <release of Kubernetes> --endpoint https://${kubernetesApi.inside}`
      + (keeps ? '' : ' --upgrade-kubelet=false'),
  ];
}

function survival({ members, hasStableAddresses, allowsEviction, storage }: ControlPlaneFacts): string[] {
  const places: { readonly [kind: string]: DataPlace } = { emptyDir: 'pod', hostPath: 'hosting node' };
  const dataPlace = places[storage.sourceOf(TalosMount.VAR).kind] ?? 'claim';
  const rows = controlPlaneSurvival({ members: members.length, haveStableAddresses: hasStableAddresses, dataPlace });
  return [
    ...rows.map(([event, outcome]) => `${event}: ${outcome}`),
    ...members.length === 1 ? [`the hosting node is drained: ${allowsEviction ? 'the pod is evicted' : 'that waits until you delete the pod'}`] : [],
  ];
}

function fewerMembers(facts: ControlPlaneFacts): string[] {
  const { namespace, clusterName, members, replicas, isLeaving, jobs, statefulSet } = facts;
  if (isLeaving) {
    const leaving = members.slice(replicas).reverse();
    return [
      `1. The Job makes ${leaving.map(({ name }) => name).join(', ')} leave etcd, and removes the pod of each. Wait for it:`,
      `   kubectl --namespace ${namespace} wait --for condition=Complete --timeout 10m job/${jobs[jobs.length - 1]}`,
      `   kubectl --namespace ${namespace} get statefulset ${statefulSet} --output 'jsonpath={.spec.replicas}' prints ${replicas} then.`,
      '   From the start of the Job on, don\'t apply these manifests again: the members would come back.',
      '2. Remove \'scaleDownFrom\' and apply. With any other number than that, members would be deleted that still vote.',
      ...cleanUp('3.', facts, leaving),
      'Without pruning, what is no longer in the manifests stays. The Job and its account, which may scale the StatefulSet, go by:',
      `kubectl --namespace ${namespace} delete job,secret,serviceaccount,role,rolebinding `
        + `--selector app.kubernetes.io/part-of=${clusterName},app.kubernetes.io/component=scale-down`,
    ];
  }
  const last = members[members.length - 1];
  return [
    'Remove one member at a time, the last one first: a plain scale-down loses votes, and with them the quorum. With \'scaleDownFrom\', a Job does the first two steps.',
    `1. talosctl --talosconfig talosconfig --endpoints 127.0.0.1 --nodes ${last.host} etcd leave`,
    `2. kubectl --namespace ${namespace} scale statefulset ${statefulSet} --replicas ${members.length - 1}`,
    ...cleanUp('3.', facts, [last]),
    `When ${clusterName} has an odd number of members again, set 'replicas' to that number.`,
  ];
}

function cleanUp(step: string, facts: ControlPlaneFacts, gone: Member[]): string[] {
  const claimed = gone.flatMap(({ name }) => claimNames(facts, name));
  const nodes = facts.talosVersion.keepsHostname ? gone.map(({ nodeName }) => nodeName).join(' ') : '<the node that stays NotReady>';
  return [
    ...claimed.length > 0 ? [`${step} kubectl --namespace ${facts.namespace} delete persistentvolumeclaim ${claimed.join(' ')}`] : [],
    `${claimed.length > 0 ? '4.' : step} kubectl --kubeconfig kubeconfig delete node ${nodes}`,
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

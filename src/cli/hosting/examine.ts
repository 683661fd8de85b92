import parse from 'semver/functions/coerce';
import { doubtful, Finding, fit, unfit, unknown } from './finding';
import { HostingNetworks, hostingNetworksOf, ownNetworks } from './hosting-networks';
import { Answer, Kubectl, objectIn } from './kubectl';
import { TalosVersion } from '../../talos/talos-version';

/** The oldest Kubernetes whose schema takes all manifests. */
const OLDEST_KUBERNETES = '1.28.0';

/** Whether a hosting cluster can host Talos, as far as its API shows. It creates nothing. */
export function examine(kubectl: Kubectl, namespace: string, talosVersion: TalosVersion): Finding[] {
  const answer = kubectl.text(['version', '--output', 'json']);
  const version = 'value' in answer ? objectIn(answer.value)?.serverVersion?.gitVersion : undefined;
  if (version === undefined) {
    return [unanswered(answer), ...SUBJECTS.map((subject) => unknown(subject, 'the API doesn\'t answer'))];
  }
  const nodes = kubectl.list('nodes') ?? [];
  return [
    kubernetes(String(version)),
    ...nodesOf(nodes, talosVersion),
    permissions(kubectl, namespace),
    privileged(kubectl, namespace),
    ...policyEngines(kubectl),
    storage(kubectl),
    ...networks(hostingNetworksOf(kubectl, nodes)),
    loadBalancer(kubectl),
    unknown('cgroups, kernel modules', 'the API doesn\'t show them: a PreflightJob looks at every node'),
  ];
}

/** Each question to an API that doesn't answer takes its time. */
const SUBJECTS = ['nodes', 'permissions', 'Pod Security', 'StorageClass', 'networks', 'load balancer', 'cgroups, kernel modules'];

function unanswered(answer: Answer): Finding {
  return unfit('Kubernetes', `the API doesn't answer${'failure' in answer ? ` (${answer.failure})` : ''}: choose the cluster with --kubeconfig or --context`);
}

function kubernetes(version: string): Finding {
  const release = parse(version);
  if (release === null) {
    return unknown('Kubernetes', `${version} is no release that is known here: use 1.28 or newer`);
  }
  return release.compare(OLDEST_KUBERNETES) < 0
    ? unfit('Kubernetes', `${version} is too old: use 1.28 or newer`)
    : fit('Kubernetes', version);
}

function nodesOf(nodes: readonly any[], talosVersion: TalosVersion): Finding[] {
  if (nodes.length === 0) {
    return [unknown('nodes', 'there is none, or you may not list them: ask an administrator')];
  }
  const names = (some: readonly any[]) => some.map(({ metadata }) => metadata.name).join(', ');
  const info = (node: any) => node.status?.nodeInfo ?? {};
  const foreign = nodes.filter((node) => info(node).architecture !== undefined && !['amd64', 'arm64'].includes(info(node).architecture));
  const linux = nodes.filter((node) => (info(node).operatingSystem ?? 'linux') === 'linux');
  const { oldestLinux } = talosVersion._facts;
  const old = oldestLinux === undefined ? [] : linux.filter((node) => (parse(info(node).kernelVersion)?.compare(`${oldestLinux}.0`) ?? 0) < 0);
  return [
    fit('nodes', [nodes.length, ...new Set(linux.flatMap((node) => info(node).kernelVersion ? `Linux ${info(node).kernelVersion}` : []))].join(', ')),
    ...foreign.length > 0
      ? [(foreign.length === nodes.length ? unfit : doubtful)('architecture', `Talos runs on amd64 and arm64, not on ${names(foreign)}: use 'nodeSelector'`)]
      : [],
    ...old.length > 0 ? [unfit('kernel', `Talos ${talosVersion.imageTag} needs Linux ${oldestLinux}, not on ${names(old)}: use 'nodeSelector', or an older Talos`)] : [],
  ];
}

function permissions(kubectl: Kubectl, namespace: string): Finding {
  const wanted = [
    'namespaces', 'statefulsets.apps', 'services', 'secrets', 'configmaps', 'jobs.batch', 'cronjobs.batch', 'poddisruptionbudgets.policy',
    'serviceaccounts', 'roles.rbac.authorization.k8s.io', 'rolebindings.rbac.authorization.k8s.io',
  ];
  const answers = wanted.map((resource) => [resource, kubectl.can('create', resource, namespace)] as const);
  const missing = answers.filter(([, may]) => may === false).map(([resource]) => resource);
  if (missing.length > 0) {
    return missing.join() === 'namespaces'
      ? doubtful('permissions', `you may not create namespaces: ask an administrator for ${namespace}, and set 'createNamespace' to false`)
      : unfit('permissions', `you may not create ${missing.join(', ')} in ${namespace}: ask an administrator, or give another namespace`);
  }
  return answers.some(([, may]) => may === undefined)
    ? unknown('permissions', 'the API doesn\'t say what you may do')
    : fit('permissions', 'you may create everything that a cluster needs');
}

/** The API server says whether it would admit a pod like ours, where the namespace exists. */
function privileged(kubectl: Kubectl, namespace: string): Finding {
  const found = kubectl.text(['get', 'namespace', namespace, '--output', 'name']);
  if ('failure' in found && !found.failure.includes('NotFound')) {
    return unknown('Pod Security', `the API doesn't show the namespace ${namespace} (${found.failure}): ask an administrator whether it admits privileged pods`);
  }
  if ('failure' in found) {
    return fit('Pod Security', `the namespace ${namespace} doesn't exist: TalosNamespace makes it with the labels that admit privileged pods`);
  }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cdk8s-talos-probe', namespace },
    spec: { containers: [{ name: 'talos', image: 'ghcr.io/siderolabs/talos:v1.13.0', securityContext: { privileged: true, seccompProfile: { type: 'Unconfined' } } }] },
  };
  const answer = kubectl.text(['create', '--dry-run=server', '--filename', '-'], JSON.stringify(pod));
  if ('failure' in answer && / cannot create resource /.test(answer.failure)) {
    return unknown('Pod Security', `you may not create pods in ${namespace}, so that the API doesn't say whether it admits privileged ones: ask an administrator`);
  }
  return 'value' in answer
    ? fit('Pod Security', `the namespace ${namespace} admits privileged pods`)
    : unfit('Pod Security', `the namespace ${namespace} refuses a privileged pod (${answer.failure}): let TalosNamespace make it, or label it pod-security.kubernetes.io/enforce=privileged`);
}

const POLICY_ENGINES: { readonly [group: string]: string } = {
  'kyverno.io': 'Kyverno may refuse privileged pods: it needs a PolicyException',
  'templates.gatekeeper.sh': 'Gatekeeper may refuse privileged pods: exempt the namespace',
  'security.openshift.io': 'OpenShift refuses privileged pods without a SecurityContextConstraints for their account',
};

function policyEngines(kubectl: Kubectl): Finding[] {
  const answer = kubectl.text(['api-versions']);
  const groups = 'value' in answer ? answer.value.split('\n').map((line) => line.split('/')[0]) : [];
  return Object.entries(POLICY_ENGINES).filter(([group]) => groups.includes(group)).map(([, text]) => doubtful('policies', text));
}

function storage(kubectl: Kubectl): Finding {
  const classes = kubectl.list('storageclasses');
  if (!classes) {
    return unknown('StorageClass', 'you may not list them: ask for the name of the default one');
  }
  const named = classes.map(({ metadata }) => metadata.name).join(', ');
  const standard = classes.find(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
  if (standard) {
    return fit('StorageClass', `${standard.metadata.name} is the default one`);
  }
  return classes.length > 0
    ? doubtful('StorageClass', `none is the default one: give 'storageClassName', one of ${named}`)
    : unfit('StorageClass', 'there is none, and claims stay pending: install a provisioner, or use NodeStorage.ephemeral() for a throwaway cluster');
}

function networks({ podCidrs, serviceCidrs, nodeCidrs, remarks }: HostingNetworks): Finding[] {
  const open = Object.entries(remarks).map(([property, remark]) => `${property}: ${remark}`);
  const text = `pods ${podCidrs.join(', ') || '?'}, Services ${serviceCidrs.join(', ') || '?'}, nodes ${nodeCidrs.join(', ') || '?'}`;
  const conflicts = Object.entries(ownNetworks({ podCidrs, serviceCidrs, nodeCidrs }))
    .map(([property, free]) => doubtful('networks', `the default '${property}' overlap them: use ${free ?? 'others'}`));
  return [
    open.length === 0 ? fit('networks', text) : unknown('networks', [text, ...open].join('; ')),
    ...conflicts,
  ];
}

function loadBalancer(kubectl: Kubectl): Finding {
  const all = kubectl.list('services');
  if (!all) {
    return unknown('load balancer', 'you may not list Services: ask whether those of type LoadBalancer get addresses');
  }
  const services = all.filter(({ spec }) => spec?.type === 'LoadBalancer');
  const served = services.find(({ status }) => status?.loadBalancer?.ingress?.length > 0);
  if (served) {
    return fit('load balancer', `Services get addresses: ${served.metadata.namespace}/${served.metadata.name} has one`);
  }
  return services.length > 0
    ? doubtful('load balancer', `${services[0].metadata.namespace}/${services[0].metadata.name} waits for an address: ApiExposure.nodePort() and ClusterIP work without a load balancer`)
    : unknown('load balancer', 'no Service has one: ApiExposure.loadBalancer() needs MetalLB, a cloud or the like');
}

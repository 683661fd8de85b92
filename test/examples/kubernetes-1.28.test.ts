import { readFileSync } from 'fs';
import { join } from 'path';
import { k8s } from 'cdk8s-plus-28';
import { cases, ManifestCase } from '../on-kubernetes/cases';
import { KubeObject } from '../on-kubernetes/kube-client';
import { dropped } from '../on-kubernetes/manifests';

/*
 * The manifests against the schema of Kubernetes 1.28, that of cdk8s-plus-28: its converters leave out what that release doesn't know.
 */

/** What needs a newer hosting cluster: the path in a container, and the release that has it on by default. */
const NEWER: { readonly [path: string]: string } = {
  'lifecycle.preStop.sleep': '1.30', // not in the schema
  'restartPolicy': '1.29', // of an init container: in the schema, but switched off
};

const converters: { readonly [kind: string]: (object: any) => KubeObject } = {
  Namespace: k8s.toJson_KubeNamespaceProps,
  Secret: k8s.toJson_KubeSecretProps,
  ServiceAccount: k8s.toJson_KubeServiceAccountProps,
  Role: k8s.toJson_KubeRoleProps,
  RoleBinding: k8s.toJson_KubeRoleBindingProps,
  Service: k8s.toJson_KubeServiceProps,
  PersistentVolumeClaim: k8s.toJson_KubePersistentVolumeClaimProps,
  Pod: k8s.toJson_KubePodProps,
  Deployment: k8s.toJson_KubeDeploymentProps,
  StatefulSet: k8s.toJson_KubeStatefulSetProps,
  Job: k8s.toJson_KubeJobProps,
  CronJob: k8s.toJson_KubeCronJobProps,
  PodDisruptionBudget: k8s.toJson_KubePodDisruptionBudgetProps,
  NetworkPolicy: k8s.toJson_KubeNetworkPolicyProps,
  Ingress: k8s.toJson_KubeIngressProps,
  ConfigMap: k8s.toJson_KubeConfigMapProps,
  ResourceQuota: k8s.toJson_KubeResourceQuotaProps,
  LimitRange: k8s.toJson_KubeLimitRangeProps,
};

function ownObjects(manifests: ManifestCase['manifests']): KubeObject[] {
  return manifests('test').filter(({ kind }) => !OF_OTHERS.includes(kind) && !(kind in NEWER_KINDS));
}

/** A manifest as the converters read one: they write `clusterIp` for `clusterIP`, and quantities as objects with a `value`. */
function asTyped(value: any): any {
  if (typeof value === 'string' || typeof value === 'number') {
    return Object.assign(Object(value), { value });
  }
  if (Array.isArray(value)) {
    return value.map(asTyped);
  }
  return typeof value !== 'object' ? value : new Proxy(value, {
    get: (target, name: string) => asTyped(target[Object.keys(target).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name]),
  });
}

/** Converters of objects leave these to their constructors or to the API server. */
const OF_ANY_OBJECT = /^spec\.volumeClaimTemplates\[\d+\]\.(apiVersion|kind|status(\.phase)?)$/;

/** Kinds that don't come with Kubernetes. */
const OF_OTHERS = [
  'TLSRoute', 'Issuer', 'Certificate', 'ExternalSecret', 'SealedSecret', 'Application', 'PolicyException', 'SecurityContextConstraints',
  'ServiceMonitor', 'PrometheusRule',
];

/** Kinds that came with a newer release, which the documentation names. */
const NEWER_KINDS: { readonly [kind: string]: string } = { ValidatingAdmissionPolicy: '1.30', ValidatingAdmissionPolicyBinding: '1.30' };

/** The paths of a manifest that Kubernetes 1.28 doesn't know. */
function unknown(object: KubeObject): string[] {
  const { apiVersion, kind, ...props } = object;
  if (!converters[kind]) {
    throw new Error(`nothing is known here of the ${kind} of Kubernetes 1.28: add its converter`);
  }
  const known = JSON.parse(JSON.stringify(converters[kind](asTyped(props))));
  return dropped(props, known).filter((path) => !OF_ANY_OBJECT.test(path));
}

/** The paths in containers that Kubernetes 1.28 knows, but has switched off. */
function switchedOff(object: KubeObject): string[] {
  const spec = object.kind === 'Pod' ? object.spec : object.spec?.template?.spec;
  return (spec?.initContainers ?? []).flatMap(({ restartPolicy }: any) => restartPolicy === undefined ? [] : ['restartPolicy']);
}

const inContainer = (path: string) => path.replace(/^.*ontainers\[\d+\]\./, '').replace(/\.seconds$/, '');

const found = new Map<ManifestCase, string[]>();

/** The paths in a case that need something newer than Kubernetes 1.28. */
function newer(manifestCase: ManifestCase): string[] {
  if (!found.has(manifestCase)) {
    found.set(manifestCase, ownObjects(manifestCase.manifests).flatMap((object) => [...unknown(object).map(inContainer), ...switchedOff(object)]));
  }
  return found.get(manifestCase)!;
}

test.each(cases)('$name: needs nothing newer than Kubernetes 1.28 but what is listed', (manifestCase) => {
  expect(newer(manifestCase).filter((path) => !(path in NEWER))).toEqual([]);
});

test('the list has nothing that no case has', () => {
  expect([...new Set(cases.flatMap(newer))].sort()).toEqual(Object.keys(NEWER).sort());
});

test('the documentation has the list', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'hosting-cluster.md'), 'utf8');
  for (const [path, release] of Object.entries({ ...NEWER, ValidatingAdmissionPolicy: NEWER_KINDS.ValidatingAdmissionPolicy })) {
    expect(page).toMatch(new RegExp(`^\\|.*\`${path}\`.*\\| ${release} \\|`, 'm'));
  }
});

test.each([
  ['a field of a pod', (object: KubeObject) => { object.spec.template.spec.futureField = { a: 1 }; }, 'spec.template.spec.futureField'],
  ['a field of a claim', (object: KubeObject) => { object.spec.volumeClaimTemplates[0].spec.volumeAttributesClassName = 'gold'; },
    'spec.volumeClaimTemplates[0].spec.volumeAttributesClassName'],
  ['another spelling', (object: KubeObject) => { object.spec.template.spec.containers[0].volumeMounts[0].subpath = 'a'; },
    'spec.template.spec.containers[0].volumeMounts[0].subpath'],
])('%s that it doesn\'t know is found', (_, change, path) => {
  const statefulSet = cases.find(({ name }) => name.startsWith('storage: persistent'))!.manifests('test').find(({ kind }) => kind === 'StatefulSet');
  change(statefulSet);
  expect(unknown(statefulSet).join()).toContain(path);
});

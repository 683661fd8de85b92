import { METRICS_PORTS } from '../../src/machine-config/open-metrics';

/*
 * What must be true of manifests that belong together. Each rule returns what breaks it.
 */

type Labels = { readonly [key: string]: string };

/** A pod as a workload makes it. */
interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: any;
  /** The claims that the workload makes for it. */
  readonly claims: string[];
}

export type Rule = (objects: any[]) => string[];

/** Selectors match the pods of the workload they are named for, all of them and no others. */
export const selectorsMatch: Rule = (objects) => selectors(objects).flatMap(({ owner, namespace, selector, wanted }) => {
  const matched = podsOf(objects).filter((pod) => pod.namespace === namespace && matches(pod.labels, selector)).map(({ name }) => name);
  return wanted.length > 0 && wanted.join() === matched.join() ? [] : [`${owner} selects ${matched.join(', ') || 'nothing'} instead of ${wanted.join(', ')}`];
});

/** Every claim template is mounted. */
export const claimsAreMounted: Rule = (objects) => podsOf(objects).flatMap(({ name, spec, claims }) => {
  const mounted = containersOf(spec).flatMap(({ volumeMounts = [] }) => volumeMounts.map((mount: any) => mount.name));
  return claims.filter((claim) => !mounted.includes(claim)).map((claim) => `${name} doesn't mount its claim ${claim}`);
});

/** Every mount has a volume, and every volume a mount. */
export const mountsHaveVolumes: Rule = (objects) => podsOf(objects).flatMap(({ name, spec, claims }) => {
  const volumes = [...spec.volumes?.map((volume: any) => volume.name) ?? [], ...claims];
  const mounted = containersOf(spec).flatMap(({ volumeMounts = [] }) => volumeMounts.map((mount: any) => mount.name));
  return [
    ...mounted.filter((mount) => !volumes.includes(mount)).map((mount) => `${name} mounts ${mount}, which isn't there`),
    ...volumes.filter((volume) => !mounted.includes(volume)).map((volume) => `${name} has ${volume}, which isn't mounted`),
  ];
});

/** Secrets and ConfigMaps to which pods refer have the keys they ask for. */
export const referencesExist: Rule = (objects) => podsOf(objects).flatMap((pod) => {
  const missing = (kind: string, name: string, keys: string[]) => {
    // what a Job or an operator makes of other objects isn't in the manifests, and what it is made of has its name
    const isMade = kind === 'Secret' && objects.some(({ kind: maker, metadata, rules }) => metadata.namespace === pod.namespace
      && (['ExternalSecret', 'SealedSecret'].includes(maker) ? metadata.name === name : maker === 'Role' && writesSecret(rules, name)));
    if (isMade || (kind === 'ConfigMap' && name === 'kube-root-ca.crt')) {
      return [];
    }
    const object = objects.find((candidate) => candidate.kind === kind
      && candidate.metadata.name === name && candidate.metadata.namespace === pod.namespace);
    return object === undefined
      ? [`${pod.name} refers to the ${kind} ${name}, which isn't there`]
      : keys.filter((key) => !(key in (object.data ?? {}))).map((key) => `${pod.name} asks the ${kind} ${name} for ${key}, which isn't there`);
  };
  const variables = containersOf(pod.spec).flatMap(({ env = [] }) => env.flatMap(({ valueFrom = {} }: any) => [
    ...valueFrom.secretKeyRef ? missing('Secret', valueFrom.secretKeyRef.name, [valueFrom.secretKeyRef.key]) : [],
    ...valueFrom.configMapKeyRef ? missing('ConfigMap', valueFrom.configMapKeyRef.name, [valueFrom.configMapKeyRef.key]) : [],
  ]));
  const files = (pod.spec.volumes ?? []).flatMap(({ name, secret, configMap }: any) => [
    ...secret ? missing('Secret', secret.secretName, filesRead(pod.spec, name)) : [],
    ...configMap ? missing('ConfigMap', configMap.name, filesRead(pod.spec, name)) : [],
  ]);
  return [...variables, ...files];
});

function writesSecret(rules: any[], name: string): boolean {
  return rules.some(({ resources, resourceNames, verbs }) => resources.includes('secrets') && resourceNames?.includes(name) && verbs.includes('create'));
}

/** Ports that only metrics are read at, which pods don't name: two names would be too long for pods. */
const METRICS = METRICS_PORTS.map(({ port }) => port);

/** Every port of a Service leads to a port of its pods that has a name. */
export const servicePortsAreNamed: Rule = (objects) => objects.filter(({ kind }) => kind === 'Service').flatMap(({ metadata, spec }) =>
  podsOf(objects).filter((pod) => pod.namespace === metadata.namespace && matches(pod.labels, { matchLabels: spec.selector })).flatMap((pod) => {
    const ports = containersOf(pod.spec).flatMap((container) => container.ports ?? []);
    return spec.ports
      .filter(({ targetPort }: any) => !METRICS.includes(targetPort))
      .filter(({ targetPort }: any) => !ports.some(({ name, containerPort }: any) => name && [name, containerPort].includes(targetPort)))
      .map(({ name, targetPort }: any) => `the port ${name} of the Service ${metadata.name} leads to ${targetPort}, which ${pod.name} doesn't name`);
  }));

/** No object is there twice. */
export const objectsAreUnique: Rule = (objects) => {
  const ids = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `${id} is there twice`);
};

/** Names leave room for what Kubernetes appends, and fit where they become labels or hosts. */
export const namesAreWithinLimits: Rule = (objects) => [
  ...objects.map(({ kind, metadata }) => ({ id: `${kind} ${metadata.name}`, length: metadata.name.length, limit: ['StatefulSet', 'CronJob'].includes(kind) ? 52 : 63 })),
  ...podsOf(objects).map(({ name }) => ({ id: `pod ${name}`, length: name.length, limit: 63 })),
  ...objects.flatMap(({ metadata }) => Object.values<string>(metadata.labels ?? {}))
    .map((value) => ({ id: `label ${value}`, length: value.length, limit: 63 })),
].filter(({ length, limit }) => length > limit).map(({ id, length, limit }) => `${id} has ${length} characters, ${limit} at most`);

export const RULES: { readonly [name: string]: Rule } = {
  selectorsMatch, claimsAreMounted, mountsHaveVolumes, referencesExist, servicePortsAreNamed, objectsAreUnique, namesAreWithinLimits,
};

function podsOf(objects: any[]): Pod[] {
  return objects.flatMap(({ kind, metadata, spec }): Pod[] => {
    const { namespace } = metadata;
    switch (kind) {
      case 'StatefulSet': return Array.from({ length: spec.replicas }, (_, ordinal) => {
        const name = `${metadata.name}-${ordinal}`;
        const labels = { ...spec.template.metadata.labels, 'statefulset.kubernetes.io/pod-name': name };
        const claims = (spec.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata.name);
        return { name, namespace, labels, spec: spec.template.spec, claims };
      });
      case 'Deployment':
      case 'Job': return [{ name: metadata.name, namespace, labels: spec.template.metadata.labels, spec: spec.template.spec, claims: [] }];
      case 'Pod': return [{ name: metadata.name, namespace, labels: metadata.labels, spec, claims: [] }];
      default: return [];
    }
  });
}

/** Every selector of pods, with the names of the pods that it is for. */
function selectors(objects: any[]): { readonly owner: string; readonly namespace: string; readonly selector: any; readonly wanted: string[] }[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const { namespace } = metadata;
    const pods = podsOf(objects).filter((pod) => pod.namespace === namespace);
    const ofWorkload = (name: string) => pods.filter((pod) => pod.name.replace(/-\d+$/, '') === name).map((pod) => pod.name);
    const instance = ofWorkload(metadata.labels?.['app.kubernetes.io/instance']);
    const alike = (keys: string[]) => pods.filter(({ labels }) => keys.every((key) => labels[key] === metadata.labels[key])).map(({ name }) => name);
    const one = (what: string, selector: any, wanted: string[]) => ({ owner: `${kind} ${metadata.name}${what}`, namespace, selector, wanted });
    switch (kind) {
      case 'Service': {
        const pod = pods.find(({ name }) => name === metadata.name);
        return [one('', { matchLabels: spec.selector }, pod ? [pod.name] : instance)];
      }
      case 'PodDisruptionBudget': return [one('', spec.selector, instance)];
      case 'NetworkPolicy': {
        // that of a single task is for its Job only
        const component = 'app.kubernetes.io/component';
        const keys = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', ...spec.podSelector.matchLabels?.[component] ? [component] : []];
        // that of a whole namespace has no labels
        return [one('', spec.podSelector, alike(metadata.labels ? keys : []))];
      }
      case 'StatefulSet': {
        const { podAntiAffinity = {} } = spec.template.spec.affinity ?? {};
        const terms = [
          ...podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? [],
          ...(podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }: any) => podAffinityTerm),
        ];
        return [one('', spec.selector, instance), ...terms.map(({ labelSelector }) => one('\'s spread', labelSelector, instance))];
      }
      default: return [];
    }
  });
}

function matches(labels: Labels, { matchLabels = {} }: { readonly matchLabels?: Labels }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function containersOf({ initContainers = [], containers }: any): any[] {
  return [...initContainers, ...containers];
}

/** The files of a volume that commands name. */
function filesRead(spec: any, volume: string): string[] {
  return containersOf(spec).flatMap(({ volumeMounts = [], command = [] }) => volumeMounts
    .filter((mount: any) => mount.name === volume)
    .flatMap(({ mountPath }: any) => [...command.join('\n').matchAll(new RegExp(`${mountPath}/([-._a-zA-Z0-9]+)`, 'g'))].map(([, file]) => file)))
    // the shell completes the name
    .filter((file) => !file.endsWith('-'));
}

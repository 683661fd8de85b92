/** Every name by which a Service is known inside of a cluster, the shortest first. */
export function serviceNames(name: string, namespace: string, dnsDomain: string): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.${dnsDomain}`];
}

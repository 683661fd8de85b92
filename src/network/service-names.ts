/** Whether a host is the name of a Service, which only resolves inside of a cluster. */
export function isServiceName(host: string, dnsDomain: string): boolean {
  return host.endsWith('.svc') || host.endsWith(`.svc.${dnsDomain}`);
}

/** All names of a Service inside of its cluster, the shortest first. */
export function serviceNames(name: string, namespace: string, dnsDomain: string): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.${dnsDomain}`];
}

/** Whether a host is a Service's name, which only means something inside of a cluster. */
export function isServiceName(host: string, dnsDomain: string): boolean {
  return host.endsWith('.svc') || host.endsWith(`.svc.${dnsDomain}`);
}

/** Every name by which a Service is known inside of a cluster, the shortest first. */
export function serviceNames(name: string, namespace: string, dnsDomain: string): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.${dnsDomain}`];
}

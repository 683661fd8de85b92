import { MachineConfigPatch } from 'cdk8s-talos';

/** Users of the Kubernetes API sign in by OpenID Connect. */
export const openIdConnect = MachineConfigPatch.of({
  kubeAuthenticationConfig: {
    configuration: {
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthenticationConfiguration',
      jwt: [{
        issuer: { url: 'https://id.example.org/realms/acme', audiences: ['kubernetes'] },
        claimMappings: { username: { claim: 'email', prefix: '' }, groups: { claim: 'groups', prefix: 'oidc:' } },
      }],
    },
  },
});

/** Images of docker.io come from a mirror alone. */
export const registryMirror = MachineConfigPatch.of({
  registryMirrorConfig: [{
    name: 'docker.io',
    endpoints: [{ url: 'https://mirror.example.org/v2/docker.io', overridePath: true }],
    skipFallback: true,
  }],
});

export const kubelet = MachineConfigPatch.of({
  kubeletConfig: {
    clusterDNS: ['10.96.0.10'],
    extraArgs: { 'max-pods': '200', 'feature-gates': ['GracefulNodeShutdown=true', 'SidecarContainers=true'] },
    config: { shutdownGracePeriod: '60s', systemReserved: { memory: '512Mi' } },
  },
  kubeNodeConfig: { labels: { 'topology.kubernetes.io/zone': 'a' } },
});

/** Volumes on the disks of a machine outside of the hosting cluster. */
export const userVolumes = MachineConfigPatch.of({
  userVolumeConfig: [
    {
      name: 'data',
      provisioning: { diskSelector: { match: 'disk.transport == "nvme"' }, minSize: '100GiB', grow: true },
      filesystem: { type: 'xfs' },
    },
    { name: 'scratch', volumeType: 'directory' },
  ],
});

export const network = MachineConfigPatch.of({
  hostnameConfig: { hostname: 'edge-1', auto: 'off' },
  linkConfig: [{
    name: 'eth0',
    mtu: 9000,
    addresses: [{ address: '10.0.0.5/24' }],
    routes: [{ gateway: '10.0.0.1' }],
  }],
  resolverConfig: {
    nameservers: [{ address: '10.0.0.1' }],
    searchDomains: { domains: ['example.org'] },
  },
});

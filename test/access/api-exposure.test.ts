import { ApiExposure, ExternalTrafficPolicy, TalosControlPlaneProps, TlsRouteVersion } from '../../src';
import { SynthesizedControlPlane } from '../support/control-planes';

function synth(kubernetesApi: ApiExposure, props: Partial<TalosControlPlaneProps> = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane({ kubernetesApi, ...props });
}

const SELECTOR = { 'app.kubernetes.io/name': 'talos', 'app.kubernetes.io/instance': 'acme-control-plane' };
const PORT = { name: 'k8s-api', port: 6443, protocol: 'TCP', targetPort: 'k8s-api' };

test.each<[string, ApiExposure, any]>([
  ['a ClusterIP', ApiExposure.clusterIp(), { type: 'ClusterIP', selector: SELECTOR, ports: [PORT] }],
  ['a node port', ApiExposure.nodePort(), { type: 'NodePort', selector: SELECTOR, ports: [PORT] }],
  ['a given node port', ApiExposure.nodePort({ host: '192.0.2.1', port: 30443, externalTrafficPolicy: ExternalTrafficPolicy.LOCAL }),
    { type: 'NodePort', selector: SELECTOR, ports: [{ ...PORT, nodePort: 30443 }], externalTrafficPolicy: 'Local' }],
  ['a load balancer', ApiExposure.loadBalancer(), { type: 'LoadBalancer', selector: SELECTOR, ports: [PORT] }],
  ['a load balancer with everything', ApiExposure.loadBalancer({
    host: '203.0.113.10',
    loadBalancerClass: 'example.com/internal',
    sourceRanges: ['198.51.100.0/24', '2001:db8::/32'],
    externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER,
  }), {
    type: 'LoadBalancer',
    selector: SELECTOR,
    ports: [PORT],
    loadBalancerIP: '203.0.113.10',
    loadBalancerClass: 'example.com/internal',
    loadBalancerSourceRanges: ['198.51.100.0/24', '2001:db8::/32'],
    externalTrafficPolicy: 'Cluster',
  }],
  ['a load balancer by name', ApiExposure.loadBalancer({ host: 'acme.example.com' }), { type: 'LoadBalancer', selector: SELECTOR, ports: [PORT] }],
  ['a load balancer that an annotation asks for', ApiExposure.loadBalancer({
    host: '203.0.113.10', annotations: { 'metallb.io/loadBalancerIPs': '203.0.113.10' },
  }), { type: 'LoadBalancer', selector: SELECTOR, ports: [PORT] }],
])('%s is a Service of its own', (_, exposure, spec) => {
  expect(synth(exposure).find('Service', 'acme').spec).toEqual(spec);
});

test('none is no Service', () => {
  expect(synth(ApiExposure.none()).names('Service')).toEqual(['acme-control-plane']);
});

test('the Talos API has no Service unless asked for, and then one of its own', () => {
  expect(synth(ApiExposure.clusterIp()).find('Service', 'acme-talos')).toBeUndefined();
  const exposed = synth(ApiExposure.clusterIp(), { talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }) });
  expect(exposed.find('Service', 'acme-talos').spec).toEqual({
    type: 'LoadBalancer',
    loadBalancerIP: '203.0.113.11',
    selector: SELECTOR,
    ports: [{ name: 'talos-api', port: 50000, protocol: 'TCP', targetPort: 'talos-api' }],
  });
  expect(exposed.find('Service', 'acme').spec.ports).toEqual([PORT]);
});

test.each<[string, ApiExposure]>([
  ['clusterIp', ApiExposure.clusterIp({ annotations: { 'example.com/note': 'x' } })],
  ['nodePort', ApiExposure.nodePort({ annotations: { 'example.com/note': 'x' } })],
  ['loadBalancer', ApiExposure.loadBalancer({ annotations: { 'example.com/note': 'x' } })],
])('%s can have annotations', (_, exposure) => {
  expect(synth(exposure).find('Service', 'acme').metadata.annotations).toEqual({ 'example.com/note': 'x' });
});

test('an Ingress passes TLS through to a ClusterIP', () => {
  const cluster = synth(ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }));
  expect(cluster.find('Service', 'acme').spec).toEqual({ type: 'ClusterIP', selector: SELECTOR, ports: [PORT] });
  expect(cluster.find('Ingress', 'acme')).toMatchObject({
    apiVersion: 'networking.k8s.io/v1',
    metadata: { annotations: { 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true', 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' } },
    spec: {
      ingressClassName: 'nginx',
      rules: [{
        host: 'acme.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'acme', port: { number: 6443 } } } }] },
      }],
    },
  });
  expect(cluster.construct.services.map(({ kind }) => kind)).toEqual(['Service', 'Service', 'Ingress']);
});

test.each<[string, { [key: string]: string }, unknown]>([
  ['others', { 'haproxy.org/ssl-passthrough': 'true' }, { 'haproxy.org/ssl-passthrough': 'true' }],
  ['none', {}, undefined],
])('an Ingress can have annotations of %s', (_, annotations, expected) => {
  expect(synth(ApiExposure.ingress({ host: 'acme.example.com', annotations })).find('Ingress', 'acme').metadata.annotations).toEqual(expected);
});

test('a Gateway passes TLS through to a ClusterIP', () => {
  const cluster = synth(ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', gatewayNamespace: 'infra', sectionName: 'tls' }));
  expect(cluster.find('Service', 'acme').spec.type).toBe('ClusterIP');
  expect(cluster.find('TLSRoute', 'acme').spec).toEqual({
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge', namespace: 'infra', sectionName: 'tls' }],
    hostnames: ['acme.example.com'],
    rules: [{ backendRefs: [{ group: '', kind: 'Service', name: 'acme', port: 6443, weight: 1 }] }],
  });
});

test.each<[TlsRouteVersion | undefined, string]>([
  [undefined, 'gateway.networking.k8s.io/v1'],
  [TlsRouteVersion.V1ALPHA3, 'gateway.networking.k8s.io/v1alpha3'],
  [TlsRouteVersion.V1ALPHA2, 'gateway.networking.k8s.io/v1alpha2'],
])('a TLSRoute of version %s', (routeVersion, apiVersion) => {
  expect(synth(ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', routeVersion })).find('TLSRoute', 'acme').apiVersion).toBe(apiVersion);
});

test.each<[string, () => ApiExposure, string]>([
  ['an address with a port', () => ApiExposure.loadBalancer({ host: '203.0.113.10:6443' }),
    '\'host\' (203.0.113.10:6443) is not a host: give an IP address or a DNS name, without a scheme or port'],
  ['an address with a scheme', () => ApiExposure.loadBalancer({ host: 'https://a.example.com' }), '\'host\' (https://a.example.com) is not a host'],
  ['an address in brackets', () => ApiExposure.loadBalancer({ host: '[2001:db8::1]' }), '\'host\' ([2001:db8::1]) is not a host'],
  ['half an address', () => ApiExposure.loadBalancer({ host: '203.0.113' }), '\'host\' (203.0.113) is not a host'],
  ['a source range that is none', () => ApiExposure.loadBalancer({ sourceRanges: ['198.51.100.1'] }),
    '\'sourceRanges\' (198.51.100.1) is not a network: write an IP address and a prefix length'],
  ['a source range with more bits', () => ApiExposure.loadBalancer({ sourceRanges: ['198.51.100.1/24'] }),
    '\'sourceRanges\' (198.51.100.1/24) is not written as a network: write 198.51.100.0/24'],
  ['a node port without its number', () => ApiExposure.nodePort({ host: 'nodes.example.com' }),
    '\'port\' is missing beside \'host\' (nodes.example.com), so clients would get a wrong port: '
    + 'give one that the hosting cluster allows, usually 30000 to 32767, or leave the host out'],
  ['a node port with a port in the host', () => ApiExposure.nodePort({ host: 'nodes.example.com:30443', port: 30443 }),
    '\'host\' (nodes.example.com:30443) is not a host'],
  ['a port that is none', () => ApiExposure.nodePort({ port: 70000 }), '\'port\' (70000) is not a port: give a number from 1 to 65535'],
  ['an Ingress by address', () => ApiExposure.ingress({ host: 'Acme' }), '\'host\' (Acme) is not a DNS name'],
  ['an Ingress of the default class without annotations', () => ApiExposure.ingress({ host: 'acme.example.com' }),
    '\'annotations\' are missing for the hosting cluster\'s default class, which isn\'t known here: give those with which its controller passes TLS through'],
  ['an Ingress of another class without annotations', () => ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'traefik' }),
    '\'annotations\' are missing for the class traefik'],
  ['an Ingress of a class that is none', () => ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'Nginx' }),
    '\'ingressClassName\' (Nginx) is not a DNS name'],
  ['a load balancer of a class that is none', () => ApiExposure.loadBalancer({ loadBalancerClass: 'example.com/' }),
    '\'loadBalancerClass\' (example.com/) is not a qualified name: use a name of up to 63 letters'],
  ['a Gateway without a name', () => ApiExposure.gateway({ host: 'acme.example.com', gatewayName: '' }), '\'gatewayName\' () is not a DNS name'],
  ['an annotation that is none', () => ApiExposure.clusterIp({ annotations: { 'a b': 'c' } }), '\'annotations\' has the key \'a b\''],
])('%s is refused', (_, expose, message) => {
  expect(expose).toThrow(message);
});

test.each([[443, true], [29999, true], [30000, false], [32767, false], [32768, true], [undefined, false]])('node port %p is warned of: %p', (port, isWarned) => {
  const { construct } = synth(ApiExposure.nodePort({ port }));
  const warnings = construct.node.findAll().flatMap(({ node }) => node.metadata).map(({ data }) => String(data)).filter((text) => text.includes('node-port-range'));
  expect(warnings).toEqual(isWarned ? [`'port' (${port}) of ApiExposure.nodePort() is outside of 30000 to 32767, the node ports of most clusters, which refuse others: `
    + 'choose one of these, unless the hosting cluster\'s API server has another --service-node-port-range [talos:node-port-range]'] : []);
});

test('a ClusterIP has no source ranges, by its type', () => {
  // @ts-expect-error the compiler refuses it; without one it has no effect
  const exposure = ApiExposure.clusterIp({ sourceRanges: ['198.51.100.0/24'] });
  expect(synth(exposure).find('Service', 'acme').spec).toEqual({ type: 'ClusterIP', selector: SELECTOR, ports: [PORT] });
});

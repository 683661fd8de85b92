import { ApiExposure, BootstrapMode, TalosControlPlaneProps, TalosVersion } from '../../src';
import { HEADLESS, otherSecrets, STABLE, SynthesizedControlPlane } from '../support/control-planes';

type Props = Partial<TalosControlPlaneProps>;

function synth(props: Props = {}): SynthesizedControlPlane {
  return new SynthesizedControlPlane(props);
}

describe('credentials', () => {
  test.each<[string, Props, string, string]>([
    ['inside', {}, 'https://acme.tenant.svc.cluster.local:6443', HEADLESS],
    ['without a Service', { kubernetesApi: ApiExposure.none() }, `https://${HEADLESS}:6443`, HEADLESS],
    ['load balancers', { kubernetesApi: ApiExposure.loadBalancer({ host: '203.0.113.10' }), talosApi: ApiExposure.loadBalancer({ host: '203.0.113.11' }) },
      'https://203.0.113.10:6443', '203.0.113.11'],
    ['a load balancer of IPv6', { kubernetesApi: ApiExposure.loadBalancer({ host: '2001:db8::1' }), talosApi: ApiExposure.loadBalancer({ host: '2001:db8::2' }) },
      'https://[2001:db8::1]:6443', '2001:db8::2'],
    ['node ports', {
      kubernetesApi: ApiExposure.nodePort({ host: 'nodes.example.com', port: 30443 }), talosApi: ApiExposure.nodePort({ host: '192.0.2.1', port: 30500 }),
    }, 'https://nodes.example.com:30443', '192.0.2.1:30500'],
    ['an Ingress', { kubernetesApi: ApiExposure.ingress({ host: 'acme.example.com', ingressClassName: 'nginx' }) }, 'https://acme.example.com:443', HEADLESS],
    ['a Gateway on another port', { kubernetesApi: ApiExposure.gateway({ host: 'acme.example.com', gatewayName: 'edge', port: 8443 }) },
      'https://acme.example.com:8443', HEADLESS],
  ])('have the exposed addresses: %s', (_, props, server, endpoint) => {
    const cluster = synth(props);
    expect(cluster.secretValue('acme-kubeconfig', 'value').clusters[0].cluster.server).toBe(server);
    expect(cluster.secretValue('acme-talosconfig', 'talosconfig').contexts.acme.endpoints).toEqual([endpoint]);
    // Jobs stay inside
    expect(cluster.secretValue('acme-bootstrap', 'talosconfig').contexts.acme.endpoints).toEqual([HEADLESS]);
  });

  test('can be left out, other than those of the Job', () => {
    expect(synth({ credentialSecrets: false }).names('Secret')).toEqual(['acme-control-plane-config', 'acme-bootstrap']);
    expect(synth({ credentialSecrets: false, bootstrap: BootstrapMode.MANUAL }).names('Secret')).toEqual(['acme-control-plane-config']);
  });
});

describe('bootstrap', () => {
  test('is a Job with the least that it needs', () => {
    const job = synth().job('acme-bootstrap');
    const { spec, metadata } = job.spec.template;
    expect(spec).toMatchObject({
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect([...spec.initContainers, ...spec.containers]).toHaveLength(2);
    for (const container of [...spec.initContainers, ...spec.containers]) {
      expect(container).toMatchObject({
        resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(container.securityContext).not.toHaveProperty('privileged');
    }
    expect(spec.volumes.flatMap(({ secret }: any) => secret ?? [])).toEqual([{ secretName: 'acme-bootstrap' }]);
    expect(spec.volumes.some((volume: any) => 'hostPath' in volume)).toBe(false);
    // or the Services and the budget would select it
    expect(metadata.labels['app.kubernetes.io/name']).toBe('talosctl');
  });

  test('asks the first member until etcd answers, and takes it well that it is there', () => {
    const script = synth(STABLE).script('acme-bootstrap');
    expect(script).toContain(`node=acme-control-plane-0.${HEADLESS}\n`);
    expect(script).toContain('*AlreadyExists*) echo "already bootstrapped"; break');
    expect(script).toContain('etcd status');
  });

  test('has another name when it does something else', () => {
    const name = (props: Props) => synth(props).job('acme-bootstrap').metadata.name;
    expect(name({})).toMatch(/^acme-bootstrap-[0-9a-f]{8}$/);
    expect(name({})).toBe(name({ additionalSans: ['a.example.com'] }));
    expect(name({})).not.toBe(name({ secrets: otherSecrets }));
    expect(name({})).not.toBe(name({ toolImages: { talosctl: 'registry.example.com/talosctl:v1.13.9' } }));
  });

  test.each<[BootstrapMode, string, number]>([
    [BootstrapMode.JOB, 'controlplane', 1],
    [BootstrapMode.INIT, 'init', 0],
    [BootstrapMode.MANUAL, 'controlplane', 0],
  ])('%s makes a machine of type %s', (bootstrap, type, jobs) => {
    const cluster = synth({ bootstrap });
    expect(cluster.legacy.machine.type).toBe(type);
    expect(cluster.names('Job')).toHaveLength(jobs);
  });

  test('takes its images from where they are', () => {
    const cluster = synth({
      ...STABLE, imagePullSecrets: ['registry'], toolImages: { talosctl: 'registry.example.com/talosctl:a', busybox: 'registry.example.com/busybox:b' },
    });
    const { initContainers, containers, imagePullSecrets } = cluster.job('acme-bootstrap').spec.template.spec;
    expect([...initContainers, ...containers].map(({ image }: any) => image)).toEqual(['registry.example.com/busybox:b', 'registry.example.com/talosctl:a']);
    expect(imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(cluster.pod.spec.initContainers[0].image).toBe('registry.example.com/busybox:b');
    expect(synth({ talosVersion: TalosVersion.V1_14 }).job('acme-bootstrap').spec.template.spec.containers[0].image).toBe('ghcr.io/siderolabs/talosctl:v1.14.2');
  });
});

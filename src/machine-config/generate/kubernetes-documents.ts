import { AUDIT_POLICY, base64, document, EXCLUDED_FROM_LOAD_BALANCERS, hostnameDocument, ignoredInterfaces, inlineManifests, Input, kubeSpanDocuments, POD_SECURITY, registryDocuments, unlessEmpty } from './common-parts';
import { MachineType } from '../../talos/machine-type';
import { FLANNEL } from '../../talos/ports';
import { kubernetesImages } from '../../talos/talos-images';

const CONTROL_PLANE_ROLE = 'node-role.kubernetes.io/control-plane';

/** The machine config from 1.14 on: a document for each subject, in Talos's order. */
export function kubernetesDocuments(input: Input): object[] {
  return [
    machineDocument(input),
    ...discoveryDocuments(input),
    ...systemDocuments(input),
    ...registryDocuments(input.options),
    hostnameDocument(),
    ...kubeSpanDocuments(input.options),
    ...nodeDocuments(input),
    ...(input.machineType === MachineType.CONTROL_PLANE ? controlPlaneDocuments(input) : []),
  ];
}

/** The parts of the machine config that have no document of their own yet. */
function machineDocument({ machineType, secrets, options }: Input): object {
  const isControlPlane = machineType === MachineType.CONTROL_PLANE;
  const { os, etcd } = secrets.certs;
  const interfaces = ignoredInterfaces(options);
  return {
    version: 'v1alpha1',
    debug: options.debug,
    persist: true,
    machine: {
      type: machineType,
      token: secrets.trustdinfo.token,
      ca: { crt: base64(os.crt), key: isControlPlane ? base64(os.key) : '' },
      certSANs: options.additionalSans,
      network: interfaces && { interfaces },
      features: { diskQuotaSupport: true },
    },
    cluster: {
      token: secrets.secrets.bootstraptoken,
      etcd: isControlPlane ? { ca: { crt: base64(etcd.crt), key: base64(etcd.key) } } : undefined,
    },
  };
}

function discoveryDocuments({ secrets, options }: Input): object[] {
  const service = document('DiscoveryServiceConfig', { name: 'default', endpoint: 'https://discovery.talos.dev/' });
  return [
    ...(options.discovery ? [service] : []),
    document('DiscoveryIdentityConfig', { clusterID: secrets.cluster.id, clusterSecret: secrets.cluster.secret }),
  ];
}

function systemDocuments({ options }: Input): object[] {
  const { installDisk, installImage, sysctls = {} } = options;
  const install = document('UnattendedInstallConfig', {
    installer: { image: installImage },
    provisioning: { diskSelector: { match: `disk.dev_path == "${installDisk}"` }, wipe: false },
  });
  return [
    ...(installDisk === undefined ? [] : [install]),
    document('ResolverConfig', { hostDNS: { enabled: true, forwardKubeDNSToHost: true } }),
    ...(Object.keys(sysctls).length === 0 ? [] : [document('SysctlConfig', { params: sysctls })]),
    document('VolumeConfig', { name: 'EPHEMERAL', mount: { secure: true } }),
    document('FilesystemTrimConfig', { interval: '168h' }),
    document('SecurityProfileConfig', { workloadIsolation: true }),
  ];
}

/** The documents about Kubernetes that every node needs. */
function nodeDocuments({ machineType, secrets, options }: Input): object[] {
  const isControlPlane = machineType === MachineType.CONTROL_PLANE;
  const { k8s } = secrets.certs;
  return [
    document('KubeClusterConfig', { clusterName: options.clusterName, endpoint: options.endpoint }),
    document('KubeNodeConfig', {
      nodeIP: {},
      labels: isControlPlane ? { [CONTROL_PLANE_ROLE]: '', [EXCLUDED_FROM_LOAD_BALANCERS]: '' } : undefined,
      taints: isControlPlane && !options.allowSchedulingOnControlPlanes ? { [CONTROL_PLANE_ROLE]: 'NoSchedule' } : undefined,
    }),
    document('KubeletConfig', { image: kubernetesImages(options.kubernetesVersion).kubelet, config: {}, defaultRuntimeSeccompProfileEnabled: true }),
    document('KubeNetworkConfig', { dnsDomain: options.dnsDomain, podSubnets: options.podSubnets, serviceSubnets: options.serviceSubnets }),
    document('KubeAPIServerCAConfig', isControlPlane ? { issuingCA: { cert: k8s.crt, key: k8s.key } } : { acceptedCAs: [k8s.crt] }),
    ...(options.kubePrismPort === 0 ? [] : [document('KubePrismConfig', { port: options.kubePrismPort })]),
  ];
}

function controlPlaneDocuments(input: Input): object[] {
  const { secrets, options } = input;
  const { k8saggregator, k8sserviceaccount } = secrets.certs;
  const images = kubernetesImages(options.kubernetesVersion);
  return [
    document('KubeAggregatorCAConfig', { issuingCA: { cert: k8saggregator.crt, key: k8saggregator.key } }),
    document('KubeAdmissionControlConfig', { name: 'PodSecurity', configuration: POD_SECURITY }),
    document('KubeAuditPolicyConfig', { configuration: AUDIT_POLICY }),
    document('KubeAuthenticationConfig', { configuration: ANONYMOUS_HEALTH_CHECKS }),
    document('KubeAuthorizerConfig', { name: 'node', type: 'Node' }),
    document('KubeAuthorizerConfig', { name: 'rbac', type: 'RBAC' }),
    document('KubeEtcdEncryptionConfig', { config: etcdEncryption(input) }),
    document('KubeServiceAccountConfig', { issuer: { privateKey: k8sserviceaccount.key, issuerURL: options.endpoint } }),
    document('KubeAPIServerConfig', { image: images.kubeApiServer, apiPort: options.localApiServerPort, certExtraSANs: unlessEmpty(options.additionalSans) }),
    document('KubeControllerManagerConfig', { image: images.kubeControllerManager }),
    document('KubeSchedulerConfig', { image: images.kubeScheduler, config: {} }),
    document('KubeProxyConfig', { image: images.kubeProxy, config: {} }),
    ...networkPluginDocuments(input),
  ];
}

/** Who needs no authentication: whoever asks for the health. */
export const ANONYMOUS_HEALTH_CHECKS = {
  anonymous: { enabled: true, conditions: [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }] },
  jwt: [],
};

/** The encryption of Secrets in etcd. The keys have the names of older releases, so that what those wrote stays readable. */
function etcdEncryption({ secrets }: Input): object {
  const { secretboxencryptionsecret, aescbcencryptionsecret } = secrets.secrets;
  const provider = secretboxencryptionsecret !== undefined
    ? { secretbox: { keys: [{ name: 'key2', secret: secretboxencryptionsecret }] } }
    // Talos's own generator takes the wrong cipher here, which can't read what is in etcd
    : { aescbc: { keys: [{ name: 'key1', secret: aescbcencryptionsecret }] } };
  return { resources: [{ providers: [provider], resources: ['secrets'] }] };
}

function networkPluginDocuments({ options }: Input): object[] {
  const { cniName = 'flannel', cniUrls = [] } = options;
  return [
    ...(cniName === 'flannel' ? [document('KubeFlannelCNIConfig', { backendType: 'vxlan', backendPort: FLANNEL.port })] : []),
    document('KubeCoreDNSConfig', { enabled: true }),
    ...cniUrls.map((url, index) => document('KubeExternalManifestConfig', { name: index === 0 ? 'custom-cni' : `custom-cni-${index + 1}`, url })),
    ...inlineManifests(options).map(({ name, text }) => document('KubeInlineManifestConfig', { name, manifest: text })),
  ];
}

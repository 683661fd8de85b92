import { AUDIT_POLICY, base64, EXCLUDED_FROM_LOAD_BALANCERS, hostnameDocument, ignoredInterfaces, inlineManifests, Input, kubeSpanDocuments, POD_SECURITY, registryDocuments, unlessEmpty } from './common-parts';
import { Contract } from './options/contract';
import { FilledOptions } from './options/options';
import { splitUrl } from '../../network/url';
import { MachineType } from '../../talos/machine-type';
import { kubernetesImages } from '../../talos/talos-images';

/** The machine config up to 1.13: one document with almost everything, and from 1.12 on a few more. */
export function legacyDocuments(input: Input): object[] {
  const { options, contract } = input;
  return [
    { version: 'v1alpha1', debug: options.debug, persist: true, machine: machine(input), cluster: cluster(input) },
    ...(contract.registriesOfMachine ? [] : registryDocuments(options)),
    ...(contract.stableHostnameFeature ? [] : [hostnameDocument()]),
    ...(contract.networkOfMachine ? [] : kubeSpanDocuments(options)),
  ];
}

function machine({ machineType, secrets, options, contract }: Input): object {
  const isControlPlane = machineType === MachineType.CONTROL_PLANE;
  const { os } = secrets.certs;
  return {
    type: machineType,
    token: secrets.trustdinfo.token,
    ca: certificateAuthority(os.crt, isControlPlane ? os.key : ''),
    certSANs: options.additionalSans,
    kubelet: {
      image: kubernetesImages(options.kubernetesVersion).kubelet,
      defaultRuntimeSeccompProfileEnabled: true,
      disableManifestsDirectory: true,
    },
    network: machineNetwork(options, contract),
    install: {
      disk: options.installDisk,
      image: options.installImage,
      extraKernelArgs: unlessEmpty(options.installExtraKernelArgs),
      wipe: false,
      grubUseUKICmdline: contract.grubUsesUKICmdline || undefined,
    },
    sysctls: unlessEmpty(options.sysctls),
    registries: contract.registriesOfMachine ? registries(options) : undefined,
    features: {
      rbac: contract.rbacAndKeyUsage || undefined,
      stableHostname: contract.stableHostnameFeature || undefined,
      apidCheckExtKeyUsage: contract.rbacAndKeyUsage || undefined,
      diskQuotaSupport: true,
      kubePrism: options.kubePrismPort === 0 ? undefined : { enabled: true, port: options.kubePrismPort },
      hostDNS: {
        enabled: true,
        forwardKubeDNSToHost: contract.hostDNSForwardsKubeDNS || options.hostDnsForwardKubeDnsToHost || undefined,
      },
    },
    nodeLabels: isControlPlane && contract.controlPlanesExcludedFromLoadBalancers ? { [EXCLUDED_FROM_LOAD_BALANCERS]: '' } : undefined,
  };
}

function machineNetwork(options: FilledOptions, contract: Contract): object | undefined {
  const interfaces = ignoredInterfaces(options);
  if (!contract.networkOfMachine) {
    return interfaces && { interfaces };
  }
  return { interfaces, kubespan: options.kubeSpan === undefined ? undefined : { enabled: options.kubeSpan } };
}

function registries({ registryMirrors = {}, registryCaCerts = {}, registryInsecure = [] }: FilledOptions): object | undefined {
  const insecure = new Set(registryInsecure);
  const certificates = new Map(Object.entries(registryCaCerts).map(([host, certificate]) => [host, base64(certificate)]));
  const mirrors = Object.entries(registryMirrors).map(([host, endpoints]) => [host, { endpoints }]);
  const config = [...certificates.keys(), ...insecure].map((host) => [host, {
    tls: { ca: certificates.get(host), insecureSkipVerify: insecure.has(host) || undefined },
  }]);
  const written = { mirrors: unlessEmpty(Object.fromEntries(mirrors)), config: unlessEmpty(Object.fromEntries(config)) };
  return written.mirrors || written.config ? written : undefined;
}

function cluster(input: Input): object {
  const { machineType, secrets, options, contract } = input;
  const isControlPlane = machineType === MachineType.CONTROL_PLANE;
  const { k8s } = secrets.certs;
  return {
    id: secrets.cluster.id,
    secret: secrets.cluster.secret,
    controlPlane: {
      endpoint: options.endpoint,
      localAPIServerPort: isControlPlane ? options.localApiServerPort : undefined,
    },
    clusterName: isControlPlane || contract.clusterNameOnWorkers ? options.clusterName : undefined,
    network: {
      cni: options.cniName && { name: options.cniName, urls: unlessEmpty(options.cniUrls) },
      dnsDomain: options.dnsDomain,
      podSubnets: options.podSubnets,
      serviceSubnets: options.serviceSubnets,
    },
    token: secrets.secrets.bootstraptoken,
    ca: certificateAuthority(k8s.crt, isControlPlane ? k8s.key : ''),
    discovery: { enabled: options.discovery, registries: { kubernetes: { disabled: true }, service: {} } },
    ...(isControlPlane ? controlPlane(input) : {}),
  };
}

function controlPlane({ secrets, options, contract }: Input): object {
  const { etcd, k8saggregator, k8sserviceaccount } = secrets.certs;
  const { secretboxencryptionsecret, aescbcencryptionsecret } = secrets.secrets;
  const images = kubernetesImages(options.kubernetesVersion);
  const endpointSANs = contract.endpointAmongSANs ? [splitUrl(options.endpoint)!.host] : [];
  return {
    secretboxEncryptionSecret: secretboxencryptionsecret,
    // clusters that Talos 1.2 or older made have it, and Talos's own generator forgets it
    aescbcEncryptionSecret: aescbcencryptionsecret,
    aggregatorCA: certificateAuthority(k8saggregator.crt, k8saggregator.key),
    serviceAccount: { key: base64(k8sserviceaccount.key) },
    apiServer: {
      image: images.kubeApiServer,
      certSANs: unlessEmpty([...endpointSANs, ...options.additionalSans]),
      disablePodSecurityPolicy: contract.podSecurityPolicyDisabled || undefined,
      admissionControl: [{ name: 'PodSecurity', configuration: POD_SECURITY }],
      auditPolicy: AUDIT_POLICY,
    },
    controllerManager: { image: images.kubeControllerManager },
    proxy: { image: images.kubeProxy },
    scheduler: { image: images.kubeScheduler },
    etcd: { ca: certificateAuthority(etcd.crt, etcd.key) },
    inlineManifests: unlessEmpty(inlineManifests(options).map(({ name, text }) => ({ name, contents: text }))),
    allowSchedulingOnControlPlanes: options.allowSchedulingOnControlPlanes || undefined,
  };
}

function certificateAuthority(crt: string, key: string): object {
  return { crt: base64(crt), key: base64(key) };
}

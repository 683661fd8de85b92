// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".
import * as meta from './meta';

/** Is at `kubeServiceAccountConfig.accepted`. */
export interface AcceptedServiceAccountConfig {
  /** Public keys. A patch appends to the list. */
  readonly publicKeys?: string[];

  /** Issuers. A URL. A patch appends to the list. */
  readonly issuers?: string[];

  /** Audiences. A patch appends to the list. */
  readonly audiences?: string[];
}

/** Is at `kubeServiceAccountConfig.issuer`. */
export interface IssuerServiceAccountConfig {
  /** Private key. It can hold secrets. */
  readonly privateKey?: string;

  /** Issuer URL. A URL. */
  readonly issuerURL?: string;
}

/**
 * The certificate authority of the Kubernetes API. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeapiservercaconfig/
 */
export interface KubeAPIServerCAConfig {
  /** Issuing CA. */
  readonly issuingCA?: meta.CertificateAndKey;

  /** Accepted CAs. A patch appends to the list. */
  readonly acceptedCAs?: string[];
}

/**
 * The Kubernetes API server. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeapiserverconfig/
 */
export interface KubeAPIServerConfig {
  /** The image of the API server, which decides its version. */
  readonly image?: string;

  /** Arguments of the API server by their names, without dashes. A text or a list of texts. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** Resources. */
  readonly resources?: ResourcesConfig;

  /**
   * The port of the API server on its machine.
   *
   * @default 6443
   */
  readonly apiPort?: number;

  /** More names and addresses at which the Kubernetes API is reached: they are in its certificate. A patch appends to the list. */
  readonly certExtraSANs?: string[];

  /** Startup probes, on or off. */
  readonly startupProbes?: boolean;
}

/**
 * The configuration of an admission plugin. Its name is that of the plugin. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeadmissioncontrolconfig/
 */
export interface KubeAdmissionControlConfig {
  /** The name of the document. */
  readonly name: string;

  /** Configuration. It can hold secrets. A patch is merged into it at every depth, and appends to its lists. */
  readonly configuration?: { [key: string]: any };
}

/**
 * The certificate authority of the API server's aggregation layer. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeaggregatorcaconfig/
 */
export interface KubeAggregatorCAConfig {
  /** Issuing CA. */
  readonly issuingCA?: meta.CertificateAndKey;

  /** Accepted CAs. A patch appends to the list. */
  readonly acceptedCAs?: string[];
}

/**
 * What the Kubernetes API server logs. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeauditpolicyconfig/
 */
export interface KubeAuditPolicyConfig {
  /** The audit Policy, as Kubernetes has it. A patch replaces the whole object. */
  readonly configuration?: { [key: string]: any };
}

/**
 * Who may sign in to the Kubernetes API, for example by OpenID Connect. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeauthenticationconfig/
 */
export interface KubeAuthenticationConfig {
  /** The AuthenticationConfiguration, as Kubernetes has it. It can hold secrets. A patch replaces the whole object. */
  readonly configuration?: { [key: string]: any };
}

/**
 * An authorizer of the Kubernetes API. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeauthorizerconfig/
 */
export interface KubeAuthorizerConfig {
  /** The name of the document. */
  readonly name: string;

  /** Type. */
  readonly type?: string;

  /** Webhook. A patch is merged into it at every depth, and appends to its lists. */
  readonly webhook?: { [key: string]: any };
}

/**
 * The name and the endpoint of the Kubernetes cluster. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeclusterconfig/
 */
export interface KubeClusterConfig {
  /** Cluster name. */
  readonly clusterName?: string;

  /** The URL of the Kubernetes API for machines and users. A URL. */
  readonly endpoint?: string;
}

/**
 * The Kubernetes controller manager. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubecontrollermanagerconfig/
 */
export interface KubeControllerManagerConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Image. */
  readonly image?: string;

  /** Extra args. A text or a list of texts. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** Resources. */
  readonly resources?: ResourcesConfig;
}

/**
 * The DNS server of the cluster. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubecorednsconfig/
 */
export interface KubeCoreDNSConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Image. */
  readonly image?: string;
}

/**
 * Where the kubelet gets credentials of image registries. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubecredentialproviderconfig/
 */
export interface KubeCredentialProviderConfig {
  /** Configuration. It can hold secrets. A patch replaces the whole object. */
  readonly configuration?: { [key: string]: any };
}

/**
 * How Secrets are encrypted in etcd. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeetcdencryptionconfig/
 */
export interface KubeEtcdEncryptionConfig {
  /** Config. It can hold secrets. A patch is merged into it at every depth, and appends to its lists. */
  readonly config?: { [key: string]: any };
}

/**
 * A manifest that Talos downloads and applies to the cluster. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeexternalmanifestconfig/
 */
export interface KubeExternalManifestConfig {
  /** The name of the document. */
  readonly name: string;

  /** Headers. It can hold secrets. */
  readonly headers?: { [key: string]: string };

  /** URL. A URL. */
  readonly url?: string;
}

/**
 * Flannel, which makes the network of pods. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeflannelcniconfig/
 */
export interface KubeFlannelCNIConfig {
  /** Backend type. */
  readonly backendType?: string;

  /** Backend port. */
  readonly backendPort?: number;

  /** Backend MTU. */
  readonly backendMTU?: number;

  /** Backend extra config. A patch is merged into it at every depth, and appends to its lists. */
  readonly backendExtraConfig?: { [key: string]: any };

  /** Resources. */
  readonly resources?: ResourcesConfig;

  /** Extra args. A patch appends to the list. */
  readonly extraArgs?: string[];

  /** Kube network policies enabled, on or off. */
  readonly kubeNetworkPoliciesEnabled?: boolean;
}

/**
 * A manifest that Talos applies to the cluster. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeinlinemanifestconfig/
 */
export interface KubeInlineManifestConfig {
  /** The name of the document. */
  readonly name: string;

  /** The manifest, as YAML. It can hold secrets. */
  readonly manifest?: string;
}

/**
 * The networks of pods and Services. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubenetworkconfig/
 */
export interface KubeNetworkConfig {
  /** DNS domain. */
  readonly dnsDomain?: string;

  /** The networks of pods: one, or one for each address family. A network such as 10.0.0.0/8. A patch replaces the list. */
  readonly podSubnets?: string[];

  /** The networks of Services: one, or one for each address family. A network such as 10.0.0.0/8. A patch replaces the list. */
  readonly serviceSubnets?: string[];

  /** Node CIDR mask size IPv4. */
  readonly nodeCIDRMaskSizeIPv4?: number;

  /** Node CIDR mask size IPv6. */
  readonly nodeCIDRMaskSizeIPv6?: number;
}

/**
 * The machine as a node of Kubernetes. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubenodeconfig/
 */
export interface KubeNodeConfig {
  /** Skip node registration, on or off. */
  readonly skipNodeRegistration?: boolean;

  /** Register with FQDN, on or off. */
  readonly registerWithFQDN?: boolean;

  /** Node IP. */
  readonly nodeIP?: NodeIPConfig;

  /** Labels of the node in Kubernetes. */
  readonly labels?: { [key: string]: string };

  /** Annotations of the node in Kubernetes. */
  readonly annotations?: { [key: string]: string };

  /** Taints of the node in Kubernetes: `value:Effect` by their keys. */
  readonly taints?: { [key: string]: string };
}

/**
 * KubePrism, a load balancer on each machine for the Kubernetes API. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeprismconfig/
 */
export interface KubePrismConfig {
  /** The port at 127.0.0.1. */
  readonly port?: number;

  /** TLS server name. */
  readonly tlsServerName?: string;
}

/**
 * kube-proxy, which makes Services reachable. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeproxyconfig/
 */
export interface KubeProxyConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Image. */
  readonly image?: string;

  /** Mode. */
  readonly mode?: string;

  /** Config. A patch is merged into it at every depth, and appends to its lists. */
  readonly config?: { [key: string]: any };

  /** Extra args. A text or a list of texts. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Resources. */
  readonly resources?: ResourcesConfig;
}

/**
 * The Kubernetes scheduler. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeschedulerconfig/
 */
export interface KubeSchedulerConfig {
  /** Enabled, on or off. */
  readonly enabled?: boolean;

  /** Image. */
  readonly image?: string;

  /** Config. A patch is merged into it at every depth, and appends to its lists. */
  readonly config?: { [key: string]: any };

  /** Extra args. A text or a list of texts. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Env. It can hold secrets. */
  readonly env?: { [key: string]: string };

  /** Resources. */
  readonly resources?: ResourcesConfig;
}

/**
 * The keys and issuers of service account tokens. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeserviceaccountconfig/
 */
export interface KubeServiceAccountConfig {
  /** Issuer. */
  readonly issuer?: IssuerServiceAccountConfig;

  /** Accepted. */
  readonly accepted?: AcceptedServiceAccountConfig;
}

/**
 * A pod that the kubelet runs without the Kubernetes API. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubestaticpodconfig/
 */
export interface KubeStaticPodConfig {
  /** The name of the document. */
  readonly name: string;

  /** Pod. It can hold secrets. A patch replaces the whole object. */
  readonly pod?: { [key: string]: any };
}

/**
 * Which pods may call the Talos API. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubetalosapiaccessconfig/
 */
export interface KubeTalosAPIAccessConfig {
  /** Allowed roles. A patch appends to the list. */
  readonly allowedRoles?: string[];

  /** Allowed kubernetes namespaces. A patch appends to the list. */
  readonly allowedKubernetesNamespaces?: string[];
}

/**
 * The kubelet. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/k8s/kubeletconfig/
 */
export interface KubeletConfig {
  /** The image of the kubelet, which decides its version. */
  readonly image?: string;

  /** Fields of the KubeletConfiguration, as Kubernetes has them. A patch is merged into it at every depth, and appends to its lists. */
  readonly config?: { [key: string]: any };

  /** Arguments of the kubelet by their names, without dashes. A text or a list of texts. */
  readonly extraArgs?: { [key: string]: string | string[] };

  /** Cluster DNS. A patch appends to the list. */
  readonly clusterDNS?: string[];

  /** Default runtime seccomp profile enabled, on or off. */
  readonly defaultRuntimeSeccompProfileEnabled?: boolean;
}

/** Is at `kubeNodeConfig.nodeIP`. */
export interface NodeIPConfig {
  /** Valid subnets. A patch appends to the list. */
  readonly validSubnets?: string[];
}

/** Is at `kubeAPIServerConfig.resources` and 4 other places. */
export interface ResourcesConfig {
  /** Requests. A patch is merged into it at every depth, and appends to its lists. */
  readonly requests?: { [key: string]: any };

  /** Limits. A patch is merged into it at every depth, and appends to its lists. */
  readonly limits?: { [key: string]: any };
}

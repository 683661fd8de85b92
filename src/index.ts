// whole clusters and pools of workers
export { ExternalMachineConfigSecret, type ExternalMachineConfigSecretProps } from './cluster/external-machine-config-secret';
export type { ReadinessJobOptions } from './cluster/readiness-job';
export type { ClusterOptions, EphemeralClusterProps, TalosClusterProps } from './cluster/talos-cluster-props';
export { TalosCluster } from './cluster/talos-cluster';
export type { TalosWorkersProps, WorkerPoolOptions } from './cluster/talos-workers-props';
export { TalosWorkers } from './cluster/talos-workers';

// snapshots of etcd
export type { EtcdSnapshotsProps } from './snapshots/etcd-snapshots-props';
export { EtcdSnapshots } from './snapshots/etcd-snapshots';

// monitoring of control planes
export type { TalosMonitoringProps } from './monitoring/talos-monitoring-props';
export { TalosMonitoring } from './monitoring/talos-monitoring';

// a control plane
export { BootstrapMode } from './control-plane/bootstrap-mode';
export type { ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions } from './control-plane/credential-options';
export { KubernetesUpgrade } from './control-plane/kubernetes-upgrade';
export { MemberAddresses, MemberSpread } from './control-plane/members';
export type { ControlPlaneOptions, TalosControlPlaneProps } from './control-plane/talos-control-plane-props';
export { TalosControlPlane } from './control-plane/talos-control-plane';

// who reaches its APIs, and how
export { ApiExposure } from './access/api-exposure';
export type { ClusterIpOptions } from './access/exposures/cluster-ip';
export { ExternalTrafficPolicy } from './access/exposures/external-traffic-policy';
export { type GatewayOptions, TlsRouteVersion } from './access/exposures/gateway';
export type { IngressOptions } from './access/exposures/ingress';
export type { LoadBalancerOptions } from './access/exposures/load-balancer';
export type { NodePortOptions } from './access/exposures/node-port';
export { NetworkPeer } from './access/network-peer';
export type { ControlPlaneNetworkPolicy, MachineNetworkPolicy } from './access/network-policy';

// Jobs beside machines
export { EtcdRecovery, type RecoveryClaimOptions, type RecoveryS3Options } from './jobs/etcd-recovery';
export { PreflightJob, type PreflightJobProps } from './jobs/preflight-job';
export type { SnapshotS3Options } from './jobs/snapshot-bucket';
export type { SnapshotClaimOptions } from './jobs/snapshot-claim';
export { SnapshotTarget } from './jobs/snapshot-target';
export type { ToolImages } from './jobs/tool-images';

// machines in pods
export { ConfigUpdate } from './node/config-update';
export type { MemberPatches } from './node/member-patches';
export { AccessMode, type ClaimOptions, type EphemeralOptions, MountStorage } from './node/mount-storage';
export { type EphemeralNodeOptions, NodeStorage } from './node/node-storage';
export { Preflight, type PreflightOptions } from './node/preflight';
export { type ITalosMachineConfig, type ImportedMachineConfigOptions, TalosMachineConfig, type TalosMachineConfigProps } from './node/talos-machine-config';
export type { TalosAdmissionPolicyOptions } from './node/talos-admission-policy';
export { type KyvernoExceptionOptions, KyvernoPolicyKind } from './node/kyverno-exception';
export type { OpenShiftConstraintsOptions } from './node/openshift-constraints';
export { TalosNamespace, type TalosNamespaceProps } from './node/talos-namespace';
export type { TalosNodeProps } from './node/talos-node-props';
export { TalosNode } from './node/talos-node';
export type { TalosImage, TalosPodOptions } from './node/talos-pod-options';
export { ClaimRetention, type ClaimRetentionPolicy, type TalosStorageOptions } from './node/talos-storage-options';
export { TalosWorkload } from './node/talos-workload';

// what a cluster is made of
export { type ClusterDescriptionOptions, DescriptionFormat } from './report/description-format';

// what an apply will change
export { PlannedAction, type PlannedObject } from './update/plan/planned-object';
export { UpdateRisk } from './update/rules/update-risk';
export { UpdateCheck, type UpdateCheckProps } from './update/update-check';
export { type PlannedRisk, UpdatePlan } from './update/update-plan';

// machine configs
export type * as talos from './types';
export { Cni } from './machine-config/cni';
export type { GeneratedMachineConfigOptions } from './machine-config/generated-machine-config-options';
export { KubeAuthentication, type OidcOptions } from './machine-config/kube-authentication';
export { MachineConfigPatch } from './machine-config/machine-config-patch';
export { type MachineConfigProblem, type MachineConfigValidateOptions, type MachineConfigValidation, TalosPlatform } from './machine-config/machine-config-validation';
export type { ControlPlaneSettings, MachineSettings } from './machine-config/machine-settings';
export { Registry, type RegistryAuthOptions, type RegistryMirrorOptions, type RegistryTlsOptions } from './machine-config/registry';
export { SecretText } from './machine-config/secret-text';
export { type IMachineConfig, MachineConfig, type MachineConfigOptions, type MachineConfigYamlOptions } from './machine-config/machine-config';
export type { ExternalWorkerOptions } from './machine-config/external-worker-config';
export type { NodeTaint, WorkerMachineOptions } from './machine-config/worker-machine-options';
export { MachineType } from './talos/machine-type';

// the secrets of a cluster, and what is minted from them
export { ArgoCdClusterSecret, type ArgoCdClusterSecretProps } from './secrets/argo-cd-cluster-secret';
export { KubeconfigSecret, type KubeconfigSecretProps } from './secrets/kubeconfig-secret';
export { type BundleSecretOptions, type ExistingSecretsOptions, type ExternalSecretOptions, type GenerateOnceOptions, SecretDelivery, SecretStoreKind } from './secrets/secret-delivery';
export { SealingScope, type SealedSecretsOptions } from './secrets/sealed-secrets';
export { type ClientCertificateOptions, type KubeconfigOptions, TalosSecrets, type TalosSecretsFileOptions, type TalosconfigOptions } from './secrets/talos-secrets';
export { TalosApiCertificate, type TalosApiCertificateProps } from './secrets/talos-api-certificate';
export { TalosApiIssuer, type TalosApiIssuerProps } from './secrets/talos-api-issuer';
export { TalosconfigSecret, type TalosconfigSecretProps } from './secrets/talosconfig-secret';
export { TalosApiRole } from './talos/talos-api-role';

// networks of the hosting and the inner cluster
export { AddressPlan, type AddressPlanOptions } from './network/address-plan';
export type { ClusterSubnets } from './network/cluster-subnets';
export { HostingNetwork, type HostingNetworkOptions } from './network/hosting-network';

// parts of pods
export { type Capabilities, type Container, type ContainerPort, ContainerRestartPolicy, ImagePullPolicy, Protocol, type ResourceRequirements, type SeccompProfile, SeccompProfileType, type SecurityContext, type VolumeMount } from './kubernetes/container';
export type { EnvFromSource, EnvSource, EnvVar, EnvVarSource, KeySelector, ObjectFieldSelector } from './kubernetes/environment-variables';
export { type LabelSelector, SelectorOperator, type SelectorRequirement } from './kubernetes/label-selector';
export type { Lifecycle, LifecycleHandler, SleepAction } from './kubernetes/lifecycle';
export { type ExecAction, type GrpcAction, type HttpGetAction, type HttpHeader, type Probe, type TcpSocketAction, UriScheme } from './kubernetes/probe';
export { type Affinity, type NodeAffinity, type NodeSelector, type NodeSelectorTerm, type PodAffinity, type PodAffinityTerm, type PreferredSchedulingTerm, type SchedulingOptions, TaintEffect, type Toleration, TolerationOperator, type TopologySpreadConstraint, UnsatisfiableAction, type WeightedPodAffinityTerm } from './kubernetes/scheduling';
export type { SecretOptions } from './kubernetes/secret-object';
export { type CsiVolumeSource, EmptyDirMedium, type EmptyDirVolumeSource, HostPathType, type HostPathVolumeSource, type LocalObjectReference, type PersistentVolumeClaimVolumeSource, type Volume } from './kubernetes/volume';
export type { ConfigMapVolumeSource, DownwardApiProjection, DownwardApiVolumeFile, KeyProjection, KeyToPath, ProjectedVolumeSource, SecretVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from './kubernetes/volume-files';

// policies of the hosting cluster
export { ValidationAction } from './kubernetes/admission-policy';
export type { ResourceQuotaOptions } from './kubernetes/resource-quota';

// warnings
export { Warnings } from './kubernetes/warnings';

// releases of Talos
export { HostDnsForm } from './talos/host-dns-form';
export type { TalosImages } from './talos/talos-images';
export { TalosMount } from './talos/talos-mount';
export { TalosRole } from './talos/talos-role';
export { TalosVersion, type TalosVersionOptions } from './talos/talos-version';

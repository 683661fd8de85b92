import { Protocol } from './container';
import { LabelSelector } from './label-selector';
import { PodTemplateSpec } from './pod-template';

/*
 * The specifications of Kubernetes objects, with the fields that the constructs write.
 * See https://kubernetes.io/docs/reference/kubernetes-api/
 */

/** The specification of a StatefulSet. */
export interface StatefulSetSpec {
  readonly serviceName: string;
  readonly replicas?: number;
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly updateStrategy?: { readonly type: 'RollingUpdate'; readonly rollingUpdate: { readonly partition: number } };
  readonly selector: LabelSelector;
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  readonly template: PodTemplateSpec;
  readonly volumeClaimTemplates?: PersistentVolumeClaim[];
}

/** The specification of a Deployment. */
export interface DeploymentSpec {
  readonly replicas?: number;
  readonly selector: LabelSelector;
  readonly strategy:
    | { readonly type: 'Recreate' }
    | { readonly type: 'RollingUpdate'; readonly rollingUpdate: { readonly maxSurge: string; readonly maxUnavailable: string } };
  readonly template: PodTemplateSpec;
}

/** The specification of a Job. */
export interface JobSpec {
  readonly completions?: number;
  readonly parallelism?: number;
  readonly completionMode?: 'Indexed';
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly template: PodTemplateSpec;
}

/** The specification of a CronJob. */
export interface CronJobSpec {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly suspend?: boolean;
  readonly concurrencyPolicy: 'Forbid';
  readonly successfulJobsHistoryLimit: number;
  readonly failedJobsHistoryLimit: number;
  readonly jobTemplate: { readonly metadata: { readonly labels: { readonly [key: string]: string } }; readonly spec: JobSpec };
}

/** What a Role lets somebody do. */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames: string[];
  readonly verbs: string[];
}

/** A claim template of a StatefulSet. */
export interface PersistentVolumeClaim {
  readonly apiVersion: 'v1';
  readonly kind: 'PersistentVolumeClaim';
  readonly metadata: {
    readonly name: string;
    readonly labels: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec: PersistentVolumeClaimSpec;
  readonly status: { readonly phase: 'Pending' };
}

/** The specification of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimSpec {
  readonly accessModes: string[];
  readonly volumeMode?: 'Filesystem';
  readonly storageClassName?: string;
  readonly resources: { readonly requests: { readonly storage: string } };
}

/** The specification of a Service. */
export interface ServiceSpec {
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly clusterIP?: 'None';
  readonly publishNotReadyAddresses?: boolean;
  readonly ipFamilies?: string[];
  readonly selector: { readonly [key: string]: string };
  readonly ports: ServicePort[];
  readonly externalTrafficPolicy?: string;
  readonly loadBalancerClass?: string;
  readonly loadBalancerIP?: string;
  readonly loadBalancerSourceRanges?: string[];
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly protocol: Protocol;
  readonly nodePort?: number;
}

/** The specification of a NetworkPolicy. */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly policyTypes: ('Ingress' | 'Egress')[];
  readonly ingress?: { readonly ports?: NetworkPolicyPort[]; readonly from?: NetworkPolicyPeer[] }[];
  readonly egress?: { readonly ports?: NetworkPolicyPort[]; readonly to?: NetworkPolicyPeer[] }[];
}

/** A port in a rule of a NetworkPolicy. */
export interface NetworkPolicyPort {
  readonly protocol: Protocol;
  readonly port: number;
}

/** A peer in a rule of a NetworkPolicy. */
export interface NetworkPolicyPeer {
  readonly ipBlock?: { readonly cidr: string };
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}

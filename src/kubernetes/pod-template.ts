import { Container } from './container';
import { SchedulingOptions } from './scheduling';
import { Volume } from './volume';
import { DownwardApiProjection, ProjectedVolumeSource, VolumeProjection } from './volume-files';

/*
 * The pod template of a workload, with the fields that the constructs write.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-template-v1/
 */

/** A volume as a manifest spells it. */
export interface PodVolume extends Omit<Volume, 'projected'> {
  readonly projected?: Omit<ProjectedVolumeSource, 'sources'> & {
    readonly sources: (Omit<VolumeProjection, 'downwardApi'> & { readonly downwardAPI?: DownwardApiProjection })[];
  };
}

/** Spells `downwardAPI`, which jsii can't. */
export function podVolume({ projected, ...volume }: Volume): PodVolume {
  if (!projected) {
    return volume;
  }
  const sources = projected.sources.map(({ downwardApi, ...source }) => ({ ...source, downwardAPI: downwardApi && fieldProjection(downwardApi) }));
  return { ...volume, projected: { ...projected, sources } };
}

/** With the default of the API server, or every `kubectl apply` would report a change. */
function fieldProjection({ items }: DownwardApiProjection): DownwardApiProjection {
  return { items: items.map((item) => ({ ...item, fieldRef: { apiVersion: 'v1', ...item.fieldRef } })) };
}

/** Leaves out empty values, as the API server does: otherwise every `kubectl apply` would report a change. */
export function podContainer(container: Container): Container {
  return { ...container, env: container.env?.map(({ value, ...variable }) => value ? { ...variable, value } : variable) };
}

/** The security settings of all containers of a pod. */
export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly seccompProfile?: { readonly type: string };
}

/** The specification of a pod. */
export interface PodSpec extends SchedulingOptions {
  readonly restartPolicy?: 'OnFailure' | 'Never';
  readonly enableServiceLinks: boolean;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: PodSecurityContext;
  readonly imagePullSecrets?: { readonly name: string }[];
  readonly initContainers?: Container[];
  readonly containers: Container[];
  readonly volumes: PodVolume[];
}

/** A pod template. */
export interface PodTemplateSpec {
  readonly metadata: {
    readonly labels: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec: PodSpec;
}

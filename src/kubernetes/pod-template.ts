import { Container } from './container';
import { SchedulingOptions } from './scheduling';
import { Volume } from './volume';
import { DownwardApiProjection, ProjectedVolumeSource, VolumeProjection } from './volume-files';

/*
 * The pod template of a workload, as far as the constructs write it.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-template-v1/
 */

/** A volume; jsii can't spell `downwardAPI`. */
export interface PodVolume extends Omit<Volume, 'projected'> {
  readonly projected?: Omit<ProjectedVolumeSource, 'sources'> & {
    readonly sources: (Omit<VolumeProjection, 'downwardApi'> & { readonly downwardAPI?: DownwardApiProjection })[];
  };
}

/** A volume as a manifest spells it. */
export function podVolume({ projected, ...volume }: Volume): PodVolume {
  if (!projected) {
    return volume;
  }
  const sources = projected.sources.map(({ downwardApi, ...source }) => ({ ...source, downwardAPI: downwardApi }));
  return { ...volume, projected: { ...projected, sources } };
}

/** What the processes of all containers of a pod may do. */
export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly seccompProfile?: { readonly type: string };
}

/** A pod. */
export interface PodSpec extends SchedulingOptions {
  readonly restartPolicy?: 'OnFailure';
  readonly enableServiceLinks: boolean;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: PodSecurityContext;
  readonly imagePullSecrets?: { readonly name: string }[];
  readonly initContainers?: Container[];
  readonly containers: Container[];
  readonly volumes: PodVolume[];
}

/** The template of a workload's pods. */
export interface PodTemplateSpec {
  readonly metadata: {
    readonly labels: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec: PodSpec;
}

import { overlap, requireCidr } from './cidr';
import { isHostAddress } from './host';
import { MachineConfig } from './machine-config';
import { TalosPlatform } from './machine-config-validation';
import { MetalWorkerOptions } from './metal-worker-options';
import { hasPodRuntime, POD_RUNTIME } from './pod-defaults';
import { isServiceName } from './service-names';
import { TalosVersion } from './talos-version';
import { ClusterFacts, workerConfig } from './worker-config';

/** How a control plane is reached from outside of the hosting cluster. */
export interface OutsideFacts {
  /** The URL of the Kubernetes API. */
  readonly endpoint: string;
  /** The names and addresses in the certificate of trustd that are known. */
  readonly certificateNames: string[];
}

/** The Image Factory's name for a Talos without extensions. */
const PLAIN_SCHEMATIC = '376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba';

/** The machine config of a worker outside of the hosting cluster. */
export function metalWorkerConfig(cluster: ClusterFacts, outside: OutsideFacts, options: MetalWorkerOptions): MachineConfig {
  const { talosVersion = cluster.talosVersion, nodeCidrs = [], installExtraKernelArgs = [] } = options;
  nodeCidrs.forEach((cidr) => requireCidr('nodeCidrs', cidr));
  const common = overlap(nodeCidrs, [...cluster.podSubnets, ...cluster.serviceSubnets]);
  if (common) {
    throw new Error(`'nodeCidrs' (${common[0]}) overlaps the inner cluster's network ${common[1]}: give the control plane other 'podSubnets' and 'serviceSubnets'`);
  }
  if (!talosVersion._connectsByName && !outside.certificateNames.some(isHostAddress)) {
    throw new Error(`'talosVersion' (${talosVersion.imageTag}) connects to trustd by address, and the control plane's certificate has none: `
      + 'give the address of the load balancer to \'additionalSans\', or take v1.12.3 or newer for the workers');
  }
  if (talosVersion.isAtLeast('1.12') && installExtraKernelArgs.length > 0) {
    throw new Error(`'installExtraKernelArgs' (${installExtraKernelArgs.join(', ')}) don't reach the kernel of Talos ${talosVersion.imageTag}: `
      + 'make them a part of \'installImage\' in the Image Factory');
  }
  const config = workerConfig(cluster, {
    ...options,
    endpoint: outside.endpoint,
    talosVersion,
    installImage: options.installImage ?? installerImage(talosVersion),
  });
  requireRunsOnMetal('patches', config);
  return config;
}

/**
 * That a machine of its own can run with a machine config.
 *
 * @param property what the config, or what may be wrong in it, is called where it is given
 */
export function requireRunsOnMetal(property: string, config: MachineConfig): void {
  const { errors, findings } = config.validate({ platform: TalosPlatform.METAL });
  const problems = [...errors, ...findings].map(({ document, message }) => `${document}: ${message}`);
  if (problems.length > 0) {
    throw new Error(`'${property}' can't run on a machine of its own:\n- ${problems.join('\n- ')}`);
  }
  if (hasPodRuntime(config)) {
    throw new Error(`'${property}' has the CRICustomizationConfig '${POD_RUNTIME}', which is for pods only: leave it out for a machine of its own`);
  }
  const host = config._endpointHost;
  if (host !== undefined && isServiceName(host, 'cluster.local')) {
    throw new Error(`'${property}' has the endpoint ${host}, a name inside the hosting cluster: give one that machines outside can resolve`);
  }
}

/** The installer of a release; from 1.14 on there is none but the Image Factory's. */
function installerImage(talosVersion: TalosVersion): string {
  const repository = talosVersion.isAtLeast('1.14') ? `factory.talos.dev/metal-installer/${PLAIN_SCHEMATIC}` : 'ghcr.io/siderolabs/installer';
  return `${repository}:${talosVersion.imageTag}`;
}

import { readList, readStructure, readText } from '../input';
import { shortened, TalosError } from '../problem';
import { contractOf } from './generate/options/contract';
import { MachineConfig } from './machine-config';
import { generatedSource } from './machine-config-patch';
import { TalosPlatform } from './machine-config-validation';
import { hasPodRuntime, POD_RUNTIME } from './pod-requirements';
import { ClusterFacts, workerConfig } from './worker-config';
import { WorkerMachineOptions, readWorkerMachineOptions } from './worker-machine-options';
import { isAddress } from '../network/addresses';
import { findOverlap } from '../network/find-overlap';
import { requireNetwork } from '../network/network-checks';
import { isServiceName } from '../network/service-names';
import { CONNECTS_BY_NAME_SINCE } from '../talos/release-table';

/** How external workers reach a control plane. */
export interface ExternalAccess {
  /** The URL of the Kubernetes API. */
  readonly endpoint: string;
  /** The known DNS names and IP addresses in trustd's certificate. */
  readonly certificateNames: string[];
}

/** Generates the machine config of an external worker. */
export function externalWorkerConfig(cluster: ClusterFacts, outside: ExternalAccess, options: ExternalWorkerOptions): MachineConfig {
  const { talosVersion = cluster.talosVersion, nodeCidrs = [], installExtraKernelArgs = [] } = options;
  nodeCidrs.forEach((cidr) => requireNetwork('nodeCidrs', cidr));
  const common = findOverlap(nodeCidrs, [...cluster.podSubnets, ...cluster.serviceSubnets]);
  if (common) {
    throw new TalosError('talos:network-overlap', `'nodeCidrs' (${common[0]}) overlaps the inner cluster's network ${common[1]}: give the control plane other 'podSubnets' and 'serviceSubnets'`);
  }
  if (!talosVersion._connectsByName && !outside.certificateNames.some((name) => isAddress(name))) {
    throw new TalosError('talos:unsupported-release', `'talosVersion' (${talosVersion.imageTag}) connects to trustd by IP address, and the control plane's certificate has none: `
      + `add the IP address of the load balancer to 'additionalSans', or give the workers v${CONNECTS_BY_NAME_SINCE} or newer`);
  }
  if (contractOf(talosVersion._release).grubUsesUKICmdline && installExtraKernelArgs.length > 0) {
    throw new TalosError('talos:unsupported-release', `'installExtraKernelArgs' don't reach the kernel of Talos ${talosVersion.imageTag}: `
      + 'build them into \'installImage\' with the Image Factory');
  }
  const config = workerConfig(cluster, {
    ...options,
    endpoint: outside.endpoint,
    talosVersion,
    installImage: options.installImage ?? `${talosVersion._facts.installer}:${talosVersion.imageTag}`,
  });
  requireRunsOutsidePods(generatedSource(options.patches), config);
  return config;
}

/**
 * Refuses a machine config with which an external worker can't run.
 *
 * @param source the property that gives the machine config, or the part of it that may be wrong
 */
export function requireRunsOutsidePods(source: string, config: MachineConfig): void {
  const { errors, findings } = config.validate({ platform: TalosPlatform.METAL });
  const problems = [...errors, ...findings].map(({ document, message }) => `${document}: ${message}`);
  if (problems.length > 0) {
    throw new TalosError('talos:machine-config-unfit', `${source} can't run on an external worker:\n- ${problems.join('\n- ')}`);
  }
  if (hasPodRuntime(config)) {
    throw new TalosError('talos:machine-config-unfit', `${source} has the CRICustomizationConfig '${POD_RUNTIME}', which is for pods only: leave it out for external workers`);
  }
  const host = config._facts.endpointHost;
  if (host !== undefined && isServiceName(host, 'cluster.local')) {
    throw new TalosError('talos:machine-config-unfit', `${source} has the endpoint ${shortened(host)}, a name inside the hosting cluster: give one that external workers can resolve`);
  }
}

/**
 * What the machine config of an external worker is generated from: a physical or virtual machine outside of the hosting cluster, with its own disk.
 */
export interface ExternalWorkerOptions extends WorkerMachineOptions {
  /** The disk on which Talos is installed, for example `/dev/sda`; since 1.14 the device itself, not a link to it. */
  readonly installDisk: string;

  /**
   * The installer image, for example one from the Image Factory with system extensions:
   * `factory.talos.dev/metal-installer/<schematic>:v1.13.9`.
   *
   * @default - `ghcr.io/siderolabs/installer`, or since 1.14 the Image Factory's without extensions, with the Talos version as its tag
   * @see https://www.talos.dev/latest/learn-more/image-factory/
   */
  readonly installImage?: string;

  /**
   * Additional kernel arguments of the installed machine, up to 1.11; later releases have them in the image.
   *
   * @default - none
   */
  readonly installExtraKernelArgs?: string[];

  /**
   * The networks of these machines, for example `['192.0.2.0/24']`.
   *
   * @default - not known, so overlaps with the inner cluster's networks aren't checked
   */
  readonly nodeCidrs?: string[];
}

export const readExternalWorkerOptions = readStructure<ExternalWorkerOptions>({ installDisk: readText }, {
  ...readWorkerMachineOptions.optional,
  installImage: readText,
  installExtraKernelArgs: readList(readText),
  nodeCidrs: readList(readText),
});

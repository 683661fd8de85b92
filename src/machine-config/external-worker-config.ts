import { contractOf } from './generate/options/contract';
import { MachineConfig } from './machine-config';
import { TalosPlatform } from './machine-config-validation';
import { hasPodRuntime, POD_RUNTIME } from './pod-requirements';
import { ClusterFacts, workerConfig } from './worker-config';
import { WorkerMachineOptions } from './worker-machine-options';
import { isAddress } from '../network/addresses';
import { requireNetwork } from '../network/network-checks';
import { findOverlap } from '../network/networks';
import { isServiceName } from '../network/service-names';
import { CONNECTS_BY_NAME_SINCE } from '../talos/release-table';

/** How a control plane is reached from outside of the hosting cluster. */
export interface ExternalAccess {
  /** The URL of the Kubernetes API. */
  readonly endpoint: string;
  /** The names and addresses in the certificate of trustd that are known. */
  readonly certificateNames: string[];
}

/** The machine config of a worker outside of the hosting cluster. */
export function externalWorkerConfig(cluster: ClusterFacts, outside: ExternalAccess, options: ExternalWorkerOptions): MachineConfig {
  const { talosVersion = cluster.talosVersion, nodeCidrs = [], installExtraKernelArgs = [] } = options;
  nodeCidrs.forEach((cidr) => requireNetwork('nodeCidrs', cidr));
  const common = findOverlap(nodeCidrs, [...cluster.podSubnets, ...cluster.serviceSubnets]);
  if (common) {
    throw new Error(`'nodeCidrs' (${common[0]}) overlaps the inner cluster's network ${common[1]}: give the control plane other 'podSubnets' and 'serviceSubnets'`);
  }
  if (!talosVersion._connectsByName && !outside.certificateNames.some((name) => isAddress(name))) {
    throw new Error(`'talosVersion' (${talosVersion.imageTag}) connects to trustd by address, and the control plane's certificate has none: `
      + `give the address of the load balancer to 'additionalSans', or take v${CONNECTS_BY_NAME_SINCE} or newer for the workers`);
  }
  if (contractOf(talosVersion._release).grubUsesUKICmdline && installExtraKernelArgs.length > 0) {
    throw new Error(`'installExtraKernelArgs' (${installExtraKernelArgs.join(', ')}) don't reach the kernel of Talos ${talosVersion.imageTag}: `
      + 'make them a part of \'installImage\' in the Image Factory');
  }
  const config = workerConfig(cluster, {
    ...options,
    endpoint: outside.endpoint,
    talosVersion,
    installImage: options.installImage ?? `${talosVersion._facts.installer}:${talosVersion.imageTag}`,
  });
  requireRunsOutsidePods('patches', config);
  return config;
}

/**
 * That a machine of its own can run with a machine config.
 *
 * @param property what the config, or what may be wrong in it, is called where it is given
 */
export function requireRunsOutsidePods(property: string, config: MachineConfig): void {
  const { errors, findings } = config.validate({ platform: TalosPlatform.METAL });
  const problems = [...errors, ...findings].map(({ document, message }) => `${document}: ${message}`);
  if (problems.length > 0) {
    throw new Error(`'${property}' can't run on a machine of its own:\n- ${problems.join('\n- ')}`);
  }
  if (hasPodRuntime(config)) {
    throw new Error(`'${property}' has the CRICustomizationConfig '${POD_RUNTIME}', which is for pods only: leave it out for a machine of its own`);
  }
  const host = config._facts.endpointHost;
  if (host !== undefined && isServiceName(host, 'cluster.local')) {
    throw new Error(`'${property}' has the endpoint ${host}, a name inside the hosting cluster: give one that machines outside can resolve`);
  }
}

/**
 * What the machine config of a worker outside of the hosting cluster is made from: a physical or virtual machine with a disk of its own.
 */
export interface ExternalWorkerOptions extends WorkerMachineOptions {
  /** The disk on which Talos is installed, for example `/dev/sda`; from 1.14 on the device itself, not a link to it. */
  readonly installDisk: string;

  /**
   * The image of the installer, for example one of the Image Factory with system extensions:
   * `factory.talos.dev/metal-installer/<schematic>:v1.13.9`.
   *
   * @default - `ghcr.io/siderolabs/installer`, or from 1.14 on the Image Factory's without extensions, with the Talos version as its tag
   * @see https://www.talos.dev/latest/learn-more/image-factory/
   */
  readonly installImage?: string;

  /**
   * Further kernel arguments of the installed machine, up to 1.11; from then on they are a part of the image.
   *
   * @default - none
   */
  readonly installExtraKernelArgs?: string[];

  /**
   * The networks of these machines, for example `['192.0.2.0/24']`.
   *
   * @default - not known, so whether the inner cluster's networks overlap them isn't checked
   */
  readonly nodeCidrs?: string[];
}

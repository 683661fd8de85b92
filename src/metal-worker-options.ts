import { WorkerMachineOptions } from './worker-machine-options';

/**
 * What the machine config of a worker outside of the hosting cluster is made from: a physical or virtual machine with a disk of its own.
 */
export interface MetalWorkerOptions extends WorkerMachineOptions {
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

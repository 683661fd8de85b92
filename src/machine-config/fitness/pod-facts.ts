import { HostingNetwork } from '../../network/hosting-network';

/** What is known of the pods that take a machine config. */
export interface PodFacts {
  /** the networks of the hosting cluster; undefined where no hosting cluster is in question, only some container */
  readonly hostingNetwork?: HostingNetwork;
  /** whether each pod has the address of a Service of its own, in addition to its own; undefined if that isn't known */
  readonly hasServiceAddress?: boolean;
  /** whether the root file system of the pods is writable; undefined if that isn't known */
  readonly hasWritableRoot?: boolean;
  /**
   * whether they are machines of a cluster whose construct checks the endpoint and the inner networks itself; undefined if that isn't
   * known
   */
  readonly areOfCluster?: boolean;
}

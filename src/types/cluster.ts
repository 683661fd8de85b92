// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/**
 * How the cluster is known to discovery services. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cluster/discoveryidentityconfig/
 */
export interface DiscoveryIdentityConfig {
  /** Cluster ID. */
  readonly clusterID?: string;

  /** Cluster secret. It can hold secrets. */
  readonly clusterSecret?: string;
}

/**
 * A discovery service, through which members find each other. Since Talos 1.14.
 *
 * @see https://www.talos.dev/latest/reference/configuration/cluster/discoveryserviceconfig/
 */
export interface DiscoveryServiceConfig {
  /** The name of the document. */
  readonly name: string;

  /** Endpoint. A URL. */
  readonly endpoint?: string;
}

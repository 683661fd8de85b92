/**
 * The networks of pods and Services that Talos takes where a machine config names none.
 *
 * @see https://github.com/siderolabs/talos/blob/main/pkg/machinery/constants/constants.go
 */
export const DEFAULT_SUBNETS = { podSubnets: ['10.244.0.0/16'], serviceSubnets: ['10.96.0.0/12'] } as const;

/** The DNS domain of Services that Talos takes where a machine config names none. */
export const DEFAULT_DNS_DOMAIN = 'cluster.local';

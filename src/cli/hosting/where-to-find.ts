import { NETWORK_COMMANDS } from '../../network/hosting-network';

const VPC = 'aws ec2 describe-vpcs --vpc-ids "$(aws eks describe-cluster --name NAME --query cluster.resourcesVpcConfig.vpcId --output text)" --query \'Vpcs[].CidrBlockAssociationSet[].CidrBlock\'';
const GKE = 'gcloud container clusters describe NAME --location LOCATION --format \'value(clusterIpv4Cidr,servicesIpv4Cidr)\'';
const AKS = 'az aks show --resource-group GROUP --name NAME --query networkProfile';

/** The commands that print the networks of a cluster in a cloud, by the scheme of its nodes' `providerID`. */
const CLOUDS: { readonly [scheme: string]: { readonly [property: string]: string } } = {
  aws: { podCidrs: VPC, serviceCidrs: 'aws eks describe-cluster --name NAME --query cluster.kubernetesNetworkConfig', nodeCidrs: VPC },
  gce: { podCidrs: GKE, serviceCidrs: GKE },
  azure: { podCidrs: AKS, serviceCidrs: AKS },
};

/** Where networks are that a cluster doesn't show. */
const SETTINGS: { readonly [property: string]: string } = {
  podCidrs: 'in the settings of the CNI',
  serviceCidrs: 'in the flag --service-cluster-ip-range of the API server',
};

/**
 * Where the networks of a property of `hostingNetwork` are.
 *
 * @param nodes those that the cluster shows; undefined if nobody asked it
 */
export function sourceOf(property: string, nodes: readonly any[] | undefined): string {
  const [scheme] = nodes?.flatMap(({ spec }) => /^(\w+):\/\//.exec(spec?.providerID ?? '')?.[1] ?? []) ?? [];
  const command = CLOUDS[scheme]?.[property] ?? NETWORK_COMMANDS[property];
  // what was asked without an answer has none for a second time
  const wasAsked = nodes !== undefined && (nodes.length > 0 || property === 'serviceCidrs') && command === NETWORK_COMMANDS[property];
  return wasAsked && property in SETTINGS ? SETTINGS[property] : `printed by: ${command}`;
}

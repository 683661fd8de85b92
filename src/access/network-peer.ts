import { readText } from '../input';
import { LabelSelector, readLabelSelector } from '../kubernetes/label-selector';
import { requireLabelSelector } from '../kubernetes/label-selector-checks';
import { NetworkPolicyPeer } from '../kubernetes/object-specs';
import { requireNetwork } from '../network/network-checks';

/**
 * Who may connect, or what may be connected to, by a network policy.
 *
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { NetworkPeer, TalosCluster, TalosSecrets } from 'cdk8s-talos';
 *
 * new TalosCluster(new Chart(new App(), 'acme'), 'cluster', {
 *   clusterName: 'acme',
 *   secrets: TalosSecrets.fromFile('secrets/acme.yaml'),
 *   controlPlane: {
 *     networkPolicy: {
 *       operators: [NetworkPeer.cidr('198.51.100.0/24')],
 *       metricsReaders: [NetworkPeer.podsInNamespaces({ matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } })],
 *     },
 *   },
 * });
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPeer {
  /** Everyone. */
  public static anywhere(): NetworkPeer {
    return new NetworkPeer(undefined);
  }

  /**
   * The addresses of a network. Load balancers and node ports often replace the client's address with their own.
   *
   * @param cidr the network, for example `198.51.100.0/24`
   * @throws if it isn't a network
   */
  public static cidr(cidr: string): NetworkPeer {
    requireNetwork('cidr', readText('cidr', cidr));
    return new NetworkPeer({ ipBlock: { cidr } });
  }

  /**
   * Pods of the hosting cluster, in the control plane's namespace.
   *
   * @param pods the pods' labels; an empty selector selects every pod
   * @throws if a label or a requirement isn't valid
   */
  public static pods(pods: LabelSelector): NetworkPeer {
    const podSelector = readLabelSelector('pods', pods);
    requireLabelSelector('pods', podSelector);
    return new NetworkPeer({ podSelector });
  }

  /**
   * Pods of the hosting cluster, in other namespaces.
   *
   * @param namespaces the namespaces' labels; an empty selector selects every namespace
   * @param pods the pods' labels; every pod by default
   * @throws if a label or a requirement isn't valid
   */
  public static podsInNamespaces(namespaces: LabelSelector, pods?: LabelSelector): NetworkPeer {
    const namespaceSelector = readLabelSelector('namespaces', namespaces);
    const podSelector = pods === undefined ? undefined : readLabelSelector('pods', pods);
    requireLabelSelector('namespaces', namespaceSelector);
    requireLabelSelector('pods', podSelector);
    return new NetworkPeer({ namespaceSelector, podSelector });
  }

  private constructor(
    /**
     * The peer in a policy; undefined for everyone.
     *
     * @internal
     */
    public readonly _peer: NetworkPolicyPeer | undefined,
  ) {}
}

import { Construct } from 'constructs';
import { readStructure, readText } from '../input';
import { requireText } from './bundle/client-certificate';
import { located } from '../kubernetes/construct-errors';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { requireDnsSubdomain } from '../kubernetes/syntax';
import { takeName } from '../kubernetes/taken-names';

/** The API of cert-manager. */
export const CERT_MANAGER = { group: 'cert-manager.io', apiVersion: 'cert-manager.io/v1' } as const;

/**
 * Properties of a `TalosApiIssuer`.
 */
export interface TalosApiIssuerProps {
  /** The name of the cluster. */
  readonly clusterName: string;

  /**
   * The name of the Secret with the authority of the Talos API: its certificate under `tls.crt`, and its key under `tls.key`, whose PEM says
   * `PRIVATE KEY`. That is `certs.os` of the cluster's bundle, where it says `ED25519 PRIVATE KEY`.
   *
   * @default - the cluster's name with `-talos-ca`
   */
  readonly secretName?: string;

  /**
   * The name of the Issuer; a DNS name.
   *
   * @default - the cluster's name with `-talos`
   */
  readonly name?: string;
}

/**
 * An Issuer of cert-manager for client certificates of a cluster's Talos API. Whoever may create a CertificateRequest in its namespace can become an
 * administrator of the machines.
 *
 * @example
 * import { Chart, Duration } from 'cdk8s';
 * import { TalosApiCertificate, TalosApiIssuer, TalosApiRole } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * const issuer = new TalosApiIssuer(chart, 'issuer', { clusterName: 'acme' });
 * new TalosApiCertificate(chart, 'backup', { issuer, roles: [TalosApiRole.ETCD_BACKUP], validity: Duration.hours(2) });
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export class TalosApiIssuer extends Construct {
  /** The name of the cluster. */
  public readonly clusterName: string;

  /** The name of the Issuer. */
  public readonly name: string;

  /** The name of the Secret with the authority. */
  public readonly secretName: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if a name isn't a DNS name or is taken
   */
  constructor(scope: Construct, id: string, props: TalosApiIssuerProps) {
    super(scope, id);
    try {
      props = readTalosApiIssuerProps('props', props);
      requireText('clusterName', props.clusterName);
      this.clusterName = props.clusterName;
      this.secretName = props.secretName ?? talosAuthoritySecretName(props.clusterName);
      this.name = props.name ?? `${props.clusterName}-talos`;
      requireDnsSubdomain('secretName', this.secretName);
      requireDnsSubdomain('name', this.name);
      takeName(this, 'Issuer', this.name);
      labelObjectsOf(this, { 'app.kubernetes.io/instance': this.clusterName, ...clusterLabels(this.clusterName) });
      new KubernetesObject(this, 'Resource', {
        apiVersion: CERT_MANAGER.apiVersion, kind: 'Issuer', metadata: { name: this.name }, spec: { ca: { secretName: this.secretName } },
      });
    } catch (error) {
      throw located(this, error);
    }
  }
}

/** The name that a Secret with the authority of a cluster's Talos API has by default. */
export function talosAuthoritySecretName(clusterName: string): string {
  return `${clusterName}-talos-ca`;
}

export const readTalosApiIssuerProps = readStructure<TalosApiIssuerProps>({ clusterName: readText }, { secretName: readText, name: readText });

import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { readChoice, readInstance, readList, readStructure, readText } from '../input';
import { requireRoles } from './bundle/talosconfig';
import { CERT_MANAGER, TalosApiIssuer } from './talos-api-issuer';
import { located } from '../kubernetes/construct-errors';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { clusterLabels, labelObjectsOf } from '../kubernetes/labels';
import { namespaceOf } from '../kubernetes/namespace-scope';
import { requireDnsSubdomain, requireUnique } from '../kubernetes/syntax';
import { nameFromPath, takeName } from '../kubernetes/taken-names';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { problem, refuse } from '../problem';
import { TalosApiRole } from '../talos/talos-api-role';

/**
 * Properties of a `TalosApiCertificate`.
 */
export interface TalosApiCertificateProps {
  /** Who issues it. */
  readonly issuer: TalosApiIssuer;

  /** What its holder may do: the less, the better. */
  readonly roles: TalosApiRole[];

  /**
   * The name of the Certificate and of its Secret; a DNS name of up to 64 characters, which is also the common name.
   *
   * @default - the construct's path, joined by `-`
   */
  readonly name?: string;

  /**
   * How long each certificate is valid, at least an hour. It can't be revoked, so a short time is its best protection.
   *
   * @default Duration.hours(24)
   */
  readonly validity?: Duration;

  /**
   * How long before its end a certificate is renewed, at least five minutes.
   *
   * @default - a third of its validity, which is what cert-manager does
   */
  readonly renewBefore?: Duration;
}

/** The least times that cert-manager takes. */
const [LEAST_VALIDITY, LEAST_RENEWAL] = [3600, 300];

/** The longest common name of a certificate. */
const LONGEST_COMMON_NAME = 64;

/**
 * A client certificate of the Talos API that cert-manager issues, and renews with a new key, without an administrator's credentials. Its Secret has
 * `ca.crt`, `tls.crt` and `tls.key`. A pod that mounts it at `/certificate` makes a talosconfig of them by
 * `talosctl --talosconfig FILE config add acme --ca /certificate/ca.crt --crt /certificate/tls.crt --key /certificate/tls.key`.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { TalosApiCertificate, TalosApiIssuer, TalosApiRole } from 'cdk8s-talos';
 *
 * declare const chart: Chart;
 * const issuer = new TalosApiIssuer(chart, 'issuer', { clusterName: 'acme' });
 * new TalosApiCertificate(chart, 'monitoring', { issuer, roles: [TalosApiRole.READER] });
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class TalosApiCertificate extends Construct {
  /** The name of the Secret that cert-manager makes. */
  public readonly secretName: string;

  /**
   * @param scope the chart, or a construct in it
   * @param id the id in the scope
   * @param props the properties
   * @throws if there are no roles, the issuer is in another namespace, the name isn't a DNS name or is taken, or cert-manager wouldn't take a time
   */
  constructor(scope: Construct, id: string, props: TalosApiCertificateProps) {
    super(scope, id);
    try {
      const { issuer, roles, name = nameFromPath(this), validity = Duration.hours(24), renewBefore } = readTalosApiCertificateProps('props', props);
      requireRoles(roles);
      requireUnique('roles', roles);
      requireDnsSubdomain('name', name);
      const [own, theirs] = [this, issuer].map(namespaceOf);
      refuse(own !== theirs ? problem('issuer', issuer.name, `is in the namespace ${theirs}, the certificate in ${own}, and an Issuer issues in its own only: put both into one`) : undefined);
      refuse(name.length > LONGEST_COMMON_NAME ? problem('name', name, `has more than ${LONGEST_COMMON_NAME} characters: choose a shorter name`) : undefined);
      const [lasts, renews] = [wholeSeconds('validity', validity, LEAST_VALIDITY), wholeSeconds('renewBefore', renewBefore, LEAST_RENEWAL)];
      refuse(renews !== undefined && renews >= lasts!
        ? problem('renewBefore', `${renews} seconds`, `isn't shorter than 'validity' (${lasts} seconds), so that it would be renewed all the time: choose a shorter time`) : undefined);
      takeName(this, 'Certificate', name);
      takeName(this, 'Secret', name);
      this.secretName = name;
      labelObjectsOf(this, { 'app.kubernetes.io/instance': issuer.clusterName, ...clusterLabels(issuer.clusterName) });
      new KubernetesObject(this, 'Resource', {
        apiVersion: CERT_MANAGER.apiVersion,
        kind: 'Certificate',
        metadata: { name },
        spec: {
          secretName: name,
          issuerRef: { group: CERT_MANAGER.group, kind: 'Issuer', name: issuer.name },
          commonName: name,
          subject: { organizations: roles },
          usages: ['digital signature', 'client auth'],
          privateKey: { algorithm: 'Ed25519', encoding: 'PKCS8', rotationPolicy: 'Always' },
          duration: goDuration(lasts!),
          renewBefore: renews === undefined ? undefined : goDuration(renews),
        },
      });
    } catch (error) {
      throw located(this, error);
    }
  }
}

/** `26h30m0s` or `30m0s`, as cert-manager itself writes it: others would be changes for ever. */
function goDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}h` : ''}${Math.floor(seconds / 60) % 60}m${seconds % 60}s`;
}

export const readTalosApiCertificateProps = readStructure<TalosApiCertificateProps>({
  issuer: readInstance(TalosApiIssuer),
  roles: readList(readChoice(TalosApiRole)),
}, {
  name: readText,
  validity: readInstance(Duration),
  renewBefore: readInstance(Duration),
});

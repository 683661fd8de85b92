import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions } from './credential-options';
import { CertificatePeriod } from '../secrets/bundle/certificate-period';
import { clientCertificatePeriod } from '../secrets/bundle/client-certificate';
import { KubeconfigSecret } from '../secrets/kubeconfig-secret';
import { ClientCertificateOptions, KubeconfigOptions, TalosconfigOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosconfigSecret } from '../secrets/talosconfig-secret';

/** The periods in which the credentials of the Secrets are valid. */
export interface CredentialPeriods {
  readonly talosconfig: CertificatePeriod;
  readonly kubeconfig: CertificatePeriod;
}

/** Makes credentials, which lead to the control plane's own addresses unless the options say otherwise. */
export class ControlPlaneCredentials {
  constructor(
    private readonly clusterName: string,
    private readonly addresses: ControlPlaneAddresses,
    private readonly defaults: ClientCertificateOptions = {},
  ) {}

  /** The options of a talosconfig. */
  public talosconfigOptions(options: ControlPlaneTalosconfigOptions): TalosconfigOptions {
    return {
      ...options,
      ...this.termsOf(options),
      clusterName: this.clusterName,
      endpoints: options.endpoints ?? [this.addresses.talosEndpoint],
    };
  }

  /** The options of a kubeconfig. */
  public kubeconfigOptions(options: ControlPlaneKubeconfigOptions): KubeconfigOptions {
    const { external, inside } = this.addresses.kubernetesApi;
    return {
      ...options,
      ...this.termsOf(options),
      clusterName: this.clusterName,
      endpoint: options.endpoint ?? `https://${external ?? inside}`,
    };
  }

  /** Creates the Secrets with an administrator's talosconfig and kubeconfig. */
  public createSecrets(scope: Construct, secrets: TalosSecrets): void {
    new TalosconfigSecret(scope, 'Talosconfig', { ...this.talosconfigOptions({}), secrets });
    new KubeconfigSecret(scope, 'Kubeconfig', { ...this.kubeconfigOptions({}), secrets });
  }

  /** The periods in which the credentials of the Secrets are valid. */
  public periods(secrets: TalosSecrets): CredentialPeriods {
    const { os, k8s } = secrets._bundle.certs;
    return { talosconfig: clientCertificatePeriod(os, this.defaults), kubeconfig: clientCertificatePeriod(k8s, this.defaults) };
  }

  private termsOf(options: ClientCertificateOptions): ClientCertificateOptions {
    const { notBefore, validity, generation } = this.defaults;
    return { notBefore: options.notBefore ?? notBefore, validity: options.validity ?? validity, generation: options.generation ?? generation };
  }
}

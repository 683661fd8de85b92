import { Construct } from 'constructs';
import { ControlPlaneAddresses } from './addresses';
import { ControlPlaneKubeconfigOptions, ControlPlaneTalosconfigOptions } from './talos-control-plane-props';
import { KubeconfigSecret } from '../secrets/kubeconfig-secret';
import { KubeconfigOptions, TalosconfigOptions, TalosSecrets } from '../secrets/talos-secrets';
import { TalosconfigSecret } from '../secrets/talosconfig-secret';

/** Makes credentials, which lead to the control plane's own addresses unless the options say otherwise. */
export class ControlPlaneCredentials {
  constructor(private readonly clusterName: string, private readonly addresses: ControlPlaneAddresses) {}

  /** The options of a talosconfig. */
  public talosconfigOptions(options: ControlPlaneTalosconfigOptions): TalosconfigOptions {
    return {
      ...options,
      clusterName: this.clusterName,
      endpoints: options.endpoints ?? [this.addresses.talosEndpoint],
    };
  }

  /** The options of a kubeconfig. */
  public kubeconfigOptions(options: ControlPlaneKubeconfigOptions): KubeconfigOptions {
    const { external, inside } = this.addresses.kubernetesApi;
    return {
      ...options,
      clusterName: this.clusterName,
      endpoint: options.endpoint ?? `https://${external ?? inside}`,
    };
  }

  /** Creates the Secrets with an administrator's talosconfig and kubeconfig. */
  public createSecrets(scope: Construct, secrets: TalosSecrets, labels: { readonly [key: string]: string }): void {
    new TalosconfigSecret(scope, 'Talosconfig', { ...this.talosconfigOptions({}), secrets, labels });
    new KubeconfigSecret(scope, 'Kubeconfig', { ...this.kubeconfigOptions({}), secrets, labels });
  }
}

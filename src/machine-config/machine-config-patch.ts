import { readConfigFile } from '../files';
import { ConfigSource } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
import { HostDnsForm } from '../talos/host-dns-form';
import { TalosVersion } from '../talos/talos-version';

/**
 * A change to a machine config, as `talosctl --config-patch` takes it: one or several YAML documents that are merged into the config's own.
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/patching/
 */
export class MachineConfigPatch {
  /**
   * A patch from text.
   *
   * @param text YAML, in one or several documents
   */
  public static fromYaml(text: string): MachineConfigPatch {
    return new MachineConfigPatch(text, 'the patch');
  }

  /**
   * A patch from a file.
   *
   * @param path where the file is, from the working directory
   * @throws if it can't be read
   */
  public static fromFile(path: string): MachineConfigPatch {
    return new MachineConfigPatch(readConfigFile(path), path);
  }

  /**
   * A patch from plain objects, one for each document. Keys without a value are left out.
   *
   * @param documents for example `{ machine: { nodeLabels: { tier: 'edge' } } }`
   */
  public static fromDocuments(...documents: { [key: string]: any }[]): MachineConfigPatch {
    return new MachineConfigPatch(plainDocuments(documents), 'the patch');
  }

  /**
   * Switches on host DNS, through which the inner cluster reaches the DNS of the hosting one. Talos demands it in a container.
   *
   * @param talosVersion the release that reads the machine config
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#machine-configuration
   */
  public static hostDns(talosVersion: TalosVersion): MachineConfigPatch {
    return MachineConfigPatch._hostDns(talosVersion.hostDnsForm);
  }

  /** @internal */
  public static _hostDns(form: HostDnsForm): MachineConfigPatch {
    const hostDNS = { enabled: true, forwardKubeDNSToHost: true };
    return form === HostDnsForm.FEATURE
      ? MachineConfigPatch.fromDocuments({ machine: { features: { hostDNS } } })
      : MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'ResolverConfig', hostDNS });
  }

  private constructor(
    /** @internal */
    public readonly _content: ConfigSource,
    /** @internal */
    public readonly _source: string,
  ) {}
}

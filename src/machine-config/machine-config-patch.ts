import { readConfigFile } from '../files';
import { readDocument, readInstance, readList, readText } from '../input';
import { ConfigSource } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
import { HostDnsForm } from '../talos/host-dns-form';
import { TalosVersion } from '../talos/talos-version';

/**
 * A change to a machine config, as in `talosctl --config-patch`: one or more YAML documents that Talos's rules merge into the machine config's.
 *
 * @example
 * import { MachineConfig, MachineConfigPatch } from 'cdk8s-talos';
 *
 * const patch = MachineConfigPatch.fromDocuments({ machine: { nodeLabels: { tier: 'edge' } } });
 * const config = MachineConfig.fromFile('worker.yaml').patch(patch);
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/patching/
 */
export class MachineConfigPatch {
  /**
   * Takes a patch from text. `MachineConfig.patch()` checks it.
   *
   * @param text YAML with one or more documents
   */
  public static fromYaml(text: string): MachineConfigPatch {
    return new MachineConfigPatch(readText('text', text), 'the patch');
  }

  /**
   * Reads a patch from a file. `MachineConfig.patch()` checks it.
   *
   * @param path the path of the file, relative to the working directory
   * @throws if the file can't be read
   */
  public static fromFile(path: string): MachineConfigPatch {
    return new MachineConfigPatch(readConfigFile(readText('path', path)), path);
  }

  /**
   * Takes a patch from plain objects, one for each document. Leaves out keys without a value.
   *
   * @param documents the documents, for example `{ machine: { nodeLabels: { tier: 'edge' } } }`
   */
  public static fromDocuments(...documents: { [key: string]: any }[]): MachineConfigPatch {
    return new MachineConfigPatch(plainDocuments(readList(readDocument)('documents', documents)), 'the patch');
  }

  /**
   * Enables host DNS, through which the inner cluster reaches the hosting cluster's DNS. Talos requires it in a container.
   *
   * @param talosVersion the release that reads the machine config
   * @see https://www.talos.dev/latest/talos-guides/install/cloud-platforms/kubernetes/#machine-configuration
   */
  public static hostDns(talosVersion: TalosVersion): MachineConfigPatch {
    return MachineConfigPatch._hostDns(readInstance(TalosVersion)('talosVersion', talosVersion).hostDnsForm);
  }

  /** @internal */
  public static _hostDns(form: HostDnsForm): MachineConfigPatch {
    const hostDNS = { enabled: true, forwardKubeDNSToHost: true };
    return form === HostDnsForm.FEATURE
      ? MachineConfigPatch.fromDocuments({ machine: { features: { hostDNS } } })
      : MachineConfigPatch.fromDocuments({ apiVersion: 'v1alpha1', kind: 'ResolverConfig', hostDNS });
  }

  // hard private: printing or serializing the value can't show its secrets
  readonly #content: ConfigSource;
  readonly #source: string;

  private constructor(content: ConfigSource, source: string) {
    this.#content = content;
    this.#source = source;
  }

  /** @internal */
  public get _content(): ConfigSource {
    return this.#content;
  }

  /**
   * Where the patch comes from, for messages.
   *
   * @internal
   */
  public get _source(): string {
    return this.#source;
  }
}

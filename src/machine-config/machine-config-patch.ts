import { readConfigFile } from '../files';
import { readChoice, readDocument, Reader, readInstance, readList, readText } from '../input';
import { TalosError } from '../problem';
import { ConfigSource } from './documents/load';
import { plainDocuments } from './documents/plain-documents';
import { inSource, PatchOrigin } from './in-source';
import { translatePatch } from './translate/translate-patch';
import { readTypedDocuments } from './typed-documents';
import { HostDnsForm } from '../talos/host-dns-form';
import { TalosRole } from '../talos/talos-role';
import { TalosVersion } from '../talos/talos-version';
import { Documents } from '../types';

/**
 * A change to a machine config, as in `talosctl --config-patch`: one or more YAML documents that Talos's rules merge into the machine config's.
 *
 * @example
 * import { MachineConfig, MachineConfigPatch } from 'cdk8s-talos';
 *
 * const patch = MachineConfigPatch.of({ machine: { nodeLabels: { tier: 'edge' } } });
 * const config = MachineConfig.fromFile('worker.yaml').patch(patch);
 *
 * @see https://www.talos.dev/latest/talos-guides/configuration/patching/
 */
export class MachineConfigPatch {
  /**
   * Takes a patch from typed documents: `machine` and `cluster`, and each kind of document as a property. Kinds whose documents have names are
   * lists. `MachineConfig.patch()` checks what depends on the release of Talos.
   *
   * `fromDocuments()` and `fromYaml()` take what has no typed form: `$patch: delete`, null, JSON patches, and documents in another order.
   *
   * @param documents the documents, as `talos.Documents` has them
   * @throws if a property is unknown, a list or an object stands where the other one should, or there is no document
   * @example
   * import { MachineConfigPatch } from 'cdk8s-talos';
   *
   * const patch = MachineConfigPatch.of({
   *   machine: { nodeLabels: { tier: 'edge' } },
   *   registryMirrorConfig: [{ name: 'docker.io', endpoints: [{ url: 'https://mirror.example.org' }] }],
   * });
   *
   * @see https://www.talos.dev/latest/reference/configuration/
   */
  public static of(documents: Documents): MachineConfigPatch {
    return new MachineConfigPatch(plainDocuments(readTypedDocuments('documents', documents)), {});
  }

  /**
   * Takes a patch from text. `MachineConfig.patch()` checks it.
   *
   * @param text YAML with one or more documents
   */
  public static fromYaml(text: string): MachineConfigPatch {
    return new MachineConfigPatch(readText('text', text), {});
  }

  /**
   * Reads a patch from a file. `MachineConfig.patch()` checks it.
   *
   * @param path the path of the file, relative to the working directory
   * @throws if the file can't be read
   */
  public static fromFile(path: string): MachineConfigPatch {
    return new MachineConfigPatch(readConfigFile(readText('path', path)), { file: path });
  }

  /**
   * Takes a patch from plain objects, one for each document. Leaves out keys without a value.
   *
   * @param documents the documents, for example `{ machine: { nodeLabels: { tier: 'edge' } } }`
   * @throws if there is none
   */
  public static fromDocuments(...documents: { [key: string]: any }[]): MachineConfigPatch {
    if (documents.length === 0) {
      throw new TalosError('talos:missing-property', '\'documents\' is empty: give at least one document');
    }
    return new MachineConfigPatch(plainDocuments(readList(readDocument)('documents', documents)), {});
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
  readonly #origin: PatchOrigin;

  private constructor(content: ConfigSource, origin: PatchOrigin) {
    this.#content = content;
    this.#origin = origin;
  }

  /**
   * The same change in the documents of a release: those of 1.14 replace most fields of `machine` and `cluster`, those of 1.12 the hostname, name
   * servers, time servers and registries. Fields that no document replaces stay as they are, and so do the documents that the patch has.
   *
   * @param talosVersion the release that reads the machine config, which must be one that this release generated
   * @param role the role of the machine: on workers, fields that only control planes read are left out
   * @throws if it isn't a patch of documents, or a field has no place in the documents; the message names all of them
   * @example
   * import { MachineConfigPatch, TalosVersion } from 'cdk8s-talos';
   *
   * const legacy = MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraArgs: { v: '2' } } } });
   * const patch = legacy.toDocuments(TalosVersion.V1_14);
   * // the document KubeletConfig with extraArgs
   *
   * @see https://www.talos.dev/latest/reference/configuration/
   */
  public toDocuments(talosVersion: TalosVersion, role: TalosRole = TalosRole.CONTROL_PLANE): MachineConfigPatch {
    const release = readInstance(TalosVersion)('talosVersion', talosVersion)._release;
    const isControlPlane = readChoice(TalosRole)('role', role) === TalosRole.CONTROL_PLANE;
    return new MachineConfigPatch(inSource(this._source, () => translatePatch(this.#content, { release, isControlPlane })), this.#origin);
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
  public get _origin(): PatchOrigin {
    return this.#origin;
  }

  /**
   * The file of the patch, or what stands for it in messages.
   *
   * @internal
   */
  public get _source(): string {
    return this.#origin.file ?? 'the patch';
  }

  /**
   * The patch with the place where a user gives it. The first place stays: constructs pass patches on to others.
   *
   * @internal
   */
  public _givenAs(property: string, index: number): MachineConfigPatch {
    return this.#origin.property === undefined ? new MachineConfigPatch(this.#content, { ...this.#origin, property, index }) : this;
  }
}

/** Reads patches that a user gives: errors in one name its property and index. */
export const readPatches: Reader<MachineConfigPatch[]> = (property, value) =>
  readList(readInstance(MachineConfigPatch))(property, value).map((patch, index) => patch._givenAs(property, index));

/** What gives a machine config that a construct generates and patches: the properties of the user's patches in quotes, if there are any. */
export function generatedSource(patches: readonly MachineConfigPatch[] = []): string {
  const properties = [...new Set(patches.map(({ _origin }) => _origin.property ?? 'patches'))];
  return properties.length === 0 ? 'the generated machine config' : properties.map((property) => `'${property}'`).join(' and ');
}

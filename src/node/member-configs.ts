import { MemberPatches } from './member-patches';
import { TalosWorkload } from './talos-workload';
import { LARGEST_DATA } from '../kubernetes/config-map-object';
import { requireWholeNumber } from '../kubernetes/syntax';
import { KeyToPath } from '../kubernetes/volume-files';
import { clusterWideChanges } from '../machine-config/cluster-wide';
import { MachineConfig } from '../machine-config/machine-config';
import { shortened, TalosError } from '../problem';
import { EMBEDDED_CONFIG, EMBEDDED_CONFIG_SINCE } from '../talos/embedded-config';
import { TalosVersion } from '../talos/talos-version';

/** The machines that have the machine configs. */
export interface MemberMachines {
  /** The name with which those of the pods begin. */
  readonly name: string;
  readonly kind: TalosWorkload;
  /** The number of machines, or undefined where somebody else sets it. */
  readonly replicas?: number;
  readonly talosVersion: TalosVersion;
  /** Whether they render their machine configs when they start. */
  readonly areRendered: boolean;
}

/** The key of a machine's own config, beside the common one. */
export function memberKey(ordinal: number | string): string {
  return `machineconfig-${ordinal}`;
}

/** The machine configs of single machines among those that share one. A Secret holds them as YAML, beside the common one. */
export class MemberConfigs {
  private readonly configs = new Map<number, MachineConfig>();

  /**
   * @throws if an ordinal is none, Talos would refuse a patch, or a patch changes what all machines have in common
   */
  constructor(private readonly common: MachineConfig, memberPatches: readonly MemberPatches[]) {
    memberPatches.forEach(({ ordinal, patches }, index) => {
      requireWholeNumber(`memberPatches[${index}].ordinal`, ordinal, 0);
      this.configs.set(ordinal, this.of(ordinal).patch(...patches));
    });
    for (const [ordinal, config] of this.entries) {
      const [field] = clusterWideChanges(common, config);
      if (field !== undefined) {
        throw new TalosError('talos:invalid-value', `'memberPatches' (ordinal ${ordinal}) change ${shortened(field)}, which all machines have in common: change it with 'patches'`);
      }
    }
  }

  /** The ordinals of the machines with patches, and their machine configs. */
  public get entries(): [ordinal: number, config: MachineConfig][] {
    return [...this.configs].sort(([one], [other]) => one - other);
  }

  /**
   * The values in the Secret.
   *
   * @throws if a Secret can't hold them all
   */
  public get values(): { readonly [key: string]: string } {
    const values = Object.fromEntries(this.entries.map(([ordinal, config]) => [this.keyOf(ordinal), config.toYaml()]));
    const bytes = [this.common.toUserData(), ...Object.values(values)].reduce((sum, value) => sum + Buffer.byteLength(value), 0);
    if (bytes > LARGEST_DATA) {
      throw new TalosError('talos:invalid-value', `'memberPatches' of ${this.configs.size} machines make a Secret of ${bytes} bytes, and Kubernetes takes at most ${LARGEST_DATA}: `
        + 'move inline manifests out of the machine config, for example to \'cluster.extraManifests\', or patch fewer machines');
    }
    return values;
  }

  /** The machine configs as one text, which changes with any of them. */
  public get text(): string {
    return JSON.stringify(this.values);
  }

  /** The key in the Secret of a machine's own config. */
  public keyOf(ordinal: number): string {
    return memberKey(ordinal);
  }

  /** The files of a volume of pods: Talos's own name, in a directory with the name of the pod. */
  public filesFor(workload: string): KeyToPath[] {
    return this.entries.map(([ordinal]) => ({ key: this.keyOf(ordinal), path: `${workload}-${ordinal}/${EMBEDDED_CONFIG.file}` }));
  }

  /** The hostnames of so many machines, by ordinal; undefined for those with the names of their pods. */
  public hostnames(replicas: number): (string | undefined)[] {
    return Array.from({ length: replicas }, (_, ordinal) => this.of(ordinal).hostname);
  }

  /**
   * Refuses machines that can't read these machine configs, don't exist, or would have one name.
   *
   * @param source the property that gives the machine configs
   */
  public requireFit(source: string, { name, kind, replicas, talosVersion, areRendered }: MemberMachines): void {
    if (kind !== TalosWorkload.STATEFUL_SET) {
      throw new TalosError('talos:invalid-value', `${source} need pods with ordinals, which a ${kind} doesn't have: use TalosWorkload.STATEFUL_SET`);
    }
    if (!areRendered && !talosVersion._readsEmbeddedConfig) {
      throw new TalosError('talos:invalid-value', `${source} are read from a file, as Talos does since ${EMBEDDED_CONFIG_SINCE}, and this is ${talosVersion.imageTag}: `
        + 'use a newer release, or a TalosNode for each machine');
    }
    if (replicas === undefined) {
      throw new TalosError('talos:invalid-value', `${source} are for machines that are known, and 'externalReplicas' leaves their number to somebody else: give 'replicas'`);
    }
    const missing = this.entries.map(([ordinal]) => ordinal).find((ordinal) => ordinal >= replicas);
    if (missing !== undefined) {
      throw new TalosError('talos:invalid-value', `${source} have the ordinal ${missing}, and the last of ${replicas} 'replicas' has ${replicas - 1}: leave it out, or add replicas`);
    }
    const names = this.hostnames(replicas).map((hostname, ordinal) => hostname ?? `${name}-${ordinal}`);
    const taken = names.find((each, ordinal) => names.indexOf(each) !== ordinal);
    if (taken !== undefined) {
      throw new TalosError('talos:conflicting-properties', `${source} give several machines the name '${taken}', by which they would register as the same node: give each a name of its own`);
    }
  }

  private of(ordinal: number): MachineConfig {
    return this.configs.get(ordinal) ?? this.common;
  }
}

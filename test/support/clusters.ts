import { Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { decode, hostingNetwork, newChart, secrets } from './control-planes';
import { EphemeralClusterProps, TalosCluster, TalosClusterProps, TalosVersion } from '../../src';

/** A cluster with all that is synthesized for it. */
export class SynthesizedCluster {
  public static of(props: Partial<TalosClusterProps> = {}, chart: Chart = newChart()): SynthesizedCluster {
    return new SynthesizedCluster(new TalosCluster(chart, 'cluster', clusterProps(props)));
  }

  public static ephemeral(props: Partial<EphemeralClusterProps> = {}, chart: Chart = newChart()): SynthesizedCluster {
    return new SynthesizedCluster(TalosCluster.ephemeral(chart, 'cluster', { clusterName: 'ci-42', secrets, hostingNetwork, ...props }));
  }

  public readonly objects: any[];

  constructor(public readonly construct: TalosCluster) {
    this.objects = Testing.synth(Chart.of(construct));
  }

  public get ids(): string[] {
    return this.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  public find(kind: string, name: string): any {
    const object = this.objects.find((candidate) => candidate.kind === kind && candidate.metadata.name.startsWith(name));
    expect(object).toBeDefined();
    return object;
  }

  public ofKind(kind: string): any[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  /** The documents of a machine config: the legacy one first. */
  public documents(secret: string): any[] {
    return parseAllDocuments(decode(decode(this.find('Secret', secret).data.userdata))).map((document) => document.toJS());
  }

  public pod(workload: string): any {
    return this.find('StatefulSet', workload).spec.template.spec;
  }
}

export function clusterProps({ controlPlane, ...props }: Partial<TalosClusterProps> = {}): TalosClusterProps {
  return { clusterName: 'acme', talosVersion: TalosVersion.V1_13, secrets, controlPlane: { hostingNetwork, ...controlPlane }, ...props };
}

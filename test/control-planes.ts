import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { HostNetwork, TalosControlPlane, TalosControlPlaneProps, TalosSecrets, TalosVersion } from '../src';

function secretsFixture(name: string): TalosSecrets {
  return TalosSecrets.fromYaml(readFileSync(join(__dirname, 'fixtures', 'secrets', name), 'utf8'));
}

export const secrets = secretsFixture('a.yaml');
export const otherSecrets = secretsFixture('b.yaml');

/** The networks of a usual hosting cluster. */
export const hostNetwork = HostNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });

/** Properties with what nearly every test needs. */
export function controlPlaneProps(props: Partial<TalosControlPlaneProps> = {}): TalosControlPlaneProps {
  return { clusterName: 'acme', talosVersion: TalosVersion.V1_13, hostNetwork, ...!props.machineConfig && { secrets }, ...props };
}

export function newChart(namespace: string = 'tenant'): Chart {
  return new Chart(new App(), 'test', { namespace });
}

/** A control plane with all that is synthesized for it. */
export class SynthesizedControlPlane {
  public readonly construct: TalosControlPlane;
  public readonly objects: any[];

  constructor(props: Partial<TalosControlPlaneProps> = {}, chart: Chart = newChart()) {
    this.construct = new TalosControlPlane(chart, 'cp', controlPlaneProps(props));
    this.objects = Testing.synth(chart);
  }

  public find(kind: string, name: string): any {
    return this.objects.find((object) => object.kind === kind && object.metadata.name === name);
  }

  public names(kind: string): string[] {
    return this.objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  }

  public get pod(): any {
    return this.find('StatefulSet', 'acme-control-plane').spec.template;
  }

  /** The documents of the machine config: the legacy one first. */
  public get documents(): any[] {
    const { userdata } = this.find('Secret', 'acme-control-plane-config').data;
    return parseAllDocuments(decode(decode(userdata))).map((document) => document.toJS());
  }

  public get legacy(): any {
    return this.documents[0];
  }

  public document(kind: string): any {
    return this.documents.find((document) => document.kind === kind);
  }

  public secretValue(name: string, key: string): any {
    return parse(decode(this.find('Secret', name).data[key]));
  }

  public job(prefix: string): any {
    return this.objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(prefix));
  }

  public script(prefix: string): string {
    return this.job(prefix).spec.template.spec.containers[0].command[3];
  }
}

export function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

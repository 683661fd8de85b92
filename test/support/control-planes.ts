import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Testing } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { SWEPT_RELEASES } from './releases';
import { HostingNetwork, MemberAddresses, TalosControlPlane, TalosControlPlaneProps, TalosSecrets, TalosVersion, TalosWorkers, TalosWorkersProps } from '../../src';

function secretsFixture(name: string): TalosSecrets {
  return TalosSecrets.fromYaml(readFileSync(join(__dirname, '..', 'fixtures', 'secrets', name), 'utf8'));
}

export const secrets = secretsFixture('a.yaml');
export const otherSecrets = secretsFixture('b.yaml');

/** The networks of a usual hosting cluster. */
export const hostingNetwork = HostingNetwork.of({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });

/** Properties with what nearly every test needs. */
export function controlPlaneProps(props: Partial<TalosControlPlaneProps> = {}): TalosControlPlaneProps {
  return { clusterName: 'acme', talosVersion: TalosVersion.V1_13, hostingNetwork, ...!props.machineConfig && { secrets }, ...props };
}

export function newChart(namespace: string = 'tenant'): Chart {
  return new Chart(new App(), 'test', { namespace });
}

/** The last release that doesn't name nodes by their pods. */
export const V1_14_1 = TalosVersion.of('v1.14.1');

/** The swept minor releases, and the one that differs from the other patch releases of its own. */
export const RELEASES = [...SWEPT_RELEASES.map((minor) => TalosVersion.of(minor)), V1_14_1];

/** The documents of a machine config: the legacy one first. */
export function documentsIn(yaml: string): any[] {
  return parseAllDocuments(yaml).map((document) => document.toJS());
}

/** Machines with all that is synthesized around them. */
abstract class Synthesized {
  public readonly objects: any[];

  constructor(chart: Chart, private readonly machines: string) {
    this.objects = Testing.synth(chart);
  }

  public find(kind: string, name: string): any {
    return this.objects.find((object) => object.kind === kind && object.metadata.name === name);
  }

  public names(kind: string): string[] {
    return this.objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  }

  public get pod(): any {
    return this.find('StatefulSet', this.machines).spec.template;
  }

  /** The documents of the machine config: the legacy one first. */
  public get documents(): any[] {
    const { userdata } = this.find('Secret', `${this.machines}-config`).data;
    return documentsIn(decode(decode(userdata)));
  }

  public get legacy(): any {
    return this.documents[0];
  }

  public document(kind: string): any {
    return this.documents.find((document) => document.kind === kind);
  }
}

/** A control plane with all that is synthesized for it. */
export class SynthesizedControlPlane extends Synthesized {
  public readonly construct: TalosControlPlane;

  constructor(props: Partial<TalosControlPlaneProps> = {}, chart: Chart = newChart()) {
    const construct = new TalosControlPlane(chart, 'cp', controlPlaneProps(props));
    super(chart, 'acme-control-plane');
    this.construct = construct;
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

/** A pool of workers beside its control plane, with all that is synthesized for both. */
export class SynthesizedWorkers extends Synthesized {
  public readonly construct: TalosWorkers;

  constructor(props: Partial<TalosWorkersProps> = {}, controlPlane: Partial<TalosControlPlaneProps> = {}, chart: Chart = newChart()) {
    const construct = new TalosWorkers(chart, 'workers', {
      name: 'general', controlPlane: new TalosControlPlane(chart, 'cp', controlPlaneProps(controlPlane)), ...props,
    });
    super(chart, `acme-${construct.poolName}`);
    this.construct = construct;
  }
}

export function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

export const STABLE: Partial<TalosControlPlaneProps> = { replicas: 3, memberAddresses: MemberAddresses.STABLE };

export const HEADLESS = 'acme-control-plane.tenant.svc.cluster.local';

export const PORTS = ['talos-api 50000', 'k8s-api 6443', 'trustd 50001', 'etcd-client 2379', 'etcd-peer 2380', 'kubelet 10250'];

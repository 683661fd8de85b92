import { Construct } from 'constructs';
import { MemberConfigs } from './member-configs';
import { RenderedConfig } from './rendered-config';
import { createConfigMapObject } from '../kubernetes/config-map-object';
import { createSecretObject, SecretOptions } from '../kubernetes/secret-object';
import { requireDnsSubdomain } from '../kubernetes/syntax';
import { warn } from '../kubernetes/warnings';
import { COMMON_TEMPLATE, configTemplate, hasStandIns, secretTextsOf } from '../machine-config/config-template';
import { patchName } from '../machine-config/in-source';
import { MachineConfig } from '../machine-config/machine-config';
import { ownSecrets, possibleSecrets } from '../machine-config/own-secrets';
import { SecretTextSource, secretTextName } from '../machine-config/secret-text';
import { TalosError } from '../problem';
import { BundleSecrets, SecretDelivery } from '../secrets/secret-delivery';
import { TalosRole } from '../talos/talos-role';

/** A machine config, and how it gets to its machines. */
export interface ConfigDeliveryOptions extends SecretOptions {
  readonly config: MachineConfig;
  readonly members?: MemberConfigs;
  readonly name: string;
  readonly secretDelivery: SecretDelivery;
  /** The name of the cluster, of which the names of the Secrets with its keys are made; that in the machine config by default. */
  readonly clusterName?: string;
  readonly busyboxImage?: string;
}

/** Creates the object with the templates of a machine config that pods render; undefined for one that is complete. */
export function createRenderedConfig(construct: Construct, options: ConfigDeliveryOptions): RenderedConfig | undefined {
  const { config, members, name, secretDelivery, busyboxImage: image } = options;
  const configs = [config, ...members?.entries.map(([, own]) => own) ?? []];
  const texts = textsOf(configs);
  const clusterName = options.clusterName ?? config._facts.clusterName;
  const bundle = secretDelivery._bundleSecrets(clusterName ?? NAMELESS);
  if (!bundle && texts.length === 0) {
    return undefined;
  }
  const templates = Object.fromEntries([
    [COMMON_TEMPLATE, configTemplate(config._documents)],
    ...members?.entries.map(([ordinal, own]) => [members.keyOf(ordinal), configTemplate(own._documents)]) ?? [],
  ]);
  if (!bundle) {
    configs.forEach(requireKeys);
    createSecretObject(construct, name, options, { values: templates });
    return new RenderedConfig({ kind: 'Secret', name, templates, texts, image });
  }
  configs.forEach((each) => requireNoKeys(construct, each));
  createConfigMapObject(construct, name, options, templates);
  const bundleSecretName = nameFor(config, bundle);
  if (clusterName === undefined && bundleSecretName.startsWith(NAMELESS)) {
    throw new TalosError('talos:missing-property', '\'secretDelivery\' names its Secrets by the cluster, whose name \'config\' doesn\'t have: give \'secretName\' and \'workerSecretName\'');
  }
  requireDnsSubdomain('secretDelivery', bundleSecretName);
  return new RenderedConfig({ kind: 'ConfigMap', name, templates, bundleSecretName, texts, revision: bundle.revision, image });
}

/** No name of a Secret begins with it. */
const NAMELESS = '?';

/** Workers don't get the keys of control planes. */
function nameFor({ role }: MachineConfig, { secretName, workerSecretName }: BundleSecrets): string {
  return role === TalosRole.WORKER ? workerSecretName : secretName;
}

/** The texts of users' Secrets, each once. */
function textsOf(configs: readonly MachineConfig[]): SecretTextSource[] {
  const texts = configs.flatMap(({ _documents }) => secretTextsOf(_documents));
  return [...new Map(texts.map((text) => [secretTextName(text), text])).values()]
    .sort((one, other) => secretTextName(one) < secretTextName(other) ? -1 : 1);
}

function requireKeys(config: MachineConfig): void {
  if (hasStandIns(config._documents)) {
    throw new TalosError('talos:conflicting-properties', '\'config\' is of a cluster whose keys synthesis never sees: give it with the \'secretDelivery\' of the cluster');
  }
}

/** Refuses secrets where everybody can read them. */
function requireNoKeys(construct: Construct, config: MachineConfig): void {
  if (!hasStandIns(config._documents)) {
    throw new TalosError('talos:conflicting-properties', '\'config\' has keys in it, and \'secretDelivery\' keeps them out of manifests: give the \'secretDelivery\' to a TalosCluster or '
      + 'TalosControlPlane, which then makes machine configs without keys, or use SecretDelivery.inline(), scope() or sealed()');
  }
  const [secret] = ownSecrets(config._history);
  if (secret) {
    const { property, index: patchIndex, file: patchSource } = secret.patch ?? {};
    throw new TalosError('talos:conflicting-properties', `${property === undefined ? '\'config\': ' : ''}${secret.place} is a secret, and 'secretDelivery' keeps secrets out of manifests: put it into a Secret, `
      + 'and give the placeholder of SecretText.fromSecret(), or use SecretDelivery.inline(), scope() or sealed()', property === undefined ? {} : { property, patchIndex, patchSource });
  }
  for (const { place, patch } of possibleSecrets(config._history)) {
    warn(construct, 'talos:possible-secret', `${patchName(patch) ?? '\'config\''}: ${place} can hold secrets, and everybody who reads the manifests can read it: `
      + 'put what is secret into a Secret, and give the placeholder of SecretText.fromSecret()');
  }
}

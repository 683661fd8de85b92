import { createHash } from 'crypto';
import { BUSYBOX_IMAGE } from './busybox';
import { RENDER_PATHS, renderScript, RenderTarget } from './render-script';
import { CONFINED } from '../kubernetes/confined';
import { Container, SeccompProfileType, SecurityContext, VolumeMount } from '../kubernetes/container';
import { EmptyDirMedium, Volume } from '../kubernetes/volume';
import { BUNDLE_VOLUME, COMMON_TEMPLATE, TEMPLATE_VOLUME, TEXTS_VOLUME } from '../machine-config/config-template';
import { SecretTextSource, secretTextName } from '../machine-config/secret-text';
import { BUNDLE_KEY } from '../secrets/secret-delivery';
import { EMBEDDED_CONFIG } from '../talos/embedded-config';
import { TalosMount } from '../talos/talos-mount';
import { TalosVersion } from '../talos/talos-version';

/** What a machine config is rendered from. */
export interface RenderedConfigOptions {
  /** The object with the templates: a Secret where they hold keys. */
  readonly kind: 'ConfigMap' | 'Secret';
  /** Its name. */
  readonly name: string;
  /** The templates by their keys: `config.yaml`, and `machineconfig-0` and so on for single machines. */
  readonly templates: { readonly [key: string]: string };
  /** The Secret with the bundle, or the workers' part of it; none where the templates have the keys. */
  readonly bundleSecretName?: string;
  /** The texts of users' own Secrets. */
  readonly texts: readonly SecretTextSource[];
  /** Another one makes other pods. */
  readonly revision?: string;
  /** An image with a static `/bin/busybox`. */
  readonly image?: string;
}

/** What a pod needs to render a machine config before its containers start. */
export interface Rendering {
  readonly initContainer: Container;
  readonly volumes: Volume[];
  /** Where the main container finds the result. */
  readonly volumeMounts: VolumeMount[];
}

/** The name of the init container. */
export const RENDER_CONTAINER = 'machine-config';

/** The volumes; the first has the result. */
export const RENDER_VOLUMES = {
  result: 'machine-config',
  templates: TEMPLATE_VOLUME,
  bundle: BUNDLE_VOLUME,
  texts: TEXTS_VOLUME,
  scratch: 'machine-config-scratch',
} as const;

/** Root, which owns the files of Secrets and of Talos, without any rights of root. */
const ROOT_WITHOUT_RIGHTS: SecurityContext = {
  runAsUser: 0,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
};

/** A machine config that pods make of a template when they start, because a part of it is only in Secrets. */
export class RenderedConfig {
  constructor(private readonly options: RenderedConfigOptions) {}

  /** Kind and name of the object with the templates. */
  public get template(): { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string } {
    return { kind: this.options.kind, name: this.options.name };
  }

  /** Name and key of the Secret that brings the cluster's keys. */
  public get secret(): { readonly name: string; readonly key: string } {
    const { name, bundleSecretName } = this.options;
    return bundleSecretName === undefined ? { name, key: COMMON_TEMPLATE } : { name: bundleSecretName, key: BUNDLE_KEY };
  }

  /** Changes with everything that makes other machine configs of the same Secrets, and with the revision of these. */
  public get checksum(): string {
    const { templates, revision } = this.options;
    const text = JSON.stringify([templates, renderScript(RenderTarget.MACHINE), ...revision === undefined ? [] : [revision]]);
    return createHash('sha256').update(text).digest('hex');
  }

  /** The Secrets without which the pods don't start. */
  public get secretNames(): string[] {
    const { bundleSecretName, texts } = this.options;
    return [...new Set([...bundleSecretName === undefined ? [] : [bundleSecretName], ...texts.map(({ secretName }) => secretName)])];
  }

  /**
   * For the pods of machines: the file of Talos's embedded machine config or, for a release that doesn't read that, the file in which Talos keeps its
   * machine config.
   *
   * @param mounts those of the Talos container
   * @param replaces whether the machine config replaces the one that Talos has kept
   */
  public forMachines(talosVersion: TalosVersion, mounts: readonly VolumeMount[], replaces: boolean): Rendering {
    const env = [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }];
    if (talosVersion._readsEmbeddedConfig) {
      const result = { name: RENDER_VOLUMES.result };
      return {
        initContainer: this.container(RenderTarget.MACHINE, { ...result, mountPath: RENDER_PATHS.result }, ROOT_WITHOUT_RIGHTS, env),
        volumes: [...this.sources(), inMemory(RENDER_VOLUMES.result, RESULT_SIZE)],
        volumeMounts: [{ ...result, mountPath: EMBEDDED_CONFIG.directory, readOnly: true }],
      };
    }
    const state = mounts.find(({ mountPath }) => mountPath === TalosMount.SYSTEM_STATE)!;
    const target = replaces ? RenderTarget.MACHINE : RenderTarget.NEW_MACHINE;
    return {
      initContainer: this.container(target, { ...state, mountPath: RENDER_PATHS.result }, ROOT_WITHOUT_RIGHTS, env),
      volumes: this.sources(),
      volumeMounts: [],
    };
  }

  /**
   * For a Job: the machine configs of all machines as YAML, in files with the keys of their templates. The Job's containers have no rights, and its
   * pod has an `fsGroup`.
   *
   * @param directory where the Job finds them
   */
  public forJob(directory: string): Rendering {
    const result = { name: RENDER_VOLUMES.result };
    return {
      initContainer: this.container(RenderTarget.ALL, { ...result, mountPath: RENDER_PATHS.result }, CONFINED, []),
      volumes: [...this.sources(), inMemory(RENDER_VOLUMES.result, RESULT_SIZE)],
      volumeMounts: [{ ...result, mountPath: directory, readOnly: true }],
    };
  }

  private container(target: RenderTarget, result: VolumeMount, securityContext: SecurityContext, env: Container['env']): Container {
    const { image = BUSYBOX_IMAGE, bundleSecretName, texts } = this.options;
    const mount = (source: keyof typeof RENDER_VOLUMES & keyof typeof RENDER_PATHS): VolumeMount =>
      ({ name: RENDER_VOLUMES[source], mountPath: RENDER_PATHS[source], readOnly: true });
    return {
      name: RENDER_CONTAINER,
      image,
      command: ['/bin/busybox', 'sh', '-c', renderScript(target), RENDER_CONTAINER, ...texts.map(secretTextName)],
      env,
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      securityContext,
      volumeMounts: [
        mount('templates'),
        ...bundleSecretName === undefined ? [] : [mount('bundle')],
        ...texts.length > 0 ? [mount('texts')] : [],
        { ...mount('scratch'), readOnly: undefined },
        result,
      ],
    };
  }

  private sources(): Volume[] {
    const { kind, name, bundleSecretName, texts } = this.options;
    const [defaultMode, { templates, bundle }] = [OWNER_READS, RENDER_VOLUMES];
    return [
      { name: templates, ...kind === 'ConfigMap' ? { configMap: { name } } : { secret: { secretName: name, defaultMode } } },
      ...bundleSecretName === undefined
        ? []
        : [{ name: bundle, secret: { secretName: bundleSecretName, items: [{ key: BUNDLE_KEY, path: BUNDLE_KEY }], defaultMode } }],
      ...texts.length > 0 ? [{ name: RENDER_VOLUMES.texts, projected: { sources: textSources(texts), defaultMode } }] : [],
      inMemory(RENDER_VOLUMES.scratch, SCRATCH_SIZE),
    ];
  }
}

/** With the `fsGroup` of a Job, its group reads them too. */
const OWNER_READS = 0o400;

const RESULT_SIZE = '4Mi';
const SCRATCH_SIZE = '4Mi';

/** A volume that is never on a disk. */
function inMemory(name: string, sizeLimit: string): Volume {
  return { name, emptyDir: { medium: EmptyDirMedium.MEMORY, sizeLimit } };
}

/** The files of users' texts: `SECRET/KEY`. */
function textSources(texts: readonly SecretTextSource[]) {
  const names = [...new Set(texts.map(({ secretName }) => secretName))];
  return names.map((name) => ({
    secret: { name, items: texts.filter(({ secretName }) => secretName === name).map((text) => ({ key: text.key, path: secretTextName(text) })) },
  }));
}

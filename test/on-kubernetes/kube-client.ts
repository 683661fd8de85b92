import { Agent, request } from 'https';
import { Connection, readKubeconfig } from './kubeconfig';
import { until } from './until';

/** A Kubernetes object as it goes over the wire. */
export type KubeObject = any;

/** What the API server says to a request. */
export interface Answer {
  readonly status: number;
  readonly body: any;
  /** The `Warning` headers, which kubectl shows to its user. */
  readonly warnings?: string;
}

/** A change of an object, as a watch tells it. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/** What has happened to the objects of a kind. */
export interface Watch {
  /** The objects as they were. */
  readonly start: KubeObject[];
  /** The changes since then. */
  readonly events: () => WatchEvent[];
  readonly stop: () => void;
}

interface Resource {
  readonly path: string;
  readonly name: string;
  readonly namespaced: boolean;
  readonly listed: boolean;
}

/** As whom fields are owned: the owner of a second apply must be that of the first. */
const FIELD_MANAGER = 'cdk8s-talos-tests';

/** The Kubernetes API of a cluster, as far as the tests need it. */
export class KubeClient {
  public static fromEnvironment(): KubeClient {
    return new KubeClient(readKubeconfig(process.env.KUBECONFIG!));
  }

  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<Resource[]>>();

  private constructor(private readonly connection: Connection) {
    this.agent = new Agent({ keepAlive: true, ...connection.tls });
  }

  /** Server-side apply with strict validation, by default for real. It never takes fields from another owner. */
  public async apply(object: KubeObject, options: { readonly dryRun?: boolean } = {}): Promise<Answer> {
    const query = new URLSearchParams({ fieldManager: FIELD_MANAGER, fieldValidation: 'Strict', ...(options.dryRun && { dryRun: 'All' }) });
    return this.call('PATCH', `${await this.path(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** Creates an object as controllers do, which send lists with the same key twice, too. */
  public async create(object: KubeObject, options: { readonly dryRun?: boolean } = {}): Promise<Answer> {
    const { apiVersion, kind, metadata } = object;
    return this.call('POST', `${await this.collection(apiVersion, kind, metadata.namespace)}${options.dryRun ? '?dryRun=All' : ''}`, object);
  }

  public async get(object: KubeObject): Promise<Answer> {
    return this.call('GET', await this.path(object));
  }

  /** Whether the API server has a version of an API. */
  public async has(apiVersion: string): Promise<boolean> {
    return (await this.call('GET', `/apis/${apiVersion}`)).status === 200;
  }

  /** The objects of a kind in a namespace. */
  public async list(apiVersion: string, kind: string, namespace?: string): Promise<KubeObject[]> {
    return (await this.read(await this.collection(apiVersion, kind, namespace))).items;
  }

  /** The objects of every kind, wherever they are, that have a label. */
  public async labelled(label: string): Promise<KubeObject[]> {
    const { groups } = await this.read('/apis');
    const versions: string[] = ['v1', ...groups.map(({ preferredVersion }: any) => preferredVersion.groupVersion)];
    const resources = (await Promise.all(versions.map((version) => this.resourcesOf(version)))).flat().filter(({ listed }) => listed);
    const objects = await Promise.all(resources.map(async ({ path, name }) => {
      const { items } = await this.read(`${path.replace('/namespaces/{namespace}', '')}?${new URLSearchParams({ labelSelector: label })}`);
      return items.map((item: KubeObject) => ({ kind: name, ...item }));
    }));
    return objects.flat();
  }

  /** Deletes an object, and what it owns unless told to orphan that. */
  public async delete(object: KubeObject, propagationPolicy: 'Background' | 'Orphan' = 'Background'): Promise<Answer> {
    return this.call('DELETE', await this.path(object), { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy });
  }

  /** What `kubectl drain` asks for each pod of a node. */
  public async evict(pod: KubeObject): Promise<Answer> {
    const { name, namespace } = pod.metadata;
    return this.call('POST', `${await this.path({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } })}/eviction`, {
      apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace },
    });
  }

  /** What `kubectl debug` does to a pod. */
  public async addEphemeralContainer(pod: KubeObject, container: KubeObject): Promise<Answer> {
    const patch = { spec: { ephemeralContainers: [container] } };
    return this.call('PATCH', `${await this.path(pod)}/ephemeralcontainers`, patch, 'application/strategic-merge-patch+json');
  }

  /** Follows the objects of a kind in a namespace from now on, until it is stopped. */
  public async watch(apiVersion: string, kind: string, namespace: string): Promise<Watch> {
    const path = await this.collection(apiVersion, kind, namespace);
    const list = await this.read(path);
    const query = new URLSearchParams({ watch: 'true', resourceVersion: list.metadata.resourceVersion });
    let text = '';
    const stream = request(`${this.connection.server}${path}?${query}`, { agent: this.agent, headers: this.headers() }, (response) => {
      response.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('error', () => undefined);
    });
    stream.on('error', () => undefined).end();
    return {
      start: list.items,
      events: () => text.split('\n').slice(0, -1).map((line) => JSON.parse(line)),
      stop: () => stream.destroy(),
    };
  }

  public close(): void {
    this.agent.destroy();
  }

  private async path(object: KubeObject): Promise<string> {
    return `${await this.collection(object.apiVersion, object.kind, object.metadata.namespace)}/${object.metadata.name}`;
  }

  private async collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const resource = (await this.resourcesOf(apiVersion)).find(({ name }) => name === kind);
    if (!resource) {
      throw new Error(`the API server has no ${kind} in ${apiVersion}`);
    }
    return resource.namespaced ? resource.path.replace('{namespace}', namespace ?? 'default') : resource.path;
  }

  private async resourcesOf(apiVersion: string): Promise<Resource[]> {
    if (!this.resources.has(apiVersion)) {
      this.resources.set(apiVersion, this.discover(apiVersion));
    }
    return this.resources.get(apiVersion)!;
  }

  private async discover(apiVersion: string): Promise<Resource[]> {
    const base = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`;
    const { resources } = await this.read(base);
    return resources.filter(({ name }: any) => !name.includes('/')).map(({ name, kind, namespaced, verbs }: any) => ({
      name: kind, namespaced, listed: verbs.includes('list'), path: namespaced ? `${base}/namespaces/{namespace}/${name}` : `${base}/${name}`,
    }));
  }

  /** What must be there. A server that begins to store a kind asks for patience by 429. */
  private async read(path: string): Promise<any> {
    const { status, body } = await until(`an answer to GET ${path}`, async () => {
      const answer = await this.call('GET', path);
      return answer.status === 429 ? undefined : answer;
    });
    if (status !== 200) {
      throw new Error(`GET ${path}: ${status} ${body.message}`);
    }
    return body;
  }

  private headers(): { [name: string]: string } {
    const { token } = this.connection;
    return { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  }

  private call(method: string, path: string, body?: KubeObject, type = 'application/json'): Promise<Answer> {
    return new Promise((done, failed) => {
      const text = body && JSON.stringify(body);
      // Node leaves the length out for DELETE
      const content = text && { 'content-type': type, 'content-length': Buffer.byteLength(text) };
      request(this.connection.server + path, { method, agent: this.agent, headers: { ...this.headers(), ...content } }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk) => { answer += chunk; }).on('error', failed).on('end', () => {
          // an API server that is overloaded or misconfigured may answer with plain text
          const json = response.headers['content-type']?.includes('json');
          done({ status: response.statusCode!, body: json ? JSON.parse(answer) : { message: answer }, warnings: response.headers.warning });
        });
      }).on('error', failed).end(text);
    });
  }
}

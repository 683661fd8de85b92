import { Testing } from 'cdk8s';
import { TalosVersion } from '../../src';
import { MetricsTokenJob, MetricsTokenJobOptions } from '../../src/jobs/metrics-token-job';
import { jobImages } from '../../src/jobs/tool-images';
import { decode, newChart } from '../support/control-planes';
import { runJobScript, ScriptOutcome } from '../support/job-scripts';

function synth(options: Partial<MetricsTokenJobOptions> = {}): any[] {
  const chart = newChart();
  new MetricsTokenJob(chart, 'token', {
    ...jobImages({}, TalosVersion.V1_13), clusterName: 'acme', namespace: 'tenant', kubernetesEndpoint: 'https://acme.tenant.svc:6443', suspend: false, ...options,
  });
  return Testing.synth(chart);
}

const ofKind = (objects: any[], kind: string) => objects.find((object) => object.kind === kind);

/** Two clusters: the inner one has a kubeconfig, and the hosting one Secrets as files. */
const KUBECTL = `case "$*" in
  "--kubeconfig /kubeconfig/value --server https://acme.tenant.svc:6443 apply "*) cat > inner; echo "serviceaccount/reader serverside-applied" ;;
  "--kubeconfig /kubeconfig/value --server https://acme.tenant.svc:6443 create token "*) echo "a warning" >&2; echo "token-$count" ;;
  *" config view "*) printf Y2VydGlmaWNhdGU= ;;
  "apply --server-side "*) cat > hosting; echo "secret/acme-metrics-token serverside-applied" ;;
  *) echo "unknown command: $*"; exit 1 ;;
esac`;
const run = (kubectl = '') => runJobScript(ofKind(synth(), 'Job').spec.template.spec.containers[0].command[3], { talosctl: 'exit 1', kubectl: `${kubectl}\n${KUBECTL}` });
const hosting = ({ file }: ScriptOutcome) => JSON.parse(file('hosting')!);

describe('the Jobs', () => {
  test('have one pod, which has the kubeconfig of the cluster and may write one Secret', () => {
    const objects = synth();
    const { template } = ofKind(objects, 'Job').spec;
    const { schedule, jobTemplate, suspend } = ofKind(objects, 'CronJob').spec;
    expect(jobTemplate.spec.template).toEqual(template);
    expect(suspend).toBeUndefined();
    expect(schedule).toMatch(/^[1-5]?\d [12]?\d \* \* \*$/);
    expect(template.spec.volumes).toContainEqual({ name: 'kubeconfig', secret: { secretName: 'acme-kubeconfig', items: [{ key: 'value', path: 'value' }] } });
    expect(ofKind(objects, 'Role').rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['acme-metrics-token'], verbs: ['get', 'create', 'patch'] },
    ]);
  });

  test('of clusters run at different times', () => {
    const schedules = ['a', 'b', 'c', 'd'].map((namespace) => ofKind(synth({ namespace }), 'CronJob').spec.schedule);
    expect(new Set(schedules).size).toBe(4);
  });
});

describe('a run', () => {
  test('makes an account that may read metrics alone, and writes its token', () => {
    const outcome = run();
    expect(outcome.status).toBe(0);
    const { items } = JSON.parse(outcome.file('inner')!);
    expect(items.map(({ kind, metadata }: any) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'ServiceAccount kube-system/cdk8s-talos-metrics-reader', 'ClusterRole /cdk8s-talos-metrics-reader', 'ClusterRoleBinding /cdk8s-talos-metrics-reader',
    ]);
    expect(items[1].rules).toEqual([{ nonResourceURLs: ['/metrics'], verbs: ['get'] }, { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }]);
    const secret = hosting(outcome);
    expect(secret.metadata).toEqual({
      name: 'acme-metrics-token', labels: { 'app.kubernetes.io/managed-by': 'cdk8s-talos', 'app.kubernetes.io/part-of': 'acme' },
    });
    expect([decode(secret.data.token), decode(secret.data['ca.crt'])]).toEqual(['token-1', 'certificate']);
  });

  test('shows no token', () => {
    const { output, calls } = run();
    expect(output).toBe('serviceaccount/reader serverside-applied\nsecret/acme-metrics-token serverside-applied\na warning\n');
    expect(calls.join('\n')).not.toContain('token-1');
  });

  test.each<[string, string, string]>([
    ['the Kubernetes API of the cluster', 'case "$* $count" in *"https://acme"*" apply "*" 1") echo refused; exit 1 ;; esac',
      'waiting for the Kubernetes API at https://acme.tenant.svc:6443: refused\n'],
    ['a token', 'case "$* $count" in *" create token "*" 1") echo refused >&2; exit 1 ;; esac', 'waiting for a token\n'],
    ['a token that isn\'t empty', 'case "$* $count" in *" create token "*" 1") exit 0 ;; esac', 'waiting for a token\n'],
    ['the API of the hosting cluster', 'case "$1 $count" in "apply 1") cat > /dev/null; echo forbidden; exit 1 ;; esac',
      'waiting to write the Secret acme-metrics-token: forbidden\n'],
  ])('waits for %s', (_, kubectl, line) => {
    const outcome = run(kubectl);
    expect(outcome.output).toContain(line);
    expect(outcome.status).toBe(0);
    expect(decode(hosting(outcome).data.token)).toMatch(/^token-[12]$/);
  });

  test.each<[string, string]>([
    ['no authority', 'case "$*" in *" config view "*) exit 0 ;; esac'],
    ['no kubeconfig', 'case "$*" in *" config view "*) echo "no file" >&2; exit 1 ;; esac'],
  ])('writes nothing with %s', (_, kubectl) => {
    const outcome = run(kubectl);
    expect(outcome.status).toBe(1);
    expect(outcome.output).toContain('the kubeconfig has no certificate of an authority\n');
    expect(outcome.file('hosting')).toBeUndefined();
  });
});

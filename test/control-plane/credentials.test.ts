import { X509Certificate } from 'crypto';
import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { ConfigUpdate, TalosControlPlane, TalosControlPlaneProps } from '../../src';
import { decode, STABLE, SynthesizedControlPlane } from '../support/control-planes';

const AT = Date.parse('2029-08-20T00:00:00Z') / 1000;
const [YEAR, QUARTER] = ['May 25 02:41:10 2030 GMT', 'Oct  6 02:41:10 2029 GMT'];
const EVERYTHING: Partial<TalosControlPlaneProps> = { ...STABLE, scaleDownFrom: 5, configUpdate: ConfigUpdate.APPLY_JOB };
const JOBS = ['acme-bootstrap', 'acme-apply-config', 'acme-upgrade-k8s', 'acme-scale-down'];

/** The certificate and key in a talosconfig or a kubeconfig. */
function clientOf(text: string): { certificate: X509Certificate; key: string } {
  const { contexts, users } = parse(text);
  const { crt, key } = contexts.acme ?? { crt: users[0].user['client-certificate-data'], key: users[0].user['client-key-data'] };
  return { certificate: new X509Certificate(Buffer.from(crt, 'base64')), key };
}

function ends(text: string): string {
  return clientOf(text).certificate.validTo;
}

/** The credentials in the Secrets: an administrator's two, then those of the Jobs. */
function texts({ objects }: SynthesizedControlPlane): string[] {
  return ['acme-talosconfig', 'acme-kubeconfig', ...JOBS].map((name) => {
    const { talosconfig, value } = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name).data;
    return decode(talosconfig ?? value);
  });
}

function own(construct: TalosControlPlane): string[] {
  return [construct.talosconfig(), construct.kubeconfig()];
}

beforeEach(() => { process.env.SOURCE_DATE_EPOCH = String(AT); });
afterEach(() => { delete process.env.SOURCE_DATE_EPOCH; });

test('credentials end after a year', () => {
  const cluster = new SynthesizedControlPlane(EVERYTHING);
  expect([...texts(cluster), ...own(cluster.construct)].map(ends)).toEqual(Array(8).fill(YEAR));
});

test('credentials end when the cluster wants it', () => {
  const cluster = new SynthesizedControlPlane({ ...EVERYTHING, credentials: { validity: Duration.days(91) } });
  expect([...texts(cluster), ...own(cluster.construct)].map(ends)).toEqual(Array(8).fill(QUARTER));
  expect(ends(cluster.construct.talosconfig({ validity: Duration.days(365) }))).toBe(YEAR);
  expect(ends(cluster.construct.kubeconfig({ validity: Duration.days(365) }))).toBe(YEAR);
  expect(ends(cluster.construct.kubeconfig({ notBefore: new Date('2029-01-01'), validity: undefined }))).toBe('Apr  2 00:00:00 2029 GMT');
});

test('the Secrets hold what the methods make', () => {
  const cluster = new SynthesizedControlPlane({ ...EVERYTHING, credentials: { generation: 3, notBefore: new Date('2028-01-01') } });
  expect(texts(cluster).slice(0, 2)).toEqual(own(cluster.construct));
});

test('each generation has another key', () => {
  const [one, other] = [1, 2].map((generation) => texts(new SynthesizedControlPlane({ ...EVERYTHING, credentials: { generation } })));
  expect(one).toEqual(texts(new SynthesizedControlPlane(EVERYTHING)));
  one.forEach((text, index) => expect(other[index]).not.toBe(text));
});

test('no Job runs again because credentials are renewed', () => {
  const earlier = new SynthesizedControlPlane(EVERYTHING);
  process.env.SOURCE_DATE_EPOCH = String(AT + 200 * 24 * 3600);
  const later = new SynthesizedControlPlane({ ...EVERYTHING, credentials: { generation: 2 } });
  expect(later.names('Job')).toEqual(earlier.names('Job'));
  expect(later.names('Job')).toHaveLength(JOBS.length);
  texts(earlier).forEach((text, index) => expect(texts(later)[index]).not.toBe(text));
});

test('an administrator and each Job have keys of their own', () => {
  const cluster = new SynthesizedControlPlane(EVERYTHING);
  const clients = texts(cluster).map(clientOf);
  expect(new Set(clients.map(({ key }) => key)).size).toBe(6);
  expect(clients.map(({ certificate }) => certificate.subject)).toEqual(['O=os:admin', 'O=system:masters\nCN=admin', 'O=os:admin', 'O=os:admin', 'O=os:admin', 'O=os:admin']);
});

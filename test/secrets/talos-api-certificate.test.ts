import { App, Chart, Duration, Testing } from 'cdk8s';
import { TalosApiCertificate, TalosApiCertificateProps, TalosApiIssuer, TalosApiIssuerProps, TalosApiRole } from '../../src';
import { newChart } from '../support/control-planes';

function synth(props: Partial<TalosApiCertificateProps> = {}, issuerProps: Partial<TalosApiIssuerProps> = {}, chart: Chart = newChart()): any[] {
  const issuer = new TalosApiIssuer(chart, 'issuer', { clusterName: 'acme', ...issuerProps });
  new TalosApiCertificate(chart, 'backup', { issuer, roles: [TalosApiRole.ETCD_BACKUP], ...props });
  return Testing.synth(chart);
}

test('an Issuer with the authority of the Talos API, and a Certificate of it', () => {
  const [issuer, certificate] = synth();
  const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-talos', 'app.kubernetes.io/instance': 'acme', 'app.kubernetes.io/part-of': 'acme' };
  expect(issuer).toEqual({
    apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'acme-talos', namespace: 'tenant', labels }, spec: { ca: { secretName: 'acme-talos-ca' } },
  });
  expect(certificate).toEqual({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'test-backup', namespace: 'tenant', labels },
    spec: {
      secretName: 'test-backup',
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'acme-talos' },
      commonName: 'test-backup',
      subject: { organizations: ['os:etcd:backup'] },
      usages: ['digital signature', 'client auth'],
      privateKey: { algorithm: 'Ed25519', encoding: 'PKCS8', rotationPolicy: 'Always' },
      duration: '24h0m0s',
    },
  });
});

test('names are chosen', () => {
  const [issuer, certificate] = synth({ name: 'backup' }, { name: 'talos', secretName: 'authority' });
  expect([issuer.metadata.name, issuer.spec.ca.secretName]).toEqual(['talos', 'authority']);
  expect([certificate.metadata.name, certificate.spec.secretName, certificate.spec.issuerRef.name]).toEqual(['backup', 'backup', 'talos']);
});

test.each([
  [Duration.hours(1), '1h0m0s', Duration.minutes(5), '5m0s'],
  [Duration.minutes(90), '1h30m0s', Duration.seconds(3700), '1h1m40s'],
  [Duration.days(7), '168h0m0s', Duration.days(2), '48h0m0s'],
])('times are written as cert-manager does: %s', (validity, duration, renewBefore, before) => {
  expect(synth({ validity, renewBefore })[1].spec).toMatchObject({ duration, renewBefore: before });
});

test.each<[string, Partial<TalosApiCertificateProps>, string]>([
  ['no roles', { roles: [] }, '\'roles\' is empty'],
  ['a role twice', { roles: [TalosApiRole.READER, TalosApiRole.READER] }, '\'roles\''],
  ['a short time', { validity: Duration.minutes(59) }, '\'validity, in seconds\' (3540)'],
  ['a late renewal', { renewBefore: Duration.minutes(4) }, '\'renewBefore, in seconds\' (240)'],
  ['a renewal at once', { validity: Duration.hours(1), renewBefore: Duration.hours(1) }, '\'renewBefore\' (3600 seconds) isn\'t shorter than \'validity\' (3600 seconds)'],
  ['a wrong name', { name: 'Backup' }, '\'name\' (Backup)'],
  ['a long name', { name: 'a'.repeat(65) }, 'has more than 64 characters'],
])('refuses %s', (_, props, message) => {
  expect(() => synth(props)).toThrow(message);
});

test('refuses an issuer in another namespace, which would never issue', () => {
  const app = new App();
  const issuer = new TalosApiIssuer(new Chart(app, 'acme', { namespace: 'acme' }), 'issuer', { clusterName: 'acme' });
  const chart = new Chart(app, 'monitoring', { namespace: 'monitoring' });
  expect(() => new TalosApiCertificate(chart, 'reader', { issuer, roles: [TalosApiRole.READER] }))
    .toThrow('\'issuer\' (acme-talos) is in the namespace acme, the certificate in monitoring, and an Issuer issues in its own only: put both into one');
});

test('refuses a name that is taken', () => {
  const chart = newChart();
  const issuer = new TalosApiIssuer(chart, 'issuer', { clusterName: 'acme' });
  const props = { issuer, roles: [TalosApiRole.READER], name: 'reader' };
  new TalosApiCertificate(chart, 'one', props);
  expect(() => new TalosApiCertificate(chart, 'other', props)).toThrow('\'name\' (reader) is already the name of the Certificate');
  expect(() => new TalosApiIssuer(chart, 'another', { clusterName: 'acme' })).toThrow('already the name of the Issuer');
  expect(() => new TalosApiIssuer(chart, 'third', { clusterName: 'acme', name: 'A' })).toThrow('\'name\' (A)');
});

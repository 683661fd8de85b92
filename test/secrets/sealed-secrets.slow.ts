import { join } from 'path';
import { Testing } from 'cdk8s';
import { SealingScope, SecretDelivery } from '../../src';
import { newChart, secrets } from '../support/control-planes';
import { buildGoProgram, GoModule, hasGoModule } from '../support/go-programs';
import { sealingFixture } from '../support/sealed-secrets';
import { addKeys } from '../support/secrets-with-keys';

const MODULE: GoModule = { module: 'github.com/bitnami-labs/sealed-secrets', version: 'v0.40.0', importedAs: 'github.com/bitnami/sealed-secrets' };

/* Sealed Secrets' own code opens what is sealed: where Go is, and its module can be had. */
(hasGoModule(MODULE) ? describe : describe.skip)('the controller', () => {
  let open: ReturnType<typeof buildGoProgram>;
  beforeAll(() => {
    open = buildGoProgram(join(__dirname, 'controllers', 'sealed-secrets', 'main.go'), MODULE);
  }, 600_000);

  const synthesize = (delivery: SecretDelivery): any[] => {
    const chart = newChart();
    addKeys(chart, delivery, secrets);
    return Testing.synth(chart);
  };
  const plain = synthesize(SecretDelivery.inline()).filter(({ kind }) => kind === 'Secret');

  describe.each(Object.values(SealingScope))('%s', (scope) => {
    describe.each(['controller', 'large'])('for the key %s', (name) => {
      const sealedSecrets = synthesize(SecretDelivery.sealed({ certificate: sealingFixture(`${name}.crt`), scope })).filter(({ kind }) => kind === 'SealedSecret');
      const [key, otherKey] = (name === 'large' ? ['large', 'controller'] : ['controller', 'large']).map((each) => sealingFixture(`${each}.key`));

      test('makes the same Secrets', () => {
        const opened = open({ key, sealedSecrets });
        expect(opened.length).toBeGreaterThan(10);
        expect(opened).toEqual(plain.map(({ metadata, ...secret }) => ({
          ...secret,
          metadata: expect.objectContaining({
            ...metadata,
            ...scope !== SealingScope.STRICT && { annotations: { ...metadata.annotations, [`sealedsecrets.bitnami.com/${scope}`]: 'true' } },
            ownerReferences: [expect.objectContaining({ kind: 'SealedSecret', name: metadata.name, controller: true })],
          }),
        })).map(({ apiVersion: _, kind: __, ...secret }) => secret));
      });

      const moved = (metadata: object) => sealedSecrets.map((sealed) => ({ ...sealed, metadata: { ...sealed.metadata, ...metadata } }));
      const refused = (answers: any[]) => answers.filter(({ error }) => /no key could decrypt secret/.test(error)).length;
      const all = sealedSecrets.length;

      test('refuses another key', () => {
        expect(refused(open({ key: otherKey, sealedSecrets }))).toBe(all);
      });

      test('opens them elsewhere only if the scope allows it', () => {
        expect(refused(open({ key, sealedSecrets: moved({ namespace: 'elsewhere' }) }))).toBe(scope === SealingScope.CLUSTER_WIDE ? 0 : all);
        expect(refused(open({ key, sealedSecrets: moved({ name: 'another' }) }))).toBe(scope === SealingScope.STRICT ? all : 0);
      });

      test('refuses what was changed', () => {
        const changed = sealedSecrets.map(({ spec, ...sealed }) => {
          const flippedData = Object.entries<string>(spec.encryptedData).map(([field, text]) => [field, flipped(text)]);
          return { ...sealed, spec: { ...spec, encryptedData: Object.fromEntries(flippedData) } };
        });
        expect(refused(open({ key, sealedSecrets: changed }))).toBe(all);
      });
    });
  });
});

/** The text with another last byte. */
function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  bytes[bytes.length - 1] = 255 - bytes[bytes.length - 1];
  return bytes.toString('base64');
}

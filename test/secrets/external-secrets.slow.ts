import { join } from 'path';
import { Testing } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { SecretDelivery, TalosSecrets } from '../../src';
import { createExternalSecrets } from '../../src/secrets/external-secrets';
import { newChart } from '../support/control-planes';
import { buildGoProgram, GoModule, hasGoModule } from '../support/go-programs';
import { fixture } from '../support/secrets-fixtures';

const MODULE: GoModule = { module: 'github.com/external-secrets/external-secrets', version: 'v0.16.2' };

/* External Secrets' own code renders the templates: where Go is, and its module can be had. */
(hasGoModule(MODULE) ? describe : describe.skip)('External Secrets', () => {
  let answer: ReturnType<typeof buildGoProgram>;
  beforeAll(() => {
    answer = buildGoProgram(join(__dirname, 'controllers', 'external-secrets', 'main.go'), MODULE);
  }, 900_000);

  const chart = newChart();
  createExternalSecrets(chart, SecretDelivery.externalSecret({ store: 'vault', key: 'talos/acme' })._bundleSecrets('acme')!, {});
  const templates = Testing.synth(chart).map(({ spec }) => spec.target.template.data);
  const render = (bundle: string): any[] => answer({ templates, values: { bundle } });
  const bundleIn = ({ data }: any) => Buffer.from(data.bundle, 'base64').toString();

  const text = fixture('a.yaml');
  const bundle = parse(text);
  const part = {
    cluster: bundle.cluster,
    secrets: { bootstraptoken: bundle.secrets.bootstraptoken },
    trustdinfo: bundle.trustdinfo,
    certs: { os: { crt: bundle.certs.os.crt }, k8s: { crt: bundle.certs.k8s.crt } },
  };

  test.each<[string, string]>([
    ['as talosctl writes it', text],
    ['without its last newline', text.trimEnd()],
    ['with comments and two spaces', `# acme\n${stringify(bundle, { indent: 2, lineWidth: 0 })}`],
    ['as JSON', JSON.stringify(bundle)],
    ['as JSON in lines', JSON.stringify(bundle, undefined, 2)],
    ['with what isn\'t a part', stringify({ ...bundle, sops: { mac: 'a' }, notes: 'x' })],
  ])('a bundle %s', (_, stored) => {
    const [whole, workers] = render(stored).map(bundleIn);
    expect(TalosSecrets.fromYaml(whole).toYaml()).toBe(text);
    expect(parse(whole)).toEqual(bundle);
    expect(parse(workers)).toEqual(part);
    for (const line of [whole, workers].flatMap((rendered) => rendered.split('\n'))) {
      expect(line).toMatch(/^( {2}| {4})?[a-z0-9]+:( [^\s'"]+)?$/);
    }
  });

  const without = (change: (copy: any) => void) => {
    const copy = parse(text);
    change(copy);
    return stringify(copy);
  };
  test.each<[string, string, string]>([
    ['no authorities', without((copy) => delete copy.certs), 'certs'],
    ['no tokens', without((copy) => delete copy.secrets), 'secrets'],
    ['no YAML', 'cluster: {', 'cluster'],
    ['nothing', '', 'cluster'],
  ])('a bundle with %s is an error that shows no value', (_, stored, missing) => {
    for (const { error } of render(stored)) {
      expect(error).toContain(`map has no entry for key "${missing}"`);
      expect(error).not.toContain(bundle.cluster.secret);
    }
  });

  test('a bundle without a worker\'s part is an error', () => {
    const [, { error }] = render(without((copy) => delete copy.secrets.bootstraptoken));
    expect(error).toContain('map has no entry for key "bootstraptoken"');
  });
});

import { readFileSync } from 'fs';
import { join } from 'path';
import { SecretDelivery } from '../../src';
import { bundleSecretsScript } from '../../src/jobs/bundle-secrets-script';
import { mintTalosconfigScript } from '../../src/jobs/credentials-script';
import { renderScript, RenderTarget } from '../../src/node/render-script';

const page = (name: string) => readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');

/** The first table of the page, which says what to take. */
const choices = page('keys.md').split('\n## ').find((section) => section.startsWith('What to take'))!;

test.each(Object.getOwnPropertyNames(SecretDelivery).filter((name) => /^(?!length$|name$|prototype$|keyless$)/.test(name)))('the page about keys says when to take %s()', (way) => {
  expect(choices).toMatch(new RegExp(`^\\|[^|]*\\|[^|]*\`${way}\\(\\)`, 'm'));
});

const GENERATING = bundleSecretsScript(SecretDelivery.generateOnce()._bundleSecrets('acme')!);
const WAITING = bundleSecretsScript(SecretDelivery.existing()._bundleSecrets('acme')!);
const MINTING = mintTalosconfigScript({ clusterName: 'acme', endpoints: ['acme.example.com'] }, 'acme-secrets');
const RENDERING = renderScript(RenderTarget.MACHINE);

test.each([
  [GENERATING, 'the Secret acme-secrets is gone: bring it back, or delete acme-worker-secrets too for a new cluster'],
  [WAITING, 'waiting for the Secret acme-secrets with the key bundle'],
  [WAITING, 'waiting for another bundle in the Secret '],
  [MINTING, 'waiting for a bundle in the Secret '],
  [RENDERING, 'the secrets have no '],
  [RENDERING, 'the secrets are encrypted by sops'],
  [RENDERING, 'that is encrypted, or not on one line'],
  [RENDERING, 'that isn\'t base64'],
  [RENDERING, 'isn\'t UTF-8'],
])('what a pod says is explained (%#)', (script, message) => {
  expect(script).toContain(message);
  expect(page('troubleshooting.md')).toContain(message);
});

import { App, Chart } from 'cdk8s';
import { TalosNode } from '../../src';

test.each([
  ['Node', 'Node'],
  ['a\u001b[31m\n\u202e', 'a\\u001b[31m\\n\\u202e'],
  ['A'.repeat(60), 'A'.repeat(60)],
  ['A'.repeat(100_000), `${'A'.repeat(57)}...`],
])('the name %j is shown printable and shortened', (name, shown) => {
  const create = () => new TalosNode(new Chart(new App(), 'test', { namespace: 'talos' }), 'node', { name });
  expect(create).toThrow(`'name' (${shown}) is not a DNS label`);
});

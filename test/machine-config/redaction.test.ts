import { inspect } from 'util';
import { Cni } from '../../src';
import { describeRedaction } from '../support/redaction';

// the other releases are slow tests
describeRedaction('1.14');

test('inline manifests don\'t show', () => {
  const cni = Cni.inlineManifests({ cni: 'apiVersion: v1\nkind: Secret\ndata: { a: CANARY }\n' });
  expect([inspect(cni, { depth: 9, showHidden: true }), JSON.stringify(cni), `${cni}`].join()).not.toContain('CANARY');
});

import { committedManifests, synthesizeExample } from '../support/synthesize-example';

const EXAMPLE = 'beside-cdk8s-plus';

test('the newest cdk8s-plus gives the same manifests as the oldest', () => {
  const newest = jest.fn(() => jest.requireActual('cdk8s-plus-34'));
  jest.doMock('cdk8s-plus-28', newest);
  expect(synthesizeExample(EXAMPLE)).toEqual(committedManifests(EXAMPLE));
  expect(newest).toHaveBeenCalledTimes(1);
});

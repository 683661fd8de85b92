import { TalosError } from '../../../src/problem';
import { buildTime } from '../../../src/secrets/bundle/build-time';

afterEach(() => { delete process.env.SOURCE_DATE_EPOCH; });

test('is the present', () => {
  delete process.env.SOURCE_DATE_EPOCH;
  expect(Math.abs(buildTime().getTime() - Date.now())).toBeLessThan(10_000);
});

test.each([['0', '1970-01-01T00:00:00.000Z'], ['1796083200', '2026-12-01T00:00:00.000Z']])('is SOURCE_DATE_EPOCH (%s)', (epoch, time) => {
  process.env.SOURCE_DATE_EPOCH = epoch;
  expect(buildTime().toISOString()).toBe(time);
});

test.each(['', 'now', '-1', '1.5', '2026-12-01', '1796083200000000'])('SOURCE_DATE_EPOCH (%s) is refused', (epoch) => {
  process.env.SOURCE_DATE_EPOCH = epoch;
  expect(buildTime).toThrow(TalosError);
  expect(buildTime).toThrow(`'SOURCE_DATE_EPOCH' (${epoch}) is not a number of seconds since 1970: set it as 'date +%s' prints it, or remove it from the environment`);
});

import { isAtLeast, Release } from '../../../talos/release';
import { Check } from '../check/check';

/** The etcd arguments that Talos sets itself, by the releases in which etcd doesn't start with them. */
const DENIED: ReadonlyArray<{ readonly since?: Release; readonly until?: Release; readonly names: readonly string[] }> = [
  {
    names: [
      'name', 'auto-tls', 'peer-auto-tls', 'data-dir', 'listen-peer-urls', 'listen-client-urls', 'client-cert-auth', 'cert-file', 'key-file',
      'trusted-ca-file', 'peer-client-cert-auth', 'peer-cert-file', 'peer-key-file', 'peer-trusted-ca-file',
    ],
  },
  { until: '1.13', names: ['experimental-initial-corrupt-check', 'experimental-watch-progress-notify-interval', 'experimental-compact-hash-check-enabled'] },
  { since: '1.14', names: ['listen-client-http-urls', 'feature-gates', 'watch-progress-notify-interval', 'tls-min-version'] },
];

/** Finds arguments with which etcd doesn't start. */
export function findDeniedEtcdArguments(check: Check): void {
  const denied = DENIED
    .filter(({ since, until }) => check.since(since ?? '1.7') && (!until || isAtLeast(until, check.release)))
    .flatMap(({ names }) => names);
  for (const [name, argument] of check.legacy.at('cluster.etcd.extraArgs').entries) {
    if (denied.includes(name)) {
      check.finding(argument, 'is set by Talos, so etcd doesn\'t start with it: remove it');
    }
  }
}

/** From where on something is a problem. Alerts and the dashboard share these. */
export const THRESHOLDS = {
  /** Changes of the leader in a quarter of an hour: a rolling update of three members makes no more than three. */
  leaderChanges: 4,
  /** Seconds in which 99 % of etcd's writes to its log are on disk. */
  logSeconds: 0.5,
  /** Seconds in which 99 % of its commits to the database are. */
  commitSeconds: 0.25,
  /** The used part of the database's quota, above which etcd takes no writes. */
  databaseShare: 0.8,
  /** Days until a certificate ends that should have been renewed by itself. */
  certificateDays: 7,
  /** Days until the credentials in the Secrets end, which synthesis renews long before. */
  credentialDays: 30,
} as const;

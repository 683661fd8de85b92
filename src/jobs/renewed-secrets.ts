import { Construct } from 'constructs';
import { secretsRule } from './applied-secret';
import { jobName } from './talosctl-job';
import { KubernetesObject } from '../kubernetes/kubernetes-object';
import { CronJobSpec, JobSpec } from '../kubernetes/object-specs';
import { PodTemplateSpec } from '../kubernetes/pod-template';
import { createServiceAccount } from '../kubernetes/service-account';
import { takeName } from '../kubernetes/taken-names';

/** What makes Secrets, and when. */
export interface RenewedSecretsOptions {
  /** The name of the CronJob and of the account, with which that of the first Job begins. */
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
  /** The pod, which has the account. */
  readonly template: PodTemplateSpec;
  /** The Secrets that it makes. */
  readonly secretNames: string[];
  /** When it makes them again. */
  readonly schedule: string;
  /** Another text makes another first Job. */
  readonly revision?: string;
  /** Whether nothing is made for now. */
  readonly suspend?: boolean;
}

/** A Job that gets nothing new in this time leaves it to the next one, which comes before the Secrets expire. */
const RENEWAL_SECONDS = 1800;

/**
 * Creates a Job that makes Secrets, and a CronJob that makes them again in the same way, with the account that may write them. Returns the name of
 * the Job; there is none where nothing is made for now.
 */
export function createRenewedSecrets(scope: Construct, options: RenewedSecretsOptions): string | undefined {
  const { name, labels, template, secretNames, suspend } = options;
  createServiceAccount(scope, name, labels, [secretsRule(secretNames, ['get', 'create', 'patch'])]);
  const job: JobSpec = { backoffLimit: 10, template };
  const first = suspend ? undefined : jobName(name, template, options.revision);
  if (first !== undefined) {
    takeName(scope, 'Job', first);
    new KubernetesObject(scope, 'First', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: first, labels }, spec: job });
  }
  takeName(scope, 'CronJob', name);
  const spec: CronJobSpec = {
    schedule: options.schedule,
    suspend,
    concurrencyPolicy: 'Forbid',
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    jobTemplate: { metadata: { labels }, spec: { ...job, activeDeadlineSeconds: RENEWAL_SECONDS } },
  };
  new KubernetesObject(scope, 'Renewal', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, labels }, spec });
  return first;
}

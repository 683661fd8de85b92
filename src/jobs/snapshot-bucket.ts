import { placeFunctions, requireSnapshotDirectory, SnapshotPlace, SNAPSHOTS } from './snapshot-place';
import { readBoolean, readStructure, readText } from '../input';
import { word } from './scripts';
import { copyTool, secretFiles } from './talosctl-pod';
import { JobImages } from './tool-images';
import { EnvVar } from '../kubernetes/environment-variables';
import { parseQuantity } from '../kubernetes/quantity';
import { requireDnsSubdomain } from '../kubernetes/syntax';
import { isHost, isPortText } from '../network/hosts';
import { splitUrl } from '../network/url';
import { shortened, TalosError } from '../problem';

/**
 * A bucket of Amazon S3, or of another service with its API, with snapshots of etcd.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html
 */
export interface SnapshotS3Options {
  /** The name of the bucket, which must exist. */
  readonly bucket: string;

  /**
   * The name of a Secret in the namespace of the control plane with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`: credentials that may
   * list the bucket, and get, put and delete its objects.
   */
  readonly credentialsSecretName: string;

  /**
   * The URL of the service, without a path, for example `https://minio.example.com:9000`.
   *
   * @default - Amazon S3 in `region`
   */
  readonly endpoint?: string;

  /**
   * The region of the bucket, for example `eu-central-1`.
   *
   * @default - none, which other services than Amazon S3 take
   */
  readonly region?: string;

  /**
   * What the names of the objects begin with, without the '/' after it: letters, digits, '-', '_', '.', and '/' between parts; '' for the root of the
   * bucket. Clusters that share a bucket need different ones, also those of one name.
   *
   * @default - the name of the cluster
   */
  readonly prefix?: string;

  /**
   * The name of a Secret in the namespace of the control plane with the key `ca.crt`: the certificates of the authorities that sign the certificate
   * of `endpoint`, in PEM.
   *
   * @default - public authorities
   */
  readonly caSecretName?: string;

  /**
   * Whether the bucket is a part of the path, rather than of the host. That needs an `endpoint`, also for Amazon S3.
   *
   * @default - true with `endpoint`, false for Amazon S3
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
   */
  readonly pathStyle?: boolean;

  /**
   * The largest size of a snapshot on its way, as a quantity. It is kept on the disk of the hosting node until the pod ends; Kubernetes evicts a pod
   * with more.
   *
   * @default '10Gi'
   */
  readonly scratchSizeLimit?: string;
}

const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const CA = '/snapshots-ca';

/**
 * A bucket as a place of snapshots, by rclone.
 *
 * @param property the name of the options in messages
 * @param clusterName the name of the cluster
 * @param options the options
 * @param images the images of the Jobs
 * @throws if an option isn't valid
 * @see https://rclone.org/s3/
 */
export function bucketPlace(property: string, clusterName: string, options: SnapshotS3Options, images: JobImages): SnapshotPlace {
  const { bucket, prefix = clusterName, endpoint, region, caSecretName, scratchSizeLimit = '10Gi' } = options;
  requireBucket(property, options);
  const { port, hasTls } = endpoint === undefined ? { port: 443, hasTls: true } : serviceAt(`${property}.endpoint`, endpoint);
  requireSnapshotDirectory(`${property}.prefix`, prefix);
  const ca = caSecretName === undefined ? undefined : secretFiles(CA, caSecretName, ['ca.crt']);
  const place = [`s3://${bucket}`, ...prefix === '' ? [] : [prefix]].join('/');
  return {
    identity: `${place} of ${endpoint?.replace(/\/$/, '') ?? `Amazon S3 in ${region}`}`,
    isNamespaced: false,
    mounted: {
      volumes: [{ name: 'snapshots', emptyDir: { sizeLimit: scratchSizeLimit } }, ...ca?.volumes ?? []],
      volumeMounts: [{ name: 'snapshots', mountPath: SNAPSHOTS }, ...ca?.volumeMounts ?? []],
      initContainers: [copyTool('rclone', images.rcloneImage, '/tools/busybox', '/usr/local/bin/rclone', '/etc/ssl/certs/ca-certificates.crt')],
      env: environment(options),
    },
    functions: placeFunctions({
      place,
      own: `directory=${SNAPSHOTS}
remote=${word(place.replace('s3://', ':s3:'))}
prepare() { :; }
names() { call /tools/rclone lsf --files-only "$remote"; }
send() { (limit=$transfer; call /tools/rclone copyto "$directory/.$1" "$remote/$1") && /tools/busybox rm "$directory/.$1"; }
store() {
  send "$1.sha256" || return
  # or else each snapshot for which there is no room would leave a checksum
  send "$1" || { call /tools/rclone deletefile "$remote/$1.sha256" > /dev/null; return 1; }
}
remove() { call /tools/rclone deletefile "$remote/$1" && call /tools/rclone deletefile "$remote/$1.sha256"; }
bring() { (limit=$transfer; call /tools/rclone copyto "$remote/$1" "$directory/$1"); }
`,
    }),
    ports: [port],
    secretNames: { credentialsSecretName: options.credentialsSecretName, ...caSecretName === undefined ? {} : { caSecretName } },
    plainEndpoint: hasTls ? undefined : endpoint,
  };
}

function environment(options: SnapshotS3Options): EnvVar[] {
  const { endpoint, region, credentialsSecretName, caSecretName, pathStyle } = options;
  const settings: { readonly [name: string]: string | undefined } = {
    // nothing is read from files, nor written beside the snapshot
    RCLONE_CONFIG: '/notfound',
    RCLONE_CACHE_DIR: '/scratch',
    RCLONE_CONTIMEOUT: '15s',
    RCLONE_LOW_LEVEL_RETRIES: '3',
    RCLONE_RETRIES: '1',
    RCLONE_S3_PROVIDER: endpoint === undefined ? 'AWS' : 'Other',
    RCLONE_S3_ENDPOINT: endpoint,
    RCLONE_S3_REGION: region,
    RCLONE_S3_FORCE_PATH_STYLE: pathStyle === undefined ? undefined : String(pathStyle),
    // it would make the bucket
    RCLONE_S3_NO_CHECK_BUCKET: 'true',
    RCLONE_CA_CERT: caSecretName === undefined ? undefined : `${CA}/ca.crt`,
    SSL_CERT_FILE: '/tools/ca-certificates.crt',
  };
  return [
    ...Object.entries(settings).flatMap(([name, value]) => value === undefined ? [] : [{ name, value }]),
    ...CREDENTIALS.map((key) => ({ name: key.replace('AWS', 'RCLONE_S3'), valueFrom: { secretKeyRef: { name: credentialsSecretName, key } } })),
  ];
}

function requireBucket(property: string, options: SnapshotS3Options): void {
  const { bucket, credentialsSecretName, endpoint, region, caSecretName, pathStyle, scratchSizeLimit } = options;
  if (!/^[a-z0-9][-.a-z0-9]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new TalosError('talos:invalid-value', `'${property}.bucket' (${shortened(bucket)}) is not the name of a bucket: give 3 to 63 lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit`);
  }
  requireDnsSubdomain(`${property}.credentialsSecretName`, credentialsSecretName);
  if (caSecretName !== undefined) {
    requireDnsSubdomain(`${property}.caSecretName`, caSecretName);
  }
  if (region !== undefined && !/^[-\w]{1,64}$/.test(region)) {
    throw new TalosError('talos:invalid-value', `'${property}.region' (${shortened(region)}) is not a region: give letters, digits and '-', for example eu-central-1`);
  }
  if (endpoint === undefined && region === undefined) {
    throw new TalosError('talos:missing-property', `'${property}.region' is missing: give the region of Amazon S3, or another service as 'endpoint'`);
  }
  if (endpoint === undefined && pathStyle) {
    // rclone would pass over it in silence
    throw new TalosError('talos:conflicting-properties', `'${property}.pathStyle' (true) needs an 'endpoint', for example 'https://s3.${region}.amazonaws.com': give one, or leave 'pathStyle' out`);
  }
  if (scratchSizeLimit !== undefined) {
    parseQuantity(`${property}.scratchSizeLimit`, scratchSizeLimit);
  }
}

/** How the service at a URL is reached. */
function serviceAt(property: string, endpoint: string): { readonly port: number; readonly hasTls: boolean } {
  const { scheme = '', host = '', user, port, path, query, fragment } = splitUrl(endpoint) ?? {};
  const chosenPort = port ?? { http: '80', https: '443' }[scheme];
  if (chosenPort === undefined || !['http', 'https'].includes(scheme) || !isHost(host) || !isPortText(chosenPort) || (user ?? query ?? fragment) !== undefined || !/^\/?$/.test(path ?? '')) {
    throw new TalosError('talos:invalid-value', `'${property}' (${shortened(endpoint)}) is not the URL of a service: write it as https://host, with a port if need be, and without a path`);
  }
  return { port: Number(chosenPort), hasTls: scheme === 'https' };
}

export const readSnapshotS3Options = readStructure<SnapshotS3Options>({ bucket: readText, credentialsSecretName: readText }, {
  endpoint: readText,
  region: readText,
  prefix: readText,
  caSecretName: readText,
  pathStyle: readBoolean,
  scratchSizeLimit: readText,
});

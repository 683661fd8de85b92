import { requireName } from './kubernetes';
import { Url } from '../../../network/url';
import { parseBase64 } from '../../../secrets/x509/base64';
import { expressionProblem } from '../../expressions/expression-problem';
import { Check, DocumentRules } from '../check/check';
import { refuseNegative, refuseShorterThan } from '../check/durations';
import { hostParts, splitHostPort } from '../check/endpoints';
import { Place } from '../check/place';

/** The rules for the documents of the system, its extensions and services. */
export const RUNTIME_RULES: DocumentRules = {
  DiscoveryIdentityConfig: [validateIdentity],
  DiscoveryServiceConfig: [validateDiscoveryService],
  EnvironmentConfig: [validateEnvironment],
  EtcFileConfig: [validateEtcFile],
  EventSinkConfig: [validateEventSink],
  ExtensionServiceConfig: [validateExtensionService],
  KernelModuleConfig: [requireName],
  KmsgLogConfig: [validateKernelLog],
  OOMConfig: [validateOom],
  SideroLinkConfig: [validateSideroLink],
  SysctlConfig: [refuseEmptyKeys],
  SysfsConfig: [refuseEmptyKeys],
  UnattendedInstallConfig: [validateUnattendedInstall],
  WatchdogTimerConfig: [validateWatchdog],
};

const CLUSTER_SECRET_BYTES = 32;

/** Talos stops at the first problem. */
function validateIdentity(document: Place, check: Check): void {
  const secret = document.at('clusterSecret');
  if (!check.requires(document.at('clusterID'), 'the discovery service identifies clusters with it') || !check.requires(secret, 'machines encrypt the data of the discovery service with it')) {
    return;
  }
  const length = parseBase64(secret.text)?.length;
  if (length !== CLUSTER_SECRET_BYTES) {
    check.error(secret, length === undefined ? 'is not base64' : `has ${length} bytes, not ${CLUSTER_SECRET_BYTES}`);
  }
}

/** Talos stops at the first problem. */
function validateDiscoveryService(document: Place, check: Check): void {
  const endpoint = document.at('endpoint');
  const hasBoth = check.requires(document.at('name'), 'give the document a unique name') && check.requires(endpoint, 'give the URL of the service');
  if (!hasBoth || !(endpoint.value instanceof Url)) {
    return;
  }
  const { scheme, host } = endpoint.value.parts;
  if (!['http', 'https', 'grpc'].includes(scheme)) {
    check.error(endpoint, `is ${endpoint.shown}: use https://, http:// or grpc://`);
  } else if (hostParts(host).name === '') {
    check.error(endpoint, `is ${endpoint.shown}, which has no host`);
  }
}

function validateEnvironment(document: Place, check: Check): void {
  for (const [key, variable] of document.at('variables').entries) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      check.error(variable, 'has an invalid name: use letters, digits and \'_\', not beginning with a digit');
    }
  }
}

/** The files and directories in /etc that Talos manages; a directory ends with a slash. */
const MANAGED_ETC_FILES = [
  'resolv.conf', 'hosts', 'machine-id', 'extensions.yaml', 'localtime', 'os-release', 'xattr.conf',
  'apparmor.d/', 'apparmor/', 'ca-certificates/', 'cni/', 'cri/', 'iscsi/', 'kubernetes/', 'lvm/', 'nvme/', 'pki/', 'selinux/', 'ssl/',
];

/** Talos stops at the first problem. */
function validateEtcFile(document: Place, check: Check): void {
  const name = document.at('name');
  if (!check.requires(name, 'the name of the document is the path below /etc')) {
    return;
  }
  if (name.text.startsWith('/') || name.text.startsWith('.') || leavesDirectory(name.text)) {
    check.error(name, `is ${name.shown}: use a path below /etc`);
  } else if (MANAGED_ETC_FILES.some((file) => name.text === file.replace(/\/$/, '') || (file.endsWith('/') && name.text.startsWith(file)))) {
    check.error(name, `is ${name.shown}, which Talos writes itself: use another path`);
  }
}

/** Whether a relative path leaves its directory. */
function leavesDirectory(path: string): boolean {
  let depth = 0;
  for (const part of path.split('/').filter((segment) => segment !== '' && segment !== '.')) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) {
      return true;
    }
  }
  return false;
}

function validateEventSink(document: Place, check: Check): void {
  const endpoint = document.at('endpoint');
  if (!splitHostPort(endpoint.text)) {
    check.error(endpoint, endpoint.isEmpty ? 'is required: give host:port' : `is ${endpoint.shown}: use host:port`);
  }
}

/** Talos stops at the first problem. */
function validateExtensionService(document: Place, check: Check): void {
  const files = document.at('configFiles');
  if (!check.requires(document.at('name'), 'give the name of the extension\'s service')) {
    return;
  }
  if (files.isEmpty && document.at('environment').isEmpty) {
    check.error(files, 'is required, or \'environment\'');
  }
  const missing = files.items.flatMap((file) => [file.at('content'), file.at('mountPath')]).find((field) => field.isEmpty);
  if (missing) {
    check.error(missing, 'is required');
  }
}

/** Talos stops at the first problem. */
function validateKernelLog(document: Place, check: Check): void {
  const url = document.at('url');
  const hasBoth = check.requires(document.at('name'), 'give the document a unique name') && check.requires(url, 'give a URL such as tcp://logs.example.com:5000');
  if (!hasBoth || !(url.value instanceof Url)) {
    return;
  }
  const { scheme, path, host } = url.value.parts;
  if (scheme !== 'tcp' && scheme !== 'udp') {
    check.error(url, `is ${url.shown}: use tcp:// or udp://`);
  } else if (path !== '' && path !== '/') {
    check.error(url, `is ${url.shown}, which has a path: remove it`);
  } else if (hostParts(host).port === '') {
    check.error(url, `is ${url.shown}, which has no port: add it`);
  }
}

function validateOom(document: Place, check: Check): void {
  const environments = { triggerExpression: 'oom-trigger', cgroupRankingExpression: 'oom-ranking' } as const;
  for (const [field, environment] of Object.entries(environments)) {
    const expression = document.at(field);
    const problem = expression.isEmpty ? undefined : expressionProblem(expression.text, environment, check.release);
    if (problem) {
      check.error(expression, problem);
    }
  }
  refuseNegative(document.at('sampleInterval'), check);
}

/** Talos stops at the first problem. */
function validateSideroLink(document: Place, check: Check): void {
  const url = document.at('apiUrl');
  if (!check.requires(url, 'give a URL such as https://siderolink.example.com') || !(url.value instanceof Url)) {
    return;
  }
  const { scheme, path } = url.value.parts;
  if (scheme !== 'https' && scheme !== 'grpc') {
    check.error(url, `is ${url.shown}: use https:// or grpc://`);
  } else if (path !== '' && path !== '/') {
    check.error(url, `is ${url.shown}, which has a path: remove it`);
  }
}

function refuseEmptyKeys(document: Place, check: Check): void {
  for (const [key, parameter] of document.at('params').entries) {
    if (key === '') {
      check.error(parameter, 'has an empty name: give the parameter a name');
    }
  }
}

function validateUnattendedInstall(document: Place, check: Check): void {
  if (document.at('installer.image').isEmpty) {
    check.warn(document.at('installer.image'), 'talos:installer-image', 'is not set: the installation fails unless Talos booted from an Image Factory image');
  }
  const match = document.at('provisioning.diskSelector.match');
  const problem = check.requires(match, 'give an expression that selects the disk') && expressionProblem(match.text, 'disk', check.release);
  if (problem) {
    check.error(match, problem);
  }
}

const SHORTEST_WATCHDOG_TIMEOUT = 10;

/** Talos stops at the first problem. */
function validateWatchdog(document: Place, check: Check): void {
  if (check.requires(document.at('device'), 'give the device, such as /dev/watchdog0')) {
    refuseShorterThan(SHORTEST_WATCHDOG_TIMEOUT, document.at('timeout'), check);
  }
}

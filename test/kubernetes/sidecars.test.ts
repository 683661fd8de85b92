import { App, Chart, Duration, Testing } from 'cdk8s';
import { Container, ContainerRestartPolicy, LifecycleHandler, Probe, TalosNode, TalosNodeProps, Volume, VolumeProjection } from '../../src';
import { SIDECARS } from '../on-kubernetes/fixtures/sidecars';

const { ALWAYS } = ContainerRestartPolicy;

function podSpec(props: TalosNodeProps): any {
  const chart = new Chart(new App(), 'test');
  new TalosNode(chart, 'node', props);
  return Testing.synth(chart).find(({ kind }: any) => kind === 'StatefulSet').spec.template.spec;
}

test('sidecars are passed on as they are', () => {
  const { initContainers, containers, volumes } = podSpec(SIDECARS);
  expect(initContainers).toEqual(SIDECARS.initContainers);
  expect(containers.slice(1)).toEqual(SIDECARS.containers);
  expect(volumes).toContainEqual(SIDECARS.volumes![0]);
});

test('fields of the pod are a source as Kubernetes spells it', () => {
  const { volumes } = podSpec(SIDECARS);
  const { projected } = SIDECARS.volumes![1];
  const sources = projected!.sources.map(({ downwardApi, ...source }) => downwardApi
    ? { downwardAPI: { items: downwardApi.items.map((item) => ({ ...item, fieldRef: { apiVersion: 'v1', ...item.fieldRef } })) } }
    : source);
  expect(volumes).toContainEqual({ name: 'all', projected: { ...projected, sources } });
});

describe('a container is refused', () => {
  const tcpSocket = { port: 80 };
  const exec = { command: ['true'] };
  const probes: [string, Probe, string][] = [
    ['without a handler', {}, '\' has 0 handlers: give one of exec, httpGet, tcpSocket, grpc'],
    ['with two handlers', { exec, tcpSocket }, '\' has 2 handlers (exec, tcpSocket): give one of'],
    ['of no command', { exec: { command: [] } }, '.exec.command\' is empty: name a program'],
    ['of no port', { tcpSocket: { port: 0 } }, '.tcpSocket.port\' (0) is not a port'],
    ['of a port too high', { grpc: { port: 65536 } }, '.grpc.port\' (65536) is not a port'],
    ['of a part of a port', { httpGet: { port: 80.5 } }, '.httpGet.port\' (80.5) is not a port'],
    ['of a relative path', { httpGet: { port: 80, path: 'healthz' } }, '.httpGet.path\' (healthz) is not the path of a URL: begin with \'/\''],
    ['of a path with a space', { httpGet: { port: 80, path: '/a b' } }, '.httpGet.path\' (/a b) is not the path of a URL'],
    ['with a header of no name', { httpGet: { port: 80, httpHeaders: [{ name: 'a b', value: 'secret' }] } }, '.httpGet.httpHeaders.name\' (a b) is not the name of a header'],
    ['before the start', { tcpSocket, initialDelaySeconds: -1 }, '.initialDelaySeconds\' (-1) must be a whole number of at least 0'],
    ['all the time', { tcpSocket, periodSeconds: 0 }, '.periodSeconds\' (0) must be a whole number of at least 1'],
    ['in no time', { tcpSocket, timeoutSeconds: 0 }, '.timeoutSeconds\' (0) must be a whole number of at least 1'],
    ['of part of a failure', { tcpSocket, failureThreshold: 1.5 }, '.failureThreshold\' (1.5) must be a whole number of at least 1'],
    ['of no success', { tcpSocket, successThreshold: 0 }, '.successThreshold\' (0) must be a whole number of at least 1'],
  ];
  test.each(['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((property) =>
    probes.map(([name, probe, message]): [string, string, Probe, string] => [property, name, probe, message])))('with a %s %s', (property, _, probe, message) => {
    const container = { name: 'a', image: 'x', [property]: probe };
    expect(() => podSpec({ containers: [container] })).toThrow(`'containers.${property}${message}`);
    expect(() => podSpec({ initContainers: [{ ...container, restartPolicy: ALWAYS }] })).toThrow(`'initContainers.${property}${message}`);
  });

  const handlers: [string, LifecycleHandler, string][] = [
    ['without a handler', {}, '\' has 0 handlers: give one of exec, httpGet, sleep'],
    ['with two handlers', { exec, sleep: { seconds: 1 } }, '\' has 2 handlers (exec, sleep): give one of'],
    ['of no command', { exec: { command: [] } }, '.exec.command\' is empty'],
    ['of no port', { httpGet: { port: 0 } }, '.httpGet.port\' (0) is not a port'],
    ['of no sleep', { sleep: { seconds: 0 } }, '.sleep.seconds\' (0) must be a whole number of at least 1'],
    ['of a sleep too long', { sleep: { seconds: 31 } }, '.sleep.seconds\' (31) is longer than \'terminationGracePeriod\' (30s)'],
  ];
  test.each(['postStart', 'preStop'].flatMap((hook) =>
    handlers.map(([name, handler, message]): [string, string, LifecycleHandler, string] => [hook, name, handler, message])))('with a %s hook %s', (hook, _, handler, message) => {
    expect(() => podSpec({ terminationGracePeriod: Duration.seconds(30), containers: [{ name: 'a', image: 'x', lifecycle: { [hook]: handler } }] }))
      .toThrow(`'containers.lifecycle.${hook}${message}`);
  });

  test.each<[string, Partial<Container>, string]>([
    ['that must start twice', { startupProbe: { tcpSocket, successThreshold: 2 } }, '\'containers.startupProbe.successThreshold\' (2) must be 1'],
    ['that must live twice', { livenessProbe: { tcpSocket, successThreshold: 2 } }, '\'containers.livenessProbe.successThreshold\' (2) must be 1'],
    ['that stops when it isn\'t ready', { readinessProbe: { tcpSocket, terminationGracePeriodSeconds: 1 } },
      '\'containers.readinessProbe.terminationGracePeriodSeconds\' (1) has no meaning'],
    ['that has no time to stop', { livenessProbe: { tcpSocket, terminationGracePeriodSeconds: 0 } },
      '\'containers.livenessProbe.terminationGracePeriodSeconds\' (0) must be a whole number of at least 1'],
    ['with the keys of nothing', { envFrom: [{ prefix: 'A_' }] }, '\'containers.envFrom\' has an entry with 0 sources: give one of secretRef, configMapRef'],
    ['with the keys of two', { envFrom: [{ secretRef: { name: 'a' }, configMapRef: { name: 'a' } }] }, '\'containers.envFrom\' has an entry with 2 sources (secretRef, configMapRef)'],
    ['with the keys of no name', { envFrom: [{ configMapRef: { name: 'A' } }] }, '\'containers.envFrom.configMapRef.name\' (A) is not a DNS name'],
    ['with a prefix of no name', { envFrom: [{ secretRef: { name: 'a' }, prefix: '1' }] }, '\'containers.envFrom.prefix\' (1) is not the name of an environment variable'],
  ])('%s', (_, parts, message) => {
    expect(() => podSpec({ containers: [{ name: 'a', image: 'x', ...parts }] })).toThrow(message);
  });

  test.each<[string, Partial<Container>]>([
    ['startupProbe', { startupProbe: { tcpSocket } }],
    ['livenessProbe', { livenessProbe: { tcpSocket } }],
    ['readinessProbe', { readinessProbe: { tcpSocket } }],
    ['lifecycle', { lifecycle: { preStop: { exec } } }],
  ])('with a %s, if it ends before Talos starts', (property, parts) => {
    const container = { name: 'a', image: 'x', ...parts };
    expect(() => podSpec({ initContainers: [container] }))
      .toThrow(`'initContainers' gives 'a' a ${property}, which an init container that ends can't have: leave it out, or give it ContainerRestartPolicy.ALWAYS`);
    expect(podSpec({ initContainers: [{ ...container, restartPolicy: ALWAYS }] }).initContainers).toHaveLength(1);
  });
});

describe('a volume is refused', () => {
  test.each<[string, Omit<Volume, 'name'>, string]>([
    ['of a driver without a name', { csi: { driver: '' } }, '\'volumes.csi.driver\' () is not a DNS name'],
    ['of a driver with a long name', { csi: { driver: 'a'.repeat(64) } }, '\'volumes.csi.driver\''],
    ['of a driver whose Secret has no name', { csi: { driver: 'a', nodePublishSecretRef: { name: 'A' } } }, '\'volumes.csi.nodePublishSecretRef.name\' (A) is not a DNS name'],
    ['of a driver and of memory', { csi: { driver: 'a' }, emptyDir: {} }, '\'volumes\' gives \'a\' 2 sources (csi, emptyDir): give one of'],
    ['with a mode of more bits', { projected: { sources: [], defaultMode: 0o1000 } }, '\'volumes.projected.mode\' (512) is not a file\'s mode'],
  ])('%s', (_, source, message) => {
    expect(() => podSpec({ volumes: [{ name: 'a', ...source }] })).toThrow(message);
  });

  const named = { fieldPath: 'metadata.name' };
  test.each<[string, VolumeProjection[], string]>([
    ['nothing', [{}], '\' has an entry with 0 sources: give one of secret, configMap, downwardApi, serviceAccountToken'],
    ['two sources in one', [{ secret: { name: 'a' }, configMap: { name: 'a' } }], '\' has an entry with 2 sources (secret, configMap)'],
    ['a Secret without a name', [{ secret: { name: '' } }], '.secret.name\' () is not a DNS name'],
    ['a ConfigMap\'s file that climbs', [{ configMap: { name: 'a', items: [{ key: 'a', path: '../a' }] } }], '.configMap.items.path\' (../a) is not a relative path'],
    ['a Secret\'s file of a mode with more bits', [{ secret: { name: 'a', items: [{ key: 'a', path: 'a', mode: 0o1000 }] } }], '.secret.mode\' (512) is not a file\'s mode'],
    ['a field that files can\'t show', [{ downwardApi: { items: [{ path: 'a', fieldRef: { fieldPath: 'status.podIP' } }] } }],
      '.downwardApi.items.fieldRef.fieldPath\' (status.podIP) is not a field'],
    ['a field without a file', [{ downwardApi: { items: [{ path: '', fieldRef: named }] } }], '.downwardApi.items.path\' () is not the name of a file'],
    ['a token that soon expires', [{ serviceAccountToken: { path: 'a', expirationSeconds: 599 } }],
      '.serviceAccountToken.expirationSeconds\' (599) must be a whole number of at least 600'],
    ['a token that never expires', [{ serviceAccountToken: { path: 'a', expirationSeconds: 2 ** 33 } }],
      '.serviceAccountToken.expirationSeconds\' (8589934592) must be a whole number of at most 4294967296'],
    ['a token of an absolute path', [{ serviceAccountToken: { path: '/a' } }], '.serviceAccountToken.path\' (/a) is not a relative path'],
    ['two files of one path', [{ downwardApi: { items: [{ path: 'a', fieldRef: named }] } }, { serviceAccountToken: { path: 'a' } }], '\' has a twice'],
  ])('that shows %s', (_, sources, message) => {
    expect(() => podSpec({ volumes: [{ name: 'a', projected: { sources } }] })).toThrow(`'volumes.projected.sources${message}`);
  });
});

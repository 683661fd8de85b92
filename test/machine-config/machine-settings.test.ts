import { generateKeyPairSync } from 'crypto';
import { inspect } from 'util';
import { MachineConfig, MachineConfigPatch, KubeAuthentication, Registry, TalosControlPlane, TalosRole, TalosVersion, TalosWorkers } from '../../src';
import { ControlPlaneSettings } from '../../src/machine-config/machine-settings';
import { isAtLeast, Release } from '../../src/talos/release';
import { controlPlaneProps, newChart, secrets } from '../support/control-planes';
import { SWEPT_RELEASES } from '../support/releases';

const CERTIFICATE = secrets._bundle.certs.os.crt;
const KEY = generateKeyPairSync('ed25519', { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
const AUDIT_POLICY = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules: [{ level: 'None', users: ['system:kube-proxy'] }, { level: 'Request' }] };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const block = (text: string, indent: number) => `|\n${text.trimEnd().split('\n').map((line) => ' '.repeat(indent) + line).join('\n')}`;

/** The first releases that write something in another way. */
const [BY_REGISTRY, BY_DOCUMENT]: Release[] = ['1.12', '1.14'];

interface Case {
  readonly settings: ControlPlaneSettings;
  /** the patches that a user would write for it: by the first release that reads them */
  readonly written: { readonly [since in Release]?: string };
  /** the same for workers, if it is another one */
  readonly onWorkers?: { readonly [since in Release]?: string };
}

const CASES: { readonly [name: string]: Case } = {
  'a mirror': {
    settings: { registries: [Registry.mirror('docker.io', { endpoints: ['https://a.example.org/v2/hub', 'http://b.example.org:5000'], overridePath: true })] },
    written: {
      1.7: `
machine:
  registries:
    mirrors:
      docker.io:
        endpoints: [https://a.example.org/v2/hub, http://b.example.org:5000]
        overridePath: true`,
      1.12: `
apiVersion: v1alpha1
kind: RegistryMirrorConfig
name: docker.io
endpoints:
  - {url: https://a.example.org/v2/hub, overridePath: true}
  - {url: http://b.example.org:5000, overridePath: true}`,
    },
  },
  'credentials and TLS of a registry': {
    settings: {
      registries: [
        Registry.mirror('*', { endpoints: ['https://registry.example.org:5000'] }),
        Registry.auth('registry.example.org:5000', { username: 'acme', password: 'secret-word' }),
        Registry.tls('registry.example.org:5000', { certificateAuthority: CERTIFICATE, clientCertificate: CERTIFICATE, clientKey: KEY }),
        Registry.tls('insecure.example.org', { insecureSkipVerify: true }),
        Registry.auth('token.example.org', { identityToken: 'token-word' }),
      ],
    },
    written: {
      1.7: `
machine:
  registries:
    mirrors:
      '*':
        endpoints: ['https://registry.example.org:5000']
    config:
      registry.example.org:5000:
        auth: {username: acme, password: secret-word}
        tls:
          ca: ${base64(CERTIFICATE)}
          clientIdentity: {crt: ${base64(CERTIFICATE)}, key: ${base64(KEY)}}
      insecure.example.org:
        tls: {insecureSkipVerify: true}
      token.example.org:
        auth: {identityToken: token-word}`,
      1.12: `
apiVersion: v1alpha1
kind: RegistryMirrorConfig
name: '*'
endpoints: [{url: 'https://registry.example.org:5000'}]
---
apiVersion: v1alpha1
kind: RegistryAuthConfig
name: registry.example.org:5000
username: acme
password: secret-word
---
apiVersion: v1alpha1
kind: RegistryTLSConfig
name: registry.example.org:5000
ca: ${block(CERTIFICATE, 2)}
clientIdentity:
  cert: ${block(CERTIFICATE, 4)}
  key: ${block(KEY, 4)}
---
apiVersion: v1alpha1
kind: RegistryTLSConfig
name: insecure.example.org
insecureSkipVerify: true
---
apiVersion: v1alpha1
kind: RegistryAuthConfig
name: token.example.org
identityToken: token-word`,
    },
  },
  'OIDC with defaults': {
    settings: { authentication: KubeAuthentication.oidc({ issuer: 'https://id.example.org', audiences: ['acme'] }) },
    written: {
      1.7: `
cluster:
  apiServer:
    extraArgs: {oidc-issuer-url: https://id.example.org, oidc-client-id: acme}`,
      1.14: `
apiVersion: v1alpha1
kind: KubeAuthenticationConfig
configuration:
  anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]}
  jwt:
    - issuer: {url: https://id.example.org, audiences: [acme]}
      claimMappings:
        username: {claim: sub, prefix: 'https://id.example.org#'}`,
    },
    onWorkers: {},
  },
  'OIDC with everything': {
    settings: {
      authentication: KubeAuthentication.oidc({
        issuer: 'https://id.example.org/realms/acme',
        audiences: ['acme'],
        usernameClaim: 'preferred_username',
        usernamePrefix: '',
        groupsClaim: 'groups',
        groupsPrefix: 'oidc:',
        requiredClaims: { hd: 'example.org', tier: 'staff' },
        certificateAuthority: CERTIFICATE,
      }),
    },
    written: {
      1.7: `
machine:
  files:
    - path: /var/etc/kubernetes-oidc/ca.crt
      content: ${block(CERTIFICATE, 8)}
      permissions: 0o444
      op: create
cluster:
  apiServer:
    extraArgs:
      oidc-issuer-url: https://id.example.org/realms/acme
      oidc-client-id: acme
      oidc-username-claim: preferred_username
      oidc-username-prefix: '-'
      oidc-groups-claim: groups
      oidc-groups-prefix: 'oidc:'
      oidc-required-claim: hd=example.org,tier=staff
      oidc-ca-file: /var/etc/kubernetes-oidc/ca.crt
    extraVolumes:
      - {hostPath: /var/etc/kubernetes-oidc/ca.crt, mountPath: /var/etc/kubernetes-oidc/ca.crt, readonly: true}`,
      1.14: `
apiVersion: v1alpha1
kind: KubeAuthenticationConfig
configuration:
  anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]}
  jwt:
    - issuer:
        url: https://id.example.org/realms/acme
        audiences: [acme]
        certificateAuthority: ${block(CERTIFICATE, 10)}
      claimMappings:
        username: {claim: preferred_username, prefix: ''}
        groups: {claim: groups, prefix: 'oidc:'}
      claimValidationRules:
        - {claim: hd, requiredValue: example.org}
        - {claim: tier, requiredValue: staff}`,
    },
    onWorkers: {},
  },
  'no kube-proxy': {
    settings: { kubeProxy: false },
    written: {
      1.7: 'cluster: {proxy: {disabled: true}}',
      1.14: 'apiVersion: v1alpha1\nkind: KubeProxyConfig\nenabled: false',
    },
    onWorkers: {},
  },
  'kube-proxy': { settings: { kubeProxy: true }, written: {} },
  'feature gates': {
    settings: { featureGates: { UserNamespacesSupport: true, AllBeta: false } },
    written: {
      1.7: `
machine: {kubelet: {extraConfig: {featureGates: {UserNamespacesSupport: true, AllBeta: false}}}}
cluster:
  apiServer: {extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}}
  controllerManager: {extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}}
  scheduler: {extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}}`,
      1.14: `
apiVersion: v1alpha1
kind: KubeletConfig
config: {featureGates: {UserNamespacesSupport: true, AllBeta: false}}
---
apiVersion: v1alpha1
kind: KubeAPIServerConfig
extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}
---
apiVersion: v1alpha1
kind: KubeControllerManagerConfig
extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}
---
apiVersion: v1alpha1
kind: KubeSchedulerConfig
extraArgs: {feature-gates: 'UserNamespacesSupport=true,AllBeta=false'}`,
    },
    onWorkers: {
      1.7: 'machine: {kubelet: {extraConfig: {featureGates: {UserNamespacesSupport: true, AllBeta: false}}}}',
      1.14: 'apiVersion: v1alpha1\nkind: KubeletConfig\nconfig: {featureGates: {UserNamespacesSupport: true, AllBeta: false}}',
    },
  },
  'an audit policy': {
    settings: { auditPolicy: AUDIT_POLICY },
    written: {
      1.7: `cluster: {apiServer: {auditPolicy: ${JSON.stringify(AUDIT_POLICY)}}}`,
      1.14: `apiVersion: v1alpha1\nkind: KubeAuditPolicyConfig\nconfiguration: ${JSON.stringify(AUDIT_POLICY)}`,
    },
    onWorkers: {},
  },
  'extra manifests': {
    settings: { extraManifests: ['https://example.org/a.yaml', 'https://example.org/b.yaml'] },
    written: {
      1.7: 'cluster: {extraManifests: [https://example.org/a.yaml, https://example.org/b.yaml]}',
      1.14: `
apiVersion: v1alpha1
kind: KubeExternalManifestConfig
name: example-org-a-yaml
url: https://example.org/a.yaml
---
apiVersion: v1alpha1
kind: KubeExternalManifestConfig
name: example-org-b-yaml
url: https://example.org/b.yaml`,
    },
    onWorkers: {},
  },
  'open metrics': {
    settings: { metrics: true },
    written: {
      1.7: `
cluster:
  etcd: {extraArgs: {listen-metrics-urls: 'http://0.0.0.0:2381'}}
  controllerManager: {extraArgs: {bind-address: 0.0.0.0}}
  scheduler: {extraArgs: {bind-address: 0.0.0.0}}`,
      1.14: `
cluster: {etcd: {extraArgs: {listen-metrics-urls: 'http://0.0.0.0:2381'}}}
---
apiVersion: v1alpha1
kind: KubeControllerManagerConfig
extraArgs: {bind-address: 0.0.0.0}
---
apiVersion: v1alpha1
kind: KubeSchedulerConfig
extraArgs: {bind-address: 0.0.0.0}`,
    },
    onWorkers: {},
  },
  'metrics that stay inside': { settings: { metrics: false }, written: {} },
  'nothing': { settings: { registries: [], featureGates: {}, extraManifests: [] }, written: {} },
};

function controlPlaneConfig(talosVersion: TalosVersion, settings: ControlPlaneSettings = {}): MachineConfig {
  return new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ talosVersion, ...settings })).machineConfig.config!;
}

function workerConfig(talosVersion: TalosVersion, { registries, featureGates }: ControlPlaneSettings = {}): MachineConfig {
  const controlPlane = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ talosVersion }));
  return new TalosWorkers(controlPlane, 'workers', { name: 'general', controlPlane, registries, featureGates }).machineConfig.config!;
}

function patchFor(release: Release, written: { readonly [since in Release]?: string }): MachineConfigPatch[] {
  const since = [BY_DOCUMENT, BY_REGISTRY, SWEPT_RELEASES[0]].find((first) => isAtLeast(release, first) && written[first] !== undefined);
  return since === undefined ? [] : [MachineConfigPatch.fromYaml(written[since]!)];
}

/** The documents in an order of their own: a patch appends new ones in the order in which they are written. */
function sorted(config: MachineConfig): string[] {
  return config.toYaml().split(/^---\n/m).sort();
}

describe.each(Object.entries(CASES))('%s', (_, { settings, written, onWorkers = written }) => {
  test.each(SWEPT_RELEASES)('is what the patch of %s makes', (release) => {
    const version = TalosVersion.of(release);
    expect(sorted(controlPlaneConfig(version, settings))).toEqual(sorted(controlPlaneConfig(version).patch(...patchFor(release, written))));
    expect(sorted(workerConfig(version, settings))).toEqual(sorted(workerConfig(version).patch(...patchFor(release, onWorkers))));
  });
});

test('no case leaves a release with an error, and each gives the machine its role', () => {
  const settings = Object.assign({}, ...Object.values(CASES).map((each) => each.settings)) as ControlPlaneSettings;
  for (const release of SWEPT_RELEASES) {
    const config = controlPlaneConfig(TalosVersion.of(release), settings);
    expect(config.role).toBe(TalosRole.CONTROL_PLANE);
    expect(config.validate().errors).toEqual([]);
  }
});

test('two certificates of one endpoint and two mirrors of one registry: the later one stays', () => {
  const registries = [
    Registry.mirror('docker.io', { endpoints: ['https://a.example.org'], skipFallback: true }),
    Registry.auth('b.example.org', { auth: 'dTpw' }),
    Registry.mirror('docker.io', { endpoints: ['https://b.example.org'] }),
    Registry.tls('b.example.org', { insecureSkipVerify: true }),
  ];
  expect(workerConfig(TalosVersion.V1_11, { registries })._documents.get('v1alpha1', ['machine', 'registries'])).toMatchObject({
    mirrors: { 'docker.io': { endpoints: ['https://b.example.org'] } },
    config: { 'b.example.org': { auth: { auth: 'dTpw' }, tls: { insecureSkipVerify: true } } },
  });
});

test('the patches of users come after settings', () => {
  const patches = [MachineConfigPatch.fromDocuments({ machine: { kubelet: { extraConfig: { featureGates: { A: false } } } } })];
  const config = new TalosControlPlane(newChart(), 'cp', controlPlaneProps({ featureGates: { A: true, B: true }, patches })).machineConfig.config!;
  expect(config._documents.get('v1alpha1', ['machine', 'kubelet', 'extraConfig', 'featureGates'])).toEqual({ A: false, B: true });
});

test('neither a registry nor a message shows a password', () => {
  const registry = Registry.auth('registry.example.org', { username: 'acme', password: 'secret-word' });
  expect(inspect(registry, { showHidden: true }) + JSON.stringify(registry)).not.toContain('secret-word');
  for (const version of [TalosVersion.V1_11, TalosVersion.V1_14]) {
    const config = workerConfig(version, { registries: [registry] });
    expect(config.toYaml()).toContain('secret-word');
    expect(String(config)).not.toContain('secret-word');
  }
});

const OIDC = { issuer: 'https://id.example.org', audiences: ['acme'] };

test.each<[string, () => unknown, string]>([
  ['a URL for a registry', () => Registry.mirror('https://docker.io', { endpoints: ['https://a.example.org'] }), '\'registry\' (https://docker.io) is not the host of a registry'],
  ['no endpoint', () => Registry.mirror('docker.io', { endpoints: [] }), '\'endpoints\' of the mirror of docker.io is empty'],
  ['an endpoint without a scheme', () => Registry.mirror('docker.io', { endpoints: ['a.example.org'] }), '\'endpoints\' (a.example.org) is not an http or https URL'],
  ['a password in an endpoint', () => Registry.mirror('docker.io', { endpoints: ['https://u:p@a.example.org'] }), 'give the credentials of the registry by Registry.auth()'],
  ['* for credentials', () => Registry.auth('*', { auth: 'a' }), '\'host\' (*) is not the host of a registry'],
  ['a user without a password', () => Registry.auth('a.example.org', { username: 'acme' }), '\'password\' of a.example.org is missing beside \'username\': give both'],
  ['no credentials', () => Registry.auth('a.example.org', {}), '\'options\' for a.example.org have no credentials'],
  ['no certificate', () => Registry.tls('a.example.org', { certificateAuthority: 'ca.crt' }), '\'certificateAuthority\' (a.example.org) has no PEM certificate'],
  ['a broken certificate', () => Registry.tls('a.example.org', { certificateAuthority: CERTIFICATE.replace(/MII../, 'AAAAA') }), '\'certificateAuthority\' (a.example.org) can\'t be read'],
  ['a certificate without its key', () => Registry.tls('a.example.org', { clientCertificate: CERTIFICATE }), '\'clientKey\' of a.example.org is missing beside'],
  ['a wrong key', () => Registry.tls('a.example.org', { clientCertificate: CERTIFICATE, clientKey: 'client.key' }), '\'clientKey\' (a.example.org) is not PEM'],
  ['no TLS option', () => Registry.tls('a.example.org', { insecureSkipVerify: false }), '\'options\' for a.example.org are empty'],
  ['an issuer without TLS', () => KubeAuthentication.oidc({ ...OIDC, issuer: 'http://id.example.org' }), '\'issuer\' (http://id.example.org) is not the URL of an issuer'],
  ['an issuer with a query', () => KubeAuthentication.oidc({ ...OIDC, issuer: 'https://id.example.org?a=b' }), 'is not the URL of an issuer'],
  ['no audience', () => KubeAuthentication.oidc({ ...OIDC, audiences: [] }), '\'audiences\' is empty'],
  ['an empty claim', () => KubeAuthentication.oidc({ ...OIDC, groupsClaim: '' }), '\'groupsClaim\' is empty'],
  ['the flag for no prefix', () => KubeAuthentication.oidc({ ...OIDC, usernamePrefix: '-' }), '\'usernamePrefix\' is \'-\''],
  ['a prefix of nothing', () => KubeAuthentication.oidc({ ...OIDC, groupsPrefix: 'oidc:' }), '\'groupsPrefix\' has no effect without \'groupsClaim\''],
  ['two audiences in 1.13', () => controlPlaneConfig(TalosVersion.V1_13, { authentication: KubeAuthentication.oidc({ ...OIDC, audiences: ['a', 'b'] }) }),
    '\'audiences\' (a, b) are more than the one that the API server takes with Talos v1.13'],
  ['a claim with a comma in 1.13', () => controlPlaneConfig(TalosVersion.V1_13, { authentication: KubeAuthentication.oidc({ ...OIDC, requiredClaims: { a: 'b,c' } }) }),
    '\'requiredClaims.a\' has a comma or an equals sign'],
  ['a setting that the release lacks', () => workerConfig(TalosVersion.V1_7, { registries: [Registry.mirror('docker.io', { endpoints: ['https://a.example.org'], skipFallback: true })] }),
    'skipFallback\' in the v1alpha1 document is known since Talos 1.9'],
  ['a gate with its value', () => workerConfig(TalosVersion.V1_13, { featureGates: { 'A=true': true } }), '\'featureGates\' (A=true) is not the name of a feature gate'],
  ['another object than a policy', () => controlPlaneConfig(TalosVersion.V1_13, { auditPolicy: { rules: [] } }), '\'auditPolicy\' is not an audit policy'],
  ['a policy without rules', () => controlPlaneConfig(TalosVersion.V1_13, { auditPolicy: { ...AUDIT_POLICY, rules: [] } }), '\'auditPolicy.rules\' is empty'],
  ['an unknown level', () => controlPlaneConfig(TalosVersion.V1_13, { auditPolicy: { ...AUDIT_POLICY, rules: [{ level: 'None' }, { level: 'All' }] } }), '\'auditPolicy.rules[1]\' has no level'],
  ['a path of a manifest', () => controlPlaneConfig(TalosVersion.V1_13, { extraManifests: ['a.yaml'] }), '\'extraManifests\' (a.yaml) is not an http or https URL'],
])('%s is refused', (_, action, message) => {
  expect(action).toThrow(message);
});

test('Talos 1.14 takes several audiences', () => {
  const config = controlPlaneConfig(TalosVersion.V1_14, { authentication: KubeAuthentication.oidc({ ...OIDC, audiences: ['a', 'b'] }) });
  expect(config._documents.get('KubeAuthenticationConfig', ['configuration', 'jwt'])).toMatchObject([{ issuer: { audiences: ['a', 'b'], audienceMatchPolicy: 'MatchAny' } }]);
});

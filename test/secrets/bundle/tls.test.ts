import { once } from 'node:events';
import * as tls from 'node:tls';
import { parse } from 'yaml';
import { mintKubeconfig } from '../../../src/secrets/bundle/kubeconfig';
import { SecretsBundle } from '../../../src/secrets/bundle/secrets-bundle';
import { mintTalosconfig } from '../../../src/secrets/bundle/talosconfig';
import { CertificateAndKey } from '../../../src/secrets/x509/certificate';
import { TalosApiRole } from '../../../src/talos/talos-api-role';
import { openssl } from '../../support/openssl';
import { generatedBundle } from '../../support/secrets-fixtures';

// openssl, not our own code, issues the servers' certificates, as trustd and kube-apiserver would
const secrets = generatedBundle(new Date());
const other = generatedBundle(new Date());

interface Outcome {
  /** The organization of the client if the server trusts it, else the reason why not. */
  readonly server: string;
  /** What the client read, or the error it met. */
  readonly client: string;
}

/** Connects a client to a server, both with a certificate and with an authority they trust. */
async function connect(server: CertificateAndKey & { ca: string }, client: CertificateAndKey & { ca: string }): Promise<Outcome> {
  const listener = tls.createServer({ cert: server.crt, key: nodeKey(server.key), ca: server.ca, requestCert: true, rejectUnauthorized: false });
  let seen = '';
  listener.on('secureConnection', (socket) => {
    seen = socket.authorized ? String(socket.getPeerCertificate().subject.O) : String(socket.authorizationError);
    socket.end(socket.authorized ? 'welcome' : 'go away');
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as { port: number };
  try {
    const socket = tls.connect({ host: '127.0.0.1', port, cert: client.crt, key: nodeKey(client.key), ca: client.ca });
    let read = '';
    socket.on('data', (data) => { read += data; });
    let failure: string | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => { failure = error.code; });
    await new Promise((resolve) => socket.on('close', resolve));
    return { server: seen, client: failure ?? read };
  } finally {
    listener.close();
  }
}

// OpenSSL does not know the label Go gives to Ed25519 keys
function nodeKey(key: string): string {
  return key.replace(/ED25519 PRIVATE KEY/g, 'PRIVATE KEY');
}

/** A server certificate for 127.0.0.1 that openssl issues with an authority of a bundle. */
function issueServer(authority: CertificateAndKey): CertificateAndKey {
  const key = openssl(['genpkey', '-algorithm', 'ed25519']);
  const files = { key, 'ca.crt': authority.crt, 'ca.key': nodeKey(authority.key) };
  const extensions = ['subjectAltName=IP:127.0.0.1', 'extendedKeyUsage=serverAuth', 'keyUsage=critical,digitalSignature'].flatMap((text) => ['-addext', text]);
  const crt = openssl(['req', '-x509', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-key', 'key', '-subj', '/O=node', '-days', '1', ...extensions], files);
  return { crt, key };
}

function talosClient(bundle: SecretsBundle): CertificateAndKey & { ca: string } {
  const { ca, crt, key } = parse(mintTalosconfig(bundle, { clusterName: 'lab', endpoints: [], roles: [TalosApiRole.READER] })).contexts.lab;
  return { ca: pem(ca), crt: pem(crt), key: pem(key) };
}

function kubernetesClient(bundle: SecretsBundle): CertificateAndKey & { ca: string } {
  const { clusters: [{ cluster }], users: [{ user }] } = parse(mintKubeconfig(bundle, { clusterName: 'lab', endpoint: 'https://127.0.0.1' }));
  return { ca: pem(cluster['certificate-authority-data']), crt: pem(user['client-certificate-data']), key: pem(user['client-key-data']) };
}

function pem(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

describe.each([
  ['Talos', 'os', talosClient, 'os:reader'],
  ['Kubernetes', 'k8s', kubernetesClient, 'system:masters'],
] as const)('the %s API', (_, authority, clientOf, organization) => {
  const { crt: ca } = secrets.certs[authority];
  const server = { ...issueServer(secrets.certs[authority]), ca };

  test('server and client accept each other, and the server sees who it is', async () => {
    expect(await connect(server, clientOf(secrets))).toEqual({ server: organization, client: 'welcome' });
  });

  test('the server refuses a client of another cluster', async () => {
    expect(await connect(server, { ...clientOf(other), ca })).toEqual({ server: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', client: 'go away' });
  });

  test('the client refuses a server of another cluster', async () => {
    const stranger = { ...issueServer(other.certs[authority]), ca };
    expect((await connect(stranger, clientOf(secrets))).client).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test('a client\'s certificate does not serve', async () => {
    expect((await connect({ ...clientOf(secrets), ca }, clientOf(secrets))).client).toBe('INVALID_PURPOSE');
  });
});

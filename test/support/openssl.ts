import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Runs openssl in a directory of its own with the given files, and returns what it prints. */
export function openssl(args: readonly string[], files: Readonly<Record<string, string | Buffer>> = {}): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pki-'));
  try {
    for (const [name, contents] of Object.entries(files)) {
      fs.writeFileSync(path.join(directory, name), contents);
    }
    return execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

/** What openssl reads in a certificate, without what differs in each: serial number, key, signature and identifiers. */
export function describeCertificate(crt: string): string {
  return openssl(['x509', '-in', 'crt', '-noout', '-text'], { crt })
    .replace(/^ +(?:[0-9a-f]{2}:)+[0-9a-f]{0,2}$/gim, '…')
    .replace(/(?:…\n)+/g, '…\n');
}

/** The extensions of a certificate in their order, each with whether it is critical and what it says. */
export function extensionsOf(crt: string): string[] {
  const text = openssl(['x509', '-in', 'crt', '-noout', '-text', '-certopt', 'no_header,no_version,no_serial,no_signame,no_validity,no_subject,no_issuer,no_pubkey,no_sigdump,no_aux'], { crt });
  return [...text.replace('X509v3 extensions:', '').matchAll(/X509v3 ([^:]+): *(critical)?\n +(.*?) *\n/g)]
    .map(([, name, critical, value]) => `${name}${critical ? ' (critical)' : ''}: ${/^[0-9A-F:]{59}$/.test(value) ? '20 bytes' : value}`);
}

/** The subject of a certificate in its order: comma between sets, plus within one. */
export function subjectOf(crt: string): string {
  return openssl(['x509', '-in', 'crt', '-noout', '-subject', '-nameopt', 'sname,utf8,sep_comma_plus'], { crt }).replace(/^subject=|\n$/g, '');
}

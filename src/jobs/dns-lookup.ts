/** The type of the DNS records with the addresses of pods. */
export type DnsRecord = 'a' | 'aaaa';

/**
 * A shell command that prints the first address that busybox's nslookup finds for a name, or nothing.
 *
 * @param record the type of the DNS records
 * @param name the name, quoted for the shell
 * @param busybox the prefix of the tools, where they aren't on the PATH
 */
export function lookUp(record: DnsRecord, name: string, busybox: string = ''): string {
  return answers(record, name, busybox, '; exit');
}

/** A shell command that prints all addresses that busybox's nslookup finds for a name. */
export function lookUpAll(record: DnsRecord, name: string, busybox: string = ''): string {
  return answers(record, name, busybox, '');
}

function answers(record: DnsRecord, name: string, busybox: string, then: string): string {
  return `${busybox}nslookup -type=${record} ${name} 2>/dev/null | ${busybox}awk '/^Name:/{n=1} n&&/^Address/{print $NF${then}}'`;
}

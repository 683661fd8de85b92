/**
 * A shell command that prints the first address that busybox's nslookup finds for a name, or nothing.
 *
 * @param record the type of the DNS records
 * @param name the name, quoted for the shell
 * @param busybox the prefix of the tools, where they aren't on the PATH
 */
export function lookUp(record: 'a' | 'aaaa', name: string, busybox: string = ''): string {
  return `${busybox}nslookup -type=${record} ${name} 2>/dev/null | ${busybox}awk '/^Name:/{n=1} n&&/^Address/{print $NF; exit}'`;
}

/**
 * A shell command that prints the first address of a name, as busybox's nslookup answers; nothing where there is none.
 *
 * @param record the type of the DNS records
 * @param name the name, with the quotes that the shell needs
 * @param busybox what is written before the tools, where they aren't on the path
 */
export function lookUp(record: 'a' | 'aaaa', name: string, busybox: string = ''): string {
  return `${busybox}nslookup -type=${record} ${name} 2>/dev/null | ${busybox}awk '/^Name:/{n=1} n&&/^Address/{print $NF; exit}'`;
}

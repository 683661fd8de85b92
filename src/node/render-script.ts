import { partsProgram, problemFunction } from './bundle-parts';
import { memberKey } from './member-configs';
import { COMMON_TEMPLATE, PLACEHOLDER, USER_TEXT } from '../machine-config/config-template';
import { BUNDLE_KEY } from '../secrets/secret-delivery';

/** What a script makes of the templates. */
export enum RenderTarget {
  /** The machine config of the pod's own machine, in place of one that is there. */
  MACHINE = 'Machine',
  /** The same, unless one is there. */
  NEW_MACHINE = 'NewMachine',
  /** The machine configs of all machines, in files with the names of their templates. */
  ALL = 'All',
}

/** Where the script finds and puts what it works with, in a container. */
export const RENDER_PATHS = {
  bundle: '/bundle',
  templates: '/templates',
  texts: '/texts',
  scratch: '/scratch',
  result: '/config',
  terminationLog: '/dev/termination-log',
  busybox: '/bin/busybox',
};

/**
 * Puts what synthesis didn't see into templates of machine configs. Its arguments are the texts of users' Secrets, as `SECRET/KEY`.
 *
 * A failure ends it with its reason, and leaves no machine config. The bundle can be YAML or JSON, as long as each part is on one line.
 */
export function renderScript(target: RenderTarget, paths: typeof RENDER_PATHS = RENDER_PATHS): string {
  const { bundle, texts, scratch, terminationLog, busybox } = paths;
  return `set -eu
umask 077
export LC_ALL=C
bb() { ${busybox} "$@"; }
fail() { echo "$1" | bb tee ${terminationLog} >&2; exit 1; }
problem() { fail "$(bb cat ${scratch}/problem)"; }
render() {
  bb rm -f "$2" ${scratch}/problem
  bb awk '${fillProgram(scratch)}' "$1" > "$2.new" || { bb rm -f "$2.new"; problem; }
  bb mv "$2.new" "$2"
}
bb mkdir -p ${scratch}/pem
if [ -e ${bundle}/${BUNDLE_KEY} ]; then
  bb awk '${partsProgram(scratch)}' ${bundle}/${BUNDLE_KEY} > ${scratch}/parts || problem
  while IFS="$(printf '\\t')" read -r name value; do
    case $name in
      */*) ;;
      certs.*)
        case $value in *[!A-Za-z0-9+/=]*) fail "the secrets have a $name that is encrypted, or not on one line" ;; esac
        printf %s "$value" | bb base64 -d > ${scratch}/pem/"$name" 2>/dev/null || fail "the secrets have a $name that isn't base64" ;;
    esac
  done < ${scratch}/parts
fi
for text in "$@"; do
  bb mkdir -p ${scratch}/texts/"\${text%/*}"
  { bb cat ${texts}/"$text"; echo .; } > ${scratch}/texts/"$text"
  [ "$(bb tr -d '\\000' < ${texts}/"$text" | bb wc -c)" = "$(bb wc -c < ${texts}/"$text")" ] || fail "$text isn't UTF-8"
done
${finish(target, paths)}`;
}

function finish(target: RenderTarget, { templates, result }: typeof RENDER_PATHS): string {
  const file = `${result}/${COMMON_TEMPLATE}`;
  const choice = `template=${templates}/${memberKey('${POD_NAME##*-}')}
[ -e "$template" ] || template=${templates}/${COMMON_TEMPLATE}
`;
  switch (target) {
    case RenderTarget.MACHINE: return `${choice}render "$template" ${file}
`;
    case RenderTarget.NEW_MACHINE: return `${choice}if [ -e ${file} ]; then echo "the machine keeps the machine config that it has"; else render "$template" ${file}; fi
`;
    case RenderTarget.ALL: return `for template in ${templates}/*; do
  render "$template" ${result}/"\${template##*/}"
done
`;
  }
}

/** Prints a template with its placeholders filled. */
const fillProgram = (scratch: string): string => String.raw`
  ${problemFunction(scratch)}
  function part(name, indentation,  pad, text, line) {
    if (!(name in value)) problem("the secrets have no " name)
    if (value[name] !~ /^[-A-Za-z0-9+\/=_.]+$/) problem("the secrets have a " name " that is encrypted, or not on one line")
    if (indentation == "") return value[name]
    pad = sprintf("%" indentation "s", "")
    while ((getline line < ("${scratch}/pem/" name)) > 0) text = text (text == "" ? "" : "\n" pad) line
    close("${scratch}/pem/" name)
    return text
  }
  function shown(raw, code, least) {
    if (code < least || code > 1114111 || (code >= 55296 && code <= 57343)) return ""
    return (code < 160 || code == 8232 || code == 8233 || code == 65279 || code == 65534 || code == 65535) ? sprintf("\\u%04X", code) : raw
  }
  function quoted(text, name,  i, char, byte, left, code, least, raw, made, done) {
    for (i = 1; i <= length(text); i++) {
      char = substr(text, i, 1); byte = ord[char]; made = ""
      if (left > 0) {
        if (byte < 128 || byte > 191) problem(name " isn\047t UTF-8")
        raw = raw char; code = code * 64 + byte - 128
        if (--left == 0 && (made = shown(raw, code, least)) == "") problem(name " isn\047t UTF-8")
      }
      else if (byte < 128) made = (char in escape) ? escape[char] : char
      else if (byte >= 192 && byte < 248) {
        raw = char; left = byte < 224 ? 1 : byte < 240 ? 2 : 3
        code = byte - (left == 1 ? 192 : left == 2 ? 224 : 240); least = left == 1 ? 128 : left == 2 ? 2048 : 65536
      }
      else problem(name " isn\047t UTF-8")
      done = done made
    }
    if (left > 0) problem(name " isn\047t UTF-8")
    return done
  }
  function user(name,  path, line, text, last, count) {
    if (name in user_text) return user_text[name]
    path = "${scratch}/texts/" name
    while ((getline line < path) > 0) { if (count++) text = text quoted(last, name) "\\n"; last = line }
    close(path)
    if (!count) problem(name " isn\047t among the texts")
    return user_text[name] = text quoted(substr(last, 1, length(last) - 1), name)
  }
  function filled(name,  slash) {
    if (index(name, "${USER_TEXT}") == 1) return user(substr(name, ${USER_TEXT.length + 1}))
    slash = index(name, "/")
    return slash ? part(substr(name, 1, slash - 1), substr(name, slash + 1)) : part(name, "")
  }
  BEGIN {
    while ((getline < "${scratch}/parts") > 0) value[$1] = $2
    for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i
    for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\x%02X", i)
    escape[sprintf("%c", 127)] = "\\x7F"; escape["\""] = "\\\""; escape["\\"] = "\\\\"
  }
  {
    rest = $0; done = ""
    while (index(rest, "@@") && match(rest, ${PLACEHOLDER})) {
      before = substr(rest, 1, RSTART - 1); name = substr(rest, RSTART + 2, RLENGTH - 4); rest = substr(rest, RSTART + RLENGTH)
      done = done before filled(name)
    }
    print done rest
  }
  END { if (failed) exit 1 }`;

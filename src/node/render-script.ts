import { memberKey } from './member-configs';
import { PLACEHOLDER, USER_TEXT } from '../machine-config/config-template';
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

/** The key of the template that machines without one of their own take, and the file that Talos reads. */
export const COMMON_TEMPLATE = 'config.yaml';

/** Where the script finds and puts what it works with. */
export const RENDER_PATHS = {
  bundle: '/bundle',
  templates: '/templates',
  texts: '/texts',
  scratch: '/scratch',
  result: '/config',
} as const;

const RESULT = `${RENDER_PATHS.result}/${COMMON_TEMPLATE}`;

const FINISHES: { readonly [target in RenderTarget]: string } = {
  [RenderTarget.MACHINE]: `choose
render "$template" ${RESULT}
`,
  [RenderTarget.NEW_MACHINE]: `choose
if [ -e ${RESULT} ]; then echo "the machine keeps the machine config that it has"; else render "$template" ${RESULT}; fi
`,
  [RenderTarget.ALL]: `for template in ${RENDER_PATHS.templates}/*; do
  render "$template" "${RENDER_PATHS.result}/\${template##*/}"
done
`,
};

/**
 * Puts what synthesis didn't see into templates of machine configs. Its arguments are the texts of users' Secrets, as `SECRET/KEY`.
 *
 * A failure ends it with its reason, and leaves no machine config. The bundle can be YAML or JSON, as long as each part is on one line.
 */
export function renderScript(target: RenderTarget): string {
  return `${PRELUDE}${FINISHES[target]}`;
}

const READ_BUNDLE = `
  function problem(text) { print text > "${RENDER_PATHS.scratch}/problem"; failed = 1; exit 1 }
  function part(value,  path, i) {
    path = key[1]; for (i = 2; i <= n; i++) path = path "." key[i]
    print path "\\t" value
  }
  { sub(/\\r$/, "") }
  /^ *(#|---|$)/ { next }
  !started { started = 1; json = /^ *[{]/ }
  json { text = text $0 " "; next }
  /^"?sops"?:/ { problem("the secrets are encrypted by sops: decrypt them before they get into the Secret") }
  {
    match($0, /^ */); while (n > 0 && at[n] >= RLENGTH) n--
    at[++n] = RLENGTH; line = substr($0, RLENGTH + 1); colon = index(line, ":"); key[n] = substr(line, 1, colon - 1); gsub(/["\\047]/, "", key[n])
    value = substr(line, colon + 1); sub(/ #.*$/, "", value); gsub(/^ +| +$/, "", value); gsub(/^["\\047]|["\\047]$/, "", value)
    if (value != "") part(value)
  }
  END {
    if (failed) exit 1
    while (match(text, /"[^"]*"|[{}]/)) {
      token = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
      if (token == "{") n++
      else if (token == "}") n--
      else if (text ~ /^[ \\t]*:/) {
        key[n] = substr(token, 2, length(token) - 2)
        if (n == 1 && key[n] == "sops") problem("the secrets are encrypted by sops: decrypt them before they get into the Secret")
      }
      else part(substr(token, 2, length(token) - 2))
    }
    if (failed) exit 1
  }`;

const FILL = `
  function problem(text) { print text > "${RENDER_PATHS.scratch}/problem"; failed = 1; exit 1 }
  function part(name, indentation,  pad, text, line) {
    if (!(name in value)) problem("the secrets have no " name)
    if (value[name] !~ /^[-A-Za-z0-9+\\/=_.]+$/) problem("the secrets have a " name " that is encrypted, or not on one line")
    if (indentation == "") return value[name]
    pad = sprintf("%" indentation "s", "")
    while ((getline line < ("${RENDER_PATHS.scratch}/pem/" name)) > 0) text = text (text == "" ? "" : "\\n" pad) line
    close("${RENDER_PATHS.scratch}/pem/" name)
    return text
  }
  function shown(raw, code, least) {
    if (code < least || code > 1114111 || (code >= 55296 && code <= 57343)) return ""
    return (code < 160 || code == 8232 || code == 8233 || code == 65279 || code == 65534 || code == 65535) ? sprintf("\\\\u%04X", code) : raw
  }
  function quoted(text, name,  i, char, byte, left, code, least, raw, made, done) {
    for (i = 1; i <= length(text); i++) {
      char = substr(text, i, 1); byte = ord[char]; made = ""
      if (left > 0) {
        if (byte < 128 || byte > 191) problem(name " is not UTF-8")
        raw = raw char; code = code * 64 + byte - 128
        if (--left == 0 && (made = shown(raw, code, least)) == "") problem(name " is not UTF-8")
      }
      else if (byte < 128) made = (char in escape) ? escape[char] : char
      else if (byte >= 192 && byte < 248) {
        raw = char; left = byte < 224 ? 1 : byte < 240 ? 2 : 3
        code = byte - (left == 1 ? 192 : left == 2 ? 224 : 240); least = left == 1 ? 128 : left == 2 ? 2048 : 65536
      }
      else problem(name " is not UTF-8")
      done = done made
    }
    if (left > 0) problem(name " is not UTF-8")
    return done
  }
  function user(name,  path, line, text, last, count) {
    if (name in user_text) return user_text[name]
    path = "${RENDER_PATHS.scratch}/texts/" name
    while ((getline line < path) > 0) { if (count++) text = text quoted(last, name) "\\\\n"; last = line }
    close(path)
    return user_text[name] = text quoted(substr(last, 1, length(last) - 1), name)
  }
  function filled(name,  slash) {
    if (index(name, "${USER_TEXT}") == 1) return user(substr(name, ${USER_TEXT.length + 1}))
    slash = index(name, "/")
    return slash ? part(substr(name, 1, slash - 1), substr(name, slash + 1)) : part(name, "")
  }
  BEGIN {
    while ((getline < "${RENDER_PATHS.scratch}/parts") > 0) value[$1] = $2
    for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i
    for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\\\x%02X", i)
    escape[sprintf("%c", 127)] = "\\\\x7F"; escape["\\t"] = "\\\\t"; escape["\\r"] = "\\\\r"; escape["\\""] = "\\\\\\""; escape["\\\\"] = "\\\\\\\\"
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

const PRELUDE = `set -eu
umask 077
export LC_ALL=C
bb() { /bin/busybox "$@"; }
fail() { echo "$1" | bb tee /dev/termination-log >&2; exit 1; }
choose() {
  template=${RENDER_PATHS.templates}/${memberKey('${POD_NAME##*-}')}
  [ -e "$template" ] || template=${RENDER_PATHS.templates}/${COMMON_TEMPLATE}
}
render() {
  bb rm -f "$2" ${RENDER_PATHS.scratch}/problem
  bb awk '${FILL}' "$1" > "$2.new" || { bb rm -f "$2.new"; fail "$(bb cat ${RENDER_PATHS.scratch}/problem)"; }
  bb mv "$2.new" "$2"
}
bb mkdir -p ${RENDER_PATHS.scratch}/pem
if [ -e ${RENDER_PATHS.bundle}/${BUNDLE_KEY} ]; then
  bb awk '${READ_BUNDLE}' ${RENDER_PATHS.bundle}/${BUNDLE_KEY} > ${RENDER_PATHS.scratch}/parts || fail "$(bb cat ${RENDER_PATHS.scratch}/problem)"
  while IFS="$(printf '\\t')" read -r name value; do
    case $name in
      */*) ;;
      certs.*) printf %s "$value" | bb base64 -d > ${RENDER_PATHS.scratch}/pem/"$name" || fail "the secrets have a $name that is not base64" ;;
    esac
  done < ${RENDER_PATHS.scratch}/parts
fi
for text in "$@"; do
  bb mkdir -p ${RENDER_PATHS.scratch}/texts/"\${text%/*}"
  { bb cat ${RENDER_PATHS.texts}/"$text"; echo .; } > ${RENDER_PATHS.scratch}/texts/"$text" || fail "$text can't be read"
  [ "$(bb tr -d '\\000' < ${RENDER_PATHS.texts}/"$text" | bb wc -c)" = "$(bb wc -c < ${RENDER_PATHS.texts}/"$text")" ] || fail "$text is not text"
done
`;

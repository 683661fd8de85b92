/** Ends an awk program with a reason in `SCRATCH/problem`; the rules for the end of the input are run all the same. */
export function problemFunction(scratch: string): string {
  return `function problem(text) { print text > "${scratch}/problem"; failed = 1; exit 1 }`;
}

/** An awk program that reads a file of secrets, YAML or JSON, and prints a line for each part: its path, a tab and its value. */
export function partsProgram(scratch: string): string {
  return String.raw`
  ${problemFunction(scratch)}
  function part(value,  path, i) {
    path = key[1]; for (i = 2; i <= n; i++) path = path "." key[i]
    if (key[1] == "sops") problem("the secrets are encrypted by sops: the Secret must have them decrypted")
    print path "\t" value
  }
  { sub(/\r$/, "") }
  /^ *(#|---|$)/ { next }
  !started { started = 1; json = /^ *[{]/ }
  json { text = text $0 " "; next }
  {
    match($0, /^ */); while (n > 0 && at[n] >= RLENGTH) n--
    at[++n] = RLENGTH; line = substr($0, RLENGTH + 1); colon = index(line, ":")
    key[n] = substr(line, 1, colon - 1); gsub(/["\047]/, "", key[n])
    value = substr(line, colon + 1); sub(/ #.*$/, "", value); gsub(/^ +| +$/, "", value); gsub(/^["\047]|["\047]$/, "", value)
    if (value != "") part(value)
  }
  END {
    if (failed) exit 1
    while (match(text, /"[^"]*"|[{}]/)) {
      token = substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH)
      if (token == "{") n++
      else if (token == "}") n--
      else if (text ~ /^[ \t]*:/) key[n] = substr(token, 2, length(token) - 2)
      else part(substr(token, 2, length(token) - 2))
    }
  }`;
}

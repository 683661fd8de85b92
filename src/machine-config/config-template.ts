import { createHash } from 'crypto';
import { shortened, TalosError } from '../problem';
import { ConfigDocuments } from './documents/config-documents';
import { encodeConfig } from './documents/encode';
import { haveSecretTexts, namingSecretTexts, secretTextName, SecretTextSource, secretTextsIn } from './secret-text';
import { doubleQuoted, Output } from './yaml/writer';
import { StandIn, standIns } from '../secrets/stand-in';

/*
 * The template of a machine config: its text with placeholders for what synthesis never sees. `@@certs.os.crt@@` is a part of the secrets as their
 * file has it, `@@certs.k8s.crt/8@@` its PEM text with the lines after the first indented by 8. `@@user.SECRET/KEY@@` is a text of a user's Secret,
 * and always in double quotes.
 */

/** A placeholder in a template, in the dialect that awk has too. */
export const PLACEHOLDER = /@@(user\.[a-z0-9.-]+\/[-._a-zA-Z0-9]+|(cluster|secrets|trustdinfo|certs)\.[a-z0-9.]+(\/[0-9]+)?)@@/;

/** The key of the template that machines without one of their own take, and the file that Talos reads. */
export const COMMON_TEMPLATE = 'config.yaml';

/** The volumes of pods with the templates and the bundle. */
export const TEMPLATE_VOLUME = 'machine-config-templates';
export const BUNDLE_VOLUME = 'machine-config-bundle';
export const TEXTS_VOLUME = 'machine-config-texts';

/** What the names of users' own texts begin with. */
export const USER_TEXT = 'user.';

/**
 * The template of a machine config that was made with stand-ins.
 *
 * @throws if the machine config holds a placeholder already, or a stand-in where none can be replaced
 */
export function configTemplate(documents: ConfigDocuments): string {
  const text = encodeConfig(documents, quotingSecretTexts);
  const template = namingSecretTexts(withPlaceholders(text), (source) => `@@${USER_TEXT}${secretTextName(source)}@@`);
  const [lookalike] = PLACEHOLDER.exec(text) ?? [];
  if (filled(template) !== filledWithStandIns(text)) {
    throw new TalosError('talos:machine-config-unfit', `'config' has a text that looks like a placeholder${lookalike ? ` (${shortened(lookalike)})` : ''}, and the pods would replace it: `
      + 'write it otherwise');
  }
  const left = standIns().find(({ traces }) => traces.some((trace) => template.includes(trace)));
  if (left) {
    throw new TalosError('talos:machine-config-unfit', `'config' has ${left.name} of the cluster within another text, where pods can't put it in: leave it out`);
  }
  return template;
}

/** Whether a machine config has keys of a cluster that only its pods know; patches may have replaced others. */
export function hasStandIns(documents: ConfigDocuments): boolean {
  return standIns().length > 0 && hasStandIn(encodeConfig(documents));
}

function hasStandIn(text: string): boolean {
  return standIns().some((standIn) => text.includes(standIn.text));
}

/** The texts of users' Secrets in a machine config. */
export function secretTextsOf(documents: ConfigDocuments): SecretTextSource[] {
  return haveSecretTexts() ? secretTextsIn(encodeConfig(documents)) : [];
}

/**
 * The text of a machine config that isn't a template.
 *
 * @throws if only pods know a part of it
 */
export function completeText(documents: ConfigDocuments): string {
  const text = encodeConfig(documents);
  const [source] = secretTextsIn(text);
  if (source) {
    throw new TalosError('talos:conflicting-properties', `the machine config has the placeholder of a SecretText (${secretTextName(source)}), which only pods can fill: give it to a TalosMachineConfig `
      + 'or a construct that runs machines, or write it with \'redactSecrets\'');
  }
  if (hasStandIn(text)) {
    throw new TalosError('talos:conflicting-properties', 'the machine config is of a cluster whose keys synthesis never sees, and only pods can put them in: give it to a TalosMachineConfig with '
      + 'the cluster\'s \'secretDelivery\', or write it with \'redactSecrets\'');
  }
  return text;
}

/**
 * A template for reading: each placeholder is a text that every field takes, the same for the same placeholder. It is no secret.
 */
export function readableTemplate(template: string): string {
  return template.replace(new RegExp(PLACEHOLDER, 'g'), (placeholder) => createHash('sha256').update(placeholder).digest('hex'));
}

/** Every text with a placeholder of `SecretText` in double quotes, in which pods can escape any text. */
function quotingSecretTexts(output: Output): Output {
  if ('text' in output) {
    return secretTextsIn(output.text).length > 0 ? { scalar: doubleQuoted(output.text) } : output;
  }
  if ('list' in output) {
    return { list: output.list.map(quotingSecretTexts) };
  }
  return 'entries' in output ? { entries: output.entries.map(([key, value]) => [requireNoSecretText(key), quotingSecretTexts(value)]) } : output;
}

/** A key would be sorted by its placeholder, which is random. */
function requireNoSecretText(key: Output): Output {
  const [source] = 'text' in key ? secretTextsIn(key.text) : [];
  if (source) {
    throw new TalosError('talos:machine-config-unfit', `'config' has the placeholder of a SecretText (${secretTextName(source)}) in the name of a field: only values can come from a Secret`);
  }
  return key;
}

function withPlaceholders(text: string): string {
  return standIns().reduce((template, { name, text: value, pem }) => {
    const withPem = pem === undefined ? template : template.replace(indentedLines(pem), (_, indentation: string) => `@@${name}/${indentation.length}@@`);
    return withPem.replaceAll(value, `@@${name}@@`);
  }, text);
}

/** The lines of a PEM text, with the same indentation before each after the first. */
function indentedLines(pem: string): RegExp {
  const [first, second, ...others] = pem.split('\n').map((line) => line.replace(/[+/]/g, '\\$&'));
  return new RegExp([`${first}\n(?<indentation> *)${second}`, ...others].join('\n\\k<indentation>'), 'g');
}

/** What pods make of a template, with the stand-ins for the secrets; the placeholders that they don't know stay. */
function filled(template: string): string {
  const parts = new Map<string, StandIn>(standIns().map((standIn) => [standIn.name, standIn]));
  return template.replace(new RegExp(PLACEHOLDER, 'g'), (placeholder, name: string) => {
    const [part, indentation] = name.split('/');
    const standIn = parts.get(part);
    if (name.startsWith(USER_TEXT) || !standIn) {
      return `<${placeholder}>`;
    }
    return indentation === undefined ? standIn.text : standIn.pem!.replaceAll('\n', `\n${' '.repeat(Number(indentation))}`);
  });
}

/** The text in the same form: its placeholders were known before. */
function filledWithStandIns(text: string): string {
  return namingSecretTexts(text, (source) => `<@@${USER_TEXT}${secretTextName(source)}@@>`);
}

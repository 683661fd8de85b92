import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';
import { Release } from '../../src/talos/release';

const validators = new Map<string, ValidateFunction>();

/** What the schema of the release, or that of all releases, refuses in a value: its place and the keyword. */
export function refusals(value: unknown, release?: Release): string[] {
  const name = release === undefined ? 'patch.json' : `patch-${release}.json`;
  const validate = validators.get(name) ?? new Ajv({ allErrors: true, jsonPointers: true }).addSchema(schema('definitions.json'), 'definitions.json').compile(schema(name));
  validators.set(name, validate);
  validate(value);
  // `if` only repeats what `then` or `else` refuses
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map((error) => `${placeOf(error)} ${error.keyword}`);
}

function schema(name: string): object {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'schemas', name), 'utf8'));
}

function placeOf({ dataPath, params }: ErrorObject): string {
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  const key = additionalProperty ?? missingProperty;
  return key === undefined ? dataPath : `${dataPath}/${key}`;
}

/** What an editor refuses in a patch file, with the number of the document. It reads YAML 1.2 with merge keys. */
export function refusalsOfFile(text: string, release?: Release): string[] {
  return [...parseAllDocuments(text, { merge: true })].flatMap((document, index) => document.errors.length > 0
    ? [`${index + 1}: ${document.errors[0].code}`]
    : refusals(document.toJS(), release).map((refusal) => `${index + 1}: ${refusal}`));
}

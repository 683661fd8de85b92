import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Documentation } from './typed-documentation';
import { Struct, StructField, TypedSchema, typedSchema, TypedType } from './typed-structs';
import { propertyOfKind } from '../src/machine-config/schema/property-names';

/*
 * Writes the types of typed machine configs, src/types, from the schema of src/machine-config/schema.
 */

const HEADER = '// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".';
const LINE = 150;

/** The files by their names. */
export function typedFiles(schema: TypedSchema = typedSchema()): Map<string, string> {
  const documentation = new Documentation(schema);
  const packages = [...new Set([...schema.structs.values()].map((struct) => struct.package))].sort();
  return new Map([
    ...packages.map((name) => [`${name}.ts`, packageFile(name, schema, documentation)] as const),
    ['documents.ts', documentsFile(schema, documentation)],
    ['index.ts', file([], [...packages.map((name) => `export type * as ${name} from './${name}';`), 'export * from \'./documents\';'].join('\n'))],
  ]);
}

function packageFile(name: string, schema: TypedSchema, documentation: Documentation): string {
  const structs = [...schema.structs.values()].filter((struct) => struct.package === name).sort((left, right) => left.name < right.name ? -1 : 1);
  const interfaces = structs.map((struct) => interfaceOf(headOf(struct, schema), documentation.ofStruct(struct), struct.fields.map((field) =>
    member(documentation.ofField(struct, field), field.property, typeText(field.type, schema, name), isRequired(struct, field)))));
  return file(packagesIn(structs, schema).filter((other) => other !== name), interfaces.join('\n\n'));
}

function documentsFile(schema: TypedSchema, documentation: Documentation): string {
  const members = [
    ...schema.legacy.fields.map((field) => member(documentation.ofField(schema.legacy, field), field.property, typeText(field.type, schema), false)),
    ...schema.documents.map((struct) => {
      const { kind, package: ofPackage, name } = struct;
      return member(documentation.ofKind(struct), propertyOfKind(kind!.kind), `${ofPackage}.${name}${kind!.named ? '[]' : ''}`, false);
    }),
  ];
  const packages = [...packagesIn([schema.legacy], schema), ...schema.documents.map((struct) => struct.package)];
  return file([...new Set(packages)].sort(), interfaceOf('Documents', documentation.ofDocuments(), members));
}

function file(imports: readonly string[], body: string): string {
  const lines = imports.map((name) => `import * as ${name} from './${name}';`).join('\n');
  return `${[HEADER, ...lines ? [lines] : [], body].join('\n\n').replace('\n\nimport', '\nimport')}\n`;
}

/** `BondConfig extends CommonLinkConfig`: Talos's types only have fields of their own package. */
function headOf({ name, bases }: Struct, schema: TypedSchema): string {
  return bases.length === 0 ? name : `${name} extends ${bases.map((base) => schema.structs.get(base)!.name).join(', ')}`;
}

function interfaceOf(name: string, documentation: readonly string[], members: readonly string[]): string {
  const body = members.length === 0 ? '{}' : `{\n${members.join('\n\n')}\n}`;
  return `${comment(documentation, '')}\nexport interface ${name} ${body}`;
}

function member(documentation: readonly string[], property: string, type: string, required: boolean): string {
  return `${comment(documentation, '  ')}\n  readonly ${property}${required ? '' : '?'}: ${type};`;
}

/** A patch finds a document by its name. */
function isRequired({ kind }: Struct, { property }: StructField): boolean {
  return property === 'name' && kind !== undefined && kind.named;
}

function typeText(type: TypedType, schema: TypedSchema, inPackage?: string): string {
  switch (type.kind) {
    case 'leaf':
      return type.alternatives.join(' | ');
    case 'list': {
      const element = typeText(type.of, schema, inPackage);
      return element.includes(' ') ? `Array<${element}>` : `${element}[]`;
    }
    case 'map':
      return `{ [key: string]: ${typeText(type.of, schema, inPackage)} }`;
    case 'struct': {
      const struct = schema.structs.get(type.type)!;
      return struct.package === inPackage ? struct.name : `${struct.package}.${struct.name}`;
    }
    case 'object':
      return '{ [key: string]: any }';
    case 'any':
      return 'any';
  }
}

/** The packages whose structs some structs use. */
function packagesIn(structs: readonly Struct[], schema: TypedSchema): string[] {
  const of = (type: TypedType): string[] => type.kind === 'struct' ? [schema.structs.get(type.type)!.package] : 'of' in type ? of(type.of) : [];
  return [...new Set(structs.flatMap(({ fields }) => fields.flatMap(({ type }) => of(type))))].sort();
}

function comment(paragraphs: readonly string[], indent: string): string {
  const lines = paragraphs.flatMap((paragraph) => wrapped(paragraph, LINE - indent.length - ' * '.length));
  return lines.length === 1 && lines[0].length <= LINE - indent.length - '/**  */'.length
    ? `${indent}/** ${lines[0]} */`
    : [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n');
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines;
}

/** Writes the files into a folder, and deletes the others in it. */
function writeTyped(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  typedFiles().forEach((text, name) => writeFileSync(join(folder, name), text));
  console.log(`${readdirSync(folder).length} files in ${folder}`);
}

if (require.main === module) {
  writeTyped(join(__dirname, '..', 'src', 'types'));
}

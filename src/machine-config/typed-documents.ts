import { kindOf, readDocument, Reader } from '../input';
import { shortened, TalosError } from '../problem';
import { fieldOfProperty, propertyOfField, propertyOfKind } from './schema/property-names';
import { allKinds, DocumentKind, LEGACY_KIND, schemaOfAllReleases, StructType, Type } from './schema/schema';
import { pathText, suggestion } from './yaml/refusal';

/*
 * How `of()` takes documents whose kinds are properties. Compilers check them by their types, which values of JavaScript bypass. What depends on the
 * release is checked with the release.
 */

/** A document as an object of YAML. */
interface PlainDocument {
  [key: string]: any;
}

/** What takes documents that have no typed form. */
const UNTYPED = 'fromDocuments() or fromYaml()';

/** Reads the documents, which come in the order of `talos.Documents`. */
export const readTypedDocuments: Reader<PlainDocument[]> = (property, value) => {
  const documents = new TypedDocuments(property).read(readDocument(property, value));
  if (documents.length === 0) {
    throw new TalosError('talos:missing-property', `'${property}' has no document: give at least one, for example { machine: { … } }`);
  }
  return documents;
};

let kinds: ReadonlyMap<string, string> | undefined;

/** The kinds of documents by their properties, in their order. */
function kindsByProperty(): ReadonlyMap<string, string> {
  kinds ??= new Map([...allKinds()].map((kind) => [propertyOfKind(kind), kind]));
  return kinds;
}

class TypedDocuments {
  private readonly path: string[];

  public constructor(property: string) {
    this.path = [property];
  }

  public read(given: PlainDocument): PlainDocument[] {
    const schema = schemaOfAllReleases();
    const legacy = schema.kind(LEGACY_KIND)!.type;
    const byProperty = kindsByProperty();
    const properties = Object.keys(given).filter((property) => given[property] !== undefined);
    const [fields, ofKinds] = [properties.filter((property) => !byProperty.has(property)), properties.filter((property) => byProperty.has(property))];
    const unknown = fields.find((property) => !legacy.fields.has(property));
    if (unknown !== undefined) {
      return this.refuseUnknown(unknown, [...legacy.fields.keys(), ...byProperty.keys()]);
    }
    const order = [...byProperty.keys()];
    const sorted = ofKinds.length > 1 ? ofKinds.sort((left, right) => order.indexOf(left) - order.indexOf(right)) : ofKinds;
    return [
      ...fields.length > 0 ? [this.struct(Object.fromEntries(fields.map((field) => [field, given[field]])), legacy)] : [],
      ...sorted.flatMap((property) => this.at(property, () => this.ofKind(given[property], schema.kind(byProperty.get(property)!)!))),
    ];
  }

  private ofKind(value: unknown, kind: DocumentKind): PlainDocument[] {
    if (!kind.named) {
      return [this.document(value, kind)];
    }
    if (!Array.isArray(value)) {
      return this.refuse('talos:wrong-type', `is ${kindOf(value)}: give a list, because there can be several documents ${kind.kind}, each with its name`);
    }
    return value.map((item, index) => this.at(`[${index}]`, () => this.document(item, kind)));
  }

  private document(value: unknown, { kind, named, type }: DocumentKind): PlainDocument {
    if (Array.isArray(value) && !named) {
      return this.refuse('talos:wrong-type', `is a list: give an object, because there is one document ${kind}`);
    }
    const document = this.convert(value, type);
    if (named && document.name === undefined) {
      return this.at('name', () => this.refuse('talos:missing-property', 'is missing: give the name of the document'));
    }
    return { apiVersion: 'v1alpha1', kind, ...document };
  }

  private convert(value: any, type: Type): any {
    if (value === null && type.kind !== 'any') {
      return this.refuse('talos:wrong-type', `is null, which has no typed form: leave it out, or take ${UNTYPED}`);
    }
    switch (type.kind) {
      case 'pointer':
        return this.convert(value, type.to);
      case 'list':
        return Array.isArray(value) ? value.map((item, index) => this.at(`[${index}]`, () => this.convert(item, type.of))) : this.refuseKind(value, 'a list');
      case 'map':
        return this.convertMap(this.object(value), type.of);
      case 'struct':
        return this.struct(this.object(value), type);
      case 'object':
        return this.object(value);
      default:
        return value;
    }
  }

  private convertMap(given: PlainDocument, of: Type): PlainDocument {
    const entries = Object.entries(given).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.at(key, () => this.convert(item, of))]));
  }

  private struct(given: PlainDocument, type: StructType): PlainDocument {
    const fields: PlainDocument = {};
    for (const [property, value] of Object.entries(given)) {
      if (value === undefined) {
        continue;
      }
      const field = fieldOfProperty(type, property);
      if (field === undefined || isIdentity(property)) {
        return this.refuseUnknown(property, [...type.fields.keys()].map(propertyOfField));
      }
      fields[field.name] = this.at(property, () => this.convert(value, field.type));
    }
    return fields;
  }

  private object(value: unknown): PlainDocument {
    return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) ? value as PlainDocument : this.refuseKind(value, 'an object');
  }

  private refuseUnknown(property: string, known: Iterable<string>): never {
    return this.at(property, () => this.refuse('talos:unknown-field', property === '$patch'
      ? `has no typed form: take ${UNTYPED}`
      : isIdentity(property) ? `is unknown: the property of a document stands for its kind, as in { hostnameConfig: { … } }; ${UNTYPED} take documents with a kind`
        : `is unknown${suggestion(property, known) || ': correct its spelling, or leave it out'}`));
  }

  private refuseKind(value: unknown, remedy: string): never {
    return this.refuse('talos:wrong-type', `is ${kindOf(value)}: give ${remedy}`);
  }

  private refuse(code: 'talos:wrong-type' | 'talos:missing-property' | 'talos:unknown-field', wrongAndRemedy: string): never {
    const [root, ...keys] = this.path;
    throw new TalosError(code, `'${pathText([root, ...keys.map(shortened)])}' ${wrongAndRemedy}`);
  }

  private at<T>(key: string, action: () => T): T {
    this.path.push(key);
    const result = action();
    this.path.pop();
    return result;
  }
}

/** Whether this is a key that the property of a document stands for. */
function isIdentity(property: string): boolean {
  return property === 'kind' || property === 'apiVersion';
}

import { FreeFormDecoder } from './decode-free-form';
import { TalosError } from '../../problem';
import { isAtLeast } from '../../talos/release';
import { shownAt } from '../schema/redaction';
import { fieldSpan, Schema, StructType, Type } from '../schema/schema';
import { Value, ValueMap } from '../schema/values';
import { isNull, ResolvedNode, YamlMapping, YamlNode } from '../yaml/nodes';
import { shownPath, suggestion } from '../yaml/refusal';

/** Reads the nodes of a document strictly, as values of its types. */
export class Decoder extends FreeFormDecoder {
  public constructor(private readonly schema: Schema, private readonly root: StructType, documentName: string) {
    super(documentName);
  }

  /** Reads the value of a document. */
  public decodeDocument(node: YamlMapping): ValueMap {
    return this.decodeStruct(node, this.root);
  }

  /** Reads a value; undefined for a null. */
  private decode(node: YamlNode, type: Type): Value | undefined {
    if (node.kind === 'alias') {
      return this.throughAlias(node, (target) => this.decode(target, type));
    }
    this.count(node);
    if (type.kind === 'any') {
      return this.decodeAny(node);
    }
    if (isNull(node)) {
      return undefined;
    }
    switch (type.kind) {
      case 'pointer':
        return this.decode(node, type.to);
      case 'leaf':
        return this.decodeLeaf(node, type);
      case 'list':
        return this.decodeList(node, type.of);
      case 'map':
        return this.decodeMap(node, type.of);
      case 'object':
        return this.decodeObject(node);
      case 'struct':
        return node.kind === 'mapping' ? this.decodeStruct(node, type) : this.mismatch(node, 'an object');
    }
  }

  private decodeLeaf(node: ResolvedNode, type: Type & { kind: 'leaf' }): Value {
    const value = type.leaf.read(node, this.schema.release);
    return value === undefined ? this.mismatch(node, type.leaf.expects) : value;
  }

  private decodeList(node: ResolvedNode, of: Type): readonly Value[] {
    if (node.kind !== 'sequence') {
      return this.mismatch(node, 'a list');
    }
    const items = node.items.map((item, index) => this.at(`[${index}]`, () => this.decode(item, of) ?? null));
    return keepsNull(of) ? items : items.filter((item) => item !== null);
  }

  private decodeMap(node: ResolvedNode, of: Type): ValueMap {
    if (node.kind !== 'mapping') {
      return this.mismatch(node, 'an object');
    }
    const values = new Map<Value, Value>();
    for (const { key, value } of this.mergedEntries(node, false)) {
      const name = this.stringKey(key);
      const element = this.at(name ?? 'null', () => this.decode(value, of)) ?? emptyElement(of);
      if (name !== undefined) {
        values.set(name, element);
      }
    }
    return values;
  }

  private decodeObject(node: ResolvedNode): ValueMap {
    if (node.kind !== 'mapping') {
      return this.mismatch(node, 'an object');
    }
    const values = new Map<Value, Value>();
    for (const { key, value } of this.mergedEntries(node, true)) {
      const name = this.stringKey(key);
      if (name !== undefined) {
        values.set(name, this.at(name, () => this.decodeAny(value)));
      }
    }
    return values;
  }

  private decodeStruct(node: YamlMapping, type: StructType): ValueMap {
    this.refuseDuplicates(node);
    const values = new Map<Value, Value>();
    for (const { key, value } of node.entries) {
      const name = key.kind === 'scalar' ? key.text : '';
      const field = type.fields.get(name);
      if (!field || key.kind !== 'scalar') {
        this.refuseUnknown(name, type);
      }
      const decoded = this.at(name, () => this.decode(value, field.type));
      if (decoded !== undefined && !isDropped(field.type, decoded)) {
        values.set(name, decoded);
      }
    }
    for (const field of type.fields.values()) {
      if (field.type.kind === 'leaf' && field.type.leaf.fills !== undefined && !values.has(field.name)) {
        values.set(field.name, field.type.leaf.fills);
      }
    }
    return values;
  }

  private refuseUnknown(name: string, type: StructType): never {
    const quoted = `'${shownPath([...this.path, name])}'`;
    const span = fieldSpan(type, name);
    const { release } = this.schema;
    if (span?.since && !isAtLeast(release, span.since)) {
      throw new TalosError('talos:unknown-field', `${quoted} in ${this.documentName} is known since Talos ${span.since}, but the config is for Talos ${release}`);
    }
    if (span?.until) {
      throw new TalosError('talos:unknown-field', `${quoted} in ${this.documentName} is known up to Talos ${span.until}, but the config is for Talos ${release}`);
    }
    if (name === '$patch') {
      throw new TalosError('talos:unknown-field', isAtLeast(release, '1.8')
        ? `${quoted} in ${this.documentName}: only a patch can have $patch, and only with the value 'delete'`
        : `${quoted} in ${this.documentName} is known since Talos 1.8, but the config is for Talos ${release}`);
    }
    throw new TalosError('talos:unknown-field', `unknown key ${quoted} in ${this.documentName}${suggestion(name, type.fields.keys())}`);
  }

  private mismatch(node: ResolvedNode, expected: string): never {
    const given = node.kind === 'scalar' ? shownAt(this.root, this.path, node.text) : node.kind === 'mapping' ? 'an object' : 'a list';
    return this.refuse(`must be ${expected}, not ${given}`);
  }

}

/** Whether a list of this type keeps nulls. */
function keepsNull(type: Type): boolean {
  return type.kind === 'pointer' || type.kind === 'list' || type.kind === 'map' || type.kind === 'any';
}

/** The meaning of a null as the value of a map. */
function emptyElement(type: Type): Value {
  return type.kind === 'leaf' ? type.leaf.empty : keepsNull(type) ? null : new Map();
}

/** Whether an empty value means the same as no value. */
function isDropped(type: Type, value: Value): boolean {
  return type.kind === 'leaf' && type.leaf.merge !== 'when-present' && value === type.leaf.empty;
}

import { pathText, Refusal, shown, suggestion } from './errors';
import { isAtLeast } from './release';
import { fieldSpan, Schema, StructType, Type } from './schema';
import { Value, ValueMap } from './values';
import { followAlias, isMergeKey, isNull, ResolvedNode, resolveScalar, YamlEntry, YamlMapping, YamlNode } from './yaml-nodes';

/** More nodes than this through aliases is an attack or a mistake. */
const MOST_ALIASED_NODES = 100_000;

/** Reads the nodes of one document as the values of its types, strictly. */
export class Decoder {
  private readonly openAliases = new Set<YamlNode>();
  private aliasedNodes = 0;
  private path: string[] = [];

  public constructor(private readonly schema: Schema, private readonly documentName: string) {}

  /** The value of a document. */
  public decodeDocument(node: YamlMapping, type: StructType): ValueMap {
    return this.decodeStruct(node, type);
  }

  /** A value of any form, as YAML alone gives it. */
  public decodeAny(node: YamlNode): Value {
    if (node.kind === 'alias') {
      return this.throughAlias(node, target => this.decodeAny(target));
    }
    this.count();
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node);
      case 'sequence':
        return node.items.map((item, index) => this.at(`[${index}]`, () => this.decodeAny(item)));
      case 'mapping':
        return this.decodeAnyMapping(node);
    }
  }

  /** The value, or undefined for a null. */
  private decode(node: YamlNode, type: Type): Value | undefined {
    if (node.kind === 'alias') {
      return this.throughAlias(node, target => this.decode(target, type));
    }
    this.count();
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
    return keepsNull(of) ? items : items.filter(item => item !== null);
  }

  private decodeMap(node: ResolvedNode, of: Type): ValueMap {
    if (node.kind !== 'mapping') {
      return this.mismatch(node, 'an object');
    }
    const values = new Map<Value, Value>();
    for (const { key, value } of this.mergedEntries(node, false)) {
      const name = this.stringKey(key);
      if (name !== undefined) {
        values.set(name, this.at(name, () => this.decode(value, of)) ?? emptyElement(of));
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

  private decodeAnyMapping(node: YamlMapping): ValueMap {
    const values = new Map<Value, Value>();
    for (const { key, value } of this.mergedEntries(node, true)) {
      const resolved = this.decodeAny(key);
      if (Array.isArray(resolved) || resolved instanceof Map) {
        this.refuse('an object or a list can\'t be a key');
      }
      values.set(resolved, this.at(String(resolved), () => this.decodeAny(value)));
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

  /** The entries of a mapping with those of its merge keys behind its own; first come, first served. */
  private mergedEntries(node: YamlMapping, isFreeForm: boolean): YamlEntry[] {
    this.refuseDuplicates(node);
    const own = node.entries.filter(({ key }) => !isMergeKey(key));
    const merges = node.entries.filter(({ key }) => isMergeKey(key));
    if (merges.length === 0) {
      return own;
    }
    const taken = new Set(own.map(({ key }) => key.kind === 'scalar' ? key.text : key));
    const merged = [...own];
    for (const { value } of merges) {
      if (value.kind !== 'alias' && !isFreeForm) {
        this.refuse('a merge key needs an alias here');
      }
      for (const source of value.kind === 'sequence' ? value.items : [value]) {
        for (const entry of this.throughAlias(source, target => this.entriesToMerge(target, isFreeForm))) {
          const identity = entry.key.kind === 'scalar' ? entry.key.text : entry.key;
          if (!taken.has(identity)) {
            taken.add(identity);
            merged.push(entry);
          }
        }
      }
    }
    return merged;
  }

  private entriesToMerge(node: YamlNode, isFreeForm: boolean): YamlEntry[] {
    return node.kind === 'mapping' ? this.mergedEntries(node, isFreeForm) : this.refuse('a merge key needs an object or a list of objects');
  }

  private stringKey(key: YamlNode): string | undefined {
    const node = followAlias(key);
    if (node.kind !== 'scalar') {
      return this.refuse('an object or a list can\'t be a key');
    }
    return isNull(node) ? undefined : node.text;
  }

  private refuseDuplicates(node: YamlMapping): void {
    const seen = new Set<string>();
    for (const { key } of node.entries) {
      const text = key.kind === 'scalar' ? key.text : undefined;
      if (text !== undefined && seen.has(text)) {
        this.at(text, () => this.refuse('is given twice'));
      }
      if (text !== undefined) {
        seen.add(text);
      }
    }
  }

  private refuseUnknown(name: string, type: StructType): never {
    const quoted = `'${pathText([...this.path, name])}'`;
    const span = fieldSpan(type, name);
    const { release } = this.schema;
    if (span?.since && !isAtLeast(release, span.since)) {
      throw new Refusal(`${quoted} in ${this.documentName} is known since Talos ${span.since}, but the config is for Talos ${release}`);
    }
    if (span?.until) {
      throw new Refusal(`${quoted} in ${this.documentName} is known up to Talos ${span.until}, but the config is for Talos ${release}`);
    }
    if (name === '$patch') {
      throw new Refusal(isAtLeast(release, '1.8')
        ? `${quoted} in ${this.documentName}: only a patch may have $patch, and only with the value 'delete'`
        : `${quoted} in ${this.documentName} is known since Talos 1.8, but the config is for Talos ${release}`);
    }
    throw new Refusal(`unknown key ${quoted} in ${this.documentName}${suggestion(name, type.fields.keys())}`);
  }

  private mismatch(node: ResolvedNode, expected: string): never {
    const given = node.kind === 'scalar' ? shown(node.text, this.path) : node.kind === 'mapping' ? 'an object' : 'a list';
    return this.refuse(`must be ${expected}, not ${given}`);
  }

  private refuse(problem: string): never {
    throw new Refusal(`'${pathText(this.path)}' in ${this.documentName} ${problem}`);
  }

  private at<T>(key: string, action: () => T): T {
    this.path.push(key);
    const result = action();
    this.path.pop();
    return result;
  }

  private throughAlias<T>(node: YamlNode, action: (target: ResolvedNode) => T): T {
    if (node.kind !== 'alias') {
      return action(node);
    }
    if (this.openAliases.has(node.target)) {
      this.refuse(`holds itself through the anchor '${node.name}'`);
    }
    this.openAliases.add(node.target);
    const result = action(node.target);
    this.openAliases.delete(node.target);
    return result;
  }

  private count(): void {
    if (this.openAliases.size > 0 && ++this.aliasedNodes > MOST_ALIASED_NODES) {
      this.refuse('is repeated too often through aliases');
    }
  }
}

/** Whether a null stays in a list of these instead of being dropped. */
function keepsNull(type: Type): boolean {
  return type.kind === 'pointer' || type.kind === 'list' || type.kind === 'map' || type.kind === 'any';
}

/** What a null means as the value of a map. */
function emptyElement(type: Type): Value {
  return type.kind === 'leaf' ? type.leaf.empty : keepsNull(type) ? null : new Map();
}

/** Whether an empty value is the same as none. */
function isDropped(type: Type, value: Value): boolean {
  return type.kind === 'leaf' && type.leaf.merge !== 'when-present' && value === type.leaf.empty;
}

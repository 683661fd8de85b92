import { RepetitionLimit } from './repetition-limit';
import { TalosError } from '../../problem';
import { Value, ValueMap } from '../schema/values';
import { followAlias, isMergeKey, isNull, ResolvedNode, resolveScalar, YamlEntry, YamlMapping, YamlNode } from '../yaml/nodes';
import { refuseDepth, shownPath } from '../yaml/refusal';

/** Reads the nodes of a document without a type, as YAML resolves them. */
export class FreeFormDecoder {
  private readonly openAliases = new Set<YamlNode>();
  private readonly aliased = new RepetitionLimit();
  private levelsInAll = 0;
  protected readonly path: string[] = [];

  public constructor(protected readonly documentName: string) {}

  /** Reads a value of any form. */
  public decodeAny(node: YamlNode): Value {
    if (node.kind === 'alias') {
      return this.throughAlias(node, (target) => this.decodeAny(target));
    }
    this.count(node);
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node);
      case 'sequence':
        return node.items.map((item, index) => this.at(`[${index}]`, () => this.decodeAny(item)));
      case 'mapping':
        return this.decodeAnyMapping(node);
    }
  }

  private decodeAnyMapping(node: YamlMapping): ValueMap {
    const values = new Map<Value, Value>();
    for (const { key, value } of this.mergedEntries(node, true)) {
      const resolved = this.decodeAny(key);
      if (Array.isArray(resolved) || resolved instanceof Map) {
        this.refuse('has an object or a list for a key');
      }
      values.set(resolved, this.at(String(resolved), () => this.decodeAny(value)));
    }
    return values;
  }

  /** The entries of a mapping, followed by those of its merge keys; the first of several equal keys counts. */
  protected mergedEntries(node: YamlMapping, isFreeForm: boolean): YamlEntry[] {
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
        this.refuse('needs an alias as the value of its merge key');
      }
      for (const source of value.kind === 'sequence' ? value.items : [value]) {
        for (const entry of this.throughAlias(source, (target) => this.entriesToMerge(target, isFreeForm))) {
          const identity = entry.key.kind === 'scalar' ? entry.key.text : entry.key;
          this.countAliased(1, '');
          if (!taken.has(identity)) {
            taken.add(identity);
            merged.push(entry);
          }
        }
      }
    }
    return merged;
  }

  private entriesToMerge(node: ResolvedNode, isFreeForm: boolean): YamlEntry[] {
    this.count(node);
    return node.kind === 'mapping' ? this.mergedEntries(node, isFreeForm) : this.refuse('needs an object or a list of objects as the value of its merge key');
  }

  protected stringKey(key: YamlNode): string | undefined {
    const node = followAlias(key);
    if (node.kind !== 'scalar') {
      return this.refuse('has an object or a list for a key');
    }
    return isNull(node) ? undefined : node.text;
  }

  protected refuseDuplicates(node: YamlMapping): void {
    const seen = new Set<string>();
    for (const { key } of node.entries) {
      const text = key.kind === 'scalar' ? key.text : undefined;
      if (text !== undefined && seen.has(text)) {
        this.at(text, () => this.refuse('is given twice'));
      }
      if (text !== undefined) {
        seen.add(text);
        if (this.openAliases.size > 0) {
          this.countAliased(0, text);
        }
      }
    }
  }

  protected refuse(problem: string): never {
    const place = this.path.length === 0 ? '' : `'${shownPath(this.path)}' in `;
    throw new TalosError('talos:machine-config-refused', `${place}${this.documentName} ${problem}`);
  }

  protected at<T>(key: string, action: () => T): T {
    this.path.push(key);
    this.levelsInAll += this.path.length;
    refuseDepth(this.path.length, this.levelsInAll);
    const result = action();
    this.path.pop();
    return result;
  }

  protected throughAlias<T>(node: YamlNode, action: (target: ResolvedNode) => T): T {
    if (node.kind !== 'alias') {
      return action(node);
    }
    if (this.openAliases.has(node.target)) {
      this.refuse(`contains itself through the anchor '${node.name}'`);
    }
    this.openAliases.add(node.target);
    refuseDepth(this.openAliases.size);
    const result = action(node.target);
    this.openAliases.delete(node.target);
    return result;
  }

  /** Counts a node that is read through an alias. */
  protected count(node: ResolvedNode): void {
    if (this.openAliases.size > 0) {
      this.countAliased(1, node.kind === 'scalar' ? node.text : '');
    }
  }

  private countAliased(nodes: number, text: string): void {
    if (this.aliased.isExceededBy(nodes, text)) {
      this.refuse('is repeated too often through aliases');
    }
  }
}

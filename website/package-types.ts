import { Assembly, Callable, TypeKind, Type } from '@jsii/spec';
import { TargetLanguage } from 'jsii-rosetta';

/** A package whose types are in snippets: what jsii says of it, and how Java and Go call it. */
export interface DescribedPackage {
  readonly assembly: Assembly;
  readonly go: string;
}

const JAVA_UTILITIES = ['List', 'Map'];

/**
 * Completes what jsii-rosetta leaves out: imports of Java, and in Go packages of structs, the import of the runtime and optional arguments, which Go
 * needs as `nil`.
 */
export class PackageTypes {
  private readonly java = new Map(JAVA_UTILITIES.map((name) => [name, `java.util.${name}`]));
  private readonly structs = new Map<string, string>();
  private readonly arguments = new Map<string, number>();

  public constructor(packages: readonly DescribedPackage[]) {
    packages.forEach(({ assembly, go }) => Object.values(assembly.types ?? {}).forEach((type) => this.add(type, assembly, go)));
  }

  /** The translation of a snippet, complete. */
  public complete(language: TargetLanguage, code: string): string {
    return language === TargetLanguage.JAVA ? this.javaImports(code) : language === TargetLanguage.GO ? this.goPackages(code) : code;
  }

  private add(type: Type, { targets }: Assembly, go: string): void {
    this.java.set(type.name, `${targets!.java!.package}.${type.name}`);
    if (type.kind === TypeKind.Interface && type.datatype) {
      this.structs.set(type.name, go);
    } else if (type.kind === TypeKind.Class) {
      const calls: [string, Callable][] = [
        ...type.initializer ? [[`New${type.name}`, type.initializer] as [string, Callable]] : [],
        ...(type.methods ?? []).filter((method) => method.static)
          .map((method): [string, Callable] => [`${type.name}_${method.name[0].toUpperCase()}${method.name.slice(1)}`, method]),
      ];
      calls.filter(([, { variadic }]) => !variadic).forEach(([name, { parameters = [] }]) => this.arguments.set(`${go}.${name}`, parameters.length));
    }
  }

  private javaImports(code: string): string {
    const imported = new Set([...code.matchAll(/^import .*\.(\w+);$/gm)].map(([, name]) => name));
    const used = new Set(code.replace(/"(?:[^"\\]|\\.)*"|\/\/.*$/gm, '').match(/(?<![.\w])[A-Z]\w*/g));
    const missing = [...used].filter((name) => this.java.has(name) && !imported.has(name)).map((name) => `import ${this.java.get(name)};`).sort();
    return [...missing, code].join('\n');
  }

  private goPackages(code: string): string {
    const qualified = code
      .replace(/(?<=: |\()\[\](?:\*string\{|[A-Z]\w*\{)/g, (list) => `&[]*${list.slice(2).replace('*', '')}`) // lists are pointers to pointers
      .replace(/(?<=[&*\]])([A-Z]\w*)(?=\{)/g, (name) => this.structs.has(name) ? `${this.structs.get(name)}.${name}` : name);
    const complete = this.goArguments(qualified);
    return /\bjsii\./.test(complete) ? `import "github.com/aws/jsii-runtime-go"\n${complete}` : complete;
  }

  /** Calls from the last to the first, so that what comes before one stays where it is. */
  private goArguments(code: string): string {
    return [...code.matchAll(/\b\w+\.\w+(?=\()/g)].reverse().reduce((text, { 0: name, index }) => {
      const expected = this.arguments.get(name);
      if (expected === undefined) {
        return text;
      }
      const { end, count } = argumentsAt(text, index + name.length);
      const missing = Array<string>(Math.max(0, expected - count)).fill('nil').join(', ');
      return missing === '' ? text : `${text.slice(0, end)}${count > 0 ? ', ' : ''}${missing}${text.slice(end)}`;
    }, code);
  }
}

/** Where the arguments that begin with a parenthesis end, and how many they are. */
function argumentsAt(code: string, start: number): { end: number; count: number } {
  let depth = 0;
  let commas = 0;
  let empty = true;
  for (const { 0: token, index } of code.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|[\s\S]/g)) {
    if (/^[)\]}]$/.test(token) && --depth === 0) {
      return { end: start + index, count: empty ? 0 : commas + 1 };
    }
    empty &&= depth === 0 || /^(?:\s|\/\/.*)$/.test(token);
    commas += token === ',' && depth === 1 ? 1 : 0;
    depth += /^[([{]$/.test(token) ? 1 : 0;
  }
  throw new Error(`No end of the arguments: ${code.slice(start, start + 40)}`);
}

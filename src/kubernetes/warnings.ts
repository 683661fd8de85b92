import { IConstruct } from 'constructs';

/** Warns the user, and keeps the warning in the metadata of the construct. The ID is stable, for example `talos:made-elsewhere`. */
export function warn(construct: IConstruct, id: string, message: string): void {
  const text = `${message} [${id}]`;
  construct.node.addMetadata('cdk8s-talos:warning', text);
  process.emitWarning(`${construct.node.path}: ${text}`, 'TalosWarning');
}

import { IConstruct } from 'constructs';

/** Warns the user, and keeps the warning in the metadata of the construct. */
export function warn(construct: IConstruct, message: string): void {
  construct.node.addMetadata('cdk8s-talos:warning', message);
  process.emitWarning(`${construct.node.path}: ${message}`, 'TalosWarning');
}

import { IConstruct } from 'constructs';

/** Says something that the user should know, and keeps it in the metadata of the construct. */
export function warn(construct: IConstruct, message: string): void {
  construct.node.addMetadata('cdk8s-talos:warning', message);
  process.emitWarning(`${construct.node.path}: ${message}`, 'TalosWarning');
}

import { IConstruct } from 'constructs';

/** The warnings in the tree of a construct, each behind the path of its own construct. */
export function warningsOf(construct: IConstruct): string[] {
  return construct.node.root.node.findAll().flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === 'cdk8s-talos:warning')
    .map(({ data }) => `${node.path}: ${String(data)}`));
}

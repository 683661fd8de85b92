import { App } from 'cdk8s';
import { Node } from 'constructs';

/** How often synthesis walks through the whole app. */
export function walks(app: App): number {
  const findAll = jest.spyOn(Node.prototype, 'findAll');
  app.synthYaml();
  const count = findAll.mock.contexts.filter((node) => node === app.node).length;
  findAll.mockRestore();
  return count;
}

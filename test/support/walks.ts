import { App, Chart } from 'cdk8s';
import { Node } from 'constructs';

/** How often synthesis walks through the whole app, without the walks of cdk8s itself. */
export function walks(app: App): number {
  const empty = new App();
  app.charts.forEach((_, index) => new Chart(empty, `chart-${index}`));
  return allWalks(app) - allWalks(empty);
}

function allWalks(app: App): number {
  const findAll = jest.spyOn(Node.prototype, 'findAll');
  app.synthYaml();
  const count = findAll.mock.contexts.filter((node) => node === app.node).length;
  findAll.mockRestore();
  return count;
}

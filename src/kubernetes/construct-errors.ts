import { IConstruct } from 'constructs';
import { TalosError } from '../problem';

/** The error with the construct's path. A construct replaces the paths of its parts, so the path is that of the construct which the user created. */
export function located(construct: IConstruct, error: unknown): unknown {
  return error instanceof TalosError ? error.from({ constructPath: construct.node.path }) : error;
}

/** Runs a function that creates a construct. Its errors begin with the construct's path. */
export function locatingNew<T>(scope: IConstruct, id: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof TalosError ? error.from({ constructPath: scope.node.path ? `${scope.node.path}/${id}` : id }) : error;
  }
}

/** Runs a method of a construct. Its errors begin with the construct's path. */
export function locating<T>(construct: IConstruct, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw located(construct, error);
  }
}

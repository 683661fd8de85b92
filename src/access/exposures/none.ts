import { ApiObject } from 'cdk8s';
import { Exposure } from './exposure';

/** Clients reach the API by the DNS names of the pods. */
export class None extends Exposure {
  public readonly kind = 'none';
  public readonly description = 'only inside the hosting cluster';
  public readonly hasService = false;
  public readonly leadsOutside = false;

  public constructor() {
    super();
  }

  public createObjects(): ApiObject[] {
    return [];
  }
}

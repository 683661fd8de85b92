import { Component } from './components';

/** Selectors of the series of one cluster among those of others: clusters in two namespaces may have one name. */
export class ClusterSeries {
  constructor(public readonly clusterName: string, public readonly namespace: string) {}

  /** A metric of a component. */
  public of({ job }: Component, metric: string, ...matchers: string[]): string {
    return `${metric}{${[`job="${job}"`, `cluster="${this.clusterName}"`, `namespace="${this.namespace}"`, ...matchers].join(',')}}`;
  }

  /** A metric that kube-state-metrics has of an object in the hosting cluster. Without kube-state-metrics it has no series, and alerts are silent. */
  public ofHost(metric: string, ...matchers: string[]): string {
    return `${metric}{${[`namespace="${this.namespace}"`, ...matchers].join(',')}}`;
  }

  /** How often per second something happened that a counter counts. */
  public rate(component: Component, metric: string, window: string, ...matchers: string[]): string {
    return `rate(${this.of(component, metric, ...matchers)}[${window}])`;
  }

  /** The time in which most of what a histogram counts was done, by some labels. */
  public quantile(quantile: number, component: Component, histogram: string, window: string, by: string[], ...matchers: string[]): string {
    return `histogram_quantile(${quantile}, sum by (${[...by, 'le'].join(', ')}) (${this.rate(component, `${histogram}_bucket`, window, ...matchers)}))`;
  }
}

/** The metrics that a component serves for queries, in alphabetical order. Prometheus makes `up` itself. */
export function metricsIn(queries: readonly string[], { job }: Component): string[] {
  const selectors = new RegExp(`([a-zA-Z_:][a-zA-Z0-9_:]*)\\{job="${job}"`, 'g');
  return [...new Set(queries.flatMap((query) => [...query.matchAll(selectors)].map(([, metric]) => metric)))].filter((metric) => metric !== 'up').sort();
}

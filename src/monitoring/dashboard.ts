import { createHash } from 'crypto';
import { Construct } from 'constructs';
import { ClusterSeries } from './cluster-series';
import { Panel, rowsOf } from './panels';
import { createConfigMapObject } from '../kubernetes/config-map-object';

/** The width of a dashboard, and what a row of panels takes of it. */
const [WIDTH, HEIGHT, NUMBER_HEIGHT] = [24, 8, 4];

/** The label of ConfigMaps with dashboards, as the sidecar of Grafana's Helm chart looks for it. */
const DASHBOARD_LABELS = { grafana_dashboard: '1' };

const DATA_SOURCE = { type: 'prometheus', uid: '$datasource' };

/**
 * Creates the ConfigMap with the dashboard of a cluster.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function createDashboard(scope: Construct, series: ClusterSeries, members: number): void {
  const { clusterName } = series;
  const dashboard = dashboardOf(series, members);
  createConfigMapObject(new Construct(scope, 'Dashboard'), `${clusterName}-dashboard`, { labels: DASHBOARD_LABELS }, {
    // the sidecar puts the files of all ConfigMaps into one folder
    [`talos-${series.namespace}-${clusterName}.json`]: `${JSON.stringify(dashboard, undefined, 2)}\n`,
  });
}

function dashboardOf(series: ClusterSeries, members: number): object {
  const { clusterName, namespace } = series;
  let y = 0;
  let id = 0;
  const panels = Object.entries(rowsOf(series, members)).flatMap(([title, row]) => {
    const [top, height] = [y + 1, row[0].isNumber ? NUMBER_HEIGHT : HEIGHT];
    const perLine = row[0].isNumber ? row.length : Math.min(row.length, 3);
    const width = Math.floor(WIDTH / perLine);
    const heading = { id: ++id, type: 'row', title, collapsed: false, panels: [], gridPos: { x: 0, y, w: WIDTH, h: 1 } };
    y = top + height * Math.ceil(row.length / perLine);
    return [heading, ...row.map((panel, index) => ({
      id: ++id,
      gridPos: { x: width * (index % perLine), y: top + height * Math.floor(index / perLine), w: width, h: height },
      ...panelOf(panel),
    }))];
  });
  return {
    // the same for each synthesis, so that links to it stay
    uid: `talos-${createHash('sha256').update(`${namespace}/${clusterName}`).digest('hex').slice(0, 16)}`,
    title: `Talos cluster ${clusterName} (${namespace})`,
    tags: ['talos'],
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', label: 'Data source', query: 'prometheus' }] },
    panels,
  };
}

function panelOf({ title, unit, targets, limit, isNumber }: Panel): object {
  const [below, above] = limit?.isLeast ? ['red', 'green'] : ['green', 'red'];
  return {
    type: isNumber ? 'stat' : 'timeseries',
    title,
    datasource: DATA_SOURCE,
    targets: targets.map(({ query, legend }, index) => (
      { refId: String.fromCharCode('A'.charCodeAt(0) + index), datasource: DATA_SOURCE, expr: query, legendFormat: legend }
    )),
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        thresholds: { mode: 'absolute', steps: [{ color: below, value: null }, ...limit ? [{ color: above, value: limit.value }] : []] },
        ...limit && !isNumber && { custom: { thresholdsStyle: { mode: 'dashed' } } },
      },
      overrides: [],
    },
    options: isNumber ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background' } : { legend: { displayMode: 'list', placement: 'bottom' } },
  };
}

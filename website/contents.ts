/** What a page is on the site: its name without `.md`, and what the sidebar calls it. */
export interface PageEntry {
  readonly page: string;
  readonly title: string;
}

/** A group of the sidebar. */
export interface PageGroup {
  readonly title: string;
  readonly pages: readonly PageEntry[];
}

const group = (title: string, pages: { readonly [page: string]: string }): PageGroup => ({
  title,
  pages: Object.entries(pages).map(([page, name]) => ({ page, title: name })),
});

/** The sidebar, in the order in which a reader meets the subjects. The tests compare it with docs/. */
export const CONTENTS: readonly PageGroup[] = [
  group('Start', {
    index: 'Overview',
    tutorial: 'Tutorial',
    faq: 'Questions and answers',
    languages: 'Python, Java and Go',
  }),
  group('Concepts', {
    'hosting-cluster': 'The hosting cluster',
    'hosting-clusters': 'Which hosting clusters',
    'control-plane': 'A control plane',
    'high-availability': 'Several members',
    'workers': 'Workers',
    'node': 'Machines as pods',
    'keys': 'Keys and Git',
    'security': 'Security',
  }),
  group('Tasks', {
    'ephemeral-cluster': 'A cluster for CI',
    'fleet': 'Many clusters',
    'external-workers': 'External workers',
    'cni': 'The inner network',
    'settings': 'Settings for each release',
    'typed-patches': 'Typed patches',
    'patches-in-editors': 'Patch files in editors',
    'secrets': 'Secrets and credentials',
  }),
  group('Operations', {
    'updates': 'Updates',
    'upgrading': 'Upgrading this library',
    'etcd-snapshots': 'Snapshots of etcd',
    'disaster-recovery': 'Disaster recovery',
    'monitoring': 'Monitoring',
    'troubleshooting': 'Troubleshooting',
  }),
  group('Reference', {
    'command-line': 'Command line',
    'report': 'Reports',
    'warnings': 'Warnings',
    'glossary': 'Glossary',
    'changelog': 'Changelog',
  }),
];

/** A part of a report. */
export interface Section {
  readonly title: string;
  /** Sentences. */
  readonly lines?: readonly string[];
  readonly table?: Table;
}

/** Rows with a cell for each column. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A report on one cluster, or on machines of no cluster. */
export interface Report {
  readonly title: string;
  /** The machines, in one sentence. */
  readonly summary: string;
  /** The least that one must know: a line each. */
  readonly brief: readonly string[];
  readonly picture: Picture;
  readonly sections: readonly Section[];
}

/** What a picture shows, from the clients to the machines. */
export interface Picture {
  /** The namespaces around the boxes. */
  readonly namespaces: readonly string[];
  /** Services and routes by which clients outside reach machines. */
  readonly entrances: readonly Box[];
  readonly machines: readonly Box[];
}

/** A box with a name and a few short lines. */
export interface Box {
  readonly name: string;
  readonly lines: readonly string[];
  /** The names of the boxes to which arrows lead. */
  readonly leadsTo: readonly string[];
}

/** A table without rows says nothing. */
export function tableSection(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Section[] {
  return rows.length === 0 ? [] : [{ title, table: { columns, rows } }];
}

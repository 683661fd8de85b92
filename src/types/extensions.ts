// Written by scripts/typed.ts from src/machine-config/schema: change that, and run "npx projen typed".

/** Is at `extensionServiceConfig[].configFiles[]`. */
export interface ConfigFile {
  /** Content. It can hold secrets. */
  readonly content?: string;

  /** Mount path. */
  readonly mountPath?: string;
}

/**
 * Files and environment of an extension's service. Its name is that of the extension.
 *
 * @see https://www.talos.dev/latest/reference/configuration/extensions/extensionserviceconfig/
 */
export interface ExtensionServiceConfig {
  /** The name of the document. */
  readonly name: string;

  /** Config files. A patch is merged into the element with the same `mountPath`; other elements are appended. */
  readonly configFiles?: ConfigFile[];

  /** Environment. It can hold secrets. A patch appends to the list. */
  readonly environment?: string[];
}

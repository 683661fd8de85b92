/** A command of `cdk8s-talos`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /**
   * Runs the command.
   *
   * @param args the arguments after its name
   * @param print writes a line to the standard output
   * @returns the exit code
   * @throws if the arguments aren't right, or it fails; the message is for the user
   */
  readonly run: (args: string[], print: (text: string) => void) => number;
}

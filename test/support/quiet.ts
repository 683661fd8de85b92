/*
 * Keeps the library's warnings out of the output of the tests. The ones that test them spy on this function.
 */

const emitWarning: (...parameters: any[]) => void = process.emitWarning.bind(process);

process.emitWarning = (...parameters: any[]) => {
  if (parameters[1] !== 'TalosWarning') {
    emitWarning(...parameters);
  }
};

/** Prints how long something takes: the median and the slowest of some runs, in milliseconds. */
export function measure(name: string, runs: number, run: () => unknown): void {
  run(); // lets the compiler warm up
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`${name}: median ${times[Math.floor(runs / 2)].toFixed(1)} ms, slowest ${times[runs - 1].toFixed(1)} ms (${runs} runs)`);
}

const POLL_MILLISECONDS = 100;
const LIMIT_MILLISECONDS = 60_000;

/** Asks until there is an answer, and gives it; says after a minute what didn't come. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, explain = async () => ''): Promise<T> {
  const end = Date.now() + LIMIT_MILLISECONDS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await new Promise((done) => setTimeout(done, POLL_MILLISECONDS));
  }
  throw new Error(`${what}: not after a minute\n${await explain()}`);
}

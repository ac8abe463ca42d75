/** Asks again until the answer is there; throws after `patienceMs`. */
export async function until<Answer>(ask: () => Answer | Promise<Answer>, patienceMs = 5_000): Promise<NonNullable<Answer>> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not within ${patienceMs} ms: ${ask}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

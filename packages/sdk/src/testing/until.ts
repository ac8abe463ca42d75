/** Asks again until it holds; throws after `patienceMs`. */
export async function until(holds: () => boolean, patienceMs = 5_000): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${patienceMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

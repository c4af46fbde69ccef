/**
 * Does the same for each of these, `width` at a time. What goes wrong with one keeps it from no other: the first error is thrown once
 * all were tried.
 */
export async function eachAlone(ids: readonly string[], width: number, work: (id: string) => Promise<unknown>): Promise<void> {
  const errors: unknown[] = []
  for (let from = 0; from < ids.length; from += width) {
    const done = await Promise.allSettled(ids.slice(from, from + width).map(work))
    errors.push(...done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])))
  }
  if (errors.length > 0) throw errors[0]
}

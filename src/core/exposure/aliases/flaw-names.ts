/** Whether an id is a CVE id, the one name of a flaw that several databases agree on. */
export function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,19}$/.test(id)
}

/** An id in the spelling ids are compared in: GitHub's are written in either case. */
export function foldedId(id: string): string {
  const upper = id.slice(0, 300).trim().toUpperCase()
  return upper.startsWith('GHSA-')
    ? `GHSA-${upper.slice(5).toLowerCase()}`
    : upper.startsWith('CVE-')
      ? upper
      : id.slice(0, 300).trim()
}

/** The name a flaw goes by: CVE before GHSA before all others, and of two alike the first by code points. */
export function primaryId(ids: readonly string[]): string {
  let best = ''
  for (const id of ids) if (best === '' || rank(id) < rank(best) || (rank(id) === rank(best) && id < best)) best = id
  return best
}

function rank(id: string): number {
  return isCve(id) ? 0 : id.startsWith('GHSA-') ? 1 : 2
}

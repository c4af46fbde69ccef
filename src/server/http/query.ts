/** A page's size from the query: 1 to 500, 100 where it says nothing sensible. */
export function readLimit(text: string | undefined): number {
  const limit = Number(text ?? 100)
  return Number.isInteger(limit) && limit >= 1 ? Math.min(limit, 500) : 100
}

/** Where the page before ended; null without a cursor, undefined for one that this server did not make. */
export function readPageCursor(text: string | undefined): { at: number; id: string } | null | undefined {
  if (text === undefined || text === '') return null
  const m = /^(\d{1,16})\.([a-z]{3}_[0-9a-z]{24})$/.exec(text)
  return m ? { at: Number(m[1]), id: m[2]! } : undefined
}

export function writePageCursor({ at, id }: { at: number; id: string }): string {
  return `${at}.${id}`
}

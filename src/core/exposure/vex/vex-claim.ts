import type { VexClaim } from '../obligation/item/item.ts'
import type { VexStatement } from './vex-statement.ts'

/** A statement that ends an obligation, as it is kept with it; null of one that does not. `source`: how it came here. */
export function claimOf(statement: VexStatement, source: VexClaim['source']): VexClaim | null {
  const { author, document, status, justification, detail, at } = statement
  if (status !== 'not-affected' && status !== 'fixed') return null
  const cut = (text: string | null, most: number) => text?.slice(0, most) ?? null
  return {
    author: author.slice(0, 200),
    source,
    document: document.slice(0, 300),
    status,
    justification: cut(justification, 100),
    detail: cut(detail, 2_000),
    at,
  }
}

/** Whether two claims say the same, by the same document. */
export function sameClaim(a: VexClaim | undefined, b: VexClaim): boolean {
  return a !== undefined && textOf(a) === textOf(b)
}

function textOf({ author, source, document, status, justification, detail, at }: VexClaim): string {
  return JSON.stringify([author, source, document, status, justification, detail, at])
}

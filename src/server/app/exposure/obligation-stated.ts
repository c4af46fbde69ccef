import type { Part, VexClaim } from '../../../core/exposure/obligation/item/item.ts'
import { claimOf, sameClaim } from '../../../core/exposure/vex/vex-claim.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { type KeptStatement, MOST_STATEMENTS } from './obligation-body.ts'
import { type Told, tell } from './obligation-change.ts'
import type { Arrival } from './obligation-join.ts'
import type { Held, Wanted } from './obligation-plan.ts'
import type { GoesBy } from './obligation-rule.ts'

/**
 * An item under the statements that are believed now: what one ends is held not affected on its assets with the statement as the
 * reason; what none ends any more is open again with the date it had. What an organisation said or did itself stands above them.
 */
export function underStatements(
  told: Told,
  want: Wanted,
  { base, arrivals }: { readonly base: Held | undefined; readonly arrivals: readonly Arrival[] },
  rule: GoesBy,
  now: Instant,
): Told {
  const { parts } = told.item
  if (want.statements.size === 0 && !parts.some(({ how }) => how === 'not-affected')) return told
  const last = new Map<string, Part>()
  for (const part of parts) for (const asset of part.assets) last.set(asset, part)
  const overruled = new Set(base?.overruled)
  const other = new Set(base !== undefined && base.place !== want.place ? want.assets.map(({ inventory }) => inventory) : [])
  for (const { from, assets } of arrivals)
    for (const asset of assets) {
      if (from.place !== want.place) other.add(asset)
      else if (base?.assets.includes(asset) !== true) other.delete(asset)
      if (from.overruled?.includes(asset)) overruled.add(asset)
    }
  const open = new Map<string, string[]>()
  const hold = new Map<string, { claim: VexClaim; assets: string[] }>()
  for (const { inventory } of want.assets) {
    const part = last.get(inventory)
    const applied = overruled.has(inventory) ? undefined : want.statements.get(inventory)
    const claim = applied === undefined ? null : claimOf(applied.statement, applied.source)
    if (part?.how === 'not-affected' && part.claim?.source === 'operator') {
      if (other.has(inventory)) put(open, 'It was said of another version; this one is not known to be spared.', inventory)
    } else if (claim !== null) {
      if (part !== undefined && (part.how !== 'not-affected' || sameClaim(part.claim, claim))) continue
      const key = JSON.stringify(claim)
      const held = hold.get(key) ?? { claim, assets: [] }
      hold.set(key, held)
      held.assets.push(inventory)
    } else if (part?.how === 'not-affected')
      put(open, whyOpen(part.claim, applied?.statement, overruled.has(inventory), rule), inventory)
  }
  let after = told
  for (const [reason, assets] of open) after = tell(after, { do: 'reopen', assets, reason: reason.slice(0, 2_000) }, rule, now)
  for (const { claim, assets } of hold.values()) after = tell(after, { do: 'state-not-affected', assets, claim }, rule, now)
  return after
}

function put(open: Map<string, string[]>, reason: string, asset: string): void {
  const held = open.get(reason)
  if (held === undefined) open.set(reason, [asset])
  else held.push(asset)
}

export const HELD_AGAIN = 'The records hold it affected again.'

/** Why what a statement had ended is open again. */
function whyOpen(claim: VexClaim | undefined, now: VexStatement | undefined, overruled: boolean, rule: GoesBy): string {
  const author = claim?.author || 'Somebody'
  const document = claim?.document || 'a document'
  if (claim?.source === 'records') return HELD_AGAIN
  if (overruled) return 'This organisation overruled the statement.'
  if (now !== undefined) {
    const when = now.at === null ? '' : ` on ${formatInstant(now.at)}`
    const says = now.status === 'affected' ? 'it is affected' : 'it is under investigation'
    return `${now.author || 'Somebody'} stated in ${now.document || 'a document'}${when} that ${says}.`
  }
  if (claim?.source === 'inventory')
    return rule.believeInventories
      ? 'The inventory states it no longer.'
      : 'What inventories state of themselves is not believed any more.'
  if (claim?.source === 'own-document') return `The document ${document} was taken out, or states it no longer.`
  const isListed = rule.believe.some((one) => one.trim().toLowerCase() === author.trim().toLowerCase())
  return isListed ? `${author} states it no longer in ${document}.` : `${author} is not believed any more.`
}

/** What is kept of statements that end nothing: under investigation, and affected. */
export function keptStatements({ statements }: Wanted): readonly KeptStatement[] {
  const kept = new Map<VexStatement, KeptStatement & { assets: string[] }>()
  for (const [asset, { statement, source }] of statements) {
    const { status, author, document, at, justification, detail } = statement
    if (status !== 'affected' && status !== 'under-investigation') continue
    const held = kept.get(statement)
    if (held !== undefined) held.assets.push(asset)
    else if (kept.size < MOST_STATEMENTS)
      kept.set(statement, {
        status,
        author: author.slice(0, 200),
        document: document.slice(0, 300),
        source,
        at,
        justification: justification?.slice(0, 100) ?? null,
        detail: detail?.slice(0, 2_000) ?? null,
        assets: [asset],
      })
  }
  return [...kept.values()]
}

export function sameStatements(a: readonly KeptStatement[] | undefined, b: readonly KeptStatement[] | undefined): boolean {
  return (a?.length ?? 0) === (b?.length ?? 0) && ((a?.length ?? 0) === 0 || JSON.stringify(a) === JSON.stringify(b))
}

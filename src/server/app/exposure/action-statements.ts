import type { StatementOut } from '../../../contract/shapes/exposure.ts'
import type { Part } from '../../../core/exposure/obligation/item/item.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { KeptObligation } from './obligation-body.ts'

const OURS = 'Your organisation'

/** Names of those who said by hand that something is not affected, by their ids. */
export async function namesOfSayers(
  tx: Tx,
  kept: readonly Pick<KeptObligation, 'item'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(
    kept.flatMap(({ item }) => item.parts.flatMap(({ claim, by }) => (claim === undefined || by === null ? [] : [by]))),
  )
  if (ids.size === 0) return new Map()
  const rows = await tx.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Every statement that counts for an obligation: those that hold it not affected on some assets, and those that end nothing. */
export function statementsOut(
  { item, statements = [] }: Pick<KeptObligation, 'item' | 'statements'>,
  { names, people }: { readonly names: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, string> },
): StatementOut[] {
  const named = (assets: readonly string[]) => assets.map((asset) => names.get(asset) ?? asset)
  const last = new Map<string, Part>()
  for (const part of item.parts) for (const asset of part.assets) last.set(asset, part)
  const found: StatementOut[] = []
  for (const part of new Set(last.values())) {
    const { claim, by } = part
    if (claim === undefined) continue
    const { status, source, document, justification, detail } = claim
    const author = source === 'operator' ? OURS : claim.author
    const assets = named(part.assets.filter((asset) => last.get(asset) === part))
    found.push({
      status,
      author,
      source,
      document,
      at: at(claim.at),
      justification,
      detail,
      by: by === null ? null : (people.get(by) ?? by),
      assets,
    })
  }
  if (item.notAffected !== null) {
    const { status, author, source, document, justification, detail } = item.notAffected
    found.push({ status, author, source, document, at: at(item.notAffected.at), justification, detail, by: null, assets: [] })
  }
  for (const { status, author, source, document, at: when, justification, detail, assets } of statements)
    found.push({ status, author, source, document, at: at(when), justification, detail, by: null, assets: named(assets) })
  return found
}

function at(when: Instant | null): string | null {
  return when === null ? null : formatInstant(when)
}

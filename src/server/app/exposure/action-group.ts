import { createHash } from 'node:crypto'
import { type AssetTags, type Component, NO_TAGS } from '../../../core/exposure/component.ts'
import { supportOf } from '../../../core/exposure/edge/asset-support.ts'
import type { Action, Owed, Placement } from '../../../core/exposure/obligation/action.ts'
import { groupActions } from '../../../core/exposure/obligation/group-actions.ts'
import { base32 } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { formatPurl, parsePurl } from '../../../core/kernel/purl.ts'
import { versionOrder } from '../../../core/kernel/version-order.ts'
import { isEmptyTriage, triageDue } from './action-triage.ts'
import type { KnownBook } from './known-book.ts'
import { type KeptObligation, tallyAssets } from './obligation-body.ts'
import type { GoesBy } from './obligation-rule.ts'

export type ActionStanding = 'open' | 'deferred' | 'mitigated' | 'remediated' | 'not-affected'

/** One action and the obligations that it settles. */
export interface GroupedAction {
  readonly id: string
  readonly standing: ActionStanding
  readonly action: Action
  readonly obligations: readonly KeptObligation[]
}

const STANDINGS: readonly ActionStanding[] = ['open', 'deferred', 'mitigated', 'remediated', 'not-affected']

/**
 * The actions of an organisation from all of its obligations: those that stand alike are grouped, the earliest due first. What is held
 * not affected on some assets only stands among those that are not affected with these, and with the others where they stand.
 */
export function groupedActions(
  organisation: string,
  kept: readonly KeptObligation[],
  known: Pick<KnownBook, 'lookUp' | 'groupOf'>,
  rule: GoesBy,
  now: Instant,
  tagsOf: (inventory: string) => AssetTags | null,
): readonly GroupedAction[] {
  const byStanding = Map.groupBy(kept, (one) => tallyAssets(one, now).standing)
  return STANDINGS.flatMap((standing) => {
    const own =
      standing === 'not-affected'
        ? kept.filter((one) => tallyAssets(one, now).held.length > 0)
        : (byStanding.get(standing) ?? [])
    return own.length === 0 ? [] : grouped(organisation, standing, own, known, rule, now, tagsOf)
  })
}

function grouped(
  organisation: string,
  standing: ActionStanding,
  kept: readonly KeptObligation[],
  known: Pick<KnownBook, 'lookUp' | 'groupOf'>,
  rule: GoesBy,
  now: Instant,
  tagsOf: (inventory: string) => AssetTags | null,
): GroupedAction[] {
  const placements = new Map<string, Placement & { readonly owed: Owed[] }>()
  for (const one of kept) {
    const assets = standing === 'not-affected' ? [...tallyAssets(one, now).held] : assetsOf(one)
    const name = JSON.stringify([one.place, one.assetClass, assets])
    const { component, packageKey: key } = one
    const held = placements.get(name) ?? {
      key,
      ecosystem: key.slice(0, key.indexOf('/')),
      name: component.group === null || component.purl === null ? component.name : key.slice(key.indexOf('/') + 1),
      version: component.version ?? '',
      assetClass: one.assetClass,
      assets,
      ...supportOf(assets.map(tagsOf).find((tags) => tags !== null) ?? NO_TAGS, now),
      owed: [],
    }
    const { due, tier, rank } = one.item.dating
    const owed = {
      flaw: one.flaw,
      fixed: one.fixed,
      due,
      tier,
      rank,
      triageDue: standing === 'open' ? triageDue(one, rule) : null,
    }
    held.owed.push(owed)
    placements.set(name, held)
  }
  const actions = groupActions([...placements.values()], { order: versionOrder, holds: stillHolds(kept, known) })
  const byKey = Map.groupBy(kept, ({ packageKey, flaw }) => `${packageKey}\n${flaw}`)
  return actions.map((action) => {
    const parts = new Set(action.parts.map(({ version, assetClass }) => `${version}\n${assetClass}`))
    const obligations = action.flaws
      .flatMap((flaw) => byKey.get(`${action.key}\n${flaw}`) ?? [])
      .filter(({ component, assetClass }) => parts.has(`${component.version ?? ''}\n${assetClass}`))
      .filter((one) => action.do !== 'triage' || !isEmptyTriage(one, rule))
    return { id: actionId(organisation, standing, action), standing, action, obligations }
  })
}

/** Every asset that an obligation speaks of: those that have it, and those where something was done. */
export function assetsOf({ assets, item }: Pick<KeptObligation, 'assets' | 'item'>): string[] {
  return [...new Set([...assets, ...item.parts.flatMap((part) => part.assets)])].sort()
}

function actionId(organisation: string, standing: ActionStanding, { key, do: what, to }: Action): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([organisation, standing, key, what, to]))
    .digest()
  return `act_${base32(digest).slice(0, 24)}`
}

/** Whether a flaw still holds in another version of a component, by asking the records of it. */
function stillHolds(kept: readonly KeptObligation[], known: Pick<KnownBook, 'lookUp' | 'groupOf'>) {
  const samples = new Map(kept.map(({ packageKey, component }) => [packageKey, component]))
  const asked = new Map<string, ReadonlyMap<string, 'yes' | 'no' | 'unknown'> | null>()
  return (key: string, flaw: string, version: string): 'yes' | 'no' | 'unknown' => {
    const name = `${key}@${version}`
    if (!asked.has(name)) asked.set(name, answersFor(samples.get(key), version, known))
    const answers = asked.get(name)
    return answers === null || answers === undefined ? 'unknown' : (answers.get(flaw) ?? 'no')
  }
}

function answersFor(
  sample: Component | undefined,
  version: string,
  known: Pick<KnownBook, 'lookUp' | 'groupOf'>,
): ReadonlyMap<string, 'yes' | 'no' | 'unknown'> | null {
  const parsed = sample?.purl ? parsePurl(sample.purl) : null
  if (sample === undefined || parsed === null || !parsed.ok) return null
  // A source package's version is not the binary's: only the record itself could say.
  if (parsed.purl.qualifiers['upstream'] !== undefined) return null
  const answers = new Map<string, 'yes' | 'no' | 'unknown'>()
  for (const { record, match } of known.lookUp({ ...sample, purl: formatPurl({ ...parsed.purl, version }), version })) {
    const primary = known.groupOf(record.id)?.primary ?? record.id
    if (answers.get(primary) !== 'yes') answers.set(primary, match.affected)
  }
  return answers
}

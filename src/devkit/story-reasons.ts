import assert from 'node:assert/strict'
import type { ItemState } from '../core/exposure/obligation/item/item.ts'
import { assetStandings } from '../core/exposure/obligation/item/standing.ts'
import type { Instant } from '../core/kernel/instant.ts'
import type { ObligationBody } from '../server/app/exposure/obligation-body.ts'

/** A flaw on an asset as one obligation has it. */
interface Seen {
  readonly name: string
  readonly body: ObligationBody
  readonly standing: ItemState
}

type Kept = ReadonlyMap<string, ObligationBody>

/** Every flaw on every asset that has it, by asset, package and each record that names the flaw. */
export function seenIn(kept: Kept, now: Instant): ReadonlyMap<string, readonly Seen[]> {
  const seen = new Map<string, Seen[]>()
  for (const [name, body] of kept) {
    const standing = assetStandings(body.item, now)
    for (const id of body.assets)
      for (const record of body.ids.filter((one) => one.startsWith('GHSA'))) {
        const key = `${id} ${body.packageKey} ${record}`
        seen.set(key, [...(seen.get(key) ?? []), { name, body, standing: standing(id) }])
      }
  }
  return seen
}

const isOpen = ({ standing }: Seen) => standing === 'open' || standing === 'deferred'
const start = (all: readonly Seen[]) => Math.min(...all.map(({ body }) => body.item.facts.identified ?? Infinity))
const due = (all: readonly Seen[]) => Math.min(...all.map(({ body }) => body.item.dating.due ?? Infinity))

/** What was seen before against what is kept after a step: each thing that went, opened, settled or moved has its reason noted in it. */
export function assertReasons(
  before: ReadonlyMap<string, readonly Seen[]>,
  kept: Kept,
  { now: at, isThere, step }: { readonly now: Instant; readonly isThere: (asset: string) => boolean; readonly step: string },
): void {
  const after = seenIn(kept, at)
  for (const [key, was] of before) {
    const id = key.slice(0, key.indexOf(' '))
    if (!isThere(id)) continue
    const now = kinIn(after, id, was)
    const say = () => JSON.stringify({ step, key, was: was.map(brief), now: now.map(brief) })
    const told = (...hows: string[]) => isTold(kept, was, { id, at, hows })
    const ended = () => told('assets-done', 'not-affected-stated', 'assets-not-affected')
    if (was.some(isOpen) && now.length === 0) assert.ok(ended(), `went without a reason: ${say()}`)
    if (now.length === 0) continue
    if (was.some(isOpen) && !now.some(isOpen)) assert.ok(ended() || told('assets-joined'), `settled without a reason: ${say()}`)
    if (!was.some(isOpen) && now.some(isOpen)) {
      // A version that came beside those that are there is open by itself.
      const beside = was.every(({ name }) => now.some((one) => one.name === name))
      const isFresh = ({ name, body }: Seen) => body.item.openedAt === at || (beside && was.every((one) => one.name !== name))
      const isReasoned = told('assets-reopened', 'item-reopened', 'assets-joined') || now.filter(isOpen).every(isFresh)
      assert.ok(isReasoned, `opened without a reason: ${say()}`)
    }
    // What is settled of another version holds no clock for the rest.
    const held = was.some(isOpen) ? was.filter(isOpen) : was
    if (start(now) > start(held)) assert.ok(ended(), `the clock starts again: ${say()}`)
    const isMoved = now.some(({ body }) => body.item.history.some((one) => one.at === at))
    if (due(now) > due(held)) assert.ok(isMoved || ended() || told('assets-joined'), `later without a reason: ${say()}`)
    const isPutOff = ({ standing }: Seen) => standing === 'deferred'
    if (was.every(isPutOff) && !now.some(isPutOff) && now.some(isOpen))
      assert.ok(told('deferral-ended', 'assets-joined') || ended(), `a deferral is lost: ${say()}`)
  }
}

/** The same flaw on the same asset afterwards, by any of its names: one of them may have left it. */
function kinIn(after: ReadonlyMap<string, readonly Seen[]>, id: string, was: readonly Seen[]): readonly Seen[] {
  const names = new Set(was.flatMap(({ body }) => body.ids))
  const here = [...after].filter(([key]) => key.startsWith(`${id} `)).flatMap(([, all]) => all)
  return [...new Map(here.map((one) => [one.name, one])).values()].filter(
    ({ body }) => body.packageKey === was[0]!.body.packageKey && body.ids.some((one) => names.has(one)),
  )
}

function isTold(
  kept: Kept,
  was: readonly Seen[],
  { id, at, hows }: { readonly id: string; readonly at: Instant; readonly hows: readonly string[] },
): boolean {
  const names = new Set(was.flatMap(({ body }) => body.ids))
  return [...kept.values()].some(
    ({ notes, ids, packageKey }) =>
      packageKey === was[0]!.body.packageKey &&
      ids.some((one) => names.has(one)) &&
      notes.some((note) => note.at === at && hows.includes(note.how) && (note.assets?.includes(id) ?? true)),
  )
}

function brief({ name, standing, body: { item, assets, notes } }: Seen) {
  const [by, found] = [item.dating.due, item.facts.identified]
  return { name, standing, due: by, found, assets, notes: notes.slice(-3) }
}

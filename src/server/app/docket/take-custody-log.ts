import type { CustodyEntry } from '../../../contract/custody.ts'
import { follows } from '../../../core/docket/custody-log.ts'
import type { DocketCommand } from '../../../core/docket/docket-command.ts'
import { DAY } from '../../../core/kernel/instant.ts'
import { sha256 } from '../../ledger/secrets.ts'
import { inTransaction } from '../../store/connection.ts'
import { type AccessEntry, appendAccess } from '../../store/docket-access.ts'
import { type Answer, done } from '../answer.ts'
import { tellDocket } from './command-docket.ts'
import type { DocketBody } from './docket-body.ts'
import type { DocketDesk } from './docket-desk.ts'
import { keepBody } from './keep-body.ts'
import { type LoadedDocket, loadDocket } from './load-docket.ts'
import { askCustody } from './tell-custody.ts'

/** Days of which a page is told how many calls there were. */
const MOST_DAYS = 62

/**
 * Takes over what the custodian wrote down of a docket since the last time: into the log that both sides read, calls of one
 * purpose together, and as commands where it means something to the docket. Run twice it finds nothing new. Returns how many
 * entries there were.
 */
export async function takeCustodyLog(desk: DocketDesk, id: string): Promise<number> {
  let all = 0
  for (;;) {
    const taken = await takeSome(desk, id)
    for (const { command, at } of taken.commands)
      await tellDocket(desk, id, (): Answer<{ command: DocketCommand }> => done({ command }), at)
    all += taken.entries
    if (taken.entries < 1000) return all
  }
}

interface Taken {
  readonly entries: number
  /** With the instant of the custodian's clock that each must not come before. */
  readonly commands: readonly { readonly command: DocketCommand; readonly at: number }[]
}

async function takeSome(desk: DocketDesk, id: string): Promise<Taken> {
  return await inTransaction(desk.store, 'all', async (tx): Promise<Taken> => {
    const none = { entries: 0, commands: [] }
    const loaded = await loadDocket(desk, tx, id, true)
    if (loaded === null || loaded.purge !== null) return none
    const answer = await askCustody(desk.custody, { do: 'log', docket: id, after: loaded.custody?.entry ?? 0 })
    if (answer.did !== 'log') return none
    const entries = chained(loaded, answer.entries)
    const last = entries.at(-1)
    if (last === undefined) return none
    await appendAccess(tx, id, mergeEntries(entries))
    const body: Partial<DocketBody> = {
      custody: { entry: last.entry, hash: last.hash },
      calls: countCalls(loaded.calls, entries),
    }
    await keepBody(desk, tx, loaded, body)
    return { entries: entries.length, commands: commandsOf(entries) }
  })
}

/** The entries up to the first that does not follow from the one before: what was tampered with is not taken over. */
function chained({ docket, custody }: LoadedDocket, entries: readonly CustodyEntry[]): CustodyEntry[] {
  const kept: CustodyEntry[] = []
  let before = custody
  for (const entry of entries) {
    if (!follows(before, entry, docket.id, sha256)) break
    kept.push(entry)
    before = entry
  }
  return kept
}

/** As entries of the docket's log. Calls and refusals of one purpose that follow each other are one entry with their number. */
export function mergeEntries(entries: readonly CustodyEntry[]): AccessEntry[] {
  const merged: { -readonly [key in keyof AccessEntry]: AccessEntry[key] }[] = []
  for (const { what, at, purpose, tokensIn, tokensOut } of entries) {
    const refused = what === 'refused'
    const tokens = (tokensIn ?? 0) + (tokensOut ?? 0)
    const counts = what === 'call' || what === 'cut' || refused
    const last = merged.at(-1)
    if (counts && last !== undefined && last.what === `custody-${what}` && last.thing === purpose) {
      last.at = at
      last.calls += 1
      last.tokens += tokens
      continue
    }
    const said = { object: 'endpoint', what: `custody-${what}`, thing: purpose, refused }
    merged.push({ at, person: null, seat: null, compartment: 'J', ...said, calls: counts ? 1 : 0, tokens })
  }
  return merged
}

/** Calls and tokens by day, UTC. */
export function countCalls(known: DocketBody['calls'], entries: readonly CustodyEntry[]): DocketBody['calls'] {
  const days = new Map(known.map((one) => [one.day, one]))
  for (const { what, at, tokensIn, tokensOut } of entries) {
    if (what !== 'call' && what !== 'cut') continue
    const day = Math.floor(at / DAY) * DAY
    const before = days.get(day) ?? { day, calls: 0, tokens: 0 }
    days.set(day, { day, calls: before.calls + 1, tokens: before.tokens + (tokensIn ?? 0) + (tokensOut ?? 0) })
  }
  return [...days.values()].sort((a, b) => a.day - b.day).slice(-MOST_DAYS)
}

function commandsOf(entries: readonly CustodyEntry[]): Taken['commands'] {
  return entries.flatMap(({ what, at, note }): Taken['commands'] => {
    if (what === 'endpoint-down') return [{ command: { do: 'endpoint-down' }, at: 0 }]
    if (what === 'endpoint-up') return [{ command: { do: 'endpoint-up' }, at: 0 }]
    // Shut at its end, for ever: the record says so too, whatever its own clocks say by now.
    if (what === 'latched') return [{ command: { do: 'clock' }, at: note === 'end' ? at : 0 }]
    return []
  })
}

import { sql } from 'kysely'
import type { LedgerHead, Tally } from '../../../contract/shapes/public.ts'
import { type StewardTally, tallyStewards } from '../../../core/cases/steward/steward-tally.ts'
import type { Stewardship } from '../../../core/cases/steward/stewardship.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { RULES_IN_FORCE } from '../../../core/priority/in-force.ts'
import { toBase64 } from '../../../ledger/base64.ts'
import type { Ground } from '../../ground.ts'
import type { Log } from '../../ledger/log.ts'
import type { Config } from '../../main/config.ts'
import { at, inTransaction } from '../../store/connection.ts'

interface Counted {
  readonly reports: number
  readonly findings: number
  readonly flaws: number
  readonly decided: number
  readonly stewards?: StewardTally
}

/** Counts everything once; what is shown to strangers is always such a count from before, never a live one. */
export async function takeTally(ground: Ground): Promise<void> {
  await inTransaction(ground.store, 'all', async ({ db }) => {
    const { rows } = await sql<Counted>`
      select (select count(*) from report)::int as reports, (select count(*) from finding)::int as findings,
        (select count(*) from flaw where state = 'open')::int as flaws,
        (select count(distinct flaw_id) from judgement where by_voice = 'clearinghouse' and person_id is not null)::int as decided`.execute(
      db,
    )
    const cared = await db.selectFrom('project').select('steward_body').where('steward_body', 'is not', null).execute()
    const stewards = tallyStewards(
      cared.map(({ steward_body }) => steward_body as Stewardship),
      ground.clock(),
    )
    await db
      .insertInto('tally')
      .values({ taken_at: at(ground.clock()) as never, body: JSON.stringify({ ...rows[0], stewards }) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** The newest count, with the head of the ledger and the rules in force. */
export async function readTally(ground: Ground, log: Log, config: Config): Promise<Tally> {
  const row = await ground.store.db.selectFrom('tally').selectAll().orderBy('taken_at', 'desc').limit(1).executeTakeFirst()
  const counted = (row?.body ?? { reports: 0, findings: 0, flaws: 0, decided: 0 }) as Counted
  const takenAt = row?.taken_at ?? ground.clock()
  return {
    name: config.name,
    asOf: formatInstant(instant(takenAt)),
    nextAt: formatInstant(instant(takenAt + config.tallySeconds * 1000)),
    steps: [
      { step: 'Findings received', count: counted.findings, say: `in ${counted.reports} reports` },
      { step: 'Flaws found', count: counted.flaws, say: 'one for each root cause, as far as is known' },
      { step: 'Judged by a person', count: counted.decided, say: 'by a published decision table' },
    ],
    ledger: ledgerHead(log, config),
    rules: [...RULES_IN_FORCE],
    ...(counted.stewards === undefined ? {} : { stewards: stewardsOut(counted.stewards) }),
  }
}

function stewardsOut({ byState, byDue, byEnd, say }: StewardTally): NonNullable<Tally['stewards']> {
  return { byState: { ...byState }, byDue: { ...byDue }, byEnd: { ...byEnd }, say }
}

function ledgerHead(log: Log, config: Config): LedgerHead {
  const { origin, key, size, root, signedAt, stopped } = log.status
  return {
    origin,
    key,
    size,
    root: toBase64(root),
    signedAt: signedAt === null ? null : formatInstant(instant(signedAt)),
    stopped,
    intervalSeconds: config.ledgerIntervalSeconds,
  }
}

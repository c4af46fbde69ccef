import { sql } from 'kysely'
import { DAY } from '../../../core/kernel/instant.ts'
import { reaches, TIERS, type Tier } from '../../../core/sandbox/tier.ts'
import { type FairLimits, type NextJob, nextJob } from '../../../core/validation/fair/next-job.ts'
import { at, type Tx } from '../../store/connection.ts'

/** Of each organisation only so many are looked at: whoever asks for a thousand makes nobody else's wait longer to choose. */
const LOOKED_AT = 20

interface Waiting {
  readonly id: string
  readonly asked_by: string
  readonly coordination: boolean
  readonly asked_at: number
  readonly floor: string
}

/** Which validation starts next on a runner with those tiers, and why each other one waits. `null` tiers: on any runner. */
export async function nextInLine(tx: Tx, limits: FairLimits, now: number, tiers: readonly Tier[] | null): Promise<NextJob> {
  const { rows } = await sql<Waiting>`
    select id, asked_by, coordination, asked_at, floor from (
      select id, asked_by, coordination, asked_at, floor, row_number() over (partition by asked_by order by asked_at, id) as n
      from validation where state = 'waiting'
    ) w where n <= ${LOOKED_AT}`.execute(tx.db)
  const running = await tx.db
    .selectFrom('validation')
    .select(['id', 'asked_by', 'seconds'])
    .where('state', '=', 'running')
    .execute()
  const ended = await tx.db
    .selectFrom('validation')
    .select('asked_by')
    .select((from) => from.fn.sum<number>('seconds').as('seconds'))
    .where('ended_at', '>', at(now - DAY))
    .groupBy('asked_by')
    .execute()
  const used = new Map<string, number>()
  for (const { asked_by, seconds } of [...ended, ...running]) used.set(asked_by, (used.get(asked_by) ?? 0) + Number(seconds))
  const fits = (floor: string) => tiers === null || tiers.some((tier) => reaches(tier, floorOf(floor)))
  return nextJob(
    rows
      .filter((row) => fits(row.floor))
      .map((row) => ({
        job: row.id,
        organisation: row.asked_by,
        coordinators: row.coordination,
        askedAt: Number(row.asked_at),
      })),
    running.map((row) => ({ job: row.id, organisation: row.asked_by })),
    used,
    limits,
  )
}

const floorOf = (text: string): Tier => TIERS.find((tier) => tier === text) ?? 'gvisor'

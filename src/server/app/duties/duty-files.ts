import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { compareDuties } from '../../../core/duties/duty-view.ts'
import { MINUTE } from '../../../core/kernel/instant.ts'
import { dutyCalendar } from '../../../formats/duty/duty-calendar.ts'
import { dutyCsv } from '../../../formats/duty/duty-csv.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { dutyList } from './duty-out.ts'
import { publicViews } from './public-views.ts'

type Files = Readonly<Record<'json' | 'csv' | 'ics', string>>

const MEDIA = { json: 'application/json', csv: 'text/csv; charset=utf-8', ics: 'text/calendar; charset=utf-8' } as const

export interface DutyFile {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly mediaType: string
  readonly name: string
}

/** The public list as files, made at most once a minute whoever asks. `host`: whose names the calendar's entries have. */
export function dutyFiles(
  ground: Ground,
  host: string,
): (who: Principal, as: keyof Files) => Promise<Answer<Presented<DutyFile>>> {
  let held: { readonly until: number; readonly files: Promise<Files> } | null = null
  return async (who, as) => {
    const now = ground.clock()
    if (held === null || now >= held.until || held.until > now + MINUTE) {
      const files = build(ground, host)
      held = { until: now + MINUTE, files }
      files.catch(() => {
        held = null
      })
    }
    const text = (await held.files)[as]
    const shown = presentDuties(who, { bytes: oneOf(text), mediaType: MEDIA[as], name: `duties.${as}` })
    return shown === null ? NOT_FOUND : done(shown)
  }
}

async function build(ground: Ground, host: string): Promise<Files> {
  const now = ground.clock()
  const views = (await inTransaction(ground.store, 'none', async (tx) => await publicViews(tx, now))).toSorted(compareDuties)
  const list = dutyList(
    views.map((view) => ({ view, key: null })),
    now,
  )
  return {
    json: `${JSON.stringify({ feed: 'weir/duties/1', ...list })}\n`,
    csv: dutyCsv(views),
    ics: dutyCalendar(views, host, now),
  }
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

import type { DutyAct } from '../contract/shapes/duty.ts'
import { DAY, formatInstant, instant } from '../core/kernel/instant.ts'
import { actOwnDuty } from '../server/app/duties/act-own-duty.ts'
import { addOwnDuty } from '../server/app/duties/add-own-duty.ts'
import { listOwnDuties } from '../server/app/duties/list-own-duties.ts'
import type { Ground } from '../server/ground.ts'
import type { People } from './case-cast.ts'
import { must } from './docket-cast.ts'

const OPERATOR = 'amara.quill@fjordlight.example'

/**
 * Duties that an invented operator set itself: one late, one to come, one done, one without an end. Of real offices nothing is said that
 * no source says. Made once, whoever asks again.
 */
export async function seedDuties(ground: Ground, people: People): Promise<void> {
  const who = people(OPERATOR)
  const there = must(await listOwnDuties(ground, who), 'own duties').rows.map(({ id }) => id)
  const day = (days: number) => formatInstant(instant(ground.clock() + days * DAY)).slice(0, 10)
  const from = day(-60)
  const add = async (duty: { readonly id: string; readonly [key: string]: unknown }, act?: DutyAct) => {
    if (there.includes(`own/${duty.id}`)) return
    const made = must(await addOwnDuty(ground, who, { source: 'Decision of the board', from, ...duty }), 'a duty')
    if (act) must(await actOwnDuty(ground, who, made.key!, { version: made.version, act }), 'a report')
  }
  const grid = 'Grid operations'
  const drill = { title: 'Minutes of the drill', address: null, mark: 'C' } as const
  await add({
    id: 'patch-report',
    what: 'Send the board the monthly report of what is patched.',
    who: grid,
    due: { on: day(-3) },
  })
  await add({ id: 'asset-tags', what: 'Tag every asset that the internet can reach.', who: 'IT', due: { on: day(18) } })
  await add(
    { id: 'restore-drill', what: 'Bring the control room back from a backup.', who: grid, due: { on: day(-10) } },
    { do: 'report-done', doneOn: day(-12), evidence: [drill] },
  )
  await add({ id: 'watch-kev', what: 'Read each morning what was added to KEV.', who: 'IT', due: 'standing' })
}

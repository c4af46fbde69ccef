import type { ActAdvisory, AdvisoryAct } from '../../../contract/shapes/advisory.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { previewOf } from '../../../core/advisories/edition.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { releasingNow } from '../cases/releasing-now.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { tellAdvisory, workOnAdvisory } from './change-advisory.ts'
import { formatFiles } from './edition-files.ts'
import { type SeenAdvisory, seeAdvisory } from './load-advisory.ts'
import { formatsSettled, release } from './release-advisory.ts'
import { writtenContent } from './written-content.ts'

/** Does what a coordinator wants done to an advisory. What makes it ready or corrects it passes the official check of CSAF first. */
export async function actAdvisory(desk: AdvisoryDesk, who: Principal, text: string, given: ActAdvisory): Promise<Answer<null>> {
  const { act, version } = given
  const wrong = await checkFirst(desk, who, text, act)
  if (!wrong.ok) return wrong
  return await workOnAdvisory(desk, who, 'decide', { advisory: text, version }, (seen, tx) => obey(desk, who, tx, seen, act))
}

async function obey(desk: AdvisoryDesk, who: Principal, tx: Tx, seen: SeenAdvisory, act: AdvisoryAct): Promise<Answer<null>> {
  const isIn = seen.advisory.revisions.length === 0
  if (isIn && seen.home.case.state === 'closed') return denied('case.closed')
  switch (act.do) {
    case 'ready':
      return nothing(await tellAdvisory(desk, tx, seen, { do: 'ready' }, null))
    case 'hold':
      return nothing(await tellAdvisory(desk, tx, seen, { do: 'plan-release', release: null }, null))
    case 'publish':
      return await publish(desk, who, tx, seen, act)
    case 'correct':
    case 'withdraw': {
      const now = await releasingNow(desk, tx)
      if (now === null) return CLOCKS
      if (act.do === 'withdraw') return nothing(await tellAdvisory(desk, tx, seen, act, null, now))
      const content = writtenContent(desk, seen, act.content)
      if (!content.ok) return content
      return nothing(await tellAdvisory(desk, tx, seen, { do: 'correct', content: content.value, what: act.what }, null, now))
    }
  }
}

const CLOCKS = denied(
  'server.unavailable',
  'The clocks of host and database differ by more than 2 s; nothing goes out until they agree.',
)

async function publish(
  desk: AdvisoryDesk,
  who: Principal,
  tx: Tx,
  seen: SeenAdvisory,
  act: Extract<AdvisoryAct, { do: 'publish' }>,
): Promise<Answer<null>> {
  const settled = formatsSettled(seen.advisory, act.without)
  if (!settled.ok) return settled
  if (act.at === null) return nothing(await release(desk, tx, seen, { by: who.person ?? '', without: act.without }, 'person'))
  const at = parseInstant(act.at)
  if (at === null) return denied('request.invalid', 'An instant with its zone, for example 2026-11-21T17:00:00Z.', 'act/at')
  if (at <= seen.home.now) return denied('advisory.refused', 'That instant has passed; publish now, or name a later one.')
  if (seen.advisory.state !== 'ready') return denied('advisory.refused', 'Make it ready first.')
  const plan = { by: who.person ?? '', without: act.without }
  return nothing(await tellAdvisory(desk, tx, seen, { do: 'plan-release', release: at }, plan))
}

/** Outside any transaction: the official check takes its time. */
async function checkFirst(desk: AdvisoryDesk, who: Principal, text: string, act: AdvisoryAct): Promise<Answer<null>> {
  if (act.do !== 'ready' && act.do !== 'correct') return done(null)
  const seen = await inTransaction(desk.store, 'all', (tx) => seeAdvisory(desk, tx, who, 'decide', text))
  if (seen === null) return NOT_FOUND
  const given: Answer<AdvisoryContent | null> =
    act.do === 'correct' ? writtenContent(desk, seen, act.content) : done(seen.advisory.draft)
  if (!given.ok) return given
  if (given.value === null) return done(null)
  const preview = previewOf(seen.advisory, given.value, seen.home.now)
  const [file] = formatFiles(preview, desk.publisher, 'csaf')
  const faults = await desk.checkCsaf(file?.text ?? '')
  return faults.length === 0
    ? done(null)
    : denied('advisory.refused', `The official check of CSAF finds fault: ${faults.slice(0, 3).join('; ')}`)
}

function nothing(answer: Answer<unknown>): Answer<null> {
  return answer.ok ? done(null) : answer
}

import type { DraftAdvisory } from '../../../contract/shapes/advisory.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { AdvisoryContent, AdvisoryFlaw } from '../../../core/advisories/content.ts'
import { draftAdvisory as decideDraft } from '../../../core/advisories/decide.ts'
import { replayAdvisory } from '../../../core/advisories/evolve.ts'
import { contentProblem } from '../../../core/advisories/written.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { isNearCase } from '../../store/case.ts'
import { inTransaction } from '../../store/connection.ts'
import { flawHandles } from '../../store/relay.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { loadCase, seenBy, subjectOf } from '../cases/load-case.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { draftFlaw } from './draft-flaw.ts'
import { flawFindings } from './flaw-findings.ts'
import { storeAdvisory } from './store-advisory.ts'

/** Identifiers that may stand in an advisory as aliases. */
const PUBLIC_HANDLE = /^GHSA-/

/** A coordinator drafts an advisory from a case: titles, flaws, what is affected, credits and what vendors said and approved. */
export async function draftAdvisory(
  desk: AdvisoryDesk,
  who: Principal,
  text: string,
  asked: DraftAdvisory,
): Promise<Answer<{ id: string }>> {
  const of = parseId('case', text)
  const { person } = who
  if (of === null || person === null) return NOT_FOUND
  // Asked before anything is opened, locked or made: somebody else's question costs as little as one about nothing.
  if (!(await inTransaction(desk.store, 'all', (tx) => isNearCase(tx, who.organisation, of)))) return NOT_FOUND
  const [key] = await desk.keys.allocate(1)
  if (key === undefined) throw new Error('the key store gave no key')
  const answer = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<{ id: string }>> => {
    const loaded = await loadCase(desk, tx, of, true)
    if (loaded === null) return NOT_FOUND
    const home = seenBy(who, loaded)
    if (!permits(who, 'send', { ...subjectOf(home), noun: 'advisory-draft' })) return NOT_FOUND
    if (home.case.state === 'closed') return denied('case.closed')
    const other = await tx.db
      .selectFrom('advisory')
      .select('id')
      .where('case_id', '=', of)
      .where('published_at', 'is', null)
      .executeTakeFirst()
    if (other !== undefined) return denied('advisory.refused', 'The case has a draft already: write that one.', other.id)
    const flaws: AdvisoryFlaw[] = []
    for (const flaw of home.case.flaws) {
      const { findings } = await flawFindings(desk, tx, flaw.flaw)
      const all = findings.map(({ finding }) => finding)
      const handles = (await flawHandles(tx, of, flaw.flaw)).filter((one) => PUBLIC_HANDLE.test(one))
      flaws.push(await draftFlaw(tx, home, flaw, { lead: all[0] ?? null, findings: all, handles }))
    }
    const { title, summary, language } = asked
    const content: AdvisoryContent = {
      title: title ?? titleOf(flaws),
      summary,
      language,
      distribution: { tlp: 'CLEAR', text: null },
      publisher: desk.publisher,
      references: [],
      flaws,
    }
    const wrong = contentProblem(content)
    if (wrong !== null) return denied('request.invalid', 'This field is not of its form.', wrong)
    const id = newId('advisory', desk.random)
    const asker = { kind: 'person', person } as const
    const decision = decideDraft({ advisory: id, case: of, content }, asker, home.now)
    const advisory = decision.ok ? replayAdvisory(decision.events) : null
    if (!decision.ok || advisory === null) return denied('advisory.refused')
    const body = { advisory, plan: null }
    await storeAdvisory(desk, tx, { body, case: of, key, now: home.now, events: decision.events })
    return done({ id })
  })
  if (!answer.ok) await desk.keys.erase([key.slot])
  return answer
}

function titleOf(flaws: readonly AdvisoryFlaw[]): string {
  const [first] = flaws
  if (first === undefined) return ''
  return flaws.length === 1 ? first.title : `${first.title.slice(0, 250)}, and ${flaws.length - 1} more`.slice(0, 300)
}

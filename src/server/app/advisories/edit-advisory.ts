import type { EditAdvisory } from '../../../contract/shapes/advisory.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { tellAdvisory, workOnAdvisory } from './change-advisory.ts'
import { writtenContent } from './written-content.ts'

/** A coordinator writes a draft anew; what was ready is a draft again, and a planned release is planned no more. */
export async function editAdvisory(
  desk: AdvisoryDesk,
  who: Principal,
  text: string,
  given: EditAdvisory,
): Promise<Answer<null>> {
  return await workOnAdvisory(desk, who, 'write', { advisory: text, version: given.version }, async (seen, tx) => {
    if (seen.home.case.state === 'closed') return denied('case.closed')
    const content = writtenContent(desk, seen, given.content)
    if (!content.ok) return content
    const told = await tellAdvisory(desk, tx, seen, { do: 'edit', content: content.value }, null)
    if (!told.ok) return told
    if (told.value.release === null) return done(null)
    const edited = { ...seen, advisory: told.value }
    const held = await tellAdvisory(desk, tx, edited, { do: 'plan-release', release: null }, null)
    return held.ok ? done(null) : held
  })
}

import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { contentProblem } from '../../../core/advisories/written.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import type { SeenAdvisory } from './load-advisory.ts'

/**
 * Content as somebody sent it, with this instance as its publisher, or where it is wrong. An advisory speaks only of flaws that it
 * may: of one that is not out, those in its case; of one that is, those that are out already.
 */
export function writtenContent(desk: AdvisoryDesk, seen: SeenAdvisory, given: unknown): Answer<AdvisoryContent> {
  const content = { ...(given as AdvisoryContent), publisher: desk.publisher }
  const wrong = contentProblem(content)
  if (wrong !== null)
    return denied('request.invalid', 'This field is missing, too long, or not of its form.', `content/${wrong}`)
  const may = flawsOf(seen)
  const foreign = content.flaws.findIndex(({ id }) => !may.has(id))
  return foreign < 0
    ? done(content)
    : denied('request.invalid', 'The case of this advisory has no such flaw.', `content/flaws/${foreign}`)
}

/** The flaws of which an advisory may speak. */
export function flawsOf({
  advisory,
  home,
}: Pick<SeenAdvisory, 'advisory'> & { readonly home: Pick<SeenAdvisory['home'], 'case'> }): ReadonlySet<string> {
  const revisions = advisory.revisions.flatMap(({ content }) => content.flaws.map(({ id }) => id))
  return new Set(revisions.length > 0 ? revisions : home.case.flaws.map(({ flaw }) => flaw))
}

import { formatInstant } from '../../kernel/instant.ts'
import type { VexClaim } from '../obligation/item/item.ts'

/** A claim as one sentence. What it quotes is hostile text: who shows it makes it inert. */
export function sayClaim({ author, source, document, status, justification, detail, at }: VexClaim): string {
  const who = source === 'operator' ? 'This organisation' : author === '' ? 'Somebody' : author
  const where = document === null || document === '' ? '' : ` in ${document}`
  const when = at === null ? '' : ` on ${formatInstant(at)}`
  const what = status === 'fixed' ? 'it is fixed' : 'it is not affected'
  const why = justification === null || justification === '' ? '' : ` (${justification})`
  return `${who} states${where}${when} that ${what}${why}${detail === null || detail === '' ? '.' : `: ${detail}`}`
}

import { ask, type Client } from '../http/client.ts'
import { list, object, text } from '../http/read.ts'

const MOST_PAGES = 100

/** Distinct flaws, to their sender, among findings of several uploads; null when there are too many to ask for. */
export async function distinctFlaws(client: Client, findings: ReadonlySet<string>): Promise<number | null> {
  const groups = new Set<string>()
  let wanted = findings.size
  let cursor = ''
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = object(
      await ask(client, 'GET', `/v1/findings?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`),
    )
    for (const row of list(answer['rows'])) {
      const { id, group } = object(row)
      if (!findings.has(text(id) ?? '')) continue
      groups.add(text(group) ?? '')
      wanted--
    }
    const next = text(answer['next'])
    if (wanted <= 0 || next === null) return groups.size
    cursor = next
  }
  return null
}

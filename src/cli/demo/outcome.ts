import { ask, type Client } from '../http/client.ts'
import { count, list, object, text } from '../http/read.ts'
import { counted, whole } from '../text/figures.ts'

export interface Outcome {
  readonly items: number
  readonly finders: number
  readonly flaws: number
  readonly toDecide: number
}

const MOST_PAGES = 20

/** How many flaws there are, and how many wait for somebody's decision whether two are one. The client is a coordinator's. */
export async function askFlaws(client: Client): Promise<{ flaws: number; toDecide: number }> {
  let flaws = 0
  let toDecide = 0
  let cursor = ''
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = object(await ask(client, 'GET', `/v1/flaws?tab=everything&need=decide&limit=500${cursor}`))
    flaws = count(object(answer['tabs'])['everything'])
    toDecide += list(answer['rows']).length
    const next = text(answer['next'])
    if (next === null) break
    cursor = `&cursor=${encodeURIComponent(next)}`
  }
  return { flaws, toDecide }
}

/** What came of it, in one line. */
export function outcomeLine({ items, finders, flaws, toDecide }: Outcome): string {
  return `${counted(items, 'report')} from ${counted(finders, 'finder')} → ${counted(flaws, 'flaw')}, ${whole(toDecide)} to decide`
}

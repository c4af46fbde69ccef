import { type Command, InvalidArgumentError } from 'commander'
import type { Console } from '../console.ts'
import { EXIT } from '../exit.ts'
import { ask } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { type Loose, list, object, text } from '../http/read.ts'
import { columns } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish } from './verb.ts'

const most = (word: string) => {
  if (/^\d{1,5}$/.test(word) && Number(word) >= 1) return Number(word)
  throw new InvalidArgumentError('A number from 1 to 99999.')
}

/** `weir case reads CASE`: who read what and when; to those who do not coordinate it, what their own people read. */
export function readsVerb(cases: Command, screen: Console, finish: Finish): void {
  reaching(
    cases
      .command('reads')
      .description('Who read what of a case, the newest first: all of it as its coordinator.')
      .argument('<case>'),
  )
    .option('--most <n>', 'no more than so many', most, 200)
    .option('--json', 'as JSON, a line each')
    .action(async (id: string, options: Reach & { most: number; json?: boolean }) => {
      const { client } = await reachServer(options, 'coordinator')
      const rows: Loose[] = []
      let cursor: string | null = null
      do {
        const limit = String(Math.min(500, options.most - rows.length))
        const path = `/v1/cases/${encodeURIComponent(id)}/reads?${queryOf({ cursor: cursor ?? undefined, limit })}`
        const page = object(await ask(client, 'GET', path))
        const more = list(page['rows']).map(object)
        rows.push(...more)
        cursor = more.length === 0 ? null : text(page['next'])
      } while (cursor !== null && rows.length < options.most)
      if (options.json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell('Nothing of this case was read that you may know of.')
      else
        for (const line of columns([['WHEN', 'WHO', 'FOR', 'WHAT'], ...rows.map(cells)], [{}, {}, {}, { most: 60 }]))
          screen.out(line)
      finish(EXIT.done)
    })
}

function cells(row: Loose): string[] {
  const said = (value: unknown) => inert(text(value) ?? '', 60)
  const thing = said(row['title'] ?? row['thing'])
  return [
    utc(text(row['at']) ?? '') ?? '-',
    said(row['who']),
    said(row['party']) || '-',
    `${said(row['what'])} ${thing}`.trim(),
  ]
}

import type { Command } from 'commander'
import type { Console } from '../console.ts'
import { EXIT } from '../exit.ts'
import { ask } from '../http/client.ts'
import { type Loose, list, object, text } from '../http/read.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish } from './verb.ts'

/** `weir case relay CASE`: reports passed on to other coordinators; `--drop` drops a draft. Sending is a person's, who reads it first. */
export function relayVerb(cases: Command, screen: Console, finish: Finish): void {
  reaching(
    cases
      .command('relay')
      .description('Reports of a case drafted for other coordinators or maintainers’ own forms, and what came of them.')
      .argument('<case>'),
  )
    .option('--drop <draft>', 'drop that draft: it is kept as dropped and never sent')
    .option('--why <words>', 'why it is dropped')
    .option('--json', 'as JSON, a line each')
    .action(async (id: string, options: Reach & { drop?: string; why?: string; json?: boolean }) => {
      const { client } = await reachServer(options, 'coordinator')
      const path = `/v1/cases/${encodeURIComponent(id)}/relay`
      const { drop, why, json } = options
      if (drop !== undefined)
        await ask(client, 'POST', `${path}/${encodeURIComponent(drop)}/acts`, { do: 'drop', reason: why ?? '' })
      const rows = list(object(await ask(client, 'GET', path))['rows']).map(object)
      if (rows.length === 0 && !json) screen.tell('Nothing of this case was drafted to be passed on.')
      for (const row of rows) screen.out(json ? inertJson(JSON.stringify(row)) : line(row))
      finish(EXIT.done)
    })
}

function line(row: Loose): string {
  return [row['id'], row['state'], row['to'], row['says']].map((one) => inert(text(one) ?? '', 200)).join('  ')
}

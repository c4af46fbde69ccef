import type { Console } from '../console.ts'
import { dutyLines, dutyTable } from '../duties/duty-lines.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { count, list, object, text } from '../http/read.ts'
import { counted } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

interface Wanted extends Reach {
  readonly own?: boolean
  readonly json?: boolean
}

/** `weir duties [ID]`: who must do what by when under the order and the directive, or what your organisation set itself. */
export const dutiesVerb: Verb = (program, screen, finish) => {
  reaching(
    program
      .command('duties')
      .description('Who must do what by when under the order and the directive, with what has been said of each.')
      .argument('[id]', 'one of them in full, for example "eo-14409/2(d)"'),
  )
    .option('--own', 'those that your organisation set itself; 1 when one is late')
    .option('--json', 'as JSON, a line each')
    .action(async (id: string | undefined, wanted: Wanted) => {
      finish(await show(id, wanted, screen))
    })
}

async function show(id: string | undefined, { own = false, json, ...reach }: Wanted, screen: Console): Promise<Exit> {
  const { client } = await reachServer(reach, 'operator')
  const answer = object(await ask(client, 'GET', own ? '/v1/own-duties' : '/v1/duties'))
  const all = list(answer['rows']).map(object)
  const rows = id === undefined ? all : all.filter((row) => text(row['id']) === id)
  if (id !== undefined && rows.length === 0)
    throw new Stop(EXIT.badInput, `There is no duty ${inert(id, 80)}.`, `See: weir duties${own ? ' --own' : ''}`)
  const late = rows.filter((row) => row['overdue'] === true).length
  if (json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
  else if (rows.length === 0) screen.tell('Your organisation has set itself no duty.')
  else if (id !== undefined) for (const line of dutyLines(rows[0]!)) screen.out(line)
  else {
    for (const line of dutyTable(rows)) screen.out(line)
    const standing = count(object(answer['counts'])['standing'])
    screen.tell(`${counted(rows.length, 'duty', 'duties')}, ${late} late, ${standing} without an end.`)
    screen.tell('Late: the date has passed and no report stands here. Days end in UTC. One in full: weir duties ID')
  }
  return own && late > 0 ? EXIT.attention : EXIT.done
}

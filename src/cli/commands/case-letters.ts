import type { Command } from 'commander'
import type { Console } from '../console.ts'
import { EXIT } from '../exit.ts'
import { ask } from '../http/client.ts'
import { list, object, text } from '../http/read.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish } from './verb.ts'

/** `weir case letters CASE`: letters of a case; `--send` lets one go, as a person's own act. */
export function lettersVerb(cases: Command, screen: Console, finish: Finish): void {
  reaching(
    cases
      .command('letters')
      .description('Letters of a case, the newest first, with what keeps them from going.')
      .argument('<case>'),
  )
    .option('--send <letter>', 'send that draft')
    .option('--drop <letter>', 'drop that draft')
    .option('--json', 'as JSON, a line each')
    .action(async (id: string, options: Reach & { send?: string; drop?: string; json?: boolean }) => {
      const { client } = await reachServer(options, 'coordinator')
      const read = async () =>
        list(object(await ask(client, 'GET', `/v1/cases/${encodeURIComponent(id)}/letters`))['rows']).map(object)
      const { send, drop, json } = options
      const chosen = send ?? drop
      if (chosen !== undefined) {
        const version = (await read()).find((row) => row['id'] === chosen)?.['version'] ?? 0
        const body = { do: send === undefined ? 'drop' : 'send', version }
        await ask(client, 'POST', `/v1/letters/${encodeURIComponent(chosen)}/acts`, body)
      }
      for (const row of await read()) {
        if (json) screen.out(inertJson(JSON.stringify(row)))
        else screen.out(line(row))
      }
      finish(EXIT.done)
    })
}

function line(row: ReturnType<typeof object>): string {
  const missing = list(row['missing']).map((one) => text(object(one)['says']) ?? '')
  const why = [...missing, text(row['waits']) ?? ''].filter((one) => one !== '').join(' ')
  const head = [row['id'], row['state'], row['template'], row['to']].map((one) => inert(text(one) ?? '', 60)).join('  ')
  return why === '' ? head : `${head}  ${inert(why, 400)}`
}

import { InvalidArgumentError } from 'commander'
import { SCOPES } from '../../core/access/principal.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { list, object, text, texts } from '../http/read.ts'
import { columns } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

const days = (words: string) => {
  if (/^[1-9]\d{0,2}$/.test(words) && Number(words) <= 365) return Number(words)
  throw new InvalidArgumentError('Whole days from 1 to 365.')
}

const scopes = (word: string, before: readonly string[] | undefined) => {
  if ((SCOPES as readonly string[]).includes(word)) return [...(before ?? []), word]
  throw new InvalidArgumentError(`Scopes: ${SCOPES.join(', ')}.`)
}

/** `weir token make | list | end`: tokens for machines. */
export const tokenVerb: Verb = (program, screen, finish) => {
  const token = program.command('token').description('Make, list and end tokens for machines.')
  reaching(token.command('make').description('Make a token; its secret is printed once, alone on standard output.'))
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scope <scope>', `what it may do, again for more: ${SCOPES.join(', ')}`, scopes)
    .option('--days <n>', 'days until it ends, 1 to 365', days, 90)
    .action(async ({ name, scope, days, ...reach }: Reach & { name: string; scope: string[]; days: number }) => {
      const { client } = await reachServer(reach, 'finder')
      const made = object(await ask(client, 'POST', '/v1/tokens', { name, scopes: scope, days }))
      const secret = text(made['secret'])
      if (secret === null)
        throw new Stop(
          EXIT.unavailable,
          'The server made a token and did not say it.',
          'End it: weir token list, weir token end ID',
        )
      screen.tell(
        `token      ${inert(text(made['id']) ?? '', 60)}, until ${utc(text(made['expiresAt']) ?? '') ?? 'unknown'}. Shown once:`,
      )
      screen.out(inert(secret))
      finish(EXIT.done)
    })
  reaching(token.command('list').description('List tokens: your own, or all of them for an administrator.'))
    .option('--json', 'as JSON')
    .action(async ({ json, ...reach }: Reach & { json?: boolean }) => {
      const { client } = await reachServer(reach, 'finder')
      const rows = list(object(await ask(client, 'GET', '/v1/tokens'))['rows']).map(object)
      if (json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell('There are no tokens.')
      else
        for (const line of columns(
          [['ID', 'NAME', 'SCOPES', 'UNTIL'], ...rows.map(tokenRow)],
          [{}, { most: 24 }, { most: 40 }, {}],
        ))
          screen.out(line)
      finish(EXIT.done)
    })
  reaching(token.command('end').description('End a token at once.').argument('<id>')).action(
    async (id: string, reach: Reach) => {
      const { client } = await reachServer(reach, 'finder')
      await ask(client, 'DELETE', `/v1/tokens/${encodeURIComponent(id)}`)
      screen.tell(`ended      ${inert(id, 60)}`)
      finish(EXIT.done)
    },
  )
}

function tokenRow(row: Readonly<Record<string, unknown>>): string[] {
  const until = row['revoked'] === true ? 'ended' : (utc(text(row['expiresAt']) ?? '') ?? 'unknown')
  return [
    inert(text(row['id']) ?? '', 40),
    inert(text(row['name']) ?? '', 100),
    inert(texts(row['scopes']).join(' '), 200),
    until,
  ]
}

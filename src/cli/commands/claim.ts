import { InvalidArgumentError } from 'commander'
import { claimed, claimTable, conditionLines, overlapCount, overlapLines } from '../claim/claim-lines.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { type Loose, list, object, text } from '../http/read.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

interface Wanted extends Reach {
  readonly path?: string
  readonly class?: string
  readonly from?: string
  readonly to?: string
  readonly days: number
  readonly reach?: string
  readonly consent?: string
  readonly key?: string
  readonly json?: boolean
}

const days = (word: string) => {
  if (/^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 14) return Number(word)
  throw new InvalidArgumentError('Whole days from 1 to 14.')
}

/** `weir claim TARGET | list | renew | release`: say what you scan, and learn when somebody else does. */
export const claimVerb: Verb = (program, screen, finish) => {
  const claim = reaching(
    program
      .command('claim')
      .description(
        'Say what you scan, until when. When somebody else scans the same, both are told that they are two, and whom to ask.',
      )
      .argument('[target]', 'package URL, with or without version, or the address of a repository')
      // What stands after list, renew or release is theirs.
      .enablePositionalOptions(),
  )
    .option('--path <prefix>', 'only this folder or file')
    .option('--class <weakness>', 'only this weakness: a CWE id, or a family such as use-after-free')
    .option('--from <end>', 'oldest version, or commit of a repository')
    .option('--to <end>', 'newest version, or commit of a repository')
    .option('--days <n>', 'how long, 1 to 14', days, 7)
    .option('--reach <words>', 'told to the other side of an overlap, for example an address')
    .option('--consent <words>', 'who of the project consented, where it wants to be asked first')
    .option('--key <key>', 'send it again under the same key and it stays one claim')
    .option('--json', 'as JSON')
    .action(async (target: string | undefined, wanted: Wanted) => {
      if (target === undefined)
        throw new Stop(EXIT.badInput, 'Name what you scan.', 'For example: weir claim pkg:npm/left-pad --class CWE-1333')
      finish(await make(target, wanted, screen))
    })
  reaching(claim.command('list').description('Claims of your organisation, the newest first, and with whom they overlap.'))
    .option('--json', 'as JSON, a line each')
    .action(async ({ json, ...reach }: Reach & { json?: boolean }) => {
      finish(await listAll(reach, json ?? false, screen))
    })
  reaching(claim.command('renew').description('Renew a claim: the days count from now, three times at most.').argument('<id>'))
    .option('--days <n>', 'how long, 1 to 14', days, 7)
    .option('--json', 'as JSON')
    .action(async (id: string, wanted: Wanted) => {
      finish(await act(id, { do: 'renew', days: wanted.days }, wanted, screen))
    })
  reaching(claim.command('release').description('Release a claim: others have the target to themselves.').argument('<id>'))
    .option('--json', 'as JSON')
    .action(async (id: string, wanted: Wanted) => {
      finish(await act(id, { do: 'release' }, wanted, screen))
    })
}

async function make(target: string, wanted: Wanted, screen: Console): Promise<Exit> {
  const { client } = await reachServer(wanted, 'finder')
  const { path, from, to, days, reach, consent, key } = wanted
  const given = { target, path, weakness: wanted.class, from, to, days, reach, consent, key }
  return shown(object(await ask(client, 'POST', '/v1/claims', given)), 'claimed', wanted, screen)
}

async function act(id: string, body: object, wanted: Wanted, screen: Console): Promise<Exit> {
  const { client } = await reachServer(wanted, 'finder')
  const row = object(await ask(client, 'POST', `/v1/claims/${encodeURIComponent(id)}/acts`, body))
  return shown(row, text(row['state']) === 'active' ? 'renewed' : 'ended', wanted, screen)
}

/** Its id goes to standard output, the rest to the person. 1: another organisation scans the same. */
function shown(row: Loose, what: string, { json }: Wanted, screen: Console): Exit {
  const overlaps = overlapCount(row)
  const active = text(row['state']) === 'active'
  if (json) screen.out(inertJson(JSON.stringify(row)))
  else {
    const until = active ? `, until ${utc(text(row['endsAt']) ?? '') ?? 'unknown'}` : ''
    screen.tell(`${what.padEnd(10)} ${claimed(row)}${until}`)
    for (const line of [...conditionLines(row), ...overlapLines(row)]) screen.tell(line)
    screen.out(inert(text(row['id']) ?? '', 60))
  }
  return active && overlaps > 0 ? EXIT.attention : EXIT.done
}

// Many more than any quota lets stand; a server that never ends its list is left.
const PAGES = 1000

async function listAll(reach: Reach, json: boolean, screen: Console): Promise<Exit> {
  const { client } = await reachServer(reach, 'finder')
  const rows: Loose[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES; page++) {
    const answer = object(await ask(client, 'GET', `/v1/claims?${queryOf({ cursor: cursor ?? undefined, limit: '500' })}`))
    const more = list(answer['rows']).map(object)
    if (json) for (const row of more) screen.out(inertJson(JSON.stringify(row)))
    else rows.push(...more)
    cursor = text(answer['next'])
    if (cursor === null) break
  }
  if (json) return EXIT.done
  if (rows.length === 0) screen.tell('Your organisation has claimed nothing. Claim what you scan: weir claim TARGET')
  else for (const line of claimTable(rows)) screen.out(line)
  return EXIT.done
}

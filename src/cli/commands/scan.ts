import { type Command, InvalidArgumentError, Option } from 'commander'
import { SCAN_METHODS } from '../../core/scans/clean-scan.ts'
import type { Console } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { type Loose, list, object, text } from '../http/read.ts'
import { certificateTable, certified, optOutTable, routeTable } from '../scan/scan-lines.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import { stateVerbs } from './scan-state.ts'
import type { Finish, Verb } from './verb.ts'

const LISTS = {
  'opt-outs': ['/v1/opt-outs', optOutTable, 'No project has said anything about scans.'],
  routes: ['/v1/scan-routes', routeTable, 'No project has said where reports go.'],
  certificates: ['/v1/certificates', certificateTable, 'Nobody has certified a look that found nothing.'],
} as const

/** `weir scan list | clean | opt-out | route | withdraw`: what is said in public about scans. */
export const scanVerb: Verb = (program, screen, finish) => {
  const scan = program
    .command('scan')
    .description(
      'What projects say about scans, where they want reports, and looks that found nothing. For claims: weir claim.',
    )
  listVerb(scan, screen, finish)
  cleanVerb(scan, screen, finish)
  stateVerbs(scan, screen, finish)
}

function listVerb(scan: Command, screen: Console, finish: Finish): void {
  reaching(scan.command('list').description('What stands in the public feed: opt-outs, routes or certificates.'))
    .argument('[what]', 'opt-outs, routes or certificates', 'opt-outs')
    .option('--target <target>', 'of this target only')
    .option('--json', 'as JSON, a line each')
    .action(async (what: string, { target, json, ...reach }: Reach & { target?: string; json?: boolean }) => {
      const chosen = Object.entries(LISTS).find(([name]) => name === what)?.[1]
      if (chosen === undefined) throw new Stop(EXIT.badInput, `One of ${Object.keys(LISTS).join(', ')}.`)
      const [path, table, none] = chosen
      const { client } = await reachServer(reach, 'finder')
      const rows = list(object(await ask(client, 'GET', `${path}?${queryOf({ target })}`))['rows']).map(object)
      if (json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell(none)
      else for (const line of table(rows)) screen.out(line)
      finish(EXIT.done)
    })
}

interface Clean extends Reach {
  readonly commit: string
  readonly method: string[]
  readonly tool?: string[]
  readonly path?: string
  readonly class?: string
  readonly hours?: number
  readonly machineHours?: number
  readonly finished?: string
  readonly unnamed?: boolean
  readonly json?: boolean
}

const hours = (word: string) => {
  if (/^\d{1,6}$/.test(word)) return Number(word)
  throw new InvalidArgumentError('Whole hours.')
}

function cleanVerb(scan: Command, screen: Console, finish: Finish): void {
  reaching(
    scan
      .command('clean')
      .description('Certify that you looked and found nothing; this server signs it. Its id goes to standard output.')
      .argument('<target>', 'package URL without version, or the address of a repository'),
  )
    .requiredOption('--commit <commit>', 'the commit that was looked at: 40 or 64 hexadecimal digits')
    .addOption(new Option('--method <method...>', 'how it was looked at').choices(SCAN_METHODS).makeOptionMandatory())
    .option('--tool <tool...>', 'programs and models that took part, as name@version')
    .option('--path <prefix>', 'only this folder or file')
    .option('--class <weakness>', 'only for this weakness: a CWE id, or a family')
    .option('--hours <n>', 'hours of people', hours)
    .option('--machine-hours <n>', 'hours of machines', hours)
    .option('--finished <instant>', 'when it ended, RFC 3339 in UTC (else now)')
    .option('--unnamed', 'the statement does not name your organisation')
    .option('--json', 'as JSON')
    .action(async (target: string, given: Clean) => {
      const { client } = await reachServer(given, 'finder')
      const row = object(await ask(client, 'POST', '/v1/certificates', certificateOf(target, given)))
      if (given.json) screen.out(inertJson(JSON.stringify(row)))
      else {
        screen.tell(`certified  ${inert(text(row['target']) ?? '', 120)}  ${certified(row)}`)
        screen.out(inert(text(row['id']) ?? '', 40))
      }
      finish(EXIT.done)
    })
}

function certificateOf(target: string, given: Clean): Loose {
  const { commit, method, tool, path, hours: people, machineHours, finished, unnamed } = given
  return {
    signed: 'here',
    target,
    commit,
    path: path ?? null,
    weakness: given.class ?? null,
    methods: method,
    tools: (tool ?? []).map(toolOf),
    personHours: people ?? null,
    machineHours: machineHours ?? null,
    finishedAt: finished ?? new Date().toISOString(),
    named: unnamed !== true,
  }
}

function toolOf(word: string): { name: string; version: string } {
  const at = word.lastIndexOf('@')
  if (at < 1 || at === word.length - 1)
    throw new Stop(EXIT.badInput, `${inert(word, 60)} is no tool with its version.`, 'For example: --tool afl++@4.21')
  return { name: word.slice(0, at), version: word.slice(at + 1) }
}

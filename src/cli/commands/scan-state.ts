import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Console } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { object, text } from '../http/read.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish } from './verb.ts'

interface Stated extends Reach {
  readonly source: string
  readonly on: string
  readonly json?: boolean
}

const ROUTES = ['mail', 'form', 'private-advisory', 'coordinator']

const date = (word: string): string => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(word) ? Date.parse(`${word}T00:00:00.000Z`) : Number.NaN
  if (Number.isFinite(at) && new Date(at).toISOString().startsWith(word)) return `${word}T00:00:00.000Z`
  throw new InvalidArgumentError('A day, for example 2026-11-21.')
}

interface Times {
  readonly days: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
}

/** `1-5 22:00-04:00`, `6,7 00:00-12:00`: days from 1, Monday, and hours in UTC. */
function times(word: string): Times {
  const found = /^([1-7](?:[,-][1-7]){0,6}) ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(word)
  const days = found === null ? null : daysOf(found[1]!)
  if (found === null || days === null)
    throw new InvalidArgumentError('Days, 1 is Monday, and hours in UTC, for example "1-5 22:00-04:00" or "6,7 00:00-12:00".')
  const minute = (hour: string, rest: string) => Number(hour) * 60 + Number(rest)
  return { days, fromMinute: minute(found[2]!, found[3]!), toMinute: minute(found[4]!, found[5]!) }
}

function daysOf(word: string): readonly number[] | null {
  const days = new Set<number>()
  for (const part of word.split(',')) {
    const [from, to = from] = part.split('-').map(Number)
    if (part.split('-').length > 2 || from === undefined || to === undefined || from > to) return null
    for (let day = from; day <= to; day++) days.add(day)
  }
  return [...days].sort()
}

/** `weir scan opt-out | route | withdraw`: what a project says about scans, as a coordinator read it there. */
export function stateVerbs(scan: Command, screen: Console, finish: Finish): void {
  const stated = (verb: Command) =>
    reaching(verb.argument('<target>', 'package URL without version, or the address of a repository'))
      .requiredOption('--source <words>', 'where the project says so; shown, never fetched')
      .requiredOption('--on <day>', 'the day it was read there', date)
      .option('--json', 'as JSON')
  const enter = async (path: string, body: object, options: Stated) => {
    const { client } = await reachServer(options, 'coordinator')
    const row = object(await ask(client, 'POST', path, body))
    screen.out(options.json ? inertJson(JSON.stringify(row)) : inert(text(row['id']) ?? '', 40))
    finish(EXIT.done)
  }
  stated(scan.command('opt-out').description('Enter what a project says about being scanned. Its id goes to standard output.'))
    .option('--none', 'it wants no scans')
    .option('--ask-first', 'it wants to be asked first')
    .option('--only-at <times>', 'it bears scans at set times only: days and hours in UTC, "1-5 22:00-04:00"', times)
    .action(async (target: string, options: Stated & { none?: boolean; askFirst?: boolean; onlyAt?: Times }) => {
      const { none, askFirst, onlyAt, source, on } = options
      const all = [
        ...(none ? [{ kind: 'no-scans' }] : []),
        ...(askFirst ? [{ kind: 'with-consent' }] : []),
        ...(onlyAt ? [{ kind: 'only-at-times', times: onlyAt }] : []),
      ]
      if (all.length !== 1) throw new Stop(EXIT.badInput, 'Say one of --none, --ask-first and --only-at.')
      await enter('/v1/opt-outs', { do: 'state', target, source, on, says: all[0] }, options)
    })
  stated(scan.command('route').description('Enter where a project wants reports sent. Its id goes to standard output.'))
    .addOption(new Option('--kind <kind>', 'how reports go there').choices(ROUTES).makeOptionMandatory())
    .requiredOption('--address <address>', 'mail address, https address, or the name of a coordinator')
    .action(async (target: string, options: Stated & { kind: string; address: string }) => {
      const { kind, address, source, on } = options
      await enter('/v1/scan-routes', { do: 'state', target, source, on, kind, address }, options)
    })
  reaching(
    scan.command('withdraw').description('The project took back what it said: an opt-out or a route, by id.').argument('<id>'),
  )
    .option('--json', 'as JSON')
    .action(async (id: string, options: Reach & { json?: boolean }) => {
      const path = id.startsWith('opt_') ? '/v1/opt-outs' : id.startsWith('rte_') ? '/v1/scan-routes' : null
      if (path === null) throw new Stop(EXIT.badInput, 'This is no id of an opt-out or a route.', 'See: weir scan list')
      await enter(path, { do: 'withdraw', id }, options as Stated)
    })
}

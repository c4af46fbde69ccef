import { InvalidArgumentError } from 'commander'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { count, type Loose, list, object, text } from '../http/read.ts'
import type { Identity } from '../http/sign-in.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

interface Wanted extends Reach {
  readonly at?: string
  readonly preview?: boolean
  readonly format: string
  readonly without: readonly string[]
  readonly json?: boolean
}

type Client = Identity['client']

const FORMATS = ['csaf', 'osv', 'cve', 'atom']
const format = (word: string) => {
  if (FORMATS.includes(word)) return word
  throw new InvalidArgumentError(`One of ${FORMATS.join(', ')}.`)
}
const instant = (word: string) => {
  if (!Number.isNaN(Date.parse(word)) && /(?:Z|[+-]\d\d:\d\d)$/.test(word)) return word
  throw new InvalidArgumentError('An instant with its zone, for example 2026-12-01T15:00:00Z.')
}

/** `weir publish CASE`: lets the advisory of a case out, now or at an instant, or shows exactly what would go out. */
export const publishVerb: Verb = (program, screen, finish) => {
  reaching(
    program
      .command('publish')
      .description('Publish the advisory of a case, now or at an instant. Where the case has none yet, one is drafted.')
      .argument('<case>', 'the case'),
  )
    .option('--at <instant>', 'when, with its zone; without it: now', instant)
    .option('--preview', 'only show what would go out, and what is missing')
    .option('--format <format>', `for --preview: ${FORMATS.join(', ')}`, format, 'csaf')
    .option('--without <format...>', 'formats that are not complete and are left out', [])
    .option('--json', 'as JSON')
    .action(async (of: string, wanted: Wanted) => finish(await publish(of, wanted, screen)))
}

async function publish(of: string, wanted: Wanted, screen: Console): Promise<Exit> {
  const { client } = await reachServer(wanted, 'coordinator')
  const found = await draftOf(client, of)
  if (found === null) return await draft(client, of, screen)
  const path = `/v1/advisories/${encodeURIComponent(found)}`
  if (wanted.preview === true) return await preview(client, path, wanted, screen)
  let view = object(await ask(client, 'GET', path))
  if (text(object(view['row'])['state']) === 'draft') view = await act(client, path, view, { do: 'ready' })
  const out = await act(client, path, view, { do: 'publish', at: wanted.at ?? null, without: wanted.without })
  if (wanted.json) screen.out(inertJson(JSON.stringify(out)))
  else tell(out, screen)
  return EXIT.done
}

async function act(client: Client, path: string, view: Loose, what: object): Promise<Loose> {
  return object(await ask(client, 'POST', `${path}/acts`, { version: count(view['version']), act: what }))
}

/** The draft of a case; null where it has none. */
async function draftOf(client: Client, of: string): Promise<string | null> {
  const { drafts } = object(await ask(client, 'GET', '/v1/advisories?limit=1'))
  const rows = list(drafts).map(object)
  return text(rows.find((row) => text(row['case']) === of)?.['id'] ?? null)
}

async function draft(client: Client, of: string, screen: Console): Promise<Exit> {
  const made = object(await ask(client, 'POST', `/v1/cases/${encodeURIComponent(of)}/advisory`, {}))
  const id = text(object(made['row'])['id'])
  if (id === null) throw new Stop(EXIT.unavailable, 'The server did not say what it drafted.')
  screen.tell('drafted    Nothing is out. Write it, then publish it:')
  for (const line of lackLines(object(made['missing'])['csaf'])) screen.tell(line)
  screen.out(inert(id, 60))
  return EXIT.attention
}

/** What would go out goes to standard output, as it is; what is missing to the person. 1: something is. */
async function preview(client: Client, path: string, { format: word, json }: Wanted, screen: Console): Promise<Exit> {
  const shown = object(await ask(client, 'GET', `${path}/preview?format=${word}`))
  const [missing, faults] = [list(shown['missing']), list(shown['faults'])]
  if (json) screen.out(inertJson(JSON.stringify(shown)))
  else {
    for (const line of lackLines(missing)) screen.tell(line)
    for (const fault of faults) screen.tell(`fault      ${inert(text(fault) ?? '', 300)}`)
    for (const file of list(shown['files']).map(object)) {
      screen.tell(`file       ${inert(text(file['path']) ?? '', 200)}`)
      for (const line of (text(file['text']) ?? '').split('\n')) screen.out(inert(line, 1 << 20))
    }
  }
  return missing.length + faults.length > 0 ? EXIT.attention : EXIT.done
}

function lackLines(missing: unknown): string[] {
  return list(missing).map((one) => {
    const { at, says } = object(one)
    return `missing    ${inert(text(at) ?? '', 60)}  ${inert(text(says) ?? '', 200)}`
  })
}

function tell(view: Loose, screen: Console): void {
  const row = object(view['row'])
  const planned = text(row['releaseAt'])
  if (planned === null) screen.tell(`published  ${inert(text(row['title']) ?? '', 120)}`)
  else screen.tell(`planned    ${utc(planned) ?? 'unknown'}. It waits for the case and for two clocks that agree.`)
  for (const path of list(view['files'])) screen.tell(`file       /${inert(text(path) ?? '', 200)}`)
  screen.out(inert(text(row['id']) ?? '', 60))
}

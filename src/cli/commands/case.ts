import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { caseLines, caseListLines, casePaperLines } from '../case/case-lines.ts'
import type { Console } from '../console.ts'
import { interruptible } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask, type Client } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { count, type Loose, list, object, text } from '../http/read.ts'
import { sendFile } from '../http/send-file.ts'
import { HERE } from '../root.ts'
import { inert, inertJson } from '../text/inert.ts'
import { lettersVerb } from './case-letters.ts'
import { readsVerb } from './case-reads.ts'
import { relayVerb } from './case-relay.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish, Verb } from './verb.ts'

interface Shown extends Reach {
  readonly json?: boolean
}

const at = (id: string, rest = '') => `/v1/cases/${encodeURIComponent(id)}${rest}`

/** `weir case …`: flaws that are fixed in one go, and everybody who takes part. */
export const caseVerb: Verb = (program, screen, finish) => {
  const verb = program
    .command('case')
    .description('Open, read and act on cases: flaws, who takes part, and until when it is secret.')
  readVerbs(verb, screen, finish)
  writeVerbs(verb, screen, finish)
  paperVerbs(verb, screen, finish)
  lettersVerb(verb, screen, finish)
  readsVerb(verb, screen, finish)
  relayVerb(verb, screen, finish)
}

function readVerbs(verb: Command, screen: Console, finish: Finish): void {
  reaching(verb.command('list').description('Cases that you coordinate or take part in, the last changed first.'))
    .option('--tab <tab>', 'all, yours (your move), others, closed', 'all')
    .option('--json', 'as JSON, a line each')
    .action(async (options: Shown & { tab: string }) => {
      const { client } = await reachServer(options, 'coordinator')
      const rows = list(object(await ask(client, 'GET', `/v1/cases?${queryOf({ tab: options.tab })}`))['rows']).map(object)
      if (options.json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell('There are no cases here for you.')
      else for (const line of caseListLines(rows)) screen.out(line)
      finish(EXIT.done)
    })
  reaching(verb.command('show').description('One case, as far as you agreed to its terms.').argument('<case>'))
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown) => {
      const { client } = await reachServer(options, 'coordinator')
      show(object(await ask(client, 'GET', at(id))), options, screen)
      finish(EXIT.done)
    })
}

function writeVerbs(verb: Command, screen: Console, finish: Finish): void {
  reaching(
    verb
      .command('open')
      .description('Open a case about flaws that are fixed in one go. Its id goes to standard output.')
      .argument('<flaw...>'),
  )
    .option('--policy <policy>', 'policy under which an end of secrecy is proposed, for example cert-cc/45-days')
    .option('--project <project>', 'the project that it is for')
    .option('--json', 'as JSON')
    .action(async (flaws: string[], options: Shown & { policy?: string; project?: string }) => {
      const { client } = await reachServer(options, 'coordinator')
      const asked = { flaws, policy: options.policy ?? null, project: options.project ?? null }
      const view = object(await ask(client, 'POST', '/v1/cases', asked))
      screen.out(options.json ? inertJson(JSON.stringify(view)) : inert(text(object(view['row'])['id']) ?? '', 40))
      finish(EXIT.done)
    })
  reaching(
    verb
      .command('act')
      .description('Do something in a case, as JSON: {"do":"accept"}. What is missing of party and version is filled in.')
      .argument('<case>')
      .argument('<act>'),
  )
    .option('--json', 'as JSON')
    .action(async (id: string, act: string, options: Shown) => {
      const wanted = actOf(act)
      const { client } = await reachServer(options, 'coordinator')
      const view = await doAct(client, id, wanted)
      if (view['gone'] === true) screen.tell('Done. You read this case no longer.')
      else show(view, options, screen)
      finish(EXIT.done)
    })
}

function paperVerbs(verb: Command, screen: Console, finish: Finish): void {
  reaching(
    verb.command('message').description('Messages and files of a case; with --say, writes one first.').argument('<case>'),
  )
    .option('--say <text>', 'a message to all that read what you read')
    .option('--to <party...>', 'only to these participants, by id')
    .option('--json', 'as JSON, a line each')
    .action(async (id: string, options: Shown & { say?: string; to?: string[] }) => {
      const { client } = await reachServer(options, 'coordinator')
      if (options.say !== undefined) await ask(client, 'POST', at(id, '/papers'), { text: options.say, to: options.to ?? [] })
      const rows = list(object(await ask(client, 'GET', at(id, '/papers')))['rows']).map(object)
      if (options.json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else for (const line of casePaperLines(rows)) screen.out(line)
      finish(EXIT.done)
    })
  reaching(
    verb
      .command('file')
      .description('Add a file to a case. Its id goes to standard output.')
      .argument('<case>')
      .argument('<file>'),
  )
    .option('--kind <kind>', 'file, patch or reproducer', 'file')
    .option('--title <title>', 'its title (else the name of the file)')
    .option('--json', 'as JSON')
    .action(async (id: string, file: string, options: Shown & { kind: string; title?: string }) => {
      const { client } = await reachServer(options, 'coordinator')
      const query = queryOf({ kind: options.kind, title: options.title ?? basename(file) })
      const path = at(id, `/papers?${query}`)
      const row = await interruptible((signal) => sendFile(client, path, resolve(HERE, file), () => {}, signal))
      screen.out(options.json ? inertJson(JSON.stringify(row)) : inert(text(row['id']) ?? '', 60))
      finish(EXIT.done)
    })
}

function actOf(given: string): Loose {
  try {
    const act = object(JSON.parse(given))
    if (text(act['do']) !== null) return act
  } catch {
    // Said below.
  }
  throw new Stop(EXIT.badInput, 'An act is JSON with what to do, for example {"do":"accept"}.', 'See docs/cases.md')
}

/** Sends an act at the version that stands now; an act of a participant is the asker's first where none is named. */
async function doAct(client: Client, id: string, act: Loose): Promise<Loose> {
  const view = object(await ask(client, 'GET', at(id)))
  const embargo = object(view['embargo'])
  const terms = object(embargo['terms'])['version'] ?? object(list(embargo['open'])[0])['number'] ?? null
  const filled = {
    ...(act['party'] === undefined ? { party: list(view['you'])[0] } : {}),
    ...(act['do'] === 'accept' && act['version'] === undefined ? { version: terms } : {}),
    ...act,
  }
  return object(await ask(client, 'POST', at(id, '/acts'), { version: count(view['version']), act: filled }))
}

function show(view: Loose, { json }: Shown, screen: Console): void {
  if (json) screen.out(inertJson(JSON.stringify(view)))
  else for (const line of caseLines(view)) screen.out(line)
}

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Console } from '../console.ts'
import { type GivenEndpoint, sendKey } from '../docket/docket-key.ts'
import { docketLines, listLines, logLines, messageLines } from '../docket/docket-lines.ts'
import { postText } from '../docket/post-text.ts'
import { getReceipt, verifyReceiptFile } from '../docket/receipt-verbs.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask, type Client } from '../http/client.ts'
import { count, type Loose, list, object, text } from '../http/read.ts'
import { headsFile } from '../log/heads.ts'
import { HERE } from '../root.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish, Verb } from './verb.ts'

interface Shown extends Reach {
  readonly json?: boolean
}

const at = (id: string, rest = '') => `/v1/dockets/${encodeURIComponent(id)}${rest}`

/** `weir docket …`: a model's file between its developer and an office. */
export const docketVerb: Verb = (program, screen, finish) => {
  const docket = program.command('docket').description('Open, read and act on dockets: early access to a model, and its end.')
  openVerb(docket, screen, finish)
  readVerbs(docket, screen, finish)
  termsVerbs(docket, screen, finish)
  keyVerb(docket, screen, finish)
  reaching(docket.command('withdraw').description('Withdraw, from any state and without a reason.').argument('<docket>'))
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown) => {
      const { client } = await reachServer(options, 'developer')
      show(await act(client, id, { do: 'withdraw' }), options, screen)
      finish(EXIT.done)
    })
  receiptVerbs(docket, screen, finish)
}

function openVerb(docket: Command, screen: Console, finish: Finish): void {
  reaching(
    docket.command('open').description('Ask an office about a model, or give notice of one. Its id goes to standard output.'),
  )
    .requiredOption('--office <name>', 'the office, by name or id')
    .requiredOption('--model <name>', 'the model')
    .option('--kind <kind>', 'access, notice or deployment', 'access')
    .option('--question <text>', 'what is asked', '')
    .option('--planned <instant>', 'planned release to other trusted partners, for example 2026-12-01T09:00:00-05:00')
    .option('--zone <zone>', 'its time zone, for example America/New_York', 'UTC')
    .option('--agreement <id>', 'the standing agreement under which it is opened')
    .option('--json', 'as JSON')
    .action(
      async (
        options: Shown & {
          office: string
          model: string
          kind: string
          question: string
          planned?: string
          zone: string
          agreement?: string
        },
      ) => {
        const { client } = await reachServer(options, 'developer')
        const offices = list(object(await ask(client, 'GET', '/v1/offices'))['rows']).map(object)
        const office = offices.find(({ id, name }) => id === options.office || name === options.office)
        if (office === undefined)
          throw new Stop(
            EXIT.badInput,
            `There is no office called ${inert(options.office, 80)}.`,
            `Offices: ${offices.map(({ name }) => inert(text(name) ?? '', 80)).join(', ') || 'none'}`,
          )
        const { model, kind, question, planned, zone, agreement } = options
        const asked = { office: office['id'], model, kind, question, agreement: agreement ?? null }
        const when = planned === undefined ? null : { at: planned, zone }
        const view = object(await ask(client, 'POST', '/v1/dockets', { ...asked, planned: when }))
        screen.out(options.json ? inertJson(JSON.stringify(view)) : inert(text(view['id']) ?? '', 40))
        finish(EXIT.done)
      },
    )
}

function readVerbs(docket: Command, screen: Console, finish: Finish): void {
  reaching(docket.command('list').description('Dockets that you have a part in, the newest first.'))
    .option('--json', 'as JSON, a line each')
    .action(async (options: Shown) => {
      const { client } = await reachServer(options, 'developer')
      const rows = list(object(await ask(client, 'GET', '/v1/dockets'))['rows']).map(object)
      if (options.json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell('There are no dockets that you have a part in.')
      else for (const line of listLines(rows)) screen.out(line)
      finish(EXIT.done)
    })
  reaching(docket.command('show').description('One docket, as your seats show it.').argument('<docket>'))
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown) => {
      const { client } = await reachServer(options, 'developer')
      show(object(await ask(client, 'GET', at(id))), options, screen)
      finish(EXIT.done)
    })
  reaching(docket.command('messages').description('Messages of both sides; with --say, writes one first.').argument('<docket>'))
    .option('--say <text>', 'a message to both sides')
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown & { say?: string }) => {
      const { client } = await reachServer(options, 'developer')
      if (options.say !== undefined) await postText(client, at(id, '/papers?object=message&title=Message'), options.say)
      const rows = list(object(await ask(client, 'GET', at(id, '/papers')))['rows']).map(object)
      const messages = rows.filter((row) => row['object'] === 'message')
      if (options.json) for (const row of messages) screen.out(inertJson(JSON.stringify(row)))
      else for (const line of messageLines(messages)) screen.out(line)
      finish(EXIT.done)
    })
  reaching(
    docket.command('log').description('Who saw and did what, the newest first; no content is in it.').argument('<docket>'),
  )
    .option('--json', 'as JSON, a line each')
    .action(async (id: string, options: Shown) => {
      const { client } = await reachServer(options, 'developer')
      const rows = list(object(await ask(client, 'GET', at(id, '/log?limit=500')))['rows']).map(object)
      if (options.json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else for (const line of logLines(rows)) screen.out(line)
      finish(EXIT.done)
    })
}

function termsVerbs(docket: Command, screen: Console, finish: Finish): void {
  const terms = docket.command('terms').description('Offer and sign terms of access.')
  reaching(
    terms
      .command('offer')
      .description('Offer terms: the text of a file, and what of them the machine keeps.')
      .argument('<docket>')
      .argument('<file>'),
  )
    .requiredOption('--facts <json>', 'days, opensBy, level, retentionDays … as JSON (docs/api.md)')
    .option('--json', 'as JSON')
    .action(async (id: string, file: string, options: Shown & { facts: string }) => {
      const said = await readFile(resolve(HERE, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new Stop(EXIT.badInput, `${inert(file)} cannot be read (${error.code}).`)
      })
      const { client } = await reachServer(options, 'developer')
      show(await act(client, id, { do: 'offer-terms', text: said, facts: factsOf(options.facts) }), options, screen)
      finish(EXIT.done)
    })
  reaching(terms.command('sign').description('Sign the newest terms, by their digest.').argument('<docket>'))
    .requiredOption('--digest <digest>', 'SHA-256 of the text that you read: it must be the newest')
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown & { digest: string }) => {
      const { client } = await reachServer(options, 'developer')
      const newest = object(list(object(await ask(client, 'GET', at(id)))['terms']).at(-1))
      const signing = { do: 'sign-terms', version: count(newest['version']), digest: options.digest }
      show(await act(client, id, signing), options, screen)
      finish(EXIT.done)
    })
}

function factsOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new Stop(EXIT.badInput, 'The facts are not JSON.')
  }
}

function keyVerb(docket: Command, screen: Console, finish: Finish): void {
  reaching(
    docket
      .command('key')
      .description('Seal the key of an endpoint to the custodian and send it. The key comes from standard input or a file.')
      .argument('<docket>'),
  )
    .requiredOption('--base <url>', 'address of the endpoint, for example https://models.example/v1')
    .requiredOption('--model <name>', 'the model’s name there')
    .option('--api <api>', 'openai-chat, openai-responses or anthropic-messages', 'openai-chat')
    .option('--spki <digest>', 'SHA-256 of the certificate’s public key, hex: no other is spoken to')
    .option('--key-file <file>', 'file with the key')
    .option('--json', 'as JSON')
    .action(async (id: string, options: Shown & Omit<GivenEndpoint, 'keyFile'> & { keyFile?: string }) => {
      const { client } = await reachServer(options, 'developer')
      const { base, model, api, spki, keyFile = null } = options
      const given = { base, model, api, keyFile, ...(spki === undefined ? {} : { spki }) }
      show(await sendKey(client, id, given), options, screen)
      finish(EXIT.done)
    })
}

function receiptVerbs(docket: Command, screen: Console, finish: Finish): void {
  const receipt = docket.command('receipt').description('The receipt of a closed docket.')
  reaching(receipt.command('get').description('Fetch it.').argument('<docket>'))
    .option('--out <file>', 'write it to a new file')
    .action(async (id: string, options: Reach & { out?: string }) => finish(await getReceipt(id, options, screen)))
  receipt
    .command('verify')
    .description('Verify one without any server: statement, signatures, ledger. Exit code 1 when a part is missing or wrong.')
    .argument('<file>')
    .option('--key <verifier>', 'verifier key of the instance’s log; else the one seen before')
    .option('--state <file>', 'where heads seen before are remembered', headsFile(process.env))
    .action(async (file: string, options: { key?: string; state: string }) =>
      finish(await verifyReceiptFile(file, options, screen)),
    )
}

/** Does an act at the newest version. */
async function act(client: Client, id: string, given: object): Promise<Loose> {
  const version = count(object(await ask(client, 'GET', at(id)))['version'])
  return object(await ask(client, 'POST', at(id, '/acts'), { version, act: given }))
}

function show(view: Loose, { json }: Shown, screen: Console): void {
  if (json) screen.out(inertJson(JSON.stringify(view)))
  else for (const line of docketLines(view)) screen.out(line)
}

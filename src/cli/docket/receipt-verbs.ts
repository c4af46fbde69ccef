import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { type Reach, reachServer } from '../commands/reach.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { list, object, text } from '../http/read.ts'
import { loadHeads } from '../log/heads.ts'
import { givenKey, sha256, verifySignature } from '../log/trust.ts'
import { HERE } from '../root.ts'
import { whole } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type CheckedReceipt, checkDocketReceipt } from './verify-receipt.ts'

const MOST = 1 << 20

/** Fetches the receipt of a purged docket and writes it to a new file, or to standard output. */
export async function getReceipt(id: string, options: Reach & { out?: string }, screen: Console): Promise<Exit> {
  const { client } = await reachServer(options, 'developer')
  const json = inertJson(JSON.stringify(await ask(client, 'GET', `/v1/dockets/${encodeURIComponent(id)}/receipt`), null, 2))
  if (options.out === undefined) {
    screen.out(json)
    return EXIT.done
  }
  const file = resolve(HERE, options.out)
  await writeFile(file, `${json}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'there is such a file already' : error.code
    throw new Stop(EXIT.badInput, `${inert(options.out!)} cannot be written (${why}).`)
  })
  screen.tell(`written    ${inert(options.out)}; check it: weir docket receipt verify ${inert(options.out)}`)
  return EXIT.done
}

/** Verifies a receipt from a file, without any server. */
export async function verifyReceiptFile(
  file: string,
  { key, state }: { readonly key?: string; readonly state: string },
  screen: Console,
): Promise<Exit> {
  const json = await readJson(file)
  const checkpoint = parseCheckpoint(text(object(object(json)['ledger'])['checkpoint']) ?? '')
  const origin = checkpoint?.origin ?? text(object(object(json)['instance'])['origin'])
  const { logs } = await loadHeads(state)
  const held = key ?? (origin !== null && Object.hasOwn(logs, origin) ? logs[origin]!.key : undefined)
  if (held === undefined)
    throw new Stop(
      EXIT.badInput,
      'No key is known for the instance that signed this receipt.',
      'Give it with --key, or verify its log first: weir ledger verify URL',
    )
  const checked = checkDocketReceipt(json, { keys: [givenKey(held)], sha256, verifySignature })
  if (!checked.ok) {
    screen.out(`${screen.ink.alarm(checked.code)}   ${checked.say}`)
    return EXIT.attention
  }
  for (const line of receiptLines(checked.receipt)) screen.out(line)
  const { developer, office, inLedger } = checked.receipt
  return developer !== null && office !== null && inLedger ? EXIT.done : EXIT.attention
}

function receiptLines({ statement, digest, developer, office, inLedger }: CheckedReceipt): string[] {
  const destroyed = Object.entries(object(statement['destroyed'])).slice(0, 20)
  const scan = object(statement['scan'])
  const figure = (value: unknown) => (typeof value === 'number' ? whole(value) : '-')
  const residual = list(statement['residual']).slice(0, 50).map(object)
  const said = (value: unknown, longest = 120) => inert(text(value) ?? '', longest)
  const at = (instant: number | null) => (instant === null ? 'not signed' : new Date(instant).toISOString())
  return [
    `DOCKET     ${said(statement['docket'], 60)}   ${said(statement['why'], 20)}, purged ${said(statement['purgedAt'], 40)}`,
    `digest     ${digest}`,
    `destroyed  ${destroyed.map(([name, n]) => `${inert(name, 20)} ${figure(n)}`).join(', ')}`,
    `key        ${said(statement['endpointKey'], 60)}`,
    `searched   ${figure(scan['files'])} files, ${figure(scan['rows'])} rows; found ${figure(scan['found'])}`,
    'LEFT',
    ...residual.map((one) => `  ${said(one['what'])}: ${said(one['state'])}`),
    `developer  ${at(developer)}`,
    `office     ${at(office)}`,
    inLedger ? 'verified   the instance signed it and the log holds it' : 'signed     by the instance; not in the log yet',
  ]
}

async function readJson(file: string): Promise<unknown> {
  try {
    const bytes = await readFile(resolve(HERE, file))
    if (bytes.length > MOST) throw new Error('too large')
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Stop(EXIT.badInput, `${inert(file)} is no receipt (${code ?? 'it is not JSON of at most 1 MiB'}).`)
  }
}

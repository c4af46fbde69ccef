import { writeFile } from 'node:fs/promises'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { count, list, object, text } from '../http/read.ts'
import { wrap } from '../text/columns.ts'
import { utc, whole } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reachServer } from './reach.ts'

/** What became of a receipt, or of a whole report by its id. */
export async function showReceipt(id: string, options: Reach & { json?: boolean }, screen: Console): Promise<Exit> {
  const { client } = await reachServer(options, 'finder')
  const isReport = id.toLowerCase().startsWith('rpt_')
  const answer = object(await ask(client, 'GET', `/v1/${isReport ? 'reports' : 'receipts'}/${encodeURIComponent(id)}`))
  if (options.json) screen.out(inertJson(JSON.stringify(answer)))
  else for (const line of isReport ? reportLines(answer) : receiptLines(answer)) screen.out(line)
  return list(answer['needs']).length > 0 ? EXIT.attention : EXIT.done
}

function receiptLines(answer: Readonly<Record<string, unknown>>): string[] {
  const ledger = object(answer['ledger'])
  const due = utc(text(ledger['due']) ?? '')
  const leaf = typeof ledger['leaf'] === 'number' ? whole(ledger['leaf']) : null
  const recorded =
    leaf !== null
      ? `recorded, leaf ${leaf}`
      : due !== null
        ? `pending; recorded and provable after ${due}`
        : 'not recorded: it was not taken in'
  const needs = list(answer['needs']).map((one) => inert(text(object(one)['say']) ?? ''))
  return [
    `RECEIPT    ${inert(text(answer['receipt']) ?? '', 60)}   ${utc(text(answer['receivedAt']) ?? '') ?? ''}`.trimEnd(),
    `ledger     ${recorded}`,
    ...wrap(inert(text(answer['say']) ?? ''), 68).map(
      (line, i) => `${i === 0 ? inert(text(answer['state']) ?? '', 40).padEnd(15) : ' '.repeat(15)}${line}`,
    ),
    ...(needs.length === 0 ? [] : ['', 'NEEDS', ...needs.flatMap((say) => wrap(say, 70)).map((line) => `  ${line}`)]),
  ]
}

function reportLines(answer: Readonly<Record<string, unknown>>): string[] {
  const counts = object(answer['counts'])
  const rows = [
    ['accepted', 'accepted'],
    ['repeated', 'repeated'],
    ['merged', 'merged'],
    ['needsInfo', 'need something'],
    ['refused', 'refused'],
  ] as const
  return [
    `REPORT     ${inert(text(answer['id']) ?? '', 60)}   ${utc(text(answer['receivedAt']) ?? '') ?? ''}`.trimEnd(),
    `${answer['complete'] === true ? 'complete' : 'cut       send the same file again to go on'}`,
    '',
    ...rows.map(([name, word]) => `${whole(count(counts[name])).padStart(7)}    ${word}`),
    `${whole(count(answer['clustered'])).padStart(7)}    grouped so far`,
  ]
}

/** Fetches the whole receipt, or the like of it for a validation: statement, salt and both paths up to a signed head. */
export async function proveReceipt(id: string, options: Reach & { out?: string }, screen: Console): Promise<Exit> {
  const { client } = await reachServer(options, 'finder')
  const noun = id.toLowerCase().startsWith('val_') ? 'validations' : 'receipts'
  const proof = await ask(client, 'GET', `/v1/${noun}/${encodeURIComponent(id)}/proof`)
  const json = inertJson(JSON.stringify(proof, null, 2))
  if (options.out === undefined) {
    screen.out(json)
    return EXIT.done
  }
  await writeFile(options.out, `${json}\n`, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(
      EXIT.badInput,
      `${inert(options.out!)} cannot be written (${error.code === 'EEXIST' ? 'there is such a file already' : error.code}).`,
    )
  })
  screen.tell(`written    ${inert(options.out)}; check it: weir ledger verify-receipt ${inert(options.out)}`)
  return EXIT.done
}

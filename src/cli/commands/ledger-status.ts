import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { serverAddress } from '../http/address.ts'
import { ask } from '../http/client.ts'
import { count, object, text } from '../http/read.ts'
import { control } from '../server/control.ts'
import { findRunning, folderOf } from '../server/running.ts'
import { counted, utc } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Reach } from './reach.ts'

/** What a log says of itself, by its public page, or by the control socket of the server on a data folder. */
export async function ledgerStatus({ server, data }: Reach & { data?: string }, screen: Console): Promise<Exit> {
  const head =
    data === undefined
      ? object(object(await ask({ base: serverAddress(server), credential: {} }, 'GET', '/v1/public'))['ledger'])
      : await byControl(data)
  const origin = text(head['origin'])
  if (origin === null) throw new Stop(EXIT.unavailable, 'The server says nothing of a ledger.')
  const stopped = text(head['stopped'])
  const root = text(head['root'])
  screen.out(`log        ${inert(origin)}`)
  screen.out(`size       ${counted(count(head['size']), 'leaf', 'leaves')}`)
  if (root !== null) screen.out(`root       ${inert(root, 60)}`)
  screen.out(`signed     ${signedAt(head['signedAt']) ?? 'not yet'}`)
  screen.out(`key        ${inert(text(head['key']) ?? 'unknown')}`)
  if (stopped !== null) screen.out(screen.ink.alarm(`stopped    ${inert(stopped)}`))
  return stopped === null ? EXIT.done : EXIT.attention
}

async function byControl(data: string): Promise<Readonly<Record<string, unknown>>> {
  const running = await findRunning(folderOf(data)!)
  if (running === null)
    throw new Stop(EXIT.unavailable, `No server runs on ${folderOf(data)}.`, 'Start it: weir up --data FOLDER')
  return await control(running.file.control, { do: 'ledger-status' })
}

/** The public page gives an RFC 3339 instant, the control socket milliseconds. */
function signedAt(value: unknown): string | null {
  if (typeof value !== 'number') return utc(text(value) ?? '')
  return Math.abs(value) <= 8.64e15 ? utc(new Date(value).toISOString()) : null
}

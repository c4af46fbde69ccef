import { existsSync } from 'node:fs'
import type { ControlRequest } from '../../contract/control.ts'
import { EXIT, Stop } from '../exit.ts'
import { control, type Result } from './control.ts'
import { findRunning, folderOf, theServer, usualFolders } from './running.ts'
import { startServer } from './server-process.ts'

/** Has a request done by the server that runs, or else by one started for it, without doors, that ends afterwards. */
export async function doneByServer(
  data: string | undefined,
  request: ControlRequest,
  tell: (say: string) => void,
  signal: AbortSignal,
): Promise<Result> {
  const running = await theServer(data, process.env)
  if (running !== null) return await control(running.file.control, request, tell)
  return await doneInMaintenance(data === undefined ? onlyFolder() : folderOf(data), request, tell, signal)
}

/** Has a request done by a server in maintenance: records and keys open, no doors. */
export async function doneInMaintenance(
  data: string | undefined,
  request: ControlRequest,
  tell: (say: string) => void,
  signal: AbortSignal,
): Promise<Result> {
  const server = await startServer({ data, maintenance: true }, { step: tell, log: () => {} }, signal)
  try {
    const running = await findRunning(server.ready.data)
    if (running === null)
      throw new Stop(EXIT.unavailable, `The server started for maintenance does not answer on ${server.ready.data}.`)
    return await control(running.file.control, request, tell)
  } finally {
    server.stop()
    await server.ended
  }
}

function onlyFolder(): string {
  const there = usualFolders(process.env).filter((folder) => existsSync(folder))
  if (there.length === 1) return there[0]!
  const say =
    there.length === 0
      ? 'No server runs, and there is no data folder here.'
      : `There are several data folders: ${there.join(', ')}.`
  throw new Stop(EXIT.badInput, say, 'Name the folder with --data.')
}

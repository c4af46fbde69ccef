import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlRequest, ServerFile } from '../../contract/control.ts'
import { EXIT, Stop } from '../exit.ts'
import { HERE, ROOT } from '../root.ts'
import { control, NobodyListens, type Result } from './control.ts'

/** A server found running on a data folder. */
export interface Running {
  readonly data: string
  readonly file: ServerFile
  readonly status: Result
}

/** The data folders a command means when none is named: WEIR_DATA, or those that `weir up` and `npm start` use from here. */
export function usualFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  if (env['WEIR_DATA']) return [resolve(HERE, env['WEIR_DATA'])]
  return [...new Set([join(HERE, '.weir', 'data'), join(HERE, '.weir-demo', 'data'), join(ROOT, '.weir-demo', 'data')])]
}

/** The data folder that a person named, as an absolute path. */
export function folderOf(data: string | undefined): string | undefined {
  return data === undefined ? undefined : resolve(HERE, data)
}

/** The server that runs on that folder, or null: what an ended one left behind counts as none. */
export async function findRunning(data: string): Promise<Running | null> {
  const file = await readServerFile(data)
  if (file === null) return null
  try {
    return { data, file, status: await control(file.control, { do: 'status' }) }
  } catch (error) {
    if (error instanceof NobodyListens) return null
    throw error
  }
}

/** The servers that run on the named folder, or on any of the usual ones. */
export async function findServers(
  data: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Running[]> {
  const folders = data === undefined ? usualFolders(env) : [folderOf(data)!]
  const found = await Promise.all(folders.map(findRunning))
  return found.filter((one) => one !== null)
}

/** The one running server that is meant; null when none runs; throws Stop when several do and no folder was named. */
export async function theServer(
  data: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Running | null> {
  const found = await findServers(data, env)
  if (found.length < 2) return found[0] ?? null
  throw new Stop(
    EXIT.badInput,
    `${found.length} servers run: ${found.map((one) => one.data).join(', ')}.`,
    'Say which with --data.',
  )
}

/** Tells a server to stop and waits until its process has ended. Throws Stop when it has not after a minute. */
export async function stopRunning({ file, data }: Running): Promise<void> {
  const request: ControlRequest = { do: 'stop' }
  await control(file.control, request).catch((error: unknown) => {
    if (!(error instanceof NobodyListens)) throw error
  })
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (!isAlive(file.pid)) return
    await sleep(50)
  }
  throw new Stop(
    EXIT.unavailable,
    `The server on ${data} (process ${file.pid}) was told to stop and has not ended within a minute.`,
    `If it hangs: kill -9 ${file.pid}`,
  )
}

/** Whether a process of that number lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function readServerFile(data: string): Promise<ServerFile | null> {
  try {
    const file = JSON.parse(await readFile(join(data, 'server.json'), 'utf8')) as ServerFile
    const good =
      Number.isSafeInteger(file.pid) &&
      file.pid > 1 &&
      typeof file.control === 'string' &&
      (file.url === null || typeof file.url === 'string')
    return good ? file : null
  } catch {
    return null
  }
}

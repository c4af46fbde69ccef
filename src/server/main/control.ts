import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ControlReply, ControlRequest, ServerFile } from '../../contract/control.ts'
import { firstAdministratorLink } from '../identity/first-administrator.ts'
import type { Log } from '../ledger/log.ts'
import { backUp, bringBack } from './backup.ts'
import type { Config } from './config.ts'
import type { OpenGround } from './ground.ts'

export interface ControlHost {
  readonly opened: OpenGround
  readonly config: Config
  /** null in maintenance. */
  readonly ledger: Log | null
  readonly url: string | null
  readonly stop: () => void
}

const LONGEST_LINE = 4096

/** Listens for `weir` of the same account: a socket in a folder that nobody else may enter. */
export async function serveControl(host: ControlHost): Promise<{ stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-control-'))
  const path = join(folder, 'control.sock')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    void answer(host, socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  const file: ServerFile = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    url: host.url,
    control: path,
    demo: host.config.demo,
  }
  const serverFile = join(host.config.data, 'server.json')
  await writeFile(serverFile, JSON.stringify(file), { mode: 0o600 })
  return {
    async stop() {
      await rm(serverFile, { force: true })
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answer(host: ControlHost, socket: Socket): Promise<void> {
  const reply = (line: ControlReply) => socket.write(`${JSON.stringify(line)}\n`)
  for await (const line of createInterface({ input: socket })) {
    let request: ControlRequest
    try {
      if (line.length > LONGEST_LINE) throw new Error('too long')
      request = JSON.parse(line) as ControlRequest
    } catch {
      reply({ event: 'failed', say: 'That is not a request of this socket.', mend: null })
      continue
    }
    try {
      reply({ event: 'done', result: await carryOut(host, request, (say) => reply({ event: 'progress', say })) })
    } catch (error) {
      reply({ event: 'failed', say: (error as Error).message, mend: (error as { mend?: string }).mend ?? null })
    }
  }
}

async function carryOut(
  host: ControlHost,
  request: ControlRequest,
  tell: (say: string) => void,
): Promise<Extract<ControlReply, { event: 'done' }>['result']> {
  const { opened, config, ledger } = host
  switch (request.do) {
    case 'status':
      return { pid: process.pid, url: host.url, database: opened.database, maintenance: ledger === null }
    case 'stop':
      setImmediate(host.stop)
      return {}
    case 'backup':
      tell('writing records and blobs as of now')
      return await backUp(opened, request.to)
    case 'restore':
      if (ledger !== null) throw new Error('Stop the server first: a restore needs the records for itself.')
      tell('checking the whole file before anything counts')
      return await bringBack(opened, request.from)
    case 'ledger-status': {
      if (ledger === null) throw new Error('The ledger is not open in maintenance.')
      const { origin, key, size, signedAt, stopped } = ledger.status
      return { origin, key, size, signedAt, stopped }
    }
    case 'ledger-accept-fork': {
      if (ledger === null) throw new Error('The ledger is not open in maintenance.')
      const accepted = await ledger.acceptFork('control', request.origin)
      if (!accepted.ok) throw new Error(accepted.say)
      return { origin: ledger.status.origin, key: ledger.status.key }
    }
    case 'administrator-link':
      return { link: await firstAdministratorLink(opened.ground, config) }
    default:
      throw new Error('The server does not know that request.')
  }
}

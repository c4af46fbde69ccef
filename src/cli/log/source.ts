import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Reading } from '../../ledger/tile-read.ts'
import { EXIT, Stop } from '../exit.ts'
import { serverAddress } from '../http/address.ts'
import { type Client, exchange, reach } from '../http/client.ts'
import { readProblem } from '../http/problem.ts'
import { object, text } from '../http/read.ts'
import { HERE } from '../root.ts'

/** The static files of a log, wherever they are. */
export interface LogSource {
  /** How the place is remembered: an address or a folder. */
  readonly place: string
  /** Bytes of a file, null when it is not there. Rejects with Stop when the place cannot be read. */
  read(path: string): Promise<Uint8Array | null>
  /** The verifier key the place itself names; null for a folder. */
  claimedKey(): Promise<string | null>
}

/** A log at an address (`https://…`, the server's or its `/ledger`) or in a folder. Throws Stop on neither. */
export function logSource(where: string): LogSource {
  return /^https?:\/\//.test(where) ? overHttp(serverAddress(where)) : inFolder(resolve(HERE, where))
}

function overHttp(base: URL): LogSource {
  const client: Client = { base, credential: {} }
  const home = base.pathname.replace(/\/+$/, '').replace(/\/ledger$/, '')
  return {
    place: `${base.origin}${home}`,
    async read(path) {
      const { status, body } = await reach(client, () => exchange(client, 'GET', `${home}/ledger/${path}`, undefined, '*/*'))
      if (status === 404) return null
      if (status !== 200) throw readProblem(status, body)
      return new Uint8Array(body)
    },
    async claimedKey() {
      const { status, body } = await reach(client, () => exchange(client, 'GET', `${home}/v1/public`))
      if (status !== 200) return null
      try {
        return text(object(object(JSON.parse(body.toString('utf8')))['ledger'])['key'])
      } catch {
        return null
      }
    },
  }
}

function inFolder(folder: string): LogSource {
  return {
    place: folder,
    async read(path) {
      try {
        return new Uint8Array(await readFile(join(folder, path)))
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOENT' || code === 'ENOTDIR') return null
        throw new Stop(EXIT.unavailable, `${join(folder, path)} cannot be read (${code}).`)
      }
    },
    claimedKey: async () => null,
  }
}

/** Answers a walk's questions from a place, one after the other. */
export async function drive<Result>(
  walk: Reading<Result>,
  source: LogSource,
  asked: (path: string) => void = () => {},
): Promise<Result> {
  let step = walk.next()
  while (!step.done) {
    asked(step.value)
    step = walk.next(await source.read(step.value))
  }
  return step.value
}

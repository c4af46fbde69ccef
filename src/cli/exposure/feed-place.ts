import { existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { isLoopback } from '../http/address.ts'
import { HERE } from '../root.ts'
import { inert } from '../text/inert.ts'
import { headOf } from './file-chunks.ts'

/** Where the files of Weir's own feed are: an address or a folder. */
export interface FeedPlace {
  /** How the place is remembered. */
  readonly name: string
  /** A file of the feed, at most that many bytes and one more; null where it is not there. Throws Stop where it cannot be read. */
  read(file: string, most: number, sha256?: string): Promise<Uint8Array | null>
  /** Whether what is read may have changed between two reads, so that a second try may go well. */
  readonly isLive: boolean
}

/** Whether this is an address rather than a file. */
export function isAddress(where: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(where)
}

/** The folder that holds Weir's own feed, where this is a copy of one (`feed.json`, its folder, or the tree around it); else null. */
export function feedFolder(where: string): string | null {
  const path = resolve(HERE, where)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  const folders = stat.isDirectory() ? [join(path, 'feed'), path] : path.endsWith('feed.json') ? [dirname(path)] : []
  return folders.find((folder) => existsSync(join(folder, 'feed.json')) && isOurs(join(folder, 'feed.json'))) ?? null
}

function isOurs(file: string): boolean {
  try {
    return /"weir-feed\/1"|weir-feed\/1\\n/.test(Buffer.from(headOf(file)).toString('utf8'))
  } catch {
    return false
  }
}

/** A feed in a folder. */
export function feedInFolder(folder: string): FeedPlace {
  return {
    name: folder,
    isLive: false,
    async read(name, most) {
      try {
        await using file = await open(join(folder, name), 'r')
        const { size } = await file.stat()
        const bytes = Buffer.alloc(Math.min(size, most + 1))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
        return bytes.subarray(0, bytesRead)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'ENOENT' || code === 'ENOTDIR') return null
        throw new Stop(EXIT.unavailable, `${inert(join(folder, name))} cannot be read (${code}).`)
      }
    },
  }
}

/** A feed at an address: a server's, or that of its feed folder. Only GET is ever sent there. Throws Stop on an address that is none. */
export function feedAtAddress(where: string): FeedPlace {
  const url = URL.canParse(where) ? new URL(where) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Stop(EXIT.badInput, `${inert(where)} is no address of a feed.`, 'Give it like https://weir.example.org')
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new Stop(
      EXIT.badInput,
      `A feed is not fetched unencrypted from ${inert(url.host)}.`,
      `Use https://${inert(url.host)}`,
    )
  if (url.username !== '' || url.password !== '')
    throw new Stop(EXIT.badInput, 'An address with a password in it would end up in logs.', 'A feed is public: leave it out.')
  const home = url.pathname.replace(/\/+$/, '').replace(/\/feed(?:\/feed\.json)?$/, '')
  return {
    name: `${url.origin}${home}`,
    isLive: true,
    // By its digest, so that no copy on the way is of another time than the manifest.
    read: (file, most, sha256) => fetched(url, `${home}/feed/${file}${sha256 === undefined ? '' : `?sha256=${sha256}`}`, most),
  }
}

const SILENCE = 60_000

async function fetched(base: URL, path: string, most: number): Promise<Uint8Array | null> {
  // Loaded where a feed is fetched at all: most are files.
  const { begin, reasonOf } = await import('../http/client.ts')
  return new Promise((resolvePromise, reject) => {
    const failed = (why: string) => reject(new Stop(EXIT.unavailable, `No feed from ${inert(base.origin)}: ${inert(why)}.`))
    const request = begin({ base, credential: {} }, path, { method: 'GET', timeout: SILENCE, headers: { accept: '*/*' } })
    request.on('timeout', () => request.destroy(new Error('the server fell silent')))
    request.on('error', (error) => failed(reasonOf(error)))
    request.on('response', (response) => {
      if (response.statusCode === 404) {
        response.resume()
        return resolvePromise(null)
      }
      if (response.statusCode !== 200) {
        response.resume()
        return failed(`it answers ${response.statusCode}`)
      }
      const parts: Buffer[] = []
      let held = 0
      response.on('data', (part: Buffer) => {
        held += part.length
        parts.push(part)
        // One byte too many is enough to know that it is not the file that was signed.
        if (held > most) {
          resolvePromise(Buffer.concat(parts))
          request.destroy()
        }
      })
      response.on('end', () => resolvePromise(Buffer.concat(parts)))
      response.on('error', (error) => failed(reasonOf(error)))
    })
    request.end()
  })
}

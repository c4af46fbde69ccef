import { FEED_HEAD, feedFile } from '../../formats/known/feed-file.ts'
import type { FeedItem } from '../../formats/known/known-entry.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { BadPacking, fileChunks } from './file-chunks.ts'
import { type NamedFile, namedFiles } from './named-files.ts'
import type { RecordsRead } from './records-read.ts'

/** Endings that files of feeds have; a folder may hold other things, which are not opened. */
export const ENDINGS = /\.(?:json|ndjson|jsonl|csv|zip|osv|csaf|vex)(?:\.(?:gz|zst))?$/i

/** Reads files and folders of other people's records into `into`, in order of names. Throws Stop on what cannot be opened. */
export async function readFeed(places: readonly string[], into: RecordsRead): Promise<void> {
  for (const place of places) {
    const files = namedFiles([place])
    const isOne = files.length === 1 && files[0]!.path.endsWith(files[0]!.name) && !ENDINGS.test(files[0]!.name)
    for (const file of files) if (isOne || ENDINGS.test(file.name)) await readFile(file, into)
  }
}

async function readFile({ path, name }: NamedFile, into: RecordsRead): Promise<void> {
  let taker: Taker | null = null
  let head = new Uint8Array(0)
  const begin = (): Taker => {
    const made = takerOf(head, name, into)
    made.push(head)
    return made
  }
  try {
    for await (const chunk of fileChunks(path)) {
      if (taker !== null) taker.push(chunk)
      else {
        head = grown(head, chunk)
        if (head.length >= FEED_HEAD) taker = begin()
      }
    }
    taker ??= begin()
    taker.end()
  } catch (error) {
    if (error instanceof BadPacking) into.setAside({ file: name, at: '', id: null, why: 'not-readable' })
    else if ((error as NodeJS.ErrnoException).syscall !== undefined)
      throw new Stop(EXIT.badInput, `${inert(path)} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    else throw error
  }
}

/** Takes bytes that are in memory already. */
export function takeBytes(bytes: Uint8Array, name: string, into: RecordsRead): void {
  const taker = takerOf(bytes.subarray(0, FEED_HEAD), name, into)
  taker.push(bytes)
  taker.end()
}

/** Takes the bytes of one file into `into`; what kind it is the content says. Never throws on input. */
interface Taker {
  push(chunk: Uint8Array): void
  end(): void
}

function takerOf(head: Uint8Array, file: string, into: RecordsRead): Taker {
  into.files++
  const reader = feedFile(head, true, into.wants)
  if (head.length === 0) return { push: () => {}, end: () => {} }
  if (reader === null) {
    into.setAside({ file, at: '', id: null, why: 'not-known' })
    return { push: () => {}, end: () => {} }
  }
  const each = (items: readonly FeedItem[]): void => {
    for (const item of items) into.take(item, file, reader.catalogue)
  }
  return { push: (chunk) => each(reader.push(chunk)), end: () => each(reader.end()) }
}

function grown(head: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(head.length + chunk.length)
  next.set(head)
  next.set(chunk, head.length)
  return next
}

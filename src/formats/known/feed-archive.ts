import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'
import { type FeedItem, feedItem, type ReadItem, readKnownItem } from './known-entry.ts'
import type { KnownMapper } from './known-item.ts'
import { KNOWN_LIMITS, readKnownFile } from './known-reader.ts'

/** What an archive may hold. */
export interface ArchiveLimits {
  readonly entries: number
  /** Unpacked bytes of one entry, and of all. */
  readonly entryBytes: number
  readonly bytes: number
}

const LIMITS: ArchiveLimits = { entries: 2_000_000, entryBytes: KNOWN_LIMITS.itemBytes, bytes: 32 * 2 ** 30 }
/** Packed bytes that are unpacked at a time: what a thousandfold bomb makes of them is dropped before the next. */
const STEP = 4096

/**
 * Reads an archive of one record a file, as OSV publishes them. Hostile: an entry beyond its limit is dropped as it comes, an
 * archive beyond its own ends there, and either is told as an item that was set aside.
 */
export function feedArchive(
  limits: ArchiveLimits = LIMITS,
  map: KnownMapper<ReadItem> = readKnownItem,
): {
  push(chunk: Uint8Array): FeedItem[]
  end(): FeedItem[]
} {
  let items: FeedItem[] = []
  let entries = 0
  let bytes = 0
  let ended = false
  let open: string | null = null
  const aside = (at: string, why: 'not-readable' | 'too-large') => {
    items.push({ ok: false, at: at.slice(0, 300), id: null, why })
  }
  const stop = (why: 'not-readable' | 'too-large') => {
    if (!ended) aside(open ?? '', why)
    ended = true
  }
  const begin = (entry: UnzipFile): void => {
    if (ended) return
    if (++entries > limits.entries) {
      stop('too-large')
      return
    }
    if (!entry.name.toLowerCase().endsWith('.json')) return
    open = entry.name
    const parts: Uint8Array[] = []
    let held = 0
    entry.ondata = (error, data, final) => {
      if (ended) return
      held += data.length
      bytes += data.length
      if (error || bytes > limits.bytes) {
        stop(error ? 'not-readable' : 'too-large')
        return
      }
      if (held <= limits.entryBytes) parts.push(data.slice())
      else parts.length = 0
      if (!final) return
      open = null
      if (held > limits.entryBytes) aside(entry.name, 'too-large')
      else items.push(feedItem(readKnownFile(joined(parts, held), entry.name.slice(0, 300), map)))
    }
    entry.start()
  }
  const unzip = new Unzip(begin)
  unzip.register(UnzipInflate)
  const take = (chunk: Uint8Array, final: boolean): void => {
    if (ended) return
    try {
      unzip.push(chunk, final)
    } catch {
      stop('not-readable')
    }
  }
  const taken = (): FeedItem[] => {
    const given = items
    items = []
    return given
  }
  return {
    push(chunk) {
      for (let at = 0; at < chunk.length && !ended; at += STEP) take(chunk.subarray(at, at + STEP), false)
      return taken()
    },
    end() {
      take(new Uint8Array(0), true)
      if (open !== null) stop('not-readable')
      return taken()
    },
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

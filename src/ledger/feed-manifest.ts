import type { NoteKey } from './key.ts'
import { type Note, type NoteError, type NoteSigner, parseNote, signNote, type VerifySignature, verifyNote } from './note.ts'
import { type Failed, fail } from './outcome.ts'

/** What a feed of advisories says of itself, signed by the key of its instance's log. */
export interface FeedManifest {
  /** Name of the key, which is the log's origin. */
  readonly origin: string
  /** Rises with every signing and never falls: a lower one than was seen is an old copy. */
  readonly sequence: number
  /** Milliseconds since 1970, UTC. */
  readonly issuedAt: number
  /** After this the feed is not to be believed: somebody may be holding newer ones back. */
  readonly expiresAt: number
  readonly files: readonly FeedFile[]
}

export interface FeedFile {
  /** Below the feed's folder. */
  readonly path: string
  readonly bytes: number
  /** Hexadecimal, lower case. */
  readonly sha256: string
}

export interface SignedFeed extends FeedManifest {
  readonly note: Note
}

export type FeedError = NoteError | 'feed.form'

export const FEED_FORMAT = 'weir-feed/1'
const MOST_FILES = 1000
const PATH = /^[a-z0-9][a-z0-9._-]{0,99}$/

/**
 * The text that is signed: `<origin> weir-feed/1` and the manifest as one line of JSON. No checkpoint can be taken for it, nor it for
 * one: an origin has no spaces, and the second line of a checkpoint is a number. Throws RangeError on what no manifest can carry.
 */
export function feedText(manifest: FeedManifest): string {
  const { origin, sequence, issuedAt, expiresAt, files } = manifest
  const body = {
    expiresAt: new Date(expiresAt).toISOString(),
    files: files.map(({ bytes, path, sha256 }) => ({ bytes, path, sha256 })),
    issuedAt: new Date(issuedAt).toISOString(),
    sequence,
  }
  const text = `${origin} ${FEED_FORMAT}\n${JSON.stringify(body)}\n`
  if (readText(text) === null) throw new RangeError('a feed has a name, a sequence, two instants, and files with plain names')
  return text
}

/** A manifest signed by those keys, the first of which is named as its origin. C2SP signed-note. */
export function signFeed(manifest: FeedManifest, signers: readonly NoteSigner[]): string {
  if (signers[0]?.key.name !== manifest.origin) throw new RangeError('the first signer is the log itself')
  return signNote(feedText(manifest), signers)
}

/** Reads a signed manifest with its signatures unchecked; null unless well formed. Hostile: the limits of a note, 1,000 files. */
export function parseFeed(text: string): SignedFeed | null {
  const note = parseNote(text)
  const manifest = note === null ? null : readText(note.text)
  return note === null || manifest === null ? null : { ...manifest, note }
}

/** The manifest, where its own key signed it; else why it is not believed. */
export function openFeed(
  text: string,
  key: NoteKey,
  verifySignature: VerifySignature,
): { readonly ok: true; readonly feed: SignedFeed } | Failed<FeedError> {
  const feed = parseFeed(text)
  if (feed === null) return fail('feed.form', 'this is not a signed feed')
  const signed = verifyNote(feed.note, feed.origin === key.name ? [key] : [], verifySignature)
  return signed.ok ? { ok: true, feed } : signed
}

function readText(text: string): FeedManifest | null {
  const lines = text.slice(0, -1).split('\n')
  const origin = /^([^\s+]{1,255}) weir-feed\/1$/u.exec(lines[0] ?? '')?.[1]
  if (lines.length !== 2 || origin === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(lines[1]!)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { sequence, issuedAt, expiresAt, files } = value as Readonly<Record<string, unknown>>
  const [issued, expires] = [instantOf(issuedAt), instantOf(expiresAt)]
  if (!isCount(sequence) || issued === null || expires === null || expires <= issued) return null
  if (!Array.isArray(files) || files.length === 0 || files.length > MOST_FILES) return null
  const read = files.map(fileOf)
  if (read.some((file) => file === null) || new Set(read.map((file) => file!.path)).size !== read.length) return null
  return { origin, sequence, issuedAt: issued, expiresAt: expires, files: read as FeedFile[] }
}

function fileOf(value: unknown): FeedFile | null {
  if (typeof value !== 'object' || value === null) return null
  const { path, bytes, sha256 } = value as Readonly<Record<string, unknown>>
  if (typeof path !== 'string' || !PATH.test(path) || !isCount(bytes)) return null
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) ? { path, bytes, sha256 } : null
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value)) return null
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : at
}

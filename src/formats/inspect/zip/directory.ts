import type { Asking, LogSource } from '../ask.ts'
import type { Findings } from '../import-finding.ts'
import type { ImportLimits } from '../import-limits.ts'
import { findDirectory } from './end-record.ts'
import { u16, u32, u64 } from './little-endian.ts'
import { oddName } from './odd-name.ts'

/** One member as the archive's directory states it; nothing of it is true before it was read. */
export interface Member {
  readonly name: string
  /** 0 stored, 8 deflate, 93 zstd (20 in older writers). */
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Offset of its local header in the file. */
  readonly at: number
}

const ENTRY = 0x02014b50
const ENTRY_BYTES = 46
const NO_32 = 0xffffffff

/**
 * The members that may be read, in the order of the file: of one name the last, none with an odd name, none that overlaps another.
 * Null where the bytes are no archive.
 */
export function* readDirectory(source: LogSource, limits: ImportLimits, findings: Findings): Asking<readonly Member[] | null> {
  const place = yield* findDirectory(source)
  if (place === null) return null
  if (place.length > limits.directoryBytes) {
    findings.tell(
      'archive.too-large',
      '',
      `The archive's directory has ${place.length} bytes; ${limits.directoryBytes} are read.`,
    )
  }
  const members = new Map<string, Member>()
  const stop = place.at + Math.min(place.length, limits.directoryBytes)
  let held: Uint8Array = new Uint8Array(0)
  let at = place.at
  let seen = 0
  for (;;) {
    const taken = takeEntries(held, place.shift, (member) => {
      seen++
      if (seen > limits.members) return
      if (oddName(member.name)) findings.tell('member.odd-name', member.name, 'A member with such a name is not read.')
      else {
        if (members.has(member.name)) findings.tell('member.twice', member.name, 'The name stands twice; the last one counts.')
        members.delete(member.name)
        members.set(member.name, member)
      }
    })
    if (taken.broken) {
      findings.tell('archive.broken', '', `The archive's directory stops making sense after ${seen} members.`)
      break
    }
    const rest = held.subarray(taken.used)
    if (at >= stop) break
    const asked = Math.min(limits.askBytes, stop - at)
    const more = yield { at, length: asked }
    if (more.length === 0) break
    const joined = new Uint8Array(rest.length + more.length)
    joined.set(rest)
    joined.set(more, rest.length)
    held = joined
    at += more.length
  }
  if (seen > limits.members) {
    findings.tell('archive.too-large', '', `The archive names ${seen} members; the first ${limits.members} are read.`)
  } else if (seen !== place.entries && seen !== place.entries % 65_536) {
    findings.tell('archive.broken', '', `The archive states ${place.entries} members and its directory has ${seen}.`)
  }
  return apart([...members.values()], place.at, findings)
}

function takeEntries(bytes: Uint8Array, shift: number, take: (member: Member) => void): { used: number; broken: boolean } {
  let i = 0
  while (i + ENTRY_BYTES <= bytes.length) {
    if (u32(bytes, i) !== ENTRY) return { used: i, broken: true }
    const name = u16(bytes, i + 28)
    const extra = u16(bytes, i + 30)
    const end = i + ENTRY_BYTES + name + extra + u16(bytes, i + 32)
    if (end > bytes.length) break
    take(memberAt(bytes, i, name, extra, shift))
    i = end
  }
  return { used: i, broken: false }
}

function memberAt(bytes: Uint8Array, i: number, name: number, extra: number, shift: number): Member {
  const nameAt = i + ENTRY_BYTES
  const sizes = { size: u32(bytes, i + 24), packed: u32(bytes, i + 20), at: u32(bytes, i + 42) }
  // Zip64 (APPNOTE 4.5.3): the fields that are full stand there, in this order.
  for (let e = nameAt + name; e + 4 <= nameAt + name + extra; e += 4 + u16(bytes, e + 2)) {
    if (u16(bytes, e) !== 1) continue
    let f = e + 4
    for (const field of ['size', 'packed', 'at'] as const) {
      if (sizes[field] !== NO_32 || f + 8 > e + 4 + u16(bytes, e + 2)) continue
      sizes[field] = u64(bytes, f)
      f += 8
    }
    break
  }
  return {
    name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + name)),
    method: u16(bytes, i + 10),
    encrypted: (u16(bytes, i + 8) & 1) === 1,
    crc: u32(bytes, i + 16),
    packed: sizes.packed,
    size: sizes.size,
    at: sizes.at + shift,
  }
}

/** Leaves out members that overlap an earlier one: the trick by which a small archive comes to much. */
function apart(members: readonly Member[], end: number, findings: Findings): readonly Member[] {
  const kept: Member[] = []
  let free = 0
  for (const member of [...members].sort((a, b) => a.at - b.at)) {
    const stops = member.at + 30 + member.packed
    if (member.at < free)
      findings.tell('archive.overlap', member.name, 'It shares its bytes with another member and is not read.')
    else if (!(stops <= end)) findings.tell('member.unreadable', member.name, 'Its bytes would lie outside the archive.')
    else {
      free = stops
      kept.push(member)
    }
  }
  return kept
}

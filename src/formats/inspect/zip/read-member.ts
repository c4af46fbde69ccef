import type { Asking } from '../ask.ts'
import type { ImportCode } from '../import-finding.ts'
import type { ImportLimits } from '../import-limits.ts'
import { crc32 } from './crc32.ts'
import type { Member } from './directory.ts'
import { u16, u32 } from './little-endian.ts'
import { unpacker, unpackSmall } from './unpack.ts'

/** How much may still be unpacked of a log; shared by its members. */
export interface Allowance {
  left: number
}

export interface MemberWrong {
  readonly code: ImportCode
  readonly say: string
}

const LOCAL = 0x04034b50
const LOCAL_BYTES = 30
/** Of deflate. */
const MOST_RATIO = 1032

const TOO_MUCH: MemberWrong = { code: 'member.too-large', say: 'The log unpacks to more than is read; this member breaks off.' }

/**
 * Streams what a member unpacks to into `take`, which may say `stop` by answering false, and answers what is wrong, or null.
 * Stops at the size that the directory states, so nothing can come to more than it says; the CRC-32 is checked at the end.
 */
export function* readMember(
  member: Member,
  limits: ImportLimits,
  allowance: Allowance,
  take: (bytes: Uint8Array) => boolean,
): Asking<MemberWrong | null> {
  if (member.encrypted) return { code: 'member.encrypted', say: 'The member is encrypted and was not read.' }
  if (allowance.left < 0) return TOO_MUCH
  let made = 0
  let crc = 0
  let going = true
  let lies = false
  const out = (bytes: Uint8Array): void => {
    if (!going) return
    made += bytes.length
    allowance.left -= bytes.length
    lies = made > member.size
    crc = crc32(crc, bytes)
    going = !lies && allowance.left >= 0 && take(bytes)
  }
  const unpack = unpacker(member.method, limits.zstdWindow, out)
  if (unpack === null) return { code: 'member.unreadable', say: `Its compression method ${member.method} is not known.` }
  const head = yield { at: member.at, length: LOCAL_BYTES }
  if (head.length < LOCAL_BYTES || u32(head, 0) !== LOCAL) {
    return { code: 'member.unreadable', say: 'There is no member where the directory says one is.' }
  }
  let at = member.at + LOCAL_BYTES + u16(head, 26) + u16(head, 28)
  const end = at + member.packed
  const fault = (wrong: string | null): MemberWrong | null => {
    if (lies)
      return { code: 'member.lies', say: `It unpacks to more than the ${member.size} bytes it states; the rest is not read.` }
    if (allowance.left < 0) return TOO_MUCH
    if (wrong !== null) return { code: 'member.unreadable', say: `It cannot be unpacked: ${wrong}.` }
    if (going && made !== member.size) return { code: 'member.lies', say: `It states ${member.size} bytes and has ${made}.` }
    if (going && crc !== member.crc) return { code: 'member.lies', say: 'Its bytes do not match its checksum.' }
    return null
  }
  let wrong: string | null = null
  while (going && wrong === null && at < end) {
    const chunk = yield { at, length: Math.min(limits.askBytes, end - at) }
    if (chunk.length === 0) break
    const small = at === end - member.packed && chunk.length === member.packed
    const done = small ? unpackSmall(member.method, chunk, member.size, out) : null
    if (done !== null) {
      // What went beyond the stated size was worked through and is paid for at the most it can have been.
      if (lies) allowance.left -= MOST_RATIO * member.packed
      return fault(done === true ? null : done)
    }
    for (let i = 0; going && wrong === null && i < chunk.length; i += limits.pushBytes) {
      wrong = unpack.push(chunk.subarray(i, Math.min(chunk.length, i + limits.pushBytes)))
    }
    at += chunk.length
  }
  if (going && wrong === null) wrong = unpack.end()
  return fault(wrong)
}

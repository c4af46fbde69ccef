const TABLE = new Int8Array(256).fill(-1)
for (const [k, c] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  TABLE[c.charCodeAt(0)] = k
// RFC 4648 section 5, for those who write URLs' alphabet.
TABLE['-'.charCodeAt(0)] = 62
TABLE['_'.charCodeAt(0)] = 63

const BACKSLASH = 0x5c
const PAD = 0x3d

/** Decodes base 64 (RFC 4648) as it stands in a JSON string, escapes and all, in pieces of any size. */
export class Base64Pieces {
  private bits = 0
  private count = 0
  private padded = false
  /** -1 right after a backslash; otherwise how many digits of a `\u` are still to come. */
  private escape = 0
  private code = 0

  /** The bytes that end in this piece; null where it holds what is no base 64. */
  push(piece: Uint8Array): Uint8Array | null {
    const out = new Uint8Array(((piece.length * 3) >> 2) + 3)
    let at = 0
    for (let i = 0; i < piece.length; i++) {
      const c = this.escape !== 0 || piece[i] === BACKSLASH ? this.escaped(piece[i]!) : piece[i]!
      if (c < 0) continue
      const value = TABLE[c]!
      if (value < 0) {
        if (c === PAD) this.padded = true
        else if (c > 0x20) return null
        continue
      }
      if (this.padded) return null
      this.bits = ((this.bits << 6) | value) & 0xffffff
      this.count += 6
      if (this.count < 8) continue
      this.count -= 8
      out[at++] = (this.bits >> this.count) & 0xff
    }
    return out.subarray(0, at)
  }

  /** The character that an escape stands for, once it is whole; -1 until then and for white space. */
  private escaped(c: number): number {
    if (this.escape === 0) {
      this.escape = -1
      return -1
    }
    if (this.escape === -1) {
      this.escape = c === 0x75 ? 4 : 0
      this.code = 0
      return c === 0x75 || c === 0x6e || c === 0x72 || c === 0x74 ? -1 : c
    }
    const digit = Number.parseInt(String.fromCharCode(c), 16)
    this.code = this.code * 16 + (Number.isNaN(digit) ? 0 : digit)
    this.escape--
    // No base 64 beyond ASCII: what stands for it is refused as any other.
    return this.escape > 0 ? -1 : Math.min(this.code, 0xff)
  }
}

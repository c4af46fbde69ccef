const TABLE = new Int8Array(256).fill(-1)
for (const [k, c] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  TABLE[c.charCodeAt(0)] = k
// RFC 4648 section 5, for those who write URLs' alphabet.
TABLE['-'.charCodeAt(0)] = 62
TABLE['_'.charCodeAt(0)] = 63

/** Decodes base 64 (RFC 4648) in pieces of any size; a backslash is passed over, for JSON may escape the slash. */
export class Base64Pieces {
  private bits = 0
  private count = 0
  private padded = false

  /** The bytes that end in this piece; null where it holds what is no base 64. */
  push(piece: Uint8Array): Uint8Array | null {
    const out = new Uint8Array(((piece.length * 3) >> 2) + 3)
    let at = 0
    for (let i = 0; i < piece.length; i++) {
      const c = piece[i]!
      const value = TABLE[c]!
      if (value < 0) {
        if (c === 0x3d) this.padded = true
        else if (c !== 0x5c && c !== 0x20) return null
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
}

// The cube roots of the first 64 primes and the square roots of the first 8, as FIPS 180-4 §4.2.2 and §5.3.3 define them,
// worked out in whole numbers at load so that no table can hold a slip of the hand.
function fractionBits(prime: number, root: 2 | 3): number {
  const scaled = BigInt(prime) << BigInt(32 * root)
  let low = 0n
  let high = 1n << 40n
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** BigInt(root) <= scaled) low = middle
    else high = middle - 1n
  }
  return Number(low & 0xffffffffn) | 0
}

const PRIMES: number[] = []
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((p) => n % p !== 0)) PRIMES.push(n)
const K = Int32Array.from(PRIMES, (p) => fractionBits(p, 3))
const START = Int32Array.from(PRIMES.slice(0, 8), (p) => fractionBits(p, 2))

const W = new Int32Array(64)
const S = new Int32Array(8)

function compress(block: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const p = at + 4 * i
    W[i] = (block[p]! << 24) | (block[p + 1]! << 16) | (block[p + 2]! << 8) | block[p + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15]!
    const y = W[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    W[i] = (s1 + W[i - 7]! + s0 + W[i - 16]!) | 0
  }
  let a = S[0]!
  let b = S[1]!
  let c = S[2]!
  let d = S[3]!
  let e = S[4]!
  let f = S[5]!
  let g = S[6]!
  let h = S[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  S[0] = (S[0]! + a) | 0
  S[1] = (S[1]! + b) | 0
  S[2] = (S[2]! + c) | 0
  S[3] = (S[3]! + d) | 0
  S[4] = (S[4]! + e) | 0
  S[5] = (S[5]! + f) | 0
  S[6] = (S[6]! + g) | 0
  S[7] = (S[7]! + h) | 0
}

const TAIL = new Uint8Array(128)

/** SHA-256 (FIPS 180-4) without any engine's help: for browsers, whose own digest answers only by promise. 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  S.set(START)
  const whole = bytes.length - (bytes.length % 64)
  for (let at = 0; at < whole; at += 64) compress(bytes, at)
  const rest = bytes.length - whole
  const end = rest < 56 ? 64 : 128
  TAIL.fill(0)
  for (let i = 0; i < rest; i++) TAIL[i] = bytes[whole + i]!
  TAIL[rest] = 0x80
  const high = Math.floor(bytes.length / 0x20000000)
  const low = (bytes.length << 3) >>> 0
  for (let i = 0; i < 4; i++) {
    TAIL[end - 5 - i] = (high >>> (8 * i)) & 255
    TAIL[end - 1 - i] = (low >>> (8 * i)) & 255
  }
  for (let at = 0; at < end; at += 64) compress(TAIL, at)
  const out = new Uint8Array(32)
  for (let i = 0; i < 32; i++) out[i] = (S[i >> 2]! >>> (24 - 8 * (i & 3))) & 255
  return out
}

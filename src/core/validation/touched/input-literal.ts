import { linesOf } from '../diff/file-change.ts'
import { textOf } from '../variants/byte-text.ts'
import type { Finding, TouchedFile } from './touched-file.ts'

const LITERAL_LEAST = 4
const CONDITION =
  /\bif\b|\bwhile\b|\bcase\b|\bunless\b|==|!=|\?|\bn?(?:str|mem)n?c(?:ase)?cmp\b|\bmemmem\b|\bstrn?str\b|\bin\b|starts_?[wW]ith|includes|contains|equals/
// Words that a general rule against a whole class of inputs may well name.
const CLASSES =
  /^(?:__proto__|prototype|constructor|<?!?DOCTYPE|<?!?ENTITY|SYSTEM|PUBLIC|https?:\/?\/?|file:\/?\/?|jar:|javascript:|\.\.[\\/].*|\s*)$/i
const ROUND = new Set([8, 10, 12, 16, 20, 24, 32, 48, 64, 80, 96, 100, 120, 127, 128, 200, 240, 250, 255, 256, 500, 511, 512])

/** The inputs a patch's conditions are compared with; texts of one character a byte. */
export interface InputWords {
  readonly reproducers: readonly Uint8Array[]
  /** Words that benign samples hold too belong to the format, not to the input. */
  readonly benign: readonly Uint8Array[]
  readonly sha256: (bytes: Uint8Array) => Uint8Array
}

/** Conditions that name this one input: its bytes, its exact length or its digest. */
export function inputLiteral(files: readonly TouchedFile[], inputs: InputWords): Finding[] {
  const texts = inputs.reproducers.map(textOf)
  const benign = inputs.benign.map(textOf)
  const digests = inputs.reproducers.map((bytes) => hex(inputs.sha256(bytes)).slice(0, 16))
  const sizes = new Set(inputs.reproducers.map(({ length }) => length))
  const found: Finding[] = []
  for (const file of files) {
    if (file.family === null) continue
    for (const raw of linesOf(file.change, '+').slice(0, 2000)) {
      const line = raw.slice(0, 2000)
      const hash = digests.some((digest) => line.toLowerCase().includes(digest))
      if (hash)
        found.push({ fails: true, say: `${file.path} names the digest of the reproducer: it silences only this input.` })
      if (!CONDITION.test(line)) continue
      for (const word of stringsOf(line)) {
        if (word.length < LITERAL_LEAST || CLASSES.test(word) || file.before.includes(word)) continue
        if (!texts.some((text) => text.includes(word)) || benign.some((text) => text.includes(word))) continue
        found.push({
          fails: true,
          say: `${file.path} asks for bytes of the reproducer ("${word.slice(0, 40)}"): it silences only this input.`,
        })
      }
      for (const number of comparedNumbers(line)) {
        if (sizes.has(number) && number >= 8 && !isRound(number)) {
          found.push({ fails: true, say: `${file.path} asks for the exact length of the reproducer (${number}).` })
        } else if (
          number >= 0x10000 &&
          !isEdge(number) &&
          texts.some((text) => holds(text, number)) &&
          !benign.some((text) => holds(text, number))
        ) {
          found.push({ fails: true, say: `${file.path} asks for a number of the reproducer (${number}).` })
        }
      }
    }
  }
  return found
}

function stringsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.){0,400})"|'((?:[^'\\]|\\.){0,400})'/g)].map((match) =>
    plainText(match[1] ?? match[2] ?? ''),
  )
}

const PLAIN: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }

function plainText(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|.)/g, (_, e: string) =>
    e.length === 3 ? String.fromCharCode(Number.parseInt(e.slice(1), 16)) : (PLAIN[e] ?? e),
  )
}

function comparedNumbers(line: string): number[] {
  const found = [...line.matchAll(/(?:[=!]==?|\bcase)\s{0,8}\(?(0x[0-9a-fA-F]{1,12}|[0-9]{1,15})\b/g)].map((match) =>
    Number(match[1]),
  )
  return [
    ...found,
    ...[...line.matchAll(/\b(0x[0-9a-fA-F]{1,12}|[0-9]{1,15})[uUlL]{0,3}\s{0,8}[=!]==?/g)].map((match) => Number(match[1])),
  ]
}

function isRound(n: number): boolean {
  return ROUND.has(n) || n % 1000 === 0 || (n & (n - 1)) === 0 || ((n + 1) & n) === 0
}

function isEdge(n: number): boolean {
  return [0x10000, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 0xff_ffff, 0xfff_ffff].includes(n) || isRound(n)
}

// As digits, or as four bytes in either order.
function holds(text: string, n: number): boolean {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) & 255)
  if (text.includes(String(n))) return true
  return (
    n <= 0xffff_ffff && (text.includes(String.fromCharCode(...bytes)) || text.includes(String.fromCharCode(...bytes.reverse())))
  )
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

import type { Check, Complaint } from './complaint.ts'
import { onlyCode } from './source.ts'
import { isSource, isTest, listFiles, readText } from './tree.ts'

const ROOMS = /^src\/(core|ledger|formats)\//

// What the type checker cannot refuse, because the language itself brings it.
const REACHES: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./, 'reads a clock: take the instant as an argument'],
  [/\bMath\.random\b|\bcrypto\.(getRandomValues|randomUUID)\b/, 'draws random bytes: take them as an argument'],
  [/\basync\b|\bawait\b|\bnew Promise\b|\bPromise[<.]/, 'makes a promise: pure rooms answer at once'],
  [/\bprocess\.|\bglobalThis\b|\bBuffer\b|\bfetch\(|\bsetTimeout\(|\bsetInterval\(/, 'reaches for its surroundings'],
]

/** Clock, randomness, promises and surroundings in the rooms that are pure. */
export const purity: Check = (root) => {
  const complaints: Complaint[] = []
  for (const file of listFiles(root).filter((path) => ROOMS.test(path) && isSource(path) && !isTest(path))) {
    for (const [n, line] of onlyCode(readText(root, file)).split('\n').entries()) {
      for (const [pattern, says] of REACHES) if (pattern.test(line)) complaints.push({ at: `${file}:${n + 1}`, says })
    }
  }
  return complaints
}

import { ancestorsOf, cweNumber } from './cwe-tree.ts'

// The families a root cause falls into, each with the CWE numbers that stand at its top. The nearest top wins.
const FAMILIES = {
  'spatial-write': [787, 120, 121, 122, 123, 124],
  'spatial-read': [125, 126, 127, 130],
  spatial: [119, 129, 131, 170, 193, 466, 786, 788, 805, 806, 823, 824, 822],
  'use-after-free': [416, 825, 672, 562],
  'double-free': [415, 763, 762, 590, 761],
  null: [476, 690],
  uninitialised: [457, 456, 908, 909, 665],
  leak: [401, 772, 775, 404, 771],
  integer: [190, 191, 195, 196, 197, 194, 192, 681, 1335, 128, 680],
  'divide-by-zero': [369],
  race: [362, 366, 367, 364, 667, 662, 833],
  'type-confusion': [843, 704, 588],
  recursion: [674, 834, 835],
  exhaustion: [400, 405, 770, 789, 409, 1333, 407],
  assertion: [617],
  exception: [248, 755, 754, 703],
  'format-string': [134],
  'command-injection': [77, 78, 88],
  'code-injection': [94, 95, 96, 1336, 917, 913],
  'sql-injection': [89, 564, 943],
  xss: [79, 80],
  injection: [74, 75, 91, 93, 113, 116, 117, 138, 643, 90],
  'path-traversal': [22, 23, 36, 59, 73, 706, 610],
  upload: [434],
  deserialisation: [502],
  'prototype-pollution': [1321, 915],
  xxe: [611, 776],
  ssrf: [918],
  'open-redirect': [601],
  csrf: [352],
  clickjacking: [1021],
  smuggling: [444],
  authentication: [287, 306, 307, 1390, 384, 613, 640],
  authorisation: [285, 284, 862, 863, 639, 269, 266, 276, 732, 668],
  credentials: [798, 259, 321, 522, 256, 312, 532, 255],
  crypto: [310, 311, 326, 327, 330, 338, 347, 916, 320, 208],
  certificate: [295, 297, 296],
  disclosure: [200, 203, 209, 538, 497],
  authenticity: [345, 346, 494, 829, 353],
  'search-path': [426, 427, 428],
  'return-value': [252, 253],
  undefined: [475, 758, 686, 685, 628],
  logic: [691, 840, 841, 697, 670],
  validation: [20, 1284, 1286, 1287],
  quality: [398, 710, 561, 563, 570, 571, 1164, 1041],
} as const

export type WeaknessFamily = keyof typeof FAMILIES

const BY_NUMBER: ReadonlyMap<number, WeaknessFamily> = new Map(
  Object.entries(FAMILIES).flatMap(([family, tops]) => tops.map((top) => [top, family as WeaknessFamily] as const)),
)

/** The family of a CWE id: that of the nearest weakness above it, itself included, that heads one; null where none does. */
export function weaknessFamily(cwe: string): WeaknessFamily | null {
  const number = cweNumber(cwe)
  if (number === null) return null
  const known = REMEMBERED.get(number)
  if (known !== undefined) return known
  const above = [number, ...ancestorsOf(number)].find((one) => BY_NUMBER.has(one))
  const family = above === undefined ? null : (BY_NUMBER.get(above) ?? null)
  // Numbers end at 99,999, so what hostile input can make this remember is bounded.
  REMEMBERED.set(number, family)
  return family
}

const REMEMBERED = new Map<number, WeaknessFamily | null>()

/** The families of which one is the other seen more closely, so that they contradict each other in nothing. */
const KIN: readonly (readonly WeaknessFamily[])[] = [
  ['spatial', 'spatial-write', 'spatial-read'],
  ['use-after-free', 'double-free'],
  ['integer', 'spatial-write', 'spatial'],
  ['injection', 'command-injection', 'code-injection', 'sql-injection', 'xss'],
  ['authentication', 'authorisation', 'credentials'],
  ['crypto', 'certificate', 'authenticity'],
  ['recursion', 'exhaustion'],
  ['assertion', 'exception'],
]

/** Whether two families may speak of the same flaw: equal, or one the coarser name of the other. */
export function isKin(a: WeaknessFamily, b: WeaknessFamily): boolean {
  return a === b || KIN.some((group) => group.includes(a) && group.includes(b))
}

/** The weaknesses at the top of a family; empty where there is no such family. */
export function familyTops(family: string): readonly number[] {
  return Object.hasOwn(FAMILIES, family) ? FAMILIES[family as WeaknessFamily] : []
}

// The base metrics of CVSS 3.1 (FIRST, specification document, section 2) in words a busy person can choose from.

type Value = readonly [value: string, word: string]
const IMPACT: readonly Value[] = [
  ['N', 'None'],
  ['L', 'Some'],
  ['H', 'All of it'],
]

export const BASE_31: readonly (readonly [key: string, name: string, values: readonly Value[]])[] = [
  [
    'AV',
    'Reached from',
    [
      ['N', 'the network'],
      ['A', 'the same network segment'],
      ['L', 'the machine itself'],
      ['P', 'physical access'],
    ],
  ],
  [
    'AC',
    'Conditions',
    [
      ['L', 'works every time'],
      ['H', 'needs luck or preparation'],
    ],
  ],
  [
    'PR',
    'Rights needed',
    [
      ['N', 'none'],
      ['L', 'an ordinary account'],
      ['H', 'an administrator'],
    ],
  ],
  [
    'UI',
    'A victim must act',
    [
      ['N', 'no'],
      ['R', 'yes'],
    ],
  ],
  [
    'S',
    'Reaches beyond the component',
    [
      ['U', 'no'],
      ['C', 'yes'],
    ],
  ],
  ['C', 'Secrets lost', IMPACT],
  ['I', 'Data altered', IMPACT],
  ['A', 'Service lost', IMPACT],
]

/** The vector of what was chosen; null until every metric is. */
export function vectorOf(picked: Readonly<Record<string, string>>): string | null {
  const parts = BASE_31.map(([key]) => (picked[key] ? `${key}:${picked[key]}` : null))
  return parts.includes(null) ? null : `CVSS:3.1/${parts.join('/')}`
}

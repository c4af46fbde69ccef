import type { DraftRelay, RelayOut } from '../../../contract/shapes/relay.ts'
import type { RELAY_ROUTES } from '../../../core/cases/relay/relay-draft.ts'

export type RelayRoute = (typeof RELAY_ROUTES)[number]

export const ROUTE: Readonly<Record<RelayRoute, readonly [name: string, who: string]>> = {
  github: ['GitHub', 'the maintainers of the repository, as a private vulnerability report'],
  vince: ['VINCE', 'CERT/CC, through the report form of VINCE'],
  akrites: ['Akrites', 'the intake of Akrites'],
}

export const RELAYED: Readonly<Record<RelayOut['state'], string>> = {
  draft: 'Draft',
  begun: 'On its way',
  sent: 'Sent',
  'not-sent': 'It did not go',
  dropped: 'Dropped',
  unsure: 'Not known whether it arrived',
}

export const DISCOVERY = [
  ['manual', 'A person found it'],
  ['ai-assisted', 'A person found it with the help of a model'],
  ['ai-discovered', 'A model found it'],
  ['automated-scan', 'A program that scans found it'],
] as const satisfies readonly (readonly [NonNullable<DraftRelay['discovery']>, string])[]

export interface SentField {
  readonly name: string
  readonly text: string
}

/** The fields of what is sent, one by one in their order; null where the text is no object, and is then read as it is. */
export function sentFields(sends: string): readonly SentField[] | null {
  let read: unknown
  try {
    read = JSON.parse(sends)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
  return Object.entries(read).map(([name, value]) => ({ name, text: words(value) }))
}

function words(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('\n')
  return JSON.stringify(value, null, 2)
}

import type { ClaimOut, OptOutOut } from '../../../contract/shapes/scan.ts'

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Days from 1, Monday, and hours as a form has them. */
export interface WrittenTimes {
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}

/** The same as minutes after midnight, UTC. */
export function timesOf({ days, from, to }: WrittenTimes): { days: number[]; fromMinute: number; toMinute: number } {
  const minute = (text: string) => {
    const [hour = 0, rest = 0] = text.split(':').map(Number)
    return hour * 60 + rest
  }
  return { days: [...days], fromMinute: minute(from), toMinute: minute(to) }
}

/** What a project says about scans, in a sentence. */
export function saysWords(says: OptOutOut['says']): string {
  switch (says.kind) {
    case 'no-scans':
      return 'It wants no scans.'
    case 'with-consent':
      return 'It wants to be asked first.'
    case 'only-at-times': {
      const { days, fromMinute, toMinute } = says.times
      const on = days.length === 7 ? 'every day' : days.map((day) => DAYS[day - 1] ?? day).join(', ')
      return `Only ${on}, ${clock(fromMinute)} to ${clock(toMinute)} UTC.`
    }
  }
}

/** The parts of a target that narrow it; "all of it" where nothing does. */
export function narrowed({ from, to, path, weakness }: Pick<ClaimOut, 'from' | 'to' | 'path' | 'weakness'>): string {
  const range = from || to ? `${from ?? 'the first'} to ${to ?? 'the newest'}` : null
  return [range, path, weakness].filter((one) => one !== null && one !== '').join(' · ') || 'all of it'
}

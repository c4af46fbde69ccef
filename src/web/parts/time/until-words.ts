import { fullInstant } from './format.ts'

const FAR = Date.UTC(9000, 0, 1)

/** Until when a pause lasts; an instant beyond the year 9000 stands for "until somebody says otherwise". */
export function untilWords(at: string): string {
  const ms = Date.parse(at)
  return ms >= FAR ? 'until further notice' : `until ${fullInstant(ms)}`
}

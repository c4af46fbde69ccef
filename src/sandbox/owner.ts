import { readFileSync } from 'node:fs'

/** Names a process for good: its number, and when it started in clock ticks since boot, so that a reused number is told apart. */
export function ownerName(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in parentheses, and may hold anything; the start is the 22nd field.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return start === undefined ? null : `${pid}-${start}`
  } catch {
    return null
  }
}

const OWNED = /^(?:weir-)?(\d{1,10})-(\d{1,20})(?:-|$)/

/** Whether the process that a name made from `ownerName` belongs to is gone; false for names that are not of that kind. */
export function isOrphaned(name: string): boolean {
  const found = OWNED.exec(name)
  return found !== null && ownerName(Number(found[1])) !== `${found[1]}-${found[2]}`
}

import { readdirSync, readFileSync } from 'node:fs'

const MOST_PROCESSES = 40_000

/**
 * Bytes that the processes below `top`, and itself, keep in memory, files' pages apart. Pages that several share after a fork count
 * once for each; only where that sum is above `enough` are they told apart, which costs more.
 */
export function memoryOf(top: number, enough: number): number {
  const pids = descendants(top)
  let sum = 0
  for (const pid of pids) sum += kilobytes(`/proc/${pid}/status`, /^Rss(?:Anon|Shmem):\s*(\d+) kB$/gm)
  if (sum <= enough) return sum
  let exact = 0
  for (const pid of pids) exact += kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss_(?:Anon|Shmem):\s*(\d+) kB$/gm)
  // Unreadable, or a kernel that does not tell: then the sum stands.
  return exact > 0 ? exact : sum
}

function descendants(top: number): number[] {
  const pids = [top]
  for (let at = 0; at < pids.length && pids.length < MOST_PROCESSES; at++) {
    const pid = pids[at]!
    // Children belong to the thread that made them.
    for (const thread of threadsOf(pid)) {
      for (const child of read(`/proc/${pid}/task/${thread}/children`).split(' ')) if (child !== '') pids.push(Number(child))
    }
  }
  return pids
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function kilobytes(path: string, pattern: RegExp): number {
  let sum = 0
  for (const [, value] of read(path).matchAll(pattern)) sum += Number(value) * 1024
  return sum
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

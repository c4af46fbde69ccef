import { readdirSync, readFileSync, statSync } from 'node:fs'

const MOST_PROCESSES = 40_000

/** The most that one Unix socket keeps for its reader: the kernel doubles what a program asks for, up to this machine's limit. */
const SOCKET_BYTES = 2 * (Number(read('/proc/sys/net/core/wmem_max')) || 212_992)
/** What a pipe keeps per end once its user has many: two pages for two ends. */
const PIPE_END_BYTES = 4096
/** So many of each are not counted, so that ordinary programs are charged for what they use and nothing else. */
const FREE_SOCKETS = 32
const FREE_DESCRIPTORS = 1024

/**
 * Bytes that the processes below `top`, and itself, keep in memory, files' pages apart. Pages that several share after a fork count
 * once for each; only where that sum is above `enough` are they told apart, which costs more.
 */
export function memoryOf(top: number, enough: number): number {
  const pids = descendants(top)
  let sum = 0
  for (const pid of pids) sum += kilobytes(`/proc/${pid}/status`, /^Rss(?:Anon|Shmem):\s*(\d+) kB$/gm)
  const apart = unmapped(top, pids)
  if (sum + apart <= enough) return sum + apart
  let exact = 0
  for (const pid of pids) exact += kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss_(?:Anon|Shmem):\s*(\d+) kB$/gm)
  // Unreadable, or a kernel that does not tell: then the sum stands.
  return (exact > 0 ? exact : sum) + apart
}

/** Bytes in sockets and pipes, which no process has mapped and nothing adds up: the most that so many of them can hold. */
function unmapped(top: number, pids: readonly number[]): number {
  let sockets = -1
  let queued = 0
  for (const byte of read(`/proc/${top}/net/unix`)) if (byte === '\n') sockets++
  for (const ip of ['', '6']) {
    // The tables of connections are large to read, so only where there are many.
    const [, inUse = '0'] = new RegExp(`^TCP${ip}: inuse (\\d+)`, 'm').exec(read(`/proc/${top}/net/sockstat${ip}`)) ?? []
    if (Number(inUse) > FREE_SOCKETS) queued += queuedIn(read(`/proc/${top}/net/tcp${ip}`))
  }
  let descriptors = 0
  // The size of this folder is the number of descriptors since Linux 6.2, and 0 before.
  for (const pid of pids) descriptors += descriptorsOf(pid)
  return (
    queued + Math.max(0, sockets - FREE_SOCKETS) * SOCKET_BYTES + Math.max(0, descriptors - FREE_DESCRIPTORS) * PIPE_END_BYTES
  )
}

/** Bytes that wait in a table of connections: `sl local remote state tx_queue:rx_queue ...`, hexadecimal. */
function queuedIn(table: string): number {
  let sum = 0
  for (const [, sent = '', received = ''] of table.matchAll(/ ([0-9A-F]{8}):([0-9A-F]{8}) [0-9A-F]{2}:/g))
    sum += Number.parseInt(sent, 16) + Number.parseInt(received, 16)
  return sum
}

function descriptorsOf(pid: number): number {
  try {
    return statSync(`/proc/${pid}/fd`).size
  } catch {
    return 0
  }
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

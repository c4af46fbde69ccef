// Runs inside a sandbox, never outside: starts what a plan names, one item after the other, and reports. Plan and report are
// described in core/validation/run/drive.ts. Uses Node's own modules only, as nothing else is there.
import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createConnection } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const REPORT = '/out/weir-report.json'
const STAGED = '/in/.weir'
const TREE = '/work/src'
const MOST_ANSWER = 64 * 1024
// A server that ends in order does so in less; sanitizers of large programs take a while to name their frames.
const STOP_MS = 3000
const REPORT_MS = 15_000
const DYING_MS = 150
const QUIET_MS = 150
const WRITABLE = ['/in', '/tmp', '/out', '/dev/shm', '/work']
const KEPT = new Set([STAGED, TREE])

// It ends every process it can see: never anywhere but in a sandbox.
if (import.meta.filename !== '/weir/inside/driver.mjs') {
  process.stderr.write('This runs inside a sandbox only.\n')
  process.exit(2)
}
const begun = performance.now()
const plan = JSON.parse(readFileSync(0, 'utf8'))
const env = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: process.env.LANG, ...plan.env }
// Read now: what an item does to the staging folder cannot reach a later one.
const staged = plan.items.map((item) =>
  item.lay.map(({ from, to }) => ({ to, bytes: readFileSync(from), executable: isExecutable(from) })),
)
rmSync(STAGED, { recursive: true, force: true })
if (plan.copyTree !== null) {
  mkdirSync(TREE, { recursive: true })
  cpSync(plan.copyTree, TREE, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
}

const results = []
for (const [i, item] of plan.items.entries()) {
  if (i > 0 && performance.now() - begun > plan.budgetMs) {
    results.push(blank('not-begun'))
    continue
  }
  tidy()
  for (const { to, bytes, executable } of staged[i]) lay(to, bytes, executable)
  results.push(await (item.server === null ? runCommand(item) : runServer(item, item.server)))
}
killOthers()
rmSync(REPORT, { recursive: true, force: true })
writeFileSync(REPORT, JSON.stringify({ results }))
process.exit(0)

async function runCommand(item) {
  const child = start(item)
  const ended = await Promise.race([child.ended, sleep(item.wallMs, 'wall')])
  const stopped = ended === 'wall'
  const found = await finish(child, item)
  if (child.failed) return { ...blank('not-started'), stderr: base64(Buffer.from(child.failed)) }
  return { ...blank(stopped ? 'wall-time' : 'ended'), ...(stopped ? {} : ended), found, ...streams(child) }
}

async function runServer(item, server) {
  mkdirSync(server.logs, { recursive: true })
  const child = start(item)
  const until = performance.now() + item.wallMs + server.readyMs
  if (!(await isReady(child, server))) {
    const died = child.end !== null
    const found = await finish(child, item)
    const logs = base64(readLogs(server.logs))
    if (child.failed) return { ...blank('not-started'), stderr: base64(Buffer.from(child.failed)) }
    return { ...blank('not-ready'), ...(died ? child.end : {}), died, found, logs, ...streams(child) }
  }
  const answers = []
  for (const path of server.requests) {
    if (child.end !== null || performance.now() > until) break
    const answer = await exchange(server.port, readFileSync(path), Math.min(server.waitMs, until - performance.now()), child)
    answers.push(answer)
    // Closed without a word: it may be dying, which takes a while to be seen.
    if (answer.length === 0) await Promise.race([child.ended, sleep(DYING_MS)])
  }
  await reportsWritten(server.logs, child, until)
  const died = child.end !== null
  if (!died) {
    signal(child, server.stop)
    await Promise.race([child.ended, sleep(Math.max(0, Math.min(STOP_MS, until - performance.now())))])
    if (child.end === null) await reportsWritten(server.logs, child, until)
  }
  const late = child.end === null && performance.now() > until
  const found = await finish(child, item)
  const end = child.end === null || (!died && child.end.signal === 'SIGKILL') ? { exit: 0, signal: null } : child.end
  const logs = base64(readLogs(server.logs))
  return { ...blank(late ? 'wall-time' : 'ended'), ...end, died, found, logs, answers: answers.map(base64), ...streams(child) }
}

function blank(how) {
  return { how, exit: null, signal: null, died: false, found: false, stdout: '', stderr: '', logs: '', answers: [] }
}

function start(item) {
  const [program, ...args] = item.argv
  const child = { process: null, end: null, ended: null, closed: null, failed: null, out: keeper(), err: keeper() }
  const stdin = item.stdin === null ? 'ignore' : 'pipe'
  const one = spawn(program, args, { cwd: '/work', env, stdio: [stdin, 'pipe', 'pipe'], detached: true })
  child.process = one
  child.ended = new Promise((resolve) => {
    const end = (exit, signalName) => {
      child.end ??= { exit, signal: signalName }
      resolve(child.end)
    }
    one.on('exit', end)
    one.on('error', (error) => {
      child.failed = String(error.message)
      end(127, null)
    })
  })
  child.closed = new Promise((resolve) => {
    one.on('close', resolve)
    one.on('error', resolve)
  })
  one.stdout?.on('data', (chunk) => child.out.take(chunk))
  one.stderr?.on('data', (chunk) => child.err.take(chunk))
  if (item.stdin !== null) {
    one.stdin.on('error', () => {})
    one.stdin.end(readFileSync(item.stdin))
  }
  return child
}

/** Ends everything the item started and looks for its file. */
async function finish(child, item) {
  killOthers()
  await Promise.race([child.closed, sleep(1000)])
  child.process.stdout?.destroy()
  child.process.stderr?.destroy()
  return item.look !== null && existsSync(item.look)
}

function streams(child) {
  return { stdout: base64(child.out.bytes()), stderr: base64(child.err.bytes()) }
}

/** Keeps the first and the last half of what there is room for, and drains the rest. */
function keeper() {
  const half = plan.keepBytes >> 1
  let head = Buffer.alloc(0)
  const tail = []
  let tailBytes = 0
  let dropped = 0
  return {
    take(chunk) {
      const room = half - head.length
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)])
      const rest = chunk.subarray(Math.max(0, room))
      if (rest.length === 0) return
      tail.push(rest)
      tailBytes += rest.length
      while (tailBytes - tail[0].length >= half) {
        dropped += tail[0].length
        tailBytes -= tail.shift().length
      }
    },
    bytes() {
      const last = Buffer.concat(tail).subarray(-half)
      return dropped === 0 && tailBytes <= half
        ? Buffer.concat([head, last])
        : Buffer.concat([head, Buffer.from('\n[…]\n'), last])
    },
  }
}

async function isReady(child, server) {
  const until = performance.now() + server.readyMs
  for (let wait = 2; child.end === null; wait = Math.min(25, wait * 1.5)) {
    if (isListening(server.port)) return true
    if (performance.now() > until) return false
    await Promise.race([child.ended, sleep(wait)])
  }
  return false
}

/** Looks without connecting: a server sees no connection but those of the exchange. */
function isListening(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')} `
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    try {
      for (const line of readFileSync(table, 'latin1').split('\n')) {
        const [, local = '', , state] = line.trim().split(/\s+/)
        if (`${local} `.endsWith(wanted) && state === '0A') return true
      }
    } catch {}
  }
  return false
}

/** One connection: sends the bytes, reads until the answer is whole, the other side closes, or time is up. */
function exchange(port, bytes, waitMs, child) {
  return new Promise((resolve) => {
    const answer = []
    let length = 0
    let timer = null
    let isDone = false
    const socket = createConnection({ port, host: '127.0.0.1' })
    const done = () => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      clearTimeout(whole)
      socket.destroy()
      resolve(Buffer.concat(answer).subarray(0, MOST_ANSWER))
    }
    const whole = setTimeout(done, Math.max(1, waitMs))
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      if (length < MOST_ANSWER) answer.push(chunk)
      length += chunk.length
      clearTimeout(timer)
      const quiet = length < MOST_ANSWER && isWholeHttp(Buffer.concat(answer)) ? 10 : QUIET_MS
      // What has been answered is given the chance to be logged and tidied away before the next one comes.
      timer = setTimeout(() => {
        socket.end()
        timer = setTimeout(done, quiet)
      }, quiet)
    })
    socket.on('error', done)
    socket.on('close', done)
    child.ended.then(() => setTimeout(done, 20))
  })
}

/** Whether these bytes are one whole HTTP/1 response. */
function isWholeHttp(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0 || bytes.subarray(0, 7).toString('latin1') !== 'HTTP/1.') return false
  const head = bytes
    .subarray(0, end + 2)
    .toString('latin1')
    .toLowerCase()
  const status = Number(head.slice(9, 12))
  if (status === 204 || status === 304) return true
  const length = /\r\ncontent-length: ?(\d{1,12})\r\n/.exec(head)
  if (length) return bytes.length >= end + 4 + Number(length[1])
  return head.includes('\r\ntransfer-encoding: chunked\r\n') && bytes.subarray(-5).toString('latin1') === '0\r\n\r\n'
}

/** A report that was begun is waited for: the process that writes it dies only then. */
async function reportsWritten(folder, child, until) {
  const end = Math.min(until, performance.now() + REPORT_MS)
  for (;;) {
    const names = logNames(folder)
    const open = names.filter(
      (name) => !/SUMMARY: |ABORTING/.test(headOf(join(folder, name), plan.keepBytes).toString('latin1')),
    )
    if (open.length === 0 || performance.now() > end) return
    const writers = open.map((name) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0)).filter((pid) => pid > 0)
    if (writers.length > 0 && !writers.some((pid) => isAlive(pid))) return
    await Promise.race([sleep(20), child.end === null ? child.ended : sleep(20)])
    await sleep(5)
  }
}

function isAlive(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return false
  }
}

function readLogs(folder) {
  const parts = []
  let left = plan.keepBytes
  for (const name of logNames(folder)) {
    if (left <= 0) break
    const bytes = headOf(join(folder, name), left)
    left -= bytes.length
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** Plain files only: what lies there may be a stranger's doing. */
function logNames(folder) {
  const byNumber = (a, b) => a.localeCompare(b, 'en', { numeric: true })
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => one.name)
      .sort(byNumber)
      .slice(0, 100)
  } catch {
    return []
  }
}

function headOf(path, most) {
  const bytes = Buffer.alloc(most)
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, most, 0))
  } finally {
    closeSync(file)
  }
}

function signal(child, name) {
  try {
    process.kill(child.process.pid, name)
  } catch {}
}

/** Kills every process in here but this one and those it came from. */
function killOthers() {
  const own = new Set()
  for (let pid = process.pid; pid > 0 && !own.has(pid); pid = parentOf(pid)) own.add(pid)
  for (let round = 0; round < 20; round++) {
    const others = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && !own.has(pid) && isAlive(pid))
    if (others.length === 0) return
    for (const pid of others) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {}
    }
  }
}

function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** An item finds the writable places as the first one did. */
function tidy() {
  for (const folder of WRITABLE) {
    let names = []
    try {
      names = readdirSync(folder)
    } catch {}
    for (const name of names) {
      const path = join(folder, name)
      if (KEPT.has(path)) continue
      try {
        rmSync(path, { recursive: true, force: true })
      } catch {}
    }
  }
}

function lay(to, bytes, executable) {
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, bytes)
  if (executable) chmodSync(to, 0o755)
}

function isExecutable(path) {
  return (statSync(path).mode & 0o100) !== 0
}

function base64(bytes) {
  return bytes.toString('base64')
}

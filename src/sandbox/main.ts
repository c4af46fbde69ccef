import { closeSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SandboxAnswer } from '../core/sandbox/contract.ts'
import { TreeStore } from './depot/store.ts'
import { Desk } from './desk.ts'
import { type Prepared, prepare } from './prepare.ts'
import { Refused } from './refused.ts'
import { Intake } from './wire/intake.ts'
import { Outlet } from './wire/outlet.ts'
import { readEnvelope, readRequest } from './wire/request.ts'

// The sandbox process: requests on standard input, answers on standard output, complaints about the machine on standard error.

const CLOSE_ON_EXEC = 0o2000000

/** Closes what the starter left open and a child would inherit. Node has marked its own, and what it found at the low numbers. */
function closeInherited(): void {
  for (const name of readdirSync('/proc/self/fdinfo')) {
    const fd = Number(name)
    if (fd <= 2) continue
    try {
      const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '0'
      if ((Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0) closeSync(fd)
    } catch {
      // The listing's own descriptor, closed by now.
    }
  }
}

async function main(): Promise<void> {
  closeInherited()
  process.umask(0o027)
  const { depot } = parseArgs({ options: { depot: { type: 'string' } } }).values
  if (depot === undefined) {
    process.stderr.write('sandbox: --depot DIR is needed\n')
    process.exitCode = 2
    return
  }
  let prepared: Prepared
  try {
    prepared = prepare(resolve(depot))
  } catch (error) {
    process.stderr.write(
      `sandbox: the depot ${depot} cannot be used: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exitCode = 2
    return
  }
  for (const { tier, say, mend } of prepared.lacking) process.stderr.write(`sandbox: no ${tier}: ${say}. ${mend}\n`)
  const store = new TreeStore(prepared.folders)
  const desk = new Desk({ ...prepared, store })
  const outlet = new Outlet(process.stdout)
  let ending: Promise<void> | null = null
  const end = () => {
    ending ??= desk.closeAll().then(async () => {
      prepared.close()
      await rm(prepared.folders.own, { recursive: true, force: true })
      process.exit(0)
    })
    return ending
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  await serve(new Intake(process.stdin), outlet, desk, store)
  await end()
}

/** Reads requests until the input ends; each is answered when it is done, meanwhile the next ones are read. */
async function serve(intake: Intake, outlet: Outlet, desk: Desk, store: TreeStore): Promise<void> {
  for (;;) {
    const line = await intake.line()
    if (line === null) return
    let n = 0
    try {
      if (line === 'too-long') throw new Refused('sandbox.bad-request', 'the line is too long')
      const envelope = readEnvelope(line)
      n = envelope.n
      const request = readOr(() => readRequest(envelope))
      const file = envelope.bytes > 0 && !(request instanceof Refused) ? store.scratch() : null
      const how = await intake.bytes(envelope.bytes, file)
      if (how === 'ended') return
      if (request instanceof Refused) throw request
      if (how === 'unwritten')
        throw new Refused('sandbox.failed', 'the bytes of the request cannot be stored', 'make room in the depot')
      void desk.answer(request, file).then(
        async ({ answer, payloads, passing = [] }) => {
          await outlet.send(answer, payloads).catch(() => {})
          await Desk.forget(file === null ? passing : [...passing, file])
        },
        async (error) => {
          await outlet.send(refusal(request.n, error))
          if (file !== null) await Desk.forget([file])
        },
      )
    } catch (error) {
      await outlet.send(refusal(n, error))
    }
  }
}

function readOr<T>(read: () => T): T | Refused {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

function refusal(n: number, error: unknown): SandboxAnswer {
  if (error instanceof Refused) return { n, did: 'refused', code: error.code, say: error.message, mend: error.mend }
  const say = error instanceof Error ? error.message : String(error)
  return { n, did: 'refused', code: 'sandbox.failed', say: `the sandbox process failed: ${say}`, mend: null }
}

await main()

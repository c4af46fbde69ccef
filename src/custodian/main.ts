import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { CustodyAnswer, CustodyEvent } from '../contract/custody.ts'
import { readArguments } from './arguments.ts'
import { Custodian, no } from './custodian.ts'
import { openDoor } from './door/door.ts'
import { hostClocks } from './host-clocks.ts'
import { FolderDisk } from './keep/disk.ts'
import { type Ground, ToldClock } from './keep/ground.ts'
import { ShutList } from './keep/shut-list.ts'
import { LineInput } from './line-input.ts'
import { takeLock } from './lock.ts'
import { becomeOwnUser, takeFolder } from './own-user.ts'
import { readRequest } from './read-request.ts'

/** How often ends are looked for without a call: an answer under way is cut within this much of the end. */
const SWEEP_MS = 200
/** How long entries of calls that end at the same time wait for one another. */
const GATHER_MS = 4
const PORT = 'port'

const say = (line: CustodyAnswer | CustodyEvent) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const random = (length: number): Uint8Array => randomBytes(length)

// Whoever started us is gone, and nobody listens any more.
process.stdout.on('error', () => process.exit(1))
process.umask(0o077)

async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2))
  const folder = resolve(given.folder)
  takeFolder(folder, given.uid)
  process.chdir(folder)
  // All modules are loaded by now: from here on nothing of the program is read again.
  const isolation = becomeOwnUser(given.uid)
  const lock = await takeLock()
  if (lock === null) throw new Error('another custodian lives in this folder')
  // By a relative name: folders above may be closed to the account that this process has now.
  const disk = new FolderDisk('.')
  const shut = new ShutList(disk)
  const gather = (work: () => void) => void setTimeout(work, GATHER_MS)
  const ground: Ground = { disk, clocks: hostClocks(), told: new ToldClock(), random, shut, gather, tell: say }
  const custodian = new Custodian(ground, isolation, given.privateEndpoints)
  await custodian.identities.begin()
  const door = await openDoor(custodian, lastPort(disk))
  disk.replace(PORT, Buffer.from(String(door.port)))

  const end = () => {
    clearInterval(sweeping)
    custodian.close()
    door.close()
    process.exit(0)
  }
  const sweeping = setInterval(() => {
    custodian.sweep()
    if (!lock.isHeld()) fail(new Error('another custodian has taken this folder'))
  }, SWEEP_MS)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
  const input = new LineInput((line) => void hear(custodian, line))
  process.stdin.on('data', (piece: Buffer) => input.push(piece))
  process.stdin.once('end', end).once('error', end)
  say({ event: 'ready', port: door.port, isolation })
}

/** Started again, it opens at the same port, so that runs under way find it where it was; 0 where there was none. */
function lastPort(disk: FolderDisk): number {
  const port = Number(Buffer.from(disk.read(PORT) ?? []).toString('latin1'))
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : 0
}

async function hear(custodian: Custodian, line: string): Promise<void> {
  const read = readRequest(line)
  if (!read.ok) {
    if (read.n !== null) say(no(read.n, read.code))
    return
  }
  try {
    say(await custodian.answer(read.request))
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'failed'
    say(no(read.request.n, 'custody.bad-request', `What was asked could not be made durable (${why}).`))
  }
}

/** Ends with words that name nothing of what is kept here. Standard output is a pipe, and written before this goes on. */
function fail(error: unknown, mend: string | null = null): never {
  const { message, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: 'unknown', code: undefined }
  say({ event: 'failed', say: `The custodian ended: ${code ?? message}.`, mend })
  process.exit(1)
}

// A mistake of ours is told without its inner words: they could hold what passes here.
process.on('uncaughtException', () => fail(new Error('a mistake of its own')))
main().catch((error) => fail(error, 'Look at the folder given with --folder, and at who owns it.'))

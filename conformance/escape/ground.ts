import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { TestSandbox } from '../../src/devkit/sandbox.ts'
import type { Kit } from './kit.ts'
import { type Listeners, listen } from './listeners.ts'
import { type Companion, runOutside, startCompanion, type User } from './outside.ts'

/** Everything that is planted on the host for one round, and what of it must still be as it was at the end. */
export type Ground = Awaited<ReturnType<typeof plant>>

const BAIT = 'as it was'

/** Plants a round's targets below `folder`, owned by `user` (null: whoever runs the test). */
export async function plant(folder: string, kit: Kit, user: User | null, room: string) {
  const own = { uid: user?.uid ?? process.getuid!(), gid: user?.gid ?? process.getgid!() }
  const root = process.getuid!() === 0
  mkdirSync(folder, { mode: 0o755 })
  const place = (name: string, text: string, mode = 0o666) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    chmodSync(path, mode)
    if (root) chownSync(path, own.uid, own.gid)
    return path
  }
  const folderOf = (name: string) => {
    const path = join(folder, name)
    mkdirSync(path)
    chmodSync(path, 0o777)
    if (root) chownSync(path, own.uid, own.gid)
    return path
  }
  const marker = `weir-marker-${basename(dirname(folder))}`
  const scratch = folderOf('scratch')
  const depot = folderOf('depot')
  const bait = place('bait', BAIT)
  const secret = place('secret', `${marker}\n`, 0o644)
  const shm = `/dev/shm/${marker}`
  writeFileSync(shm, marker)
  const where = { cwd: scratch, user }
  const companions: Companion[] = []
  const start = async (argv: readonly string[], env = {}) => {
    const one = await startCompanion(kit.program, argv, { ...where, env })
    companions.push(one)
    return one
  }
  const shmKey = String(0x57000000 + (process.pid % 0xffff) * 2 + (user ? 1 : 0))
  const queue = `/${marker}`
  const abstract = `${marker}-stream`
  const abstractDatagram = `${marker}-datagram`
  const victim = await start(['victim', marker], { WEIR_MARKER: marker })
  const heard = [await start(['unix-listen', abstract]), await start(['unix-listen', abstractDatagram, 'datagram'])]
  await start(['shared-memory-plant', shmKey])
  await start(['message-queue-plant', queue])
  const listeners = await listen(join(folder, 'socket'), address())
  const gift = { file: openSync(secret, 'r'), folder: openSync(folder, 'r') }
  const group = root ? scratchGroup() : null
  let sandbox: TestSandbox | null = null
  let count = 0
  return {
    folder,
    marker,
    place: basename(dirname(folder)),
    user,
    uid: own.uid,
    kit,
    room,
    scratch,
    depot,
    bait,
    secret,
    shm,
    scratchFile: place('scratch-file', ''),
    ownFile: place('own-file', '', 0o755),
    gift,
    shmKey,
    queue,
    abstract,
    abstractDatagram,
    hostName: hostname(),
    address: address(),
    backwards: { marker: reversed(marker), place: reversed(basename(dirname(folder))) },
    ...listeners.names,
    victim: victim.ready,
    cgroup: cgroupFolder(),
    scratchGroup: group === null ? join(folder, 'scratch-file') : join(group, 'cgroup.procs'),
    disposable: () => place(`scratch/disposable-${++count}`, '', 0o666),
    freshVictim: async () => (await start(['victim', marker])).ready,
    outside: (argv: readonly string[], as: User | null = user, rest = {}) =>
      runOutside(kit.program, argv, { cwd: scratch, user: as, ...rest }),
    tool: (file: string, argv: readonly string[], cwd = scratch) => runOutside(file, argv, { cwd, user }),
    useSandbox: (one: TestSandbox) => {
      sandbox = one
    },
    sandbox: () => sandbox!,
    launcher: () => sandbox!.pid,
    /** How often somebody reached what listens on the host. */
    reached: () => reached(listeners, heard),
    /** What of the bait is not as it was; controls do not touch these. */
    harmed: () => {
      const harm = []
      if (readFileSync(bait, 'utf8') !== BAIT) harm.push('a file of the host was written')
      if (readFileSync(secret, 'utf8') !== `${marker}\n`) harm.push('the secret was written')
      if (!victim.alive()) harm.push('a process of the host was ended')
      if (sandbox !== null && !alive(sandbox.pid)) harm.push('the sandbox process was ended')
      return harm
    },
    /** The victim says its secret, which nobody may have overwritten. */
    victimSays: async () => {
      victim.poke()
      for (let n = 0; n < 3000 && victim.said().split('\n').length < 3; n++) await new Promise((go) => setTimeout(go, 10))
      return victim.said().split('\n')[1]
    },
    dispose: async () => {
      await Promise.all([listeners.close(), ...companions.map((one) => one.stop())])
      closeSync(gift.file)
      closeSync(gift.folder)
      rmSync(shm, { force: true })
      if (group !== null) await removeGroup(group)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}

function alive(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function reached(listeners: Listeners, heard: readonly Companion[]): number {
  return listeners.count() + heard.reduce((sum, one) => sum + one.said().split('heard').length - 1, 0)
}

/** The address of the first interface that is not the loopback; the loopback's own where there is none. */
function address(): string {
  for (const list of Object.values(networkInterfaces()))
    for (const one of list ?? []) if (!one.internal && one.family === 'IPv4') return one.address
  return '127.0.0.1'
}

/** Where processes are counted: a hierarchy of its own in version 1, the only one in version 2. */
function cgroupFolder(): string {
  try {
    readdirSync('/sys/fs/cgroup/pids')
    return '/sys/fs/cgroup/pids'
  } catch {
    return '/sys/fs/cgroup'
  }
}

function scratchGroup(): string | null {
  const path = join(cgroupFolder(), `weir-escape-control-${process.pid}`)
  try {
    mkdirSync(path, { recursive: true })
    return path
  } catch {
    return null
  }
}

/** Its members ended with their controls, but the kernel may take a moment to see them off. */
async function removeGroup(path: string): Promise<void> {
  for (let n = 0; n < 100; n++) {
    try {
      return rmdirSync(path)
    } catch {
      await new Promise((go) => setTimeout(go, 20))
    }
  }
}

import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Cgroup, CgroupMaker } from '../cgroup/cgroup.ts'
import type { Room } from '../room.ts'
import type { InnerProcess, StartSpec, TierImplementation } from './implementation.ts'
import { spawnChain } from './spawn.ts'
import type { Tools } from './tools.ts'
import { SANDBOX_GROUP, type UidPool } from './uid-pool.ts'
import { wallArguments } from './walls.ts'
import { watchFiles } from './watch.ts'

/** What the tier needs of this process. */
export interface NamespaceParts {
  readonly tools: Tools
  readonly room: Room
  readonly cgroups: CgroupMaker
  readonly uids: UidPool
  readonly owner: string
}

/** The tier of a root launcher: a user of its own for every sandbox, limits held by control groups. */
export function namespaceTier(parts: NamespaceParts): TierImplementation {
  let count = 0
  const version = parts.cgroups.version
  return {
    facts: {
      tier: 'namespace',
      says: `bubblewrap ${parts.tools.version}, cgroup ${version.slice(-2)}, seccomp allow list, user of its own`,
      memory: version,
    },
    start: async (spec) => {
      const uid = parts.uids.take()
      if (uid === null) throw new Error('every user kept for sandboxes is in use: close one first')
      const cgroup = parts.cgroups.make(`weir-${parts.owner}-${++count}`, spec.limits, availableParallelism())
      if (cgroup === null) {
        parts.uids.give(uid)
        throw new Error('the kernel took no control group for the sandbox')
      }
      try {
        return await startAs(parts, spec, uid, cgroup)
      } catch (error) {
        await giveBack(parts, uid, cgroup)
        throw error
      }
    },
  }
}

async function startAs(parts: NamespaceParts, spec: StartSpec, uid: number, cgroup: Cgroup): Promise<InnerProcess> {
  const { tools, room } = parts
  const spawned = await spawnChain(
    {
      joins: cgroup.joins,
      mayJoin: cgroup.mayJoin,
      before: dropTo(tools, uid),
      bubblewrap: tools.bubblewrap,
      walls: wallArguments(spec, room, null),
      filter: tools.filter({ loopback: spec.loopback, watched: false }),
    },
    spec,
  )
  const files = watchFiles(spawned, spec.limits.files)
  let kills = cgroup.kills()
  return {
    ask: spawned.ask,
    onRecord: spawned.onRecord,
    ended: spawned.ended,
    kill: spawned.kill,
    begin: () => {
      kills = cgroup.kills()
      cgroup.resetPeak()
    },
    held: () => (cgroup.kills() > kills ? 'memory' : files.held()),
    peakBytes: cgroup.peakBytes,
    release: async () => {
      files.stop()
      await giveBack(parts, uid, cgroup)
    },
  }
}

/** setpriv's arguments that make `uid` the user for good. */
export function dropTo(tools: Tools, uid: number): string[] {
  const group = String(SANDBOX_GROUP)
  return [
    ...[
      tools.setpriv,
      '--reuid',
      String(uid),
      '--regid',
      group,
      '--clear-groups',
      '--no-new-privs',
      '--pdeathsig',
      'KILL',
      '--',
    ],
  ]
}

const TRIES = 50
const TRY_MS = 10

async function giveBack(parts: NamespaceParts, uid: number, cgroup: Cgroup): Promise<void> {
  for (let turn = 0; turn < TRIES && !cgroup.remove(); turn++) await new Promise((resolve) => setTimeout(resolve, TRY_MS))
  parts.uids.give(uid)
}

/** Whether this process may take any user's place: root with the right to set users. */
export function mayDropUsers(): boolean {
  const CAP_SETUID = 7
  const caps = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'
  return process.getuid?.() === 0 && ((BigInt(`0x${caps}`) >> BigInt(CAP_SETUID)) & 1n) === 1n
}

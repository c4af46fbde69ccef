import type { Room } from '../room.ts'
import type { InnerProcess, StartSpec, TierImplementation } from './implementation.ts'
import { memoryOf } from './memory.ts'
import { dropTo } from './namespace.ts'
import { spawnChain } from './spawn.ts'
import type { Tools } from './tools.ts'
import type { UidPool } from './uid-pool.ts'
import { wallArguments } from './walls.ts'
import { placesOf, watchBy } from './watch.ts'

export interface NamespaceUserParts {
  readonly tools: Tools
  readonly room: Room
  /** Where root runs without control groups, users of their own all the same. */
  readonly uids: UidPool | null
}

/** The tier of an ordinary user, and of root where no control group can be made: memory is held by watching and killing. */
export function namespaceUserTier(parts: NamespaceUserParts): TierImplementation {
  const { tools, uids } = parts
  const user = uids === null ? "the user's own uid" : 'user of its own'
  return {
    facts: {
      tier: 'namespace-user',
      says: `bubblewrap ${tools.version}, no cgroup, memory watched, seccomp allow list, ${user}`,
      memory: 'watched',
    },
    start: async (spec) => {
      const uid = uids?.take() ?? null
      if (uids !== null && uid === null) throw new Error('every user kept for sandboxes is in use: close one first')
      const giveBack = () => (uid === null ? undefined : uids?.give(uid))
      try {
        return await startAs(parts, spec, uid, giveBack)
      } catch (error) {
        giveBack()
        throw error
      }
    },
  }
}

async function startAs(
  { tools, room }: NamespaceUserParts,
  spec: StartSpec,
  uid: number | null,
  giveBack: () => void,
): Promise<InnerProcess> {
  const drop = uid === null ? [tools.setpriv, '--no-new-privs', '--pdeathsig', 'KILL', '--'] : dropTo(tools, uid)
  const spawned = await spawnChain(
    {
      joins: [],
      mayJoin: [],
      before: drop,
      bubblewrap: tools.bubblewrap,
      // Inside, where a namespace's own processes are counted and not all of the user's.
      walls: wallArguments(spec, room, spec.limits.processes + OWN),
      filter: tools.filter({ loopback: spec.loopback, watched: true }),
    },
    spec,
  )
  let peak = 0
  const watch = watchBy(spawned, (agent) => {
    const use = placesOf(agent)
    if (use === null) return null
    if (use.files > spec.limits.files) return 'files'
    const bytes = use.bytes + memoryOf(agent, spec.limits.memoryBytes - use.bytes)
    peak = Math.max(peak, bytes)
    return bytes > spec.limits.memoryBytes ? 'memory' : null
  })
  return {
    ask: spawned.ask,
    onRecord: spawned.onRecord,
    ended: spawned.ended,
    kill: spawned.kill,
    begin: () => {
      peak = 0
    },
    held: watch.held,
    peakBytes: () => peak || null,
    release: async () => {
      watch.stop()
      giveBack()
    },
  }
}

/** The agent and the witness. */
const OWN = 2

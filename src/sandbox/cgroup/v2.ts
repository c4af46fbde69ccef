import { type Cgroup, type CgroupMaker, fieldOf, KEPT_FREE, killMembers, OWN_PROCESSES } from './cgroup.ts'
import type { CgroupFiles } from './files.ts'
import type { CgroupPlaces } from './mounts.ts'

const NEEDED = ['memory', 'pids'] as const
const PERIOD_US = 100_000

/**
 * Groups in the unified hierarchy (kernel's cgroup-v2.rst), below this process's own group or, where that has other processes in it
 * and so may not hand its controllers down, below the mount's root. Null where neither hands down memory and pids.
 */
export function cgroupV2(files: CgroupFiles, places: CgroupPlaces, pid: number): CgroupMaker | null {
  const v2 = places.v2
  if (v2 === null) return null
  const parent = [v2.own, v2.mount].find((folder) => handsDown(files, folder, pid))
  if (parent === undefined) return null
  return {
    version: 'cgroup-v2',
    make: (name, limits, processors) => {
      const folder = `${parent}/${name}`
      if (!files.makeFolder(folder)) return null
      const group = groupOf(files, folder)
      const quota = Math.floor((PERIOD_US * (100 * processors - KEPT_FREE)) / 100)
      const taken =
        files.write(`${folder}/memory.max`, String(limits.memoryBytes)) &&
        (!files.exists(`${folder}/memory.swap.max`) || files.write(`${folder}/memory.swap.max`, '0')) &&
        files.write(`${folder}/memory.oom.group`, '1') &&
        files.write(`${folder}/pids.max`, String(limits.processes + OWN_PROCESSES))
      if (files.exists(`${folder}/cpu.max`)) files.write(`${folder}/cpu.max`, `${quota} ${PERIOD_US}`)
      if (taken) return group
      group.remove()
      return null
    },
    clear: (isOrphaned) => {
      for (const name of files.list(parent))
        if (name.startsWith('weir-') && isOrphaned(name)) groupOf(files, `${parent}/${name}`).remove()
    },
  }
}

/** Makes `folder` hand its controllers down. A group with processes may not; when they are this one only, it moves to a leaf. */
function handsDown(files: CgroupFiles, folder: string, pid: number): boolean {
  const has = (file: string) => {
    const words = (files.read(`${folder}/${file}`) ?? '').trim().split(/\s+/)
    return NEEDED.every((name) => words.includes(name))
  }
  if (!has('cgroup.controllers')) return false
  const add = (name: string) => files.write(`${folder}/cgroup.subtree_control`, `+${name}`)
  if (has('cgroup.subtree_control')) {
    // The processor's share is no part of the wall: where it is not to be had, the sandbox does without.
    add('cpu')
    return true
  }
  const inside = (files.read(`${folder}/cgroup.procs`) ?? '').split('\n').filter((line) => line !== '')
  if (inside.length === 1 && inside[0] === String(pid)) {
    files.makeFolder(`${folder}/weir-launcher`)
    files.write(`${folder}/weir-launcher/cgroup.procs`, String(pid))
  }
  for (const name of [...NEEDED, 'cpu']) add(name)
  return has('cgroup.subtree_control')
}

function groupOf(files: CgroupFiles, folder: string): Cgroup {
  return {
    joins: [`${folder}/cgroup.procs`],
    mayJoin: [],
    kills: () => fieldOf(files.read(`${folder}/memory.events`), 'oom_kill'),
    // Counts since the group was made: kernels that let one reset it do so per descriptor only.
    peakBytes: () => Number(files.read(`${folder}/memory.peak`)) || null,
    resetPeak: () => {},
    remove: () => {
      if (!files.exists(folder)) return true
      // Kernels before 5.14 have no such file.
      if (!files.write(`${folder}/cgroup.kill`, '1')) killMembers(files, folder)
      return files.removeFolder(folder)
    },
  }
}

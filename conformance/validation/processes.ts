import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly words: string
}

/** Every process of this machine. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), words }]
      } catch {
        // It ended while we looked.
        return []
      }
    })
}

/** A process and all below it. */
export function below(root: number): Process[] {
  const all = processes()
  const inside = new Set([root])
  for (let grown = true; grown; ) {
    grown = false
    for (const { pid, parent } of all) if (inside.has(parent) && !inside.has(pid)) grown = inside.add(pid).size > 0
  }
  return all.filter(({ pid }) => inside.has(pid))
}

/** The runner's process, or the sandbox process that it started; null where there is none now. */
export function findBelow(root: number, entry: 'src/runner/main.ts' | 'src/sandbox/main.ts'): Process | null {
  return below(root).find(({ words }) => words.includes(entry)) ?? null
}

/** Processes, of whatever parent, whose command line names something below that folder. */
export function naming(folder: string): Process[] {
  return processes().filter(({ pid, words }) => pid !== process.pid && words.includes(folder))
}

/** Control groups (of either version) that sandbox processes with those ids made and that are there still. */
export function groupsOf(pids: ReadonlySet<number>): string[] {
  const found: string[] = []
  const look = (folder: string, depth: number) => {
    for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
      const pid = Number(/^weir-(\d+)-/.exec(entry.name)?.[1])
      if (pids.has(pid)) found.push(join(folder, entry.name))
      else if (entry.isDirectory() && depth < 2) look(join(folder, entry.name), depth + 1)
    }
  }
  look('/sys/fs/cgroup', 0)
  return found
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One process (or one a file) of tests that need the same of the machine. */
export interface Group {
  readonly name: GroupName
  readonly files: readonly string[]
}

export type GroupName = 'pure' | 'property' | 'conformance' | 'postgres' | 'http' | 'sandbox' | 'browser'

interface GroupRule {
  readonly name: GroupName
  readonly takes: RegExp
  /** `none`: all files in one process, fast; `process`: a process a file, where files own a server or change the environment. */
  readonly isolation: 'none' | 'process'
  /** When a hanging group is ended: several times what it takes, for slow machines. */
  readonly minutes: number
}

// The first rule that takes a file has it; what a file needs of the machine stands in its name.
export const GROUPS: readonly GroupRule[] = [
  { name: 'browser', takes: /\.browser\.test\.ts$/, isolation: 'process', minutes: 20 },
  { name: 'sandbox', takes: /\.sandbox\.test\.ts$/, isolation: 'process', minutes: 20 },
  { name: 'http', takes: /\.http\.test\.ts$/, isolation: 'process', minutes: 20 },
  { name: 'postgres', takes: /\.pg\.test\.ts$/, isolation: 'process', minutes: 12 },
  { name: 'property', takes: /\.property\.test\.ts$/, isolation: 'none', minutes: 5 },
  { name: 'conformance', takes: /^conformance\/.*\.test\.ts$/, isolation: 'none', minutes: 5 },
  { name: 'pure', takes: /\.test\.ts$/, isolation: 'none', minutes: 5 },
]

/** Cheap groups first, so that a plain mistake is told within seconds. */
const ORDER: readonly GroupName[] = ['pure', 'property', 'conformance', 'sandbox', 'postgres', 'http', 'browser']

const PLACES = ['src', 'sample', 'conformance', 'scripts', 'bench']

/** Every test file under `root`, as paths with `/` relative to it, sorted. */
export function findTests(root: string): string[] {
  const found: string[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(path)
      else if (entry.isFile() && entry.name.endsWith('.test.ts')) found.push(path)
    }
  }
  const there = new Set(readdirSync(root))
  for (const place of PLACES) if (there.has(place)) walk(place)
  return found.sort()
}

/** Groups the files whose path contains one of `filters` (all files when there is none); empty groups are left away. */
export function groupTests(files: readonly string[], filters: readonly string[]): Group[] {
  const wanted = files.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  const groups = new Map<GroupName, string[]>()
  for (const file of wanted) {
    const rule = GROUPS.find((one) => one.takes.test(file))
    if (rule) groups.set(rule.name, [...(groups.get(rule.name) ?? []), file])
  }
  return ORDER.flatMap((name) => (groups.has(name) ? [{ name, files: groups.get(name)! }] : []))
}

export function ruleOf(name: GroupName): GroupRule {
  return GROUPS.find((rule) => rule.name === name)!
}

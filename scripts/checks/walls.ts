import type { Check, Complaint } from './complaint.ts'
import { DESKS, DEVKIT_DOORS, PURE, ROOMS, SERVER_WALLS } from './house.ts'
import { type Import, readImports, resolveImport } from './source.ts'
import { isSource, isTest, listFiles, readText } from './tree.ts'

/** Reads every import under `src` and complains about each that crosses a wall, and about circles. */
export const walls: Check = (root) => {
  const files = listFiles(root)
  const known = new Set(files)
  const readmes = new Map(
    PURE.map((room) => [room, known.has(`src/${room}/README.md`) ? readText(root, `src/${room}/README.md`) : '']),
  )
  const complaints: Complaint[] = []
  const graph = new Map<string, string[]>()
  for (const file of files.filter(isSource)) {
    const targets: string[] = []
    for (const one of readImports(readText(root, file))) {
      const target = resolveImport(file, one.from)
      const says = target === null ? packageWall(file, one, readmes) : roomWall(file, target, one)
      if (says !== null) complaints.push({ at: `${file}:${one.line}`, says })
      if (target !== null && !one.typeOnly && !one.dynamic && known.has(target)) targets.push(target)
    }
    graph.set(file, targets)
  }
  return [...complaints, ...circles(graph)]
}

const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? null
const deskOf = (path: string) => /^src\/core\/([^/]+)\//.exec(path)?.[1] ?? null

function roomWall(file: string, target: string, one: Import): string | null {
  const from = roomOf(file)
  const to = roomOf(target)
  if (from === null) return null
  if (!(from in ROOMS)) return `src/${from} is no room of the house: add it to scripts/checks/house.ts with what it may import`
  if (to === null) return isTest(file) ? null : `reaches outside src: ${one.from}`
  if (to === 'devkit' && from !== 'devkit') {
    if (isTest(file) || (DEVKIT_DOORS.test(file) && (one.dynamic || one.typeOnly))) return null
    return 'devkit is for tests and the demo: only server/main may load it, by import()'
  }
  if (from !== to && !ROOMS[from]?.includes(to)) return `${from} may not import ${to}: ${one.from}`
  if (from === 'core') return isTest(file) ? null : deskWall(file, target, one)
  const wall = isTest(file) ? undefined : SERVER_WALLS.find((rule) => rule.from.test(file) && rule.never.test(target))
  return wall === undefined ? null : `${wall.says}: ${one.from}`
}

function deskWall(file: string, target: string, one: Import): string | null {
  const from = deskOf(file)
  const to = deskOf(target)
  if (from === null || to === null || from === to) return null
  if (!(from in DESKS)) return `core/${from} is no desk of the house: add it to scripts/checks/house.ts with what it may import`
  return DESKS[from]?.includes(to)
    ? null
    : `core/${from} may import the kernel and desks upstream of it, not core/${to}: ${one.from}`
}

function packageWall(file: string, one: Import, readmes: ReadonlyMap<string, string>): string | null {
  const room = roomOf(file)
  if (room === null || isTest(file)) return null
  const builtIn = one.from.startsWith('node:')
  if (builtIn && (PURE.includes(room) || room === 'web')) return `${room} has no I/O and may not import ${one.from}`
  if (builtIn || !PURE.includes(room)) return null
  const name = one.from
    .split('/')
    .slice(0, one.from.startsWith('@') ? 2 : 1)
    .join('/')
  return readmes.get(room)?.includes(`\`${name}\``)
    ? null
    : `${room} may import a package only when src/${room}/README.md names it: \`${name}\``
}

/** Each circle of imports once, told at its first file. */
function circles(graph: ReadonlyMap<string, readonly string[]>): Complaint[] {
  const complaints: Complaint[] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (file: string) => {
    state.set(file, 'open')
    path.push(file)
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open')
        complaints.push({ at: next, says: `imports go in a circle: ${[...path.slice(path.indexOf(next)), next].join(' → ')}` })
      else if (!state.has(next)) visit(next)
    }
    path.pop()
    state.set(file, 'done')
  }
  for (const file of graph.keys()) if (!state.has(file)) visit(file)
  return complaints
}

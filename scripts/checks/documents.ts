import { existsSync, statSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import type { Check, Complaint } from './complaint.ts'
import { anchorsOf, proseOf } from './markdown.ts'
import { listFiles, readText } from './tree.ts'

/** What a newcomer looks for in the root of a project. */
const ALWAYS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs/architecture.md',
  'docs/glossary.md',
  'docs/threat-model.md',
  'docs/operating.md',
  'docs/api.md',
  'docs/cli.md',
  'docs/formats.md',
]

/** Folders whose children are rooms (with code in them), and rooms by themselves. */
const PARENTS = ['src', 'src/core', 'src/server']
const ROOMS = ['conformance', 'bench', 'scripts', 'sample']

/** Documents that must be there, a README for every room, and links that lead somewhere inside the clone. */
export const documents: Check = (root) => {
  const files = listFiles(root)
  const complaints: Complaint[] = []
  for (const path of ALWAYS) if (!existsSync(`${root}/${path}`)) complaints.push({ at: path, says: 'is missing' })
  for (const room of roomsOf(files))
    if (!files.includes(`${room}/README.md`))
      complaints.push({ at: room, says: 'has no README.md: say what lives here and what it may import' })
  const anchors = new Map<string, Set<string>>()
  for (const file of files.filter((path) => path.endsWith('.md'))) {
    for (const link of linksOf(readText(root, file))) {
      const says = brokenLink(root, file, link.to, anchors)
      if (says !== null) complaints.push({ at: `${file}:${link.line}`, says })
    }
  }
  return complaints
}

function roomsOf(files: readonly string[]): string[] {
  const rooms = new Set<string>()
  for (const file of files.filter((path) => /\.(ts|tsx|mjs)$/.test(path))) {
    for (const parent of PARENTS) {
      const child = file.startsWith(`${parent}/`) ? file.slice(parent.length + 1).split('/') : []
      if (child.length > 1) rooms.add(`${parent}/${child[0]}`)
    }
    for (const room of ROOMS) if (file.startsWith(`${room}/`)) rooms.add(room)
  }
  return [...rooms].sort()
}

function linksOf(markdown: string): { readonly to: string; readonly line: number }[] {
  return proseOf(markdown)
    .split('\n')
    .flatMap((line, n) => [...line.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)].map((m) => ({ to: m[1]!, line: n + 1 })))
}

function brokenLink(root: string, file: string, to: string, anchors: Map<string, Set<string>>): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(to)) return null
  const [path = '', anchor] = to.split('#')
  const target = path === '' ? file : posix.normalize(`${dirname(file)}/${decodeURIComponent(path)}`)
  if (target.startsWith('../')) return `links out of the clone: ${to}`
  if (!existsSync(`${root}/${target}`)) return `links to nothing: ${to}`
  if (anchor === undefined || !target.endsWith('.md') || statSync(`${root}/${target}`).isDirectory()) return null
  const known = anchors.get(target) ?? anchorsOf(readText(root, target))
  anchors.set(target, known)
  return known.has(anchor) ? null : `links to a heading that is not there: ${to}`
}

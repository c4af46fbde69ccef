import { existsSync } from 'node:fs'
import type { Check, Complaint } from './complaint.ts'
import { type Code, codeOf } from './markdown.ts'
import { isTest, listFiles, readText } from './tree.ts'

/** What documents may name, read from the code itself. */
interface Known {
  readonly verbs: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  readonly scripts: ReadonlySet<string>
}

const VARIABLE = /\b(?:WEIR_[A-Z][A-Z_]*|DATABASE_URL)\b/g

/** Verbs, variables, routes, scripts and paths that documents name exist; every variable and route is documented. */
export const names: Check = (root) => {
  const files = listFiles(root)
  const known = readKnown(root, files)
  const complaints: Complaint[] = []
  for (const file of files.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')) {
    for (const code of codeOf(readText(root, file))) {
      for (const says of wrongNames(root, code, known)) complaints.push({ at: `${file}:${code.line}`, says })
    }
  }
  return [...complaints, ...undocumented(root, files, known)]
}

function readKnown(root: string, files: readonly string[]): Known {
  const verbs = new Set<string>()
  const variables = new Set<string>()
  for (const file of files.filter((path) => /\.(ts|tsx|mjs)$|^\.ci\//.test(path))) {
    const text = readText(root, file)
    for (const m of text.matchAll(VARIABLE)) variables.add(m[0])
    if (!file.startsWith('src/cli/') || isTest(file)) continue
    const verb = /^src\/cli\/commands\/([a-z-]+)\.ts$/.exec(file)?.[1]
    if (verb) verbs.add(verb)
    for (const m of text.matchAll(/\b(?:command|Command)\(\s*'([a-z][a-z-]*)/g)) verbs.add(m[1]!)
  }
  const table = files.includes('src/contract/routes.ts') ? readText(root, 'src/contract/routes.ts') : ''
  const routes = [...table.matchAll(/\broute\(\s*'(get|post|put|delete)',\s*'([^']+)'/g)].map((m) => ({
    method: m[1]!.toUpperCase(),
    path: m[2]!,
  }))
  const scripts = new Set(
    existsSync(`${root}/package.json`) ? Object.keys(JSON.parse(readText(root, 'package.json')).scripts ?? {}) : [],
  )
  return { verbs, variables, routes, scripts }
}

function wrongNames(root: string, { text, fence }: Code, known: Known): string[] {
  const wrong: string[] = []
  for (const m of text.matchAll(/(?:^|npx |\$ |&& |\| )weir ([a-z][a-z-]*)/g))
    if (!known.verbs.has(m[1]!)) wrong.push(`names a verb that weir does not have: ${m[1]}`)
  for (const m of text.matchAll(VARIABLE))
    if (!known.variables.has(m[0])) wrong.push(`names a variable that nothing reads: ${m[0]}`)
  for (const m of text.matchAll(/(?<![\w.])\/v1\/[\w/{}:.-]*/g))
    if (!known.routes.some(({ path }) => samePath(path, m[0]))) wrong.push(`names a route that is not served: ${m[0]}`)
  for (const m of text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)) {
    const script = m[1] ?? m[2]!
    if (!known.scripts.has(script)) wrong.push(`names a script that package.json does not have: ${script}`)
  }
  const path = fence === null ? /^(?:\.ci|bin|bench|conformance|docs|sample|scripts|src)\/[\w./-]*$/.exec(text)?.[0] : undefined
  if (path !== undefined && !/results|dist/.test(path) && !existsSync(`${root}/${path}`))
    wrong.push(`names a path that is not there: ${path}`)
  return wrong
}

/** `/v1/flaws/{id}` is named by itself, by `/v1/flaws/{flaw}` and by `/v1/flaws/flw_1`. */
function samePath(template: string, named: string): boolean {
  const a = template.split('/')
  const b = named.replace(/[.:]$/, '').split('/')
  return a.length === b.length && a.every((part, n) => (part.startsWith('{') ? b[n] !== '' : part === b[n]))
}

function undocumented(root: string, files: readonly string[], known: Known): Complaint[] {
  const read = (path: string) => (files.includes(path) ? readText(root, path) : '')
  const complaints: Complaint[] = []
  const operating = read('docs/operating.md')
  for (const file of files.filter((path) => path.startsWith('src/') && !isTest(path) && !path.startsWith('src/devkit/'))) {
    for (const m of readText(root, file).matchAll(/\benv(?:\.|\[')(WEIR_[A-Z_]+|DATABASE_URL)\b/g)) {
      if (!operating.includes(`\`${m[1]}\``))
        complaints.push({ at: file, says: `reads ${m[1]}, which docs/operating.md does not explain` })
    }
  }
  const api = read('docs/api.md')
  for (const { method, path } of known.routes) {
    if (!api.includes(`\`${method} ${path}\``))
      complaints.push({ at: 'docs/api.md', says: `does not name the route ${method} ${path}` })
  }
  return complaints
}

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { Console } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { ask } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { count, list, object, text } from '../http/read.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Finish, Verb } from './verb.ts'

interface Shown extends Reach {
  readonly json?: boolean
}

const MOST = 200_000
const at = (id: string, rest = '') => `/v1/projects/${encodeURIComponent(id)}${rest}`

/** `weir project list | show | draft | add | act`: projects and what they ask of reports. */
export const projectVerb: Verb = (program, screen, finish) => {
  const project = program.command('project').description('Projects, what they ask of reports, and how fast.')
  reaching(project.command('list').description('Projects, the newest first.'))
    .option('--search <words>', 'in names, packages and repositories')
    .option('--json', 'as JSON, a line each')
    .action(async ({ search, json, ...reach }: Shown & { search?: string }) => {
      const { client } = await reachServer(reach, 'coordinator')
      const rows = list(object(await ask(client, 'GET', `/v1/projects?${queryOf({ q: search })}`))['rows']).map(object)
      for (const row of rows) {
        const named = [row['id'], row['purl'] ?? row['repository'], row['name']].map((one) => inert(text(one) ?? '', 80))
        screen.out(json ? inertJson(JSON.stringify(row)) : `${named.join('  ')}${row['proved'] === true ? '  proved' : ''}`)
      }
      finish(EXIT.done)
    })
  reaching(project.command('show').description('One project with its terms, as JSON.').argument('<project>')).action(
    async (id: string, reach: Reach) => {
      const { client } = await reachServer(reach, 'coordinator')
      screen.out(inertJson(JSON.stringify(object(await ask(client, 'GET', at(id))))))
      finish(EXIT.done)
    },
  )
  draftVerb(project, screen, finish)
  reaching(project.command('add').description('Enter a project with its terms, a JSON file. Its id goes to standard output.'))
    .argument('<terms>', 'file, as weir project draft writes it')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--source <words>', 'where its terms were read')
    .option('--purl <purl>', 'its package')
    .option('--repository <url>', 'its repository')
    .option('--domain <domain...>', 'domains of its own, at which its maintainer can show a token')
    .action(
      async (
        file: string,
        options: Reach & { name: string; source: string; purl?: string; repository?: string; domain?: string[] },
      ) => {
        const { client } = await reachServer(options, 'coordinator')
        const { name, source, purl, repository, domain } = options
        const given = { name, source, purl: purl ?? null, repository: repository ?? null, domains: domain ?? [] }
        const view = object(await ask(client, 'POST', '/v1/projects', { ...given, terms: await jsonOf(file) }))
        screen.out(inert(text(view['id']) ?? '', 40))
        finish(EXIT.done)
      },
    )
  reaching(project.command('act').description('Do something to a project, as JSON: {"do":"pause","until":null}.'))
    .argument('<project>')
    .argument('<act>')
    .action(async (id: string, act: string, reach: Reach) => {
      const { client } = await reachServer(reach, 'coordinator')
      const { version } = object(await ask(client, 'GET', at(id)))
      const view = await ask(client, 'POST', at(id, '/acts'), { version: count(version), act: parsed(act) })
      screen.out(inertJson(JSON.stringify(object(view))))
      finish(EXIT.done)
    })
}

const KINDS = new Map([
  ['security.txt', 'security-txt'],
  ['security-insights.yml', 'security-insights'],
  ['security_insights.yml', 'security-insights'],
  ['security.md', 'security-md'],
])

function draftVerb(project: Command, screen: Console, finish: Finish): void {
  reaching(
    project.command('draft').description('Read a file that a project publishes as a draft of its terms; nothing is stored.'),
  )
    .argument('<file>', 'security.txt, SECURITY-INSIGHTS.yml, SECURITY.md, or terms as JSON')
    .action(async (file: string, reach: Reach) => {
      const { client } = await reachServer(reach, 'coordinator')
      const content = await contentOf(file)
      const kind = KINDS.get(basename(file).toLowerCase()) ?? 'terms'
      const draft = object(await ask(client, 'POST', '/v1/projects/read-terms', { kind, text: content }))
      const wrong = list(draft['wrong']).map(object)
      for (const { where, says } of wrong) screen.tell(`${inert(text(where) ?? '', 80)}: ${inert(text(says) ?? '', 300)}`)
      screen.out(inertJson(JSON.stringify(object(draft['terms']))))
      finish(kind === 'terms' && wrong.length > 0 ? EXIT.badInput : EXIT.done)
    })
}

async function contentOf(file: string): Promise<string> {
  const content = await readFile(file, 'utf8').catch(() => null)
  if (content === null) throw new Stop(EXIT.badInput, `${inert(file, 200)} cannot be read.`)
  if (content.length > MOST) throw new Stop(EXIT.badInput, `${inert(file, 200)} is longer than ${MOST} characters.`)
  return content
}

async function jsonOf(file: string): Promise<unknown> {
  return parsed(await contentOf(file))
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch {
    throw new Stop(EXIT.badInput, 'This is not JSON.')
  }
}

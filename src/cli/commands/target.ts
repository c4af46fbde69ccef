import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit } from '../exit.ts'
import { ask } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { count, type Loose, list, object, text } from '../http/read.ts'
import { sendFile } from '../http/send-file.ts'
import { readRecipe } from '../prove/recipe-file.ts'
import { withSource } from '../prove/target-source.ts'
import { HERE } from '../root.ts'
import { columns } from '../text/columns.ts'
import { bytes, utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'
import { stateFolder } from '../validate/state-place.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

interface Added extends Reach {
  readonly name: string
  readonly recipe?: string
  readonly revision?: string
  readonly purl?: string
  readonly after?: string
  readonly state?: string
  readonly json?: boolean
}

const revision = (word: string) => {
  if (/^[0-9A-Za-z][\w./-]{0,199}$/.test(word) && !word.includes('..')) return word
  throw new InvalidArgumentError('The name of a commit, branch or tag.')
}

/** `weir target add | list`: what reproducers can be run against on a server. */
export const targetVerb: Verb = (program, screen, finish) => {
  const target = program.command('target').description('Add and list what reproducers can be run against on a server.')
  reaching(
    target
      .command('add')
      .description('Add the source of a target: a folder, an archive, or a git bundle. Its id goes to standard output.')
      .argument('<source>'),
  )
    .requiredOption('--name <name>', 'its name to show, for example its package URL with version')
    .option('--recipe <file>', 'how it is built, run and tested (JSON, docs/validate.md)')
    .option('--revision <rev>', 'commit, branch or tag that is built, of a git bundle', revision)
    .option('--purl <purl>', 'package URL or repository: flaws of that product offer it (else the name, where it is one)')
    .option('--introduced-after <rev>', 'parent of the commit that brought the flaw in', revision)
    .option('--state <folder>', 'where the runner of this machine keeps its state')
    .option('--json', 'as JSON')
    .action(async (source: string, { introducedAfter, ...options }: Added & { introducedAfter?: string }) => {
      const given = introducedAfter === undefined ? options : { ...options, after: introducedAfter }
      finish(await interruptible((signal) => add(resolve(HERE, source), given, screen, signal)))
    })
  reaching(target.command('list').description('List the targets that you may use, the newest first.'))
    .option('--json', 'as JSON, a line each')
    .action(async ({ json, ...reach }: Reach & { json?: boolean }) => {
      const { client } = await reachServer(reach, 'finder')
      const rows = list(object(await ask(client, 'GET', '/v1/targets'))['rows']).map(object)
      if (json) for (const row of rows) screen.out(inertJson(JSON.stringify(row)))
      else if (rows.length === 0) screen.tell('There are no targets. Add one: weir target add SOURCE --name NAME')
      else for (const line of targetLines(rows)) screen.out(line)
      finish(EXIT.done)
    })
}

async function add(source: string, options: Added, screen: Console, signal: AbortSignal): Promise<Exit> {
  const recipe = options.recipe === undefined ? null : readRecipe(resolve(HERE, options.recipe))
  const { client } = await reachServer(options, 'finder')
  const row = await withSource(source, stateFolder(options.state), signal, async ({ kind, file }) => {
    const purl = options.purl ?? (options.name.startsWith('pkg:') ? options.name : undefined)
    const said = { kind, name: options.name, purl, revision: options.revision, introducedAfter: options.after }
    const query = queryOf(said)
    const line = new ProgressLine(process.stderr, () => performance.now())
    let held = 0
    const sent = (more: number) => {
      held += more
      line.show(() => `sending    ${bytes(held)}`)
    }
    return await sendFile(client, `/v1/targets?${query}`, file, sent, signal).finally(() => line.clear())
  })
  const id = text(row['id']) ?? ''
  screen.tell(`added      ${inert(text(row['name']) ?? '')}, ${bytes(count(row['bytes']))}`)
  const whole = recipe === null ? row : object(await ask(client, 'PUT', `/v1/targets/${encodeURIComponent(id)}/recipe`, recipe))
  if (object(whole)['recipe'] === null)
    screen.tell('           It needs a recipe before anything can be run: add it again with --recipe FILE.')
  screen.out(options.json ? inertJson(JSON.stringify(whole)) : inert(id, 60))
  return EXIT.done
}

function targetLines(rows: readonly Loose[]): string[] {
  const cells = rows.map((row) => {
    const recipe = object(row['recipe'])
    const harnesses = list(recipe['harnesses']).map((one) => text(object(one)['name']) ?? '')
    return [
      inert(text(row['id']) ?? '', 40),
      inert(text(row['name']) ?? '', 100),
      row['recipe'] === null ? 'no recipe' : inert(harnesses.join(' ') || '-', 100),
      utc(text(row['at']) ?? '')?.replace(/, \d.*$/, '') ?? '',
    ]
  })
  return columns([['ID', 'NAME', 'HARNESSES', 'ADDED'], ...cells], [{}, { most: 20 }, { most: 14 }, {}])
}

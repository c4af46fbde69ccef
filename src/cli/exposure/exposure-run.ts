import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Component, NO_TAGS } from '../../core/exposure/component.ts'
import { edgeBinds } from '../../core/exposure/edge/edge-due.ts'
import { dueState, findingObject } from '../../core/exposure/finding-object.ts'
import { lookUp } from '../../core/exposure/look-up.ts'
import { actionKey, actionsFor } from '../../core/exposure/owed-flaw.ts'
import { instant } from '../../core/kernel/instant.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { HERE, ROOT } from '../root.ts'
import { counted, whole } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'
import { readTags, strangeTags, tagsFor } from './asset-tags.ts'
import { edgeDevices, edgeLines, edgeObjects } from './edge-devices.ts'
import { type ExposureOptions, identifiedAt, readDirective, readDistro, readGiven } from './exposure-options.ts'
import { type HeldFlaws, heldFlaws, joinedFor } from './held-flaws.ts'
import { type AssetRead, type InventoriesRead, readInventories } from './inventories.ts'
import { writeOutput } from './output-file.ts'
import { type OwedHere, owedFlaws } from './owed-flaws.ts'
import { feedsNamed, RecordsGiven } from './records-given.ts'
import { renderSarif } from './render-sarif.ts'
import { renderVex } from './render-vex.ts'
import { restLines } from './rest-lines.ts'
import { stillHolds } from './still-holds.ts'
import { actionLines, assetLines, whyDateLines } from './table-lines.ts'
import { releaseLines, settledLines, tallyLine, uncoveredLines, unmatchedLines } from './tally-lines.ts'
import { settledJson, settledWhy } from './why-asked.ts'

/** Runs `weir exposure`: feeds, inventories, what is owed, and all that is written of it. Answers the exit code; throws Stop. */
export async function exposureRun(places: readonly string[], options: ExposureOptions, screen: Console): Promise<Exit> {
  const now = Date.now()
  feedsNamed(options)
  const directive = readDirective(options.directive)
  const tags =
    options.tags === undefined ? null : readTags(options.tags, readGiven(options.tags, 'CSV or JSON, see docs/exposure.md'))
  const progress = new ProgressLine(process.stderr, () => performance.now())
  const given = new RecordsGiven(options, now)
  const began = performance.now()
  const distribution = options.distro === undefined ? null : readDistro(options.distro)
  const read = await readInventories(places, {
    distribution,
    records: async (wanted) => {
      const lines = await given.read(wanted)
      progress.clear()
      for (const line of lines) screen.tell(line)
      return (component) => lookUp(given.index, component)
    },
    recordsFirst: options.why !== undefined,
    see: (component: Component) => given.why?.see(component),
    progress: (file, count) => progress.show(() => `reading    ${inert(file, 40)}, ${whole(count)} distinct components`),
  }).finally(() => progress.clear())
  const took = performance.now() - began - given.milliseconds
  const { records, index, why, statements } = given
  const tagsOf = (asset: AssetRead) => {
    const own = tags === null ? null : tagsFor(tags, asset)
    const all = options.exposed === undefined ? null : options.exposed ? ('public' as const) : ('internal' as const)
    const said = own ?? NO_TAGS
    return said.exposure === null && all !== null
      ? { tags: { ...said, exposure: all }, source: '--exposed' }
      : { tags: said, source: options.tags ?? '--exposed' }
  }
  const joined = joinedFor(records.records, read)
  const held = heldFlaws(read, joined, [...statements, ...records.statements.filter(({ source }) => source !== 'csaf')])
  const duty = {
    directive,
    choice: options.clock,
    identified: identifiedAt(options.identified, now),
    bound: options.bound ?? null,
  }
  const owed = owedFlaws(held.affected, records.signals, duty, tagsOf, instant(now))
  screen.tell(tallyLine(read, took))
  const uncovered = uncoveredLines(read, given.families)
  for (const line of [...uncovered, ...releaseLines(read)]) screen.tell(screen.tellInk.soon(line))
  tellRest(read, held, screen)
  for (const line of strangeTags(tags, read.assets)) screen.tell(line)
  const exit = exitFor(owed, options.failOn, now)
  if (why !== null) {
    const settled = held.settled.filter(({ flaw }) => why.isAbout(flaw))
    if (options.json) for (const one of [...why.json, ...settled.map(settledJson)]) screen.out(inertJson(JSON.stringify(one)))
    else {
      for (const line of [...why.lines(screen.ink), ...settled.flatMap((one) => settledWhy(one, screen.ink))]) screen.out(line)
      for (const one of owed.filter((it) => why.isAbout(it)).slice(0, 5))
        for (const line of ['', ...whyDateLines(one, directive.name, screen.ink)]) screen.out(line)
    }
    return read.refused.length > 0 ? EXIT.badInput : EXIT.done
  }
  writeOut(options, owed, held, now, screen)
  const edges = edgeDevices(tags, instant(now))
  const binds = edgeBinds(directive.id, duty.bound)
  writeRest(options.rest, restLines(held, read, records), screen)
  if (options.edgeDevices !== undefined) writeRest(options.edgeDevices, edgeObjects(edges, binds, instant(now)), screen)
  if (options.json) for (const one of owed) screen.out(inertJson(JSON.stringify(findingObject(one, now))))
  else {
    const actions = actionsFor(owed, stillHolds(index, owed))
    const lines =
      owed.length === 0
        ? ['', nothingFound(read, uncovered.length > 0)]
        : report(options, owed, actions, directive, now, screen)
    for (const line of lines) screen.out(line)
    for (const line of edgeLines(edges, binds, instant(now), screen.ink)) screen.out(line)
    screen.out(endLine(owed, exit, read, now))
  }
  return read.refused.length > 0 || read.assets.length === 0 ? EXIT.badInput : exit
}

function tellRest(read: InventoriesRead, held: HeldFlaws, screen: Console): void {
  for (const { file, say } of read.refused) screen.tell(screen.tellInk.alarm(`refused    ${inert(file, 60)}: ${inert(say)}`))
  for (const line of [...unmatchedLines(read), ...settledLines(read, held)]) screen.tell(line)
}

/** That nothing was found, and of how much: what nobody could match was not compared, and is no good news. */
function nothingFound({ assets, unmatched, releaseless }: InventoriesRead, isPartly: boolean): string {
  if (assets.length === 0) return 'No inventory was read: of what you run nothing can be said.'
  const what = unmatched.size === 0 && releaseless === null ? 'Nothing here' : 'Nothing of what could be matched'
  return `${what} stands in an advisory of the feed${isPartly ? ', which says nothing at all of a part of it' : ''}.`
}

function report(
  { by }: ExposureOptions,
  owed: readonly OwedHere[],
  actions: ReturnType<typeof actionsFor>,
  directive: ReturnType<typeof readDirective>,
  now: number,
  { ink }: Console,
): string[] {
  const list = by === 'asset' ? assetLines(owed, now, ink) : actionLines(actions, directive, now, ink)
  // What is explained is what stands in the first line: by due time that is an action, and of what it settles the earliest.
  const [top] = actions
  const first =
    (by === 'due' && top && owed.find((one) => actionKey(one) === top.key && top.flaws.includes(one.primary))) || owed[0]
  return ['', ...list, '', ...whyDateLines(first!, directive.name, ink), '', '']
}

function writeOut(options: ExposureOptions, owed: readonly OwedHere[], held: HeldFlaws, now: number, screen: Console): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const write = (file: string | undefined, make: () => object): void => {
    if (file !== undefined) writeWhole(file, `${JSON.stringify(make(), null, 1)}\n`, screen)
  }
  write(options.sarif, () => renderSarif(owed, version, now))
  write(options.vexOut, () => renderVex(held, { at: instant(now), serial: randomUUID(), version }))
}

function writeRest(file: string | undefined, lines: Iterable<object>, screen: Console): void {
  if (file === undefined) return
  writeWhole(file, Array.from(lines, (line) => `${JSON.stringify(line)}\n`).join(''), screen)
}

function writeWhole(file: string, text: string, screen: Console): void {
  try {
    writeOutput(resolve(HERE, file), text)
  } catch (error) {
    throw new Stop(EXIT.badInput, `${inert(file)} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  screen.tell(`wrote      ${inert(file)}`)
}

function exitFor(owed: readonly OwedHere[], failOn: ExposureOptions['failOn'], now: number): Exit {
  const has = (...states: readonly string[]) => owed.some(({ obligation }) => states.includes(dueState(obligation.due, now)))
  if (failOn === 'any') return owed.length > 0 ? EXIT.attention : EXIT.done
  if (failOn === 'late') return has('late') ? EXIT.attention : EXIT.done
  if (failOn === 'soon') return has('late', 'soon') ? EXIT.attention : EXIT.done
  return EXIT.done
}

function endLine(owed: readonly OwedHere[], exit: Exit, { refused, assets }: InventoriesRead, now: number): string {
  if (assets.length === 0) return 'exit 2: no inventory could be read'
  if (refused.length > 0) return `exit 2: ${counted(refused.length, 'inventory', 'inventories')} could not be read whole`
  const of = (state: string) => owed.filter(({ obligation }) => dueState(obligation.due, now) === state).length
  const parts = [
    `${whole(of('late'))} late`,
    `${whole(of('soon'))} due within 3 days`,
    `${whole(of('later'))} later`,
    `${whole(of('no-date'))} without a date`,
  ].filter((part) => !part.startsWith('0 '))
  return `exit ${exit}: ${parts.length === 0 ? 'nothing' : `${counted(owed.length, 'finding')}, ${parts.join(', ')}`}`
}

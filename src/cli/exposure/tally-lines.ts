import type { UnmatchedWhy } from '../../core/exposure/component.ts'
import type { FeedKind, NotTaken } from '../../formats/known/known-entry.ts'
import { SET_ASIDE } from '../../formats/known/known-item.ts'
import { counted, span, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { HeldFlaws } from './held-flaws.ts'
import type { InventoriesRead } from './inventories.ts'
import type { RecordsRead } from './records-read.ts'

const UNMATCHED: Readonly<Record<UnmatchedWhy, string>> = {
  'no-identity': 'a name without a package or product',
  'no-version': 'a package without a version',
  'bad-purl': 'a purl that cannot be read',
  'unknown-type': 'of a kind whose versions nobody orders here',
  'wrong-shape': 'not of the shape of its format',
  'too-large': 'larger than is read',
}

const NAMES: Readonly<Record<FeedKind, string>> = {
  osv: 'OSV',
  csaf: 'CSAF',
  cve: 'CVE',
  kev: 'KEV',
  epss: 'EPSS',
  ssvc: 'SSVC',
  vex: 'VEX',
  rubysec: 'RubySec',
  friendsofphp: 'FriendsOfPHP',
}

/** What the feeds hold, and what of them was set aside and why. */
export function asideLines({ counts, aside, examples }: RecordsRead): string[] {
  const held = [...counts].map(([kind, count]) => `${whole(count)} ${NAMES[kind]}`)
  const say = (why: NotTaken) =>
    why === 'not-known' || why === 'other-kind' ? 'Of no kind that is read here.' : SET_ASIDE[why]
  return [
    `read       ${held.length === 0 ? 'nothing' : held.join(', ')}`,
    ...[...aside].map(([why, count]) => {
      const example = examples.find((one) => one.why === why)
      const where =
        example === undefined ? '' : ` First: ${inert(`${example.file} ${example.at} ${example.id ?? ''}`.trim(), 80)}`
      return `set aside  ${whole(count)}: ${say(why)}${where}`
    }),
  ]
}

/** How much was matched, in what time, and that nothing was sent. */
export function tallyLine({ assets, distinct }: InventoriesRead, milliseconds: number): string {
  return `matching   ${counted(assets.length, 'inventory', 'inventories')}, ${counted(distinct, 'distinct component')}, ${span(milliseconds)}. Nothing was sent.`
}

/** Packages of distributions without a release: an advisory is about one release, so of these nobody can tell. */
export function releaseLines({ releaseless, nameless }: InventoriesRead): string[] {
  const lines = [
    ...(releaseless === null
      ? []
      : [
          `release    ${counted(releaseless.count, 'package')} of a distribution, of which no release is said. First: ${inert(releaseless.first, 80)}`,
        ]),
    ...(nameless === 0
      ? []
      : [`release    ${counted(nameless, 'RPM')} of which nobody can tell which distribution built them`]),
  ]
  return lines.length === 0
    ? []
    : [
        ...lines,
        '           Say it with --distro, like --distro debian:12, or --distro with the os-release file of that machine.',
      ]
}

/** What inventories name and nobody can match, by reason, with the first of each. */
export function unmatchedLines({ unmatched, examples }: InventoriesRead): string[] {
  return [...unmatched].map(([why, count]) => {
    const first = examples.find((one) => one.why === why)
    const where = first === undefined ? '' : ` First: ${inert(`${first.file} ${first.place} ${first.said}`, 90)}`
    return `unmatched  ${whole(count)}: ${UNMATCHED[why]}.${where}`
  })
}

/** Components of kinds that the feed never speaks of: of these, silence says nothing. */
export function uncoveredLines({ kinds }: InventoriesRead, covered: ReadonlySet<string>): string[] {
  const open = [...kinds].filter(([kind]) => !covered.has(kind))
  if (open.length === 0) return []
  const count = open.reduce((sum, [, own]) => sum + own, 0)
  const names = open.slice(0, 6).map(([kind, own]) => `${inert(kind, 30)} ${whole(own)}`)
  const more = open.length > names.length ? ` and ${open.length - names.length} more` : ''
  return [
    `uncovered  ${counted(count, 'component')} of kinds of which the feed has no advisory at all: ${names.join(', ')}${more}`,
  ]
}

/** What nobody can tell, what statements settled, and statements that changed nothing. */
export function settledLines({ assets }: InventoriesRead, { unknown, settled, unused }: HeldFlaws): string[] {
  const own = assets.reduce((sum, { stated }) => sum + stated, 0)
  const first = unused[0]
  return [
    ...(unknown.length === 0
      ? []
      : [
          `unknown    ${counted(unknown.length, 'flaw')} of which nobody can tell. First: ${inert(`${unknown[0]!.flaw.primary}:${unknown[0]!.flaw.component.purl ?? unknown[0]!.flaw.component.name}`, 90)}`,
        ]),
    ...(settled.length === 0 ? [] : [`settled    ${counted(settled.length, 'flaw')} by VEX statements`]),
    ...(first === undefined
      ? []
      : [
          `unused     ${counted(unused.length, 'VEX statement')}. First: ${inert(first.statement.ids[0] ?? '', 40)}, ${first.why}`,
        ]),
    ...(own === 0
      ? []
      : [`stated     ${counted(own, 'statement')} of the inventories about themselves, not believed; name them with --vex`]),
  ]
}

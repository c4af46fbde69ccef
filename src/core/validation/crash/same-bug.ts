import type { Frame } from '../../findings/finding.ts'
import { isHarnessFrame } from '../../findings/frames/harness-frames.ts'
import { isRuntimeFrame } from '../../findings/frames/runtime-frames.ts'
import { normaliseSymbol } from '../../findings/frames/symbol.ts'
import type { Claim } from '../proof.ts'
import { inertLine } from '../run/inert.ts'
import type { Sighting } from '../verdict.ts'
import { claimedResource, isKindClaimed, isWild, mayBeOne } from './kinds.ts'

/**
 * Whether two runs met the same bug. Both fired; alike in state and kind, or kinds that one bad access may show as with the same
 * innermost function of the project, or with two functions in common of which the innermost of one is among the first two of the
 * other (inlining). When in doubt, they are two: joining two bugs costs more than counting one twice.
 */
export function sameBug(a: Sighting, b: Sighting): boolean {
  if (!a.fired || !b.fired) return false
  if (a.crash === null || b.crash === null) return a.crash === b.crash && sameLines(a.state, b.state)
  if (!mayBeOne(a.crash, b.crash)) return false
  if (sameLines(a.state, b.state)) return true
  const [topA] = a.state
  const [topB] = b.state
  if (topA === undefined || topB === undefined) return false
  if (topA === topB) return true
  const near = b.state.slice(0, 2).includes(topA) || a.state.slice(0, 2).includes(topB)
  return near && a.type === b.type && inCommon(a.state, b.state) >= 2
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i])
}

/** Length of the longest common subsequence of two states: at most a few lines each. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let before = new Array<number>(b.length + 1).fill(0)
  for (const line of a) {
    const now = [0]
    for (let i = 0; i < b.length; i++) now.push(line === b[i] ? before[i]! + 1 : Math.max(before[i + 1]!, now[i]!))
    before = now
  }
  return before[b.length]!
}

const NEAR_TOP = 8

/**
 * Whether what was seen is what was claimed; fields that were not claimed, or that the run left no trace of, are not compared. A
 * claimed CWE is not compared either: several fit one crash.
 */
export function asClaimed(claim: Claim, seen: Sighting): { readonly agrees: boolean; readonly say: string } {
  const crash = seen.crash
  if (crash === null || claimedResource(claim) !== null) return claimedOfRest(claim, seen)
  const near = nearFrames(seen.stack)
  const placed = placeWrong(claim, near) === null
  if (claim.tool !== null && !isToolClaimed(claim.tool, crash.tool)) {
    return { agrees: false, say: `Claimed by ${claim.tool}, seen by ${crash.tool}.` }
  }
  if (claim.kind !== null && !isKindClaimed(claim.kind, crash)) {
    const mayGrow = isWild(crash) && placed && near.length > 0 && (claim.symbol !== null || claim.path !== null)
    if (!mayGrow) return { agrees: false, say: `Claimed ${inertLine(claim.kind, 80)}, seen ${inertLine(crash.kind, 80)}.` }
  }
  const wrong = placeWrong(claim, near)
  return wrong === null ? { agrees: true, say: 'As claimed.' } : { agrees: false, say: wrong }
}

/** Nothing was read that could be compared, or time or memory ran out as it was claimed to. */
function claimedOfRest(claim: Claim, seen: Sighting): { agrees: boolean; say: string } {
  const resource = claimedResource(claim)
  if (resource === null || !seen.fired) return { agrees: true, say: 'Nothing to compare with the claim.' }
  const ranOut = seen.stopped !== null || /^(?:timeout|out-of-memory)$/i.test(seen.crash?.kind ?? '')
  if (ranOut || seen.crash === null || isKindClaimed(claim.kind ?? '', seen.crash)) return { agrees: true, say: 'As claimed.' }
  return { agrees: false, say: `Claimed ${inertLine(claim.kind ?? '', 80)}, seen ${inertLine(seen.crash.kind, 80)}.` }
}

/** An engine reports through the sanitizer it is built with, and a bare signal through whichever looks. */
function isToolClaimed(claimed: string, seen: string): boolean {
  return claimed === seen || ['libfuzzer', 'afl', 'other'].includes(claimed) || (claimed === 'jazzer' && seen === 'java')
}

function nearFrames(stack: readonly Frame[]): readonly Frame[] {
  const own = stack.slice(0, 256).filter((frame) => !isRuntimeFrame(frame) || isHarnessFrame(frame))
  return own.slice(0, NEAR_TOP)
}

function placeWrong(claim: Claim, near: readonly Frame[]): string | null {
  if (near.length === 0) return null
  if (claim.symbol !== null) {
    const wanted = lastName(claim.symbol)
    const symbols = near.map((frame) => (frame.symbol === null ? '' : lastName(frame.symbol)))
    if (symbols.some((symbol) => symbol !== '') && !symbols.includes(wanted)) {
      return `Claimed in ${inertLine(claim.symbol, 80)}, seen in ${inertLine(near[0]!.symbol ?? '?', 80)}.`
    }
  }
  if (claim.path !== null) {
    const wanted = claim.path
      .slice(-400)
      .replaceAll('\\', '/')
      .replace(/^\.?\//, '')
    const paths = near.flatMap((frame) => (frame.path === null ? [] : [frame.path.slice(-1024).replaceAll('\\', '/')]))
    if (
      paths.length > 0 &&
      !paths.some((path) => path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`))
    ) {
      return `Claimed in ${inertLine(claim.path, 80)}, seen in ${inertLine(paths[0]!, 80)}.`
    }
  }
  return null
}

/** The function's own name: classes, modules and packages before it are written in many ways. */
function lastName(symbol: string): string {
  const name = normaliseSymbol(symbol.slice(0, 400))
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1)
}

import type { Frame, Location } from '../../core/findings/finding.ts'
import { linesOf } from '../crash/log-line.ts'
import { readStack } from '../crash/native-stack.ts'
import { indexIn, type JsonObject, objectIn, objectsIn, textIn } from '../json/loose.ts'
import type { RunFrame } from './frame.ts'
import { placeOf } from './place.ts'

const MOST = 256

/** The frames of the first stack of a result (SARIF 2.1.0, 3.44), innermost first as the standard orders them. */
export function stackOf(result: JsonObject, frame: RunFrame): Frame[] {
  return objectsIn(objectsIn(result, 'stacks')[0] ?? {}, 'frames')
    .slice(0, MOST)
    .map((entry) => {
      const location = objectIn(entry, 'location')
      const place = placeOf(location, frame)
      return {
        symbol: place?.symbol ?? textIn(objectIn(location, 'message'), 'text'),
        path: place?.path ?? null,
        line: place?.line ?? null,
        column: place?.column ?? null,
        module: textIn(entry, 'module'),
      }
    })
}

/** The stack a tool only printed into its message (`#0 0x… in main a.c:3`); empty where there is none. */
export function printedStack(text: string): Frame[] {
  return /^ {0,8}#0\s/m.test(text) ? readStack(linesOf(text, 2_000), 0).frames : []
}

/** The places of a result's first code flow (3.36), from the last step, where the flaw shows, back to the first. */
export function flowOf(result: JsonObject, frame: RunFrame): (Location | null)[] {
  const flow = objectsIn(objectsIn(result, 'codeFlows')[0] ?? {}, 'threadFlows')[0] ?? {}
  return objectsIn(flow, 'locations')
    .slice(-MOST)
    .reverse()
    .map((step) => {
      const index = indexIn(step, 'index')
      const shared = index === null ? undefined : frame.threadFlowLocations[index]
      const own = objectIn(step, 'location')
      return placeOf(Object.keys(own).length > 0 || !shared ? own : objectIn(shared, 'location'), frame)
    })
}

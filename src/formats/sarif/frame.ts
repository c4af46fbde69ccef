import { isObject, type JsonObject, objectIn, objectsIn, textIn } from '../json/loose.ts'
import { type Component, componentOf } from './component.ts'

/** What stands around the results of one SARIF run (SARIF 2.1.0, 3.14), ready to be asked for. */
export interface RunFrame {
  readonly driver: Component
  readonly extensions: readonly Component[]
  readonly taxonomies: readonly Component[]
  readonly artifacts: readonly JsonObject[]
  readonly logicalLocations: readonly JsonObject[]
  readonly bases: JsonObject
  readonly repository: string | null
  readonly revision: string | null
  readonly threadFlowLocations: readonly JsonObject[]
}

export const NO_RUN: RunFrame = runFrame({})

/** The frames of the runs of a surveyed log, in order. */
export function framesOf(log: unknown): RunFrame[] {
  const runs = isObject(log) && Array.isArray(log['runs']) ? log['runs'] : []
  return runs.map((run) => (isObject(run) ? runFrame(run) : NO_RUN))
}

function runFrame(run: JsonObject): RunFrame {
  const tool = objectIn(run, 'tool')
  const control = objectsIn(run, 'versionControlProvenance')[0] ?? {}
  return {
    driver: componentOf(objectIn(tool, 'driver')),
    extensions: objectsIn(tool, 'extensions').map(componentOf),
    taxonomies: objectsIn(run, 'taxonomies').map(componentOf),
    artifacts: objectsIn(run, 'artifacts'),
    logicalLocations: objectsIn(run, 'logicalLocations'),
    bases: objectIn(run, 'originalUriBaseIds'),
    repository: textIn(control, 'repositoryUri'),
    revision: textIn(control, 'revisionId') ?? textIn(control, 'revisionTag') ?? textIn(control, 'branch'),
    threadFlowLocations: objectsIn(run, 'threadFlowLocations'),
  }
}

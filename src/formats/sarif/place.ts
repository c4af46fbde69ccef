import type { Location } from '../../core/findings/finding.ts'
import { NOWHERE } from '../blank-finding.ts'
import { indexIn, isObject, type JsonObject, objectIn, objectsIn, own, positiveIn, textIn } from '../json/loose.ts'
import type { RunFrame } from './frame.ts'

/** A SARIF location (3.28) as a place; null where it states none. */
export function placeOf(location: JsonObject, frame: RunFrame): Location | null {
  const physical = objectIn(location, 'physicalLocation')
  const region = objectIn(physical, 'region')
  // SARIF before its standard called it fileLocation.
  const artifact = { ...objectIn(physical, 'fileLocation'), ...objectIn(physical, 'artifactLocation') }
  const place = {
    path: pathOf(artifact, frame),
    line: positiveIn(region, 'startLine'),
    column: positiveIn(region, 'startColumn'),
    symbol: symbolOf(location, frame),
    snippet: snippetOf(region) ?? snippetOf(objectIn(physical, 'contextRegion')),
  }
  return place.path === null && place.symbol === null && place.snippet === null && place.line === null ? null : place
}

/** The uri of an artifact location (3.4), by index where it has none, under its base where the log says what that is. */
export function pathOf(artifact: JsonObject, frame: RunFrame): string | null {
  const index = indexIn(artifact, 'index')
  const indexed = index === null ? {} : objectIn(frame.artifacts[index] ?? {}, 'location')
  const uri = textIn(artifact, 'uri') ?? textIn(indexed, 'uri')
  if (uri === null) return null
  const path = decoded(uri.replace(/^file:\/{2,}(?=[A-Za-z]:)|^file:\/\/+(?=\/)/, ''))
  const base = baseOf(textIn(artifact, 'uriBaseId') ?? textIn(indexed, 'uriBaseId'), frame)
  return path.startsWith('/') || /^[a-z][a-z0-9+.-]+:/i.test(path) ? path : base + path
}

/** Bases may lean on bases (3.14.14); only what is relative to another base is inside the target and kept. */
function baseOf(id: string | null, frame: RunFrame): string {
  let prefix = ''
  let next = id
  for (let hop = 0; hop < 8 && next !== null; hop++) {
    const base: unknown = own(frame.bases, next)
    if (!isObject(base)) break
    const uri = textIn(base, 'uri')
    next = textIn(base, 'uriBaseId')
    if (uri === null || /^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('/')) break
    prefix = (uri.endsWith('/') ? uri : `${uri}/`) + prefix
  }
  return decoded(prefix)
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri).replaceAll('\\', '/')
  } catch {
    return uri.replaceAll('\\', '/')
  }
}

function snippetOf(region: JsonObject): string | null {
  return textIn(objectIn(region, 'snippet'), 'text')
}

function symbolOf(location: JsonObject, frame: RunFrame): string | null {
  const old = textIn(location, 'fullyQualifiedLogicalName')
  for (const stated of objectsIn(location, 'logicalLocations')) {
    const index = indexIn(stated, 'index')
    const logical = { ...(index === null ? {} : frame.logicalLocations[index]), ...stated }
    const symbol = textIn(logical, 'fullyQualifiedName') ?? textIn(logical, 'decoratedName') ?? textIn(logical, 'name')
    if (symbol !== null) return symbol
  }
  return old
}

/** The places in order, each once, at most `most` of them. */
export function distinctPlaces(places: readonly (Location | null)[], most: number): Location[] {
  const seen = new Map<string, Location>()
  for (const place of places) {
    if (seen.size >= most) break
    if (!place || place === NOWHERE) continue
    const key = `${place.path}\n${place.line}\n${place.column}\n${place.symbol}`
    if (!seen.has(key)) seen.set(key, place)
  }
  return [...seen.values()]
}

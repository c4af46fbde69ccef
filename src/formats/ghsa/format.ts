import type { Format } from '../format.ts'
import { eitherReader } from '../json/either.ts'
import { mapGhsa } from './map.ts'

/** GitHub advisories as its REST API gives them: one object, an array (a page), or an advisory a line. */
export const GHSA: Format = { name: 'ghsa', reader: (limits) => eitherReader(limits, mapGhsa) }

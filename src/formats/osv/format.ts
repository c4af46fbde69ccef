import type { Format } from '../format.ts'
import { eitherReader } from '../json/either.ts'
import { mapOsv } from './map.ts'

/** OSV records: one object, an array, or a record a line. */
export const OSV: Format = { name: 'osv', reader: (limits) => eitherReader(limits, mapOsv) }

import type { Format } from '../format.ts'
import { eitherReader } from '../json/either.ts'
import { mapCve } from './map.ts'

/** CVE records in CVE JSON 5.x: one object, an array, or a record a line. */
export const CVE: Format = { name: 'cve', reader: (limits) => eitherReader(limits, mapCve) }

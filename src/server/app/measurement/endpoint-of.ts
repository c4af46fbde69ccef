import type { Tx } from '../../store/connection.ts'
import type { EndpointPaper } from '../docket/act-endpoint.ts'
import type { LoadedDocket } from '../docket/load-docket.ts'
import { listPapersOf, readPaperBytes } from '../docket/papers.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

/** The endpoint in force; null where none was given. Its key is with the custodian and nowhere else. */
export async function endpointOf(desk: MeasurementDesk, tx: Tx, docket: LoadedDocket): Promise<EndpointPaper | null> {
  const newest = (await listPapersOf(tx, docket, ['endpoint'])).at(-1)
  const bytes = newest === undefined ? null : await readPaperBytes(desk, tx, docket, newest.id)
  return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as EndpointPaper)
}

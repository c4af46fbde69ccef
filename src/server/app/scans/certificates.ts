import type { AddCertificate, CertificateList, CertificateOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScans } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import { type CleanScanStatement, cleanScanStatement } from '../../../core/scans/clean-scan.ts'
import { readCleanScan, readCleanStatement } from '../../../core/scans/read-clean-scan.ts'
import { no } from '../../../core/scans/scan-refusal.ts'
import { nameTarget } from '../../../core/scans/target-name.ts'
import { readWeakness } from '../../../core/scans/weakness-class.ts'
import { sha256 } from '../../ledger/secrets.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type CertificateRow, insertCertificate, selectCertificates } from '../../store/scan-certificate.ts'
import { countScan } from '../../store/scan-claim.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { certificateView } from './certificate-view.ts'
import { openSigned, type Signed, signHere } from './clean-envelope.ts'
import { commitEntry } from './commit-entry.ts'
import { familyIn } from './look-family.ts'
import { dayOf } from './make-claim.ts'
import { recordScan } from './record-scan.ts'
import { scanDenied } from './scan-denied.ts'
import type { ScanDesk } from './scan-desk.ts'
import { WEAKNESSES } from './weakness-tree.ts'

/** Certificates of one organisation in one day. */
const A_DAY = 100
const SHOWN = 500

/** Certificates, the newest first; of one target, under all its names, where it is named. */
export async function listCertificates(
  desk: ScanDesk,
  who: Principal,
  target: string | null,
): Promise<Answer<Presented<CertificateList>>> {
  const named = target === null ? null : nameTarget(target)
  if (named !== null && !named.ok) return scanDenied(no(named.code))
  return await inTransaction(desk.store, 'all', async (tx) => {
    const only = named === null ? null : { names: (await desk.names.load(tx))(named.target.name) }
    const rows = (await selectCertificates(tx, only, SHOWN)).map(certificateView)
    const shown = presentScans(who, 'certificate', { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** Takes a certificate: signed here from what the organisation says, or by the organisation itself. The same one twice is one. */
export async function addCertificate(
  desk: ScanDesk,
  who: Principal,
  given: AddCertificate,
): Promise<Answer<Presented<CertificateOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const home = await tx.db.selectFrom('organisation').select('name').where('id', '=', organisation).executeTakeFirst()
    if (home === undefined) return NOT_FOUND
    const made = given.signed === 'here' ? sayHere(desk, given, home.name) : takeSigned(desk, given, home.name)
    if (!made.ok) return made
    const { statement, signed } = made.value
    const digest = Buffer.from(sha256(signed.payload))
    const [there] = await selectCertificates(tx, { digest }, 1)
    if (there !== undefined) {
      // Another organisation's statement, sent again: it stays theirs.
      return there.organisation_id === organisation ? shownTo(who, there) : scanDenied(no('certificate.malformed'))
    }
    const used = await countScan(tx, organisation, dayOf(desk.clock()), { certificates: 1 })
    if (used > A_DAY) return denied('quota.exceeded', 'Your organisation certified as much today as it can.')
    return await keep(desk, tx, who, { organisation, statement, signed, digest })
  })
}

interface MadeStatement {
  readonly statement: CleanScanStatement
  readonly signed: Signed
}

function sayHere(desk: ScanDesk, given: Extract<AddCertificate, { signed: 'here' }>, name: string): Answer<MadeStatement> {
  const read = readCleanScan(given, WEAKNESSES, desk.clock())
  if (!read.ok) return scanDenied(read)
  const statement = cleanScanStatement(read.value, given.named ? name : null)
  return done({ statement, signed: signHere(statement, desk.keys.signingKey()) })
}

function takeSigned(desk: ScanDesk, given: Extract<AddCertificate, { signed: 'by-us' }>, name: string): Answer<MadeStatement> {
  const signed = openSigned(given.envelope, given.key)
  if (signed === null) return scanDenied(no('certificate.not-signed'))
  const read = readCleanStatement(signed.value, name, WEAKNESSES, desk.clock())
  return read.ok ? done({ statement: read.value, signed }) : scanDenied(read)
}

async function keep(
  desk: ScanDesk,
  tx: Tx,
  who: Principal,
  made: MadeStatement & { readonly organisation: string; readonly digest: Buffer },
): Promise<Answer<Presented<CertificateOut>>> {
  const { statement, signed, organisation, digest } = made
  const now = desk.clock()
  const { predicate } = statement
  const weakness = predicate.weakness === null ? null : readWeakness(predicate.weakness, WEAKNESSES)
  const row: CertificateRow = {
    id: newId('certificate', desk.random),
    organisation_id: organisation,
    named: predicate.by !== null,
    name: statement.subject[0].name,
    family: familyIn({ weakness }),
    envelope: signed.envelope,
    public_key: signed.publicKey,
    digest,
    finished_at: parseInstant(predicate.finishedAt) ?? now,
    at: now,
  }
  await insertCertificate(tx, row)
  const thing = { id: row.id, version: 1 }
  await commitEntry(desk, tx, thing, { type: 'weir/clean-scan/1', id: row.id, digest: digest.toString('hex') })
  await recordScan(tx, 'certificate', thing, 'certificate-taken', now, who)
  return shownTo(who, row)
}

function shownTo(who: Principal, row: CertificateRow): Answer<Presented<CertificateOut>> {
  const shown = presentScans(who, 'certificate', certificateView(row))
  return shown === null ? NOT_FOUND : done(shown)
}

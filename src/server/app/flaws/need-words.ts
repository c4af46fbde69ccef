import { sql } from 'kysely'
import type { FlawNeed } from '../../../contract/shapes/flaw.ts'
import type { Tx } from '../../store/connection.ts'
import type { KeyStore } from '../../store/keys/key-store.ts'
import { open } from '../../store/keys/seal.ts'

const NEED_SAYS: Record<FlawNeed, string> = {
  decide: 'Another flaw may be the same one. Say which.',
  target: 'Its finder has not said what it is in.',
  triage: 'Nobody has judged it yet.',
  nothing: 'Nothing from you now.',
}

/** What a flaw needs, in a sentence; `asked` is what its strongest question rests on, where that is known. */
export function needWords(need: FlawNeed, asked: string | undefined): string {
  return need === 'decide' && asked !== undefined ? asked : NEED_SAYS[need]
}

interface Asked {
  readonly flaw: string
  readonly id: string
  readonly score: number
  readonly questions: number
  readonly reasons: Buffer
  readonly key_slot: number
}

/** The strongest open question of each of these flaws, in words. A question that came by a merge is told on the flaw's page only. */
export async function strongestQuestions(tx: Tx, keys: KeyStore, flaws: readonly string[]): Promise<Map<string, string>> {
  if (flaws.length === 0) return new Map()
  const { rows } = await sql<Asked>`
    select distinct on (flaw) flaw, id, score, reasons, key_slot, (count(*) over (partition by flaw))::int as questions
    from (
      select flaw_a as flaw, id, score, reasons, key_slot from suggestion where state = 'open' and flaw_a = any(${flaws}::text[])
      union all
      select flaw_b, id, score, reasons, key_slot from suggestion where state = 'open' and flaw_b = any(${flaws}::text[])
    ) as asked
    order by flaw, score desc, id`.execute(tx.db)
  const opened = keys.get(rows.map((row) => row.key_slot))
  return new Map(
    rows.flatMap((row, i) => {
      const key = opened[i]
      if (!key) return []
      const reasons = JSON.parse(open(key, row.reasons, `suggestion/${row.id}/reasons`).toString('utf8')) as Reason[]
      return [[row.flaw, questionWords(row.questions, row.score, reasons)] as const]
    }),
  )
}

interface Reason {
  readonly say: string
  readonly weight: number
}

/** `Same as another flaw (0.98)? Same first frame read_index; line 26 of tarlet.c in both.` The two reasons that speak most for it. */
export function questionWords(questions: number, score: number, reasons: readonly Reason[]): string {
  const telling = reasons.filter((reason) => reason.weight > 0).sort((a, b) => b.weight - a.weight)
  const said = telling
    .slice(0, 2)
    .map(({ say }, n) => (n > 0 && /^[A-Z][a-z]/.test(say) ? say.charAt(0).toLowerCase() + say.slice(1) : say))
  const ask = `${questions === 1 ? 'Same as another flaw' : `Same as one of ${questions} others`} (${score.toFixed(2)})?`
  return said.length === 0 ? ask : `${ask} ${said.join('; ')}.`
}

import type { SeverityWord } from '../../priority/cvss/score.ts'
import type { Carried } from './project-terms.ts'

/** What is known of a case's report when it is held against a project's terms; nothing of it is guessed. */
export interface ReportFacts {
  readonly carries: readonly Carried[]
  /** Of the letter's text, in Unicode code points. */
  readonly characters: number
  readonly plainText: boolean
  /** BCP 47; null where nobody said. */
  readonly language: string | null
  /** CWE ids stated for the flaws. */
  readonly weaknesses: readonly string[]
  /** Paths in the target's repository where the flaws lie. */
  readonly paths: readonly string[]
  readonly severity: { readonly score: number | null; readonly word: SeverityWord | null }
  /** Whether a model had a part in finding it; null where the finder did not say. */
  readonly madeWithAi: boolean | null
  /** A person has checked it. */
  readonly checked: boolean
  /** A coordinator has read what the project leaves out in words, and holds the report to be in scope. */
  readonly scopeRead: boolean
  /** The case is, or is asked to be, under an embargo. */
  readonly secret: boolean
}

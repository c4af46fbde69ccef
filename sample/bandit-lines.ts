import type { Project } from './project.ts'

interface BanditResult {
  readonly test_id: string
  readonly test_name: string
  readonly issue_text: string
  readonly issue_severity: string
  readonly issue_confidence: string
  readonly filename: string
  readonly line_number: number
  readonly code: string
  readonly more_info: string
}

/** Bandit's own JSON as lines of Weir's NDJSON, one per result: fields are moved, no word is added. */
export function banditLines(json: string, project: Project, version: string): string {
  const { results } = JSON.parse(json) as { results: BanditResult[] }
  return results
    .map((result) => {
      const path = result.filename.replace(/^\.\//, '')
      return `${JSON.stringify({
        key: `bandit/${result.test_id}/${path}:${result.line_number}`,
        title: result.issue_text.split('\n')[0],
        text: result.issue_text,
        target: { purl: project.purl, version: project.version },
        locations: [{ path, line: result.line_number, snippet: result.code }],
        severities: [{ kind: 'word', value: result.issue_severity, by: 'Bandit' }],
        references: [result.more_info],
        rule: `${result.test_id}:${result.test_name}`,
        provenance: { tool: 'Bandit', toolVersion: version, aiAssisted: false, humanValidated: false },
        extra: { confidence: result.issue_confidence },
      })}\n`
    })
    .join('')
}

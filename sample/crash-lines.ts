import type { Project } from './project.ts'

const TITLE = /^(?:SUMMARY: |panic: |fatal error: |Exception in thread )?(.*)$/

/** Crash logs as lines of Weir's NDJSON: the log whole as `stack`, its summary line as title, libFuzzer's Base64 line as reproducer. */
export function crashLines(logs: readonly string[], project: Project, tool: string, toolVersion: string): string {
  return logs
    .map((log, i) => {
      const summary = log.split('\n').find((line) => line.startsWith('SUMMARY: ')) ?? ''
      const input = /^Base64: (\S+)$/m.exec(log)?.[1]
      const reproducer = {
        kind: 'reproducer',
        name: `input-${i + 1}`,
        mediaType: 'application/octet-stream',
        content: input,
        encoding: 'base64',
      }
      return `${JSON.stringify({
        key: `${project.name}/${tool}/${i + 1}`,
        title: TITLE.exec(summary)?.[1] || undefined,
        target: { purl: project.purl, version: project.version },
        stack: log,
        evidence: input === undefined ? [] : [reproducer],
        provenance: { tool, toolVersion, aiAssisted: false, humanValidated: false },
      })}\n`
    })
    .join('')
}

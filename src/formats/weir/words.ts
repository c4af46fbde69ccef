export const EVIDENCE_KINDS = ['reproducer', 'crash-log', 'patch', 'test', 'trace', 'other'] as const
export const SEVERITY_KINDS = ['cvss-2', 'cvss-3.0', 'cvss-3.1', 'cvss-4.0', 'word', 'number'] as const
/** What the field `weir` of a report says. */
export const VERSION = 'report/1'

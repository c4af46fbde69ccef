import { escapeMarkup } from '../curve/markup.ts'

// Pages stand alone: no script, no font, no picture from elsewhere; a browser that is told so loads nothing.

const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fbfaf7,#171818);--ink:light-dark(#1b1f21,#ece9e2);--ink-2:light-dark(#464c4f,#bdbbb4);--line:light-dark(#e2ded4,#2f3130);--accent:light-dark(#0a5368,#82c6d6)}
body{margin:0 auto;max-width:46rem;padding:24px;background:var(--paper);color:var(--ink);font:15px/22px "Source Sans 3",system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font:600 22px/28px "Source Serif 4",Georgia,serif;margin:0 0 4px}h2{font-size:17px;line-height:24px;margin:24px 0 4px}
p{margin:4px 0 8px}.facts,.small{color:var(--ink-2);font-size:13.5px;line-height:20px}.number{font:600 30px/36px "Source Serif 4",Georgia,serif;margin:12px 0 4px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:20px}th,td{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600;color:var(--ink-2)}td.n,th.n{text-align:right;padding-right:0}
a{color:var(--accent)}code{font:12.5px/18px "Source Code Pro",monospace;overflow-wrap:anywhere}svg{width:100%;height:auto}
.outcome{display:flex;gap:10px;align-items:baseline;border-block:1px solid var(--line);padding:8px 0;margin:12px 0}.outcome b{font-size:17px}
.mark{width:14px;height:14px;border:1.5px solid currentColor;flex:none}.met{background:currentColor}.undetermined{background:repeating-linear-gradient(135deg,currentColor 0 1.5px,transparent 1.5px 4px)}.not-assessable{border-style:dashed}
@page{size:A4;margin:16mm}@media print{:root{color-scheme:light}body{max-width:none;padding:0;background:#fff;font-size:10pt;line-height:14pt}table{font-size:8.5pt;line-height:11.5pt}h2{margin-top:12pt}.annex{display:none}.page+.page{break-before:page}svg{max-height:70mm}}
`

/** A whole page of HTML. `body` is markup already; the title is escaped. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`
}

export interface Column {
  readonly head: string
  readonly number?: boolean
}

/** A table; cells are markup already. Empty where there is no row. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const mark = (at: number) => (columns[at]?.number ? ' class="n"' : '')
  const head = columns.map(({ head: text }, at) => `<th scope="col"${mark(at)}>${escapeMarkup(text)}</th>`).join('')
  const body = rows.map((cells) => `<tr>${cells.map((cell, at) => `<td${mark(at)}>${cell}</td>`).join('')}</tr>`)
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`
}

// What a spreadsheet would take for a formula has an apostrophe in front: at the begin of a cell, and wherever a program that parts cells
// by semicolons, tabs or lines, as in half of Europe, would begin one.
const FORMULA = /(^|[;\t\r\n])([ \u00a0\u3000]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g
const LEADING = /^[\t\r\n]/

// What would move a cursor or turn the direction of what follows is shown as unreadable.
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** One cell of a table (RFC 4180), of hostile text: no formula in any program, and nothing that cannot be seen. */
export function csvCell(text: string): string {
  const plain = text.replace(UNSEEN, '\ufffd')
  const safe = (LEADING.test(plain) ? `'${plain}` : plain).replace(FORMULA, "$1$2'")
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

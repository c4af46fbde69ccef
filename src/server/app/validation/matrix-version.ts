/** What decides by the cross matrix, with its version: it stands with every merge it made. */
export const MATRIX = 'matrix/1'

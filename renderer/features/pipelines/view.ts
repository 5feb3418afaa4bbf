/** The ways to look at a pipeline. */
export const VIEWS = ['canvas', 'list', 'code'] as const
export type View = (typeof VIEWS)[number]

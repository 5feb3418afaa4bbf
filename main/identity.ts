/** The address of our own pages: the only one that a window shows. */
export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'runnel'
const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`
export const PAGE_ENTRY = `${PAGE_ORIGIN}/index.html`

/** Links to us from elsewhere: `runnel://open?workspace=…`. */
export const LINK_SCHEME = 'runnel'

export const APP_NAME = 'Runnel'

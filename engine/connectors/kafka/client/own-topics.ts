/** Which loads were committed, kept for a month. */
export const LOADS_TOPIC = '_runnel_loads'
/** How far changes were applied; the last of each reader is kept. */
export const POSITIONS_TOPIC = '_runnel_positions'

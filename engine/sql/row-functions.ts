/** Functions that every DuckDB of ours has for masking: `(how, value)`, both text; `how` is a mask (contract/mask.ts) as JSON. */
export const MASK_FUNCTION = 'runnel_mask'
/** The same for what differs each time: encryption under a new nonce. */
export const SEAL_FUNCTION = 'runnel_seal'
/** `(type, value)`, both text: whether a trimmed text has the meaning (contract/semantic-types.ts). */
export const MEANING_FUNCTION = 'runnel_means'

/** Chooses one by the key and the value; at most eight times for one pseudonym. */
export type Draw = <Choice>(choices: readonly Choice[]) => Choice

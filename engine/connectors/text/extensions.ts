const PLAIN = ['.csv', '.tsv', '.txt', '.psv', '.tab']

/** Names this connector opens, also compressed. */
export const TEXT_EXTENSIONS: readonly string[] = PLAIN.flatMap((ending) => [ending, `${ending}.gz`, `${ending}.zst`])

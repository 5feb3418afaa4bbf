/** English and Chinese; `{name}` stands for a part, which may be a phrase itself. */
export type Phrase = readonly [en: string, zh: string]
export type Phrases = readonly Phrase[]

/** Wire formats that pass between systems without being parsed. `pg-text` is COPY's text format, which LOAD DATA also reads. */
export type ByteFormat = 'pg-binary' | 'pg-text'

/** Of the report; both colour schemes, and paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2430; --soft: #5b6675; --line: #d9dee5; --ground: #fff; --good: #1a7f4b; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaf0; --soft: #a3afbd; --line: #39424e; --ground: #161b22; --good: #5fd08e; --bad: #ff8a80; --warn: #f0b94b; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
h1 { font-size: 24px; } h2 { font-size: 18px; margin: 32px 0 4px; overflow-wrap: anywhere; }
.facts, small { color: var(--soft); } small { display: block; font-weight: 400; }
.scores { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 0; list-style: none; } .scores b { font-size: 20px; } .score b { font-size: 28px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0 16px; } th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .passed .status { color: var(--good); } .violated .status, .failed .status { color: var(--bad); }
summary { cursor: pointer; padding: 4px 0; } summary small { display: inline; }
svg { width: 100%; max-width: 600px; height: 80px; } polyline { fill: none; stroke: var(--good); stroke-width: 2; vector-effect: non-scaling-stroke; }
@media print { main { max-width: none; padding: 0; } details { break-inside: avoid; } }
`

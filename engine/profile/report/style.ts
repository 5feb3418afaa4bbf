/** The whole look of the report, on a screen, in the dark and on paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--dim:#5b6675;--line:#dfe4ea;--ground:#fff;--soft:#f4f6f8;--accent:#0f766e;--warn:#b45309;--bad:#b91c1c;--hole:#b6bec9}
@media (prefers-color-scheme:dark){:root{--ink:#e5eaf0;--dim:#9aa6b4;--line:#323b47;--ground:#161b22;--soft:#1f262f;--accent:#2dd4bf;--warn:#fbbf24;--bad:#f87171;--hole:#56616f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:24px;background:var(--ground);color:var(--ink);font:14px/1.5 system-ui,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
body:has(#choose-en:checked) [lang=zh],body:has(#choose-zh:checked) [lang=en]{display:none}
h1{font-size:22px;margin:0;overflow-wrap:anywhere}h2{font-size:17px;margin:32px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}h3{font-size:15px;margin:0;overflow-wrap:anywhere}h4{font-size:12px;margin:12px 0 4px;color:var(--dim);font-weight:600}
.language{float:right;color:var(--dim);font-size:13px}.language label{margin-left:8px}
.facts{display:flex;flex-wrap:wrap;gap:4px 24px;margin:8px 0;color:var(--dim)}.facts b{color:var(--ink);font-weight:600;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;color:var(--dim);font-weight:600}th,td{padding:4px 8px;border-bottom:1px solid var(--line);vertical-align:middle}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.value,td.name{overflow-wrap:anywhere;max-width:280px}
.health{display:flex;height:10px;width:120px;border-radius:3px;overflow:hidden;background:var(--soft)}.health i,.bar i{display:block;height:100%}.valid{background:var(--accent)}.suspect{background:var(--warn)}.missing{background:var(--hole)}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 4px 0 12px}
.bar{width:30%}.bar i{height:8px;background:var(--accent);border-radius:2px;min-width:1px}
.histogram{width:100%;height:72px;fill:var(--accent);display:block;border-bottom:1px solid var(--line)}td .histogram{width:120px;height:24px;border:0}
.column{border:1px solid var(--line);border-radius:6px;padding:12px 16px;margin:12px 0;break-inside:avoid}.column header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;justify-content:space-between}
.parts{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:0 24px}
.type{color:var(--dim);font-family:ui-monospace,monospace;font-size:12px}.note{color:var(--dim);font-size:12px}
.findings{list-style:none;padding:0;margin:0}.findings li{padding:6px 0 6px 12px;border-left:3px solid var(--hole);margin:6px 0;overflow-wrap:anywhere}.findings .breaks_load{border-color:var(--bad)}.findings .breaks_results{border-color:var(--warn)}.findings .exposes_people{border-color:var(--bad)}
.harm{font-size:12px;color:var(--dim);margin-right:8px}code{font-family:ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere}
@media print{:root{color-scheme:light;--ink:#000;--dim:#444;--line:#bbb;--ground:#fff;--soft:#eee;--accent:#0f766e;--warn:#b45309;--bad:#b91c1c;--hole:#999}body{max-width:none;padding:0;font-size:11px}table{font-size:10px}th,td{padding:2px 6px}.findings li{padding:2px 0 2px 10px;margin:2px 0}a{color:inherit;text-decoration:none}.language{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2,h3{break-after:avoid}tr,li{break-inside:avoid}}
`

/** The style of the HTML report: readable by day and by night, on a desk and on a phone. */

export const STYLE = `
  :root { color-scheme: light dark; --text: #1f2937; --back: #ffffff; --line: #e5e7eb; --soft: #6b7280; --code: #f3f4f6;
    --good: #15803d; --bad: #b91c1c; --warn: #b45309; --c0: #93c5fd; --c1: #f59e0b; --c2: #dc2626; --c3: #16a34a; --heat: #2563eb }
  @media (prefers-color-scheme: dark) { :root { --text: #e5e7eb; --back: #111827; --line: #374151; --soft: #9ca3af; --code: #1f2937;
    --good: #4ade80; --bad: #f87171; --warn: #fbbf24; --c0: #1d4ed8; --c1: #fbbf24; --c2: #f87171; --c3: #4ade80; --heat: #60a5fa } }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; color: var(--text); background: var(--back) }
  h1 { font-size: 1.6em } h2 { font-size: 1.15em; margin-top: 2em } h2 small { font-weight: normal; color: var(--soft) }
  .passed { color: var(--good) } .failed, .aborted { color: var(--bad) } .inconclusive, .interrupted { color: var(--warn) }
  .scroll { overflow-x: auto }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: .2em .6em; border-bottom: 1px solid var(--line) }
  td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
  td:last-child:not(.n) { min-width: 9em }
  code { background: var(--code); padding: .1em .3em; overflow-wrap: anywhere }
  svg { display: block; width: 100%; min-width: 640px; font: 12px system-ui, sans-serif } svg text { fill: var(--text) }
  svg path { fill: none; stroke-linejoin: round } .grid { stroke: var(--line) } svg .tick { fill: var(--soft) }
  .c0 { stroke: var(--c0) } .c1 { stroke: var(--c1) } .c2 { stroke: var(--c2) } .c3 { stroke: var(--c3) }
  .stage { stroke: var(--soft); stroke-dasharray: 3 3 } .column { fill: transparent } .column:hover { fill: var(--soft); fill-opacity: .2 }
  .heat { fill: var(--heat) } .late { fill: var(--bad) }
  .about { color: var(--soft) }`;

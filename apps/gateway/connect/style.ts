/**
 * The style of all server-rendered pages. Logical properties only, so that a page may be written from either side; colours
 * keep a contrast of 4.5 to 1 in the light and in the dark.
 */
export const STYLE = `
:root { color-scheme: light dark; --ink: #17202c; --paper: #f3f5f8; --card: #fff; --line: #d3d9e2; --edge: #7b8696; --accent: #1a56c4; --on-accent: #fff; --link: var(--accent); --accent-dark: #134297; --wash: #eef3fc; --bad: #b3261e; --bad-wash: #fdf0ef; --good: #146c43; --good-wash: #e9f6ef; --soft: #55606f; --shade: 0 1px 2px rgb(16 24 40 / .06), 0 8px 24px rgb(16 24 40 / .06); }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --paper: #10141a; --card: #1a2029; --line: #343d4a; --edge: #8792a3; --accent: #8cb4ff; --on-accent: #0d1726; --accent-dark: #b3ceff; --wash: #202b3d; --bad: #ffb4ab; --bad-wash: #38211f; --good: #7ddba6; --good-wash: #17301f; --soft: #a9b4c4; --shade: none; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
main { max-inline-size: 36rem; margin: 1rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shade); }
main:focus { outline: none; }
.top, footer { max-inline-size: 36rem; margin-inline: auto; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; justify-content: space-between; margin-block-start: 2rem; padding-inline: .25rem; }
footer { padding-block-end: 2rem; padding-inline: .25rem; font-size: .9rem; color: var(--soft); }
footer details { margin: 0; padding: 0; border: 0; }
footer p { margin-block: .4rem; }
.secured { font-weight: 600; }
.secured::before { content: ""; display: inline-block; inline-size: .6em; block-size: .6em; margin-inline-end: .5em; border-radius: 50%; background: var(--good); }
@media (max-width: 40rem) { main { margin: .75rem 0; padding: 1.25rem; border-inline: 0; border-radius: 0; box-shadow: none; } .top { margin-block-start: .75rem; } .top, footer { padding-inline: 1.25rem; } }
h1 { font-size: 1.45rem; line-height: 1.3; margin: 0 0 .75rem; letter-spacing: -.01em; }
h1.good::before { content: "✓" / ""; display: inline-grid; place-items: center; inline-size: 1.3em; block-size: 1.3em; margin-inline-end: .4em; border-radius: 50%; background: var(--good-wash); color: var(--good); font-size: .9em; }
h2 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin-block: .5rem; }
.lead { font-size: 1.05rem; color: var(--soft); }
ul, ol { padding-inline-start: 1.3rem; margin-block: .5rem; }
.help, .soft { color: var(--soft); font-size: .9rem; }
.help { margin-block: .35rem 0; }
.example { display: block; }
label { display: block; font-weight: 600; }
label .soft { font-weight: 400; }
.field, .instructions li { margin-block-start: 1.1rem; }
.instructions label { font-weight: 400; }
.entry { display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: .3rem; }
input { flex: 1 1 12rem; min-inline-size: 0; inline-size: 100%; min-block-size: 2.75rem; padding: .55rem .75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 8px; text-align: start; }
input[readonly] { background: var(--paper); font-size: .9rem; }
input[aria-invalid="true"] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
.error { margin-block: .35rem 0; color: var(--bad); font-size: .95rem; font-weight: 600; }
button, .button { display: inline-block; margin-block-start: 1.25rem; min-block-size: 2.75rem; padding: .65rem 1.3rem; font: inherit; font-weight: 600; line-height: 1.3; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: 8px; cursor: pointer; text-decoration: none; text-align: center; }
button:hover, .button:hover { background: var(--accent-dark); border-color: var(--accent-dark); }
button:disabled { cursor: progress; opacity: .65; }
form.ask > [type=submit] { inline-size: 100%; }
.quiet { margin: 0; padding: .5rem .9rem; color: var(--link); background: transparent; border-color: var(--edge); }
.quiet:hover { color: var(--accent-dark); background: var(--wash); }
.answers { display: flex; flex-wrap: wrap; gap: .75rem; margin-block-start: 1.25rem; }
.answers button { margin: 0; padding: .65rem 1.3rem; }
.next { text-align: center; }
.search { margin-block: 1rem .5rem; }
.choices { list-style: none; padding: 0; margin-block: 1rem 0; }
.choices a { display: flex; align-items: center; gap: .85rem; min-block-size: 3.5rem; padding: .65rem 1rem; margin-block-end: .6rem; border: 1px solid var(--line); border-radius: 10px; color: inherit; font-weight: 600; text-decoration: none; }
.choices a[data-mark]::before { content: attr(data-mark) / ""; display: grid; place-items: center; flex: none; inline-size: 2.1rem; block-size: 2.1rem; border-radius: 8px; background: var(--wash); color: var(--link); }
.choices a[data-mark]::after { content: ""; flex: none; inline-size: .5rem; block-size: .5rem; margin-inline-start: auto; border-block-start: 2px solid var(--edge); border-inline-end: 2px solid var(--edge); rotate: 45deg; }
[dir=rtl] .choices a[data-mark]::after { rotate: -45deg; }
.choices a:hover, .choices a:focus-visible { border-color: var(--accent); background: var(--wash); }
.access { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-block: 1.25rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; }
.access h2 { margin-block: 0 .25rem; font-size: .95rem; }
.access ul { margin-block: 0 .5rem; }
.access > div { flex: 1 1 12rem; }
.access > p { flex: 1 1 100%; margin: 0; }
.notice { margin-block: 1rem; padding: .75rem 1rem; border-inline-start: 4px solid var(--accent); border-radius: 4px; background: var(--wash); }
.notice.bad { border-color: var(--bad); background: var(--bad-wash); color: inherit; }
.notice.bad a { color: var(--bad); font-weight: 600; }
.notice ul, .notice p { margin-block: .15rem; }
.notice bdi { font-weight: 600; }
.bad { color: var(--bad); } .good { color: var(--good); }
h1.good { color: inherit; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; padding: .5rem 1rem; background: var(--card); border-radius: 8px; }
.skip:focus { inset-block-start: .5rem; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.steps { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: 0; counter-reset: step; font-size: .9rem; color: var(--soft); }
.steps li { counter-increment: step; display: flex; align-items: center; gap: .4rem; }
.steps li::before { content: counter(step) / ""; display: grid; place-items: center; inline-size: 1.5rem; block-size: 1.5rem; border: 1px solid var(--edge); border-radius: 50%; font-size: .8rem; }
.steps .past::before { content: "✓" / ""; border-color: var(--good); color: var(--good); }
.steps [aria-current] { color: var(--ink); font-weight: 600; }
.steps [aria-current]:not(.past)::before { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
@media (max-width: 40rem) { .steps { gap: .25rem .5rem; } .steps li:not([aria-current]) span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); } }
.languages { position: relative; margin: 0 !important; padding: 0; border: 0; margin-inline-start: auto !important; font-size: .9rem; }
.languages summary { padding: .3rem .5rem; font-weight: 400; }
.languages ul { position: absolute; inset-inline-end: 0; z-index: 1; min-inline-size: 9rem; margin: .25rem 0 0; padding: .35rem; list-style: none; background: var(--card); border: 1px solid var(--line); border-radius: 10px; box-shadow: var(--shade); }
.languages li a { display: block; padding: .45rem .75rem; border-radius: 6px; color: inherit; text-decoration: none; }
.languages li a:hover { background: var(--wash); }
.languages li a[aria-current] { font-weight: 600; }
.busy { margin-block-start: 1rem; display: flex; align-items: center; gap: .75rem; color: var(--soft); }
.busy::before { content: ""; flex: none; inline-size: 1.1rem; block-size: 1.1rem; border: 3px solid var(--line); border-block-start-color: var(--accent); border-radius: 50%; animation: turn 1s linear infinite; }
@keyframes turn { to { rotate: 360deg; } }
table { border-collapse: collapse; inline-size: 100%; font-size: .9rem; }
th, td { text-align: start; padding: .5rem .6rem; border-block-end: 1px solid var(--line); vertical-align: top; }
caption { text-align: start; font-weight: 600; padding-block: 1rem .35rem; font-size: 1rem; }
.orders .amount { text-align: end; font-variant-numeric: tabular-nums; }
.orders th[scope=row] { font-weight: 600; }
code { overflow-wrap: anywhere; font-size: .9em; }
form + p, details + p { margin-block-start: 1.25rem; }
details { margin-block-start: 1.5rem; border-block-start: 1px solid var(--line); padding-block-start: 1rem; }
.support { margin-block-start: 1rem; padding-block-start: .5rem; font-size: .9rem; color: var(--soft); }
.brand { display: flex; align-items: center; gap: .75rem; margin: 0 0 1.5rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); font-weight: 600; }
.brand img { display: block; max-height: 3rem; max-width: 11rem; }
.contact { margin-block-start: 1.5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; }
summary::marker { color: var(--soft); }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`;

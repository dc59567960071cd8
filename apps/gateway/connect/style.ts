/** The style of all server-rendered pages. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #f5f6f8; --card: #fff; --line: #d5dae2; --accent: #1f5fd6; --bad: #b3261e; --good: #146c43; --soft: #5b6675; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --paper: #12161c; --card: #1b212a; --line: #38414e; --accent: #82adff; --bad: #ffb4ab; --good: #7ddba6; --soft: #a5b0c0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
main.wide { max-width: 90rem; }
@media (max-width: 30rem) { main { margin: 0; padding: 1.25rem; border: 0; border-radius: 0; } }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .75rem; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { margin: .5rem 0; }
ul { padding-left: 1.2rem; }
label { display: block; font-weight: 600; margin-top: 1rem; }
.help, .soft { color: var(--soft); font-size: .9rem; }
.help { display: block; margin-top: .25rem; }
input { width: 100%; padding: .6rem .7rem; margin-top: .25rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
button, .button { display: inline-block; margin-top: 1.25rem; padding: .65rem 1.2rem; font: inherit; font-weight: 600; color: var(--card); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; text-decoration: none; }
.choices { list-style: none; padding: 0; }
.choices a { display: block; padding: .9rem 1rem; margin: .5rem 0; border: 1px solid var(--line); border-radius: 8px; color: inherit; font-weight: 600; text-decoration: none; }
.choices a:hover, .choices a:focus { border-color: var(--accent); }
.notice { padding: .75rem 1rem; border-left: 4px solid var(--accent); background: color-mix(in srgb, var(--accent) 10%, transparent); }
.notice.bad { border-color: var(--bad); background: color-mix(in srgb, var(--bad) 10%, transparent); }
.bad { color: var(--bad); } .good { color: var(--good); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.scroll { overflow-x: auto; }
time { white-space: nowrap; }
form + p, details + p { margin-top: 1.25rem; }
details { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
summary { cursor: pointer; font-weight: 600; }
`;

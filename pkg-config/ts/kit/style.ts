/**
 * How the page looks: on a phone at night, on a desk, and on paper.
 *
 * @internal
 */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f4f1ec; --surface: #fffdf9; --ink: #1b2530; --soft: #525d69; --line: #ddd5c9; --accent: #175e63; --mark: #7a4f00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10151d; --surface: #19212c; --ink: #eef0ec; --soft: #aab5c0; --line: #2d3846; --accent: #82d5ce; --mark: #f1c678; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0 0 .5rem; }
h1 { font-size: 1.875rem; }
h2 { font-size: 1.375rem; margin-top: 2.5rem; }
h3 { font-size: 1.125rem; }
h4 { font-size: 1rem; }
p { margin: 0 0 .75rem; }
p, li, dd, h3, h4 { overflow-wrap: anywhere; }
a { color: var(--accent); }
.lead { font-size: 1.1875rem; }
.soft { color: var(--soft); }
.mark { color: var(--mark); font-weight: 600; }
ol, ul { padding-inline-start: 1.5rem; }
ol > li::marker { color: var(--soft); font-weight: 600; }
ol > li { margin-bottom: 1.5rem; }
ul.services { list-style: none; padding: 0; }
ul.services > li, article { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin-bottom: .75rem; }
ul.services p { margin-bottom: .25rem; }
ul.services a { display: inline-block; padding: .625rem 0; }
dl { margin: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .75rem; }
code { font: .875rem/1.5 ui-monospace, monospace; }
dd span { display: block; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .9375rem; }
@media print {
  :root { color-scheme: light; --ground: #fff; --surface: #fff; --ink: #000; --soft: #333; --line: #999; --accent: #000; --mark: #000; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  ul.services > li, article, dl > div { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  ul.services a { padding: 0; }
}
`;

/**
 * The source that allows the page's style, and nothing else, in a Content Security Policy: the page has it in its own, and
 * a site that shows the page from a `blob:` can add it to its `style-src`. Without it the page is plain, and whole.
 */
export const PAGE_STYLE_SOURCE: string = "'sha256-dJQKzho6ftjrgzkEZfnkS1AKfdib2iJCZrAO0cQAVFM='";

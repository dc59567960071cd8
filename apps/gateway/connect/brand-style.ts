import type { BrandColours, SchemeColours } from '#branding';

const FORM = `
.brand { display: flex; align-items: center; gap: .75rem; margin: 0 0 1.5rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); font-weight: 600; }
.brand img { display: block; max-height: 3rem; max-width: 11rem; }
.support { margin-block-start: 1.5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); overflow-wrap: anywhere; }
`;
const USES = `a { color: var(--link); }
button, .button { color: var(--on-accent); }
`;

const variables = ({ accent, onAccent, link }: SchemeColours) =>
  `:root { --accent: ${accent}; --on-accent: ${onAccent}; --link: ${link}; }`;

/** What an app's brand changes of the style of all screens. The colours were read as colours: nothing else gets in here. */
export function brandStyle(colours: BrandColours | null): string {
  if (colours === null) return FORM;
  return `${variables(colours.light)}
@media (prefers-color-scheme: dark) { ${variables(colours.dark)} }
${FORM}${USES}`;
}

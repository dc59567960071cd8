import type { BrandColours, SchemeColours } from '#branding';

// The sheet's own darker accent is the darker of another colour: nothing says that the brand's text could be read on it.
const variables = ({ accent, onAccent, link }: SchemeColours) =>
  `:root { --accent: ${accent}; --on-accent: ${onAccent}; --link: ${link}; --accent-dark: ${accent}; }`;

/** What an app's brand changes of the style of all screens. The colours were read as colours: nothing else gets in here. */
export function brandStyle(colours: BrandColours | null): string {
  if (colours === null) return '';
  return `${variables(colours.light)}
@media (prefers-color-scheme: dark) { ${variables(colours.dark)} }
.quiet:hover { color: var(--link); background: transparent; }
`;
}

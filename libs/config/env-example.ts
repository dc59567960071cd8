import { SETTINGS } from './settings.js';

/** The text of `.env.example`: every setting, commented out, with its meaning and default. A test compares the two. */
export function envExample(): string {
  const entries = Object.entries(SETTINGS).map(([name, { schema, about, ...more }]) => {
    const fallback = schema.safeParse(undefined);
    const value = 'example' in more ? more.example : fallback.success ? printed(fallback.data) : '';
    return `# ${about}\n#${name}=${value}\n`;
  });
  return `# Shopspan's settings. All are optional for \`npm start\`.\n\n${entries.join('\n')}`;
}

function printed(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

import { sideBySide } from './side-by-side.js';

const figures: Record<string, unknown> = {};
for (const previous of ['untilNewIsUsed', 'diesAtOnce'] as const) {
  figures[previous] = await sideBySide({ seed: 1, connections: 200, hours: 3, previous });
  console.log(previous);
  console.table(figures[previous]);
}
console.log(JSON.stringify(figures));

import { connectors } from '#connectors';
import { runReplay } from '#replay';

// Whoever reads the output may stop early, as `head` does.
process.stdout.once('error', () => process.exit());

process.exitCode = await runReplay({
  args: process.argv.slice(2),
  connectors,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});

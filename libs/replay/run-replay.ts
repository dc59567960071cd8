import { parseArgs } from 'node:util';
import type { Connector } from '#contract';
import type { Exchange } from './exchange.js';
import { type ExchangeFile, readExchanges } from './read-exchanges.js';
import { replayExchange } from './replay-exchange.js';
import { linesOf, type Replayed, summaryOf, withoutControls } from './report.js';

export interface ReplayRun {
  /** The command line, without the program. */
  readonly args: readonly string[];
  readonly connectors: readonly Connector[];
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

const USAGE = 'Usage: npm run replay -- <platform> <file or folder> [--json]';

/**
 * Shows what a connector makes of recorded exchanges. Prints a line for each and a summary, or one JSON document.
 * @returns the exit code: 0 when every exchange was replayed, whatever came of it; 2 when the command line or a file was
 * not usable.
 */
export async function runReplay({ args, connectors, print, complain }: ReplayRun): Promise<0 | 2> {
  const refuse = (sentence: string): 2 => {
    complain(withoutControls(sentence));
    return 2;
  };
  const command = readCommand(args);
  if (command === undefined) return refuse(USAGE);
  const connector = connectors.find(({ id }) => id === command.platform);
  const known = connectors.map(({ id }) => id).join(', ');
  if (connector === undefined)
    return refuse(`There is no platform "${command.platform.slice(0, 40)}"; there are: ${known}.`);
  const files = await readExchanges(command.path);
  const replayed = await replayAll(connector, files);
  const unreadable = files.flatMap((file) => ('unreadable' in file ? [file] : []));
  if (command.json) {
    print(JSON.stringify({ platform: connector.id, results: replayed, unreadable, summary: summaryOf(replayed) }));
  } else {
    for (const line of replayed.flatMap(linesOf)) print(line);
    if (replayed.length > 0) print(summaryOf(replayed).sentence);
  }
  for (const { name, unreadable: why } of unreadable) refuse(`${name}: ${why}.`);
  return unreadable.length === 0 ? 0 : 2;
}

interface Command {
  readonly platform: string;
  readonly path: string;
  readonly json: boolean;
}

function readCommand(args: readonly string[]): Command | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [platform, path, ...rest] = positionals;
    if (platform === undefined || path === undefined || rest.length > 0) return undefined;
    return { platform, path, json: values.json };
  } catch {
    return undefined;
  }
}

async function replayAll(connector: Connector, files: readonly ExchangeFile[]): Promise<readonly Replayed[]> {
  const all = files.flatMap((file) => ('exchanges' in file ? file.exchanges : []));
  const replayed: Replayed[] = [];
  for (const file of files) {
    if (!('exchanges' in file)) continue;
    for (const [index, exchange] of file.exchanges.entries()) {
      const name = file.exchanges.length === 1 ? file.name : `${file.name}#${index + 1}`;
      replayed.push({ file: name, ...(await replayExchange(connector, exchange, othersOf(all, exchange))) });
    }
  }
  return replayed;
}

/** The answers of a shop that worked come first: a further call should not fail because an error was recorded too. */
function othersOf(all: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  const others = all.filter((other) => other !== exchange);
  const worked = ({ answer }: Exchange): boolean => answer.status < 300;
  return [...others.filter(worked), ...others.filter((other) => !worked(other))];
}

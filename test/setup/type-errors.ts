import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What the compiler finds wrong in one file under the repository's own settings. A `@ts-expect-error` above a line that
 * compiles is itself an error, so a file of those is a test of types.
 */
export function typeErrors(url: string): readonly string[] {
  const file = fileURLToPath(url);
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), (name) => ts.sys.readFile(name)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([file], { ...options, noEmit: true });
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} is not there`);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((found) => {
    const { line } = source.getLineAndCharacterOfPosition(found.start ?? 0);
    return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}

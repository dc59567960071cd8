const REWRITE_MS = 1_000;
const REPEAT_MS = 10_000;

/**
 * Shows that a long step is alive: one line that counts the seconds on a terminal, a new line every ten seconds elsewhere.
 * @returns {{ done(): void, failed(): void }}
 */
export function showProgress(title, output = process.stderr) {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1_000)} s`;
  const rewrite = (text) => output.write(`\r\x1b[2K${text}`);
  const draw = () =>
    output.isTTY ? rewrite(`${title} ... ${seconds()}`) : output.write(`${title} ... ${seconds()}\n`);
  output.write(output.isTTY ? `${title} ...` : `${title} ...\n`);
  const timer = setInterval(draw, output.isTTY ? REWRITE_MS : REPEAT_MS);
  const end = (word) => {
    clearInterval(timer);
    const line = `${title}: ${word} ${seconds()}\n`;
    if (output.isTTY) rewrite(line);
    else output.write(line);
  };
  return { done: () => end('done in'), failed: () => end('failed after') };
}

/** Something a person can mend. `details` is what a program said, `message` is our one sentence about it. */
export class SetupError extends Error {
  constructor(message, details = '') {
    super(message);
    this.details = details;
  }
}

/** Runs an entry point; a SetupError ends it with its words instead of a stack. */
export async function orExplain(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (error.details.trim() !== '') console.error(error.details.trimEnd());
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/** What work comes to, or an error when that takes longer. The work goes on: whoever began it has to end it. */
export async function withinTime<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('did not answer in time')), milliseconds);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Rows of one kind, in the order of their ids. */
export class Table<Row extends { readonly id: number }> {
  #rows = new Map<number, Row>();
  #lastId = 0;
  /** Whether it differs from what the seeds made, so that only such tables are saved. */
  written = false;
  readonly #changed: () => void;

  /** @param changed called after every change */
  constructor(rows: readonly Row[], changed: () => void) {
    this.fill(rows, 0);
    this.#changed = changed;
  }

  get lastId(): number {
    return this.#lastId;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Replaces everything, without counting as a change. */
  fill(rows: readonly Row[], lastId: number): void {
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    this.#lastId = rows.reduce((highest, { id }) => Math.max(highest, id), lastId);
  }

  all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  find(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  where(test: (row: Row) => boolean): readonly Row[] {
    return this.all().filter(test);
  }

  /** Ids are never used twice, not even after a row is gone. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Adds or replaces a row. */
  put(row: Row): Row {
    this.#rows.set(row.id, row);
    this.#lastId = Math.max(this.#lastId, row.id);
    this.#touch();
    return row;
  }

  /** @returns how many went */
  remove(test: (row: Row) => boolean): number {
    const gone = this.where(test);
    for (const { id } of gone) this.#rows.delete(id);
    if (gone.length > 0) this.#touch();
    return gone.length;
  }

  #touch(): void {
    this.written = true;
    this.#changed();
  }
}

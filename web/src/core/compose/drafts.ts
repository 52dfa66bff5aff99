import { type IDBPDatabase, openDB } from 'idb';

/** Where drafts lie between reloads. */
export type Shelf = {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<unknown>;
  remove(key: string): Promise<unknown>;
};

/** Keeps what is being typed: at once in memory, a moment later on the shelf. */
export class Drafts {
  private memory = new Map<string, unknown>();
  private waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private unkept = new Set<string>();
  private ears = new Set<(key: string) => void>();

  constructor(
    private shelf: Shelf,
    private wait = 250,
  ) {}

  /** What is known without asking the shelf. */
  peek<T>(key: string): T | undefined {
    return this.memory.get(key) as T | undefined;
  }

  /** The kept draft; nothing when there is none or the shelf cannot be read. */
  async load<T>(key: string): Promise<T | undefined> {
    if (this.memory.has(key)) return this.peek<T>(key);
    const found = (await this.shelf.get(key).catch(() => undefined)) as T | undefined;
    // Typing may have begun while the shelf was read; what was typed wins.
    if (found !== undefined && !this.memory.has(key)) this.memory.set(key, found);
    return this.peek<T>(key);
  }

  /** Whether what is known lies on the shelf, as it is. */
  shelved(key: string): boolean {
    return this.memory.has(key) && !this.unkept.has(key);
  }

  save(key: string, value: unknown) {
    this.memory.set(key, value);
    this.unkept.add(key);
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => void this.flushOne(key), this.wait),
    );
  }

  /** Calls back whenever a draft has reached the shelf; gives a function that ends it. */
  whenKept(ear: (key: string) => void): () => void {
    this.ears.add(ear);
    return () => this.ears.delete(ear);
  }

  async remove(key: string) {
    this.memory.delete(key);
    this.unkept.delete(key);
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    await this.shelf.remove(key).catch(() => undefined);
  }

  /** Writes everything still waiting; for when the page is about to go. */
  async flush() {
    await Promise.all([...this.waiting.keys()].map((key) => this.flushOne(key)));
  }

  private async flushOne(key: string) {
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    if (!this.memory.has(key)) return;
    const value = this.memory.get(key);
    try {
      await this.shelf.put(key, value);
    } catch {
      return; // it stays in memory, which is all that can be had here
    }
    if (this.memory.get(key) !== value) return; // typed on meanwhile
    this.unkept.delete(key);
    for (const ear of this.ears) ear(key);
  }
}

let opened: Promise<IDBPDatabase> | undefined;
const db = () => {
  opened ??= openDB('meantime', 1, { upgrade: (fresh) => void fresh.createObjectStore('drafts') });
  return opened;
};

/** The browser's own shelf; where it has none (a private window), drafts live as long as the page. */
export const drafts = new Drafts({
  get: async (key) => (await db()).get('drafts', key),
  put: async (key, value) => (await db()).put('drafts', value, key),
  remove: async (key) => (await db()).delete('drafts', key),
});
if (typeof document !== 'undefined') {
  const flush = () => document.visibilityState === 'hidden' && void drafts.flush();
  document.addEventListener('visibilitychange', flush);
  addEventListener('pagehide', () => void drafts.flush());
}

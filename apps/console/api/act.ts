import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useNotices } from '../parts/notices.js';
import type { Answer } from './client.js';
import { type Trouble, troubleOf } from './problem.js';

/** Something an operator does: a request, and what is said when it went through. */
export interface Act {
  readonly send: () => Promise<Answer>;
  readonly told: (answer: Answer) => string;
}

export interface Acting {
  /** Undefined while it went well or nothing was done yet. */
  readonly trouble: Trouble | undefined;
  readonly pending: boolean;
  /** Does it once, however often it is pressed. @returns whether it went through */
  readonly run: (act: Act) => Promise<boolean>;
}

/** Does things and says how they went. Nothing is taken for done before the gateway says so: then everything is asked anew. */
export function useActing(): Acting {
  const client = useQueryClient();
  const notices = useNotices();
  // State is a render late: a second press comes before.
  const busy = useRef(false);
  const [pending, setPending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const run = useCallback(
    async ({ send, told }: Act): Promise<boolean> => {
      if (busy.current) return false;
      busy.current = true;
      setPending(true);
      setTrouble(undefined);
      try {
        const answer = await send();
        notices.tell(answer.status === 202 ? 'wait' : 'good', told(answer));
        return true;
      } catch (error) {
        const met = troubleOf(error);
        setTrouble(met);
        notices.tellTrouble(met);
        return false;
      } finally {
        busy.current = false;
        setPending(false);
        void client.invalidateQueries();
      }
    },
    [client, notices],
  );
  return { run, pending, trouble };
}

import { createContext, type ReactNode, use, useMemo, useState } from 'react';

const KEY = 'shopspan-console-times';
export const TIME_STYLES = ['relative', 'local', 'utc'] as const;
export type TimeStyle = (typeof TIME_STYLES)[number];

interface Preferences {
  readonly times: TimeStyle;
  readonly setTimes: (style: TimeStyle) => void;
}

const PreferencesContext = createContext<Preferences>({ times: 'relative', setTimes: () => undefined });

/** How somebody wants times to be told, remembered in this browser. */
export const usePreferences = (): Preferences => use(PreferencesContext);

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [times, setStyle] = useState<TimeStyle>(remembered);
  const value = useMemo(
    () => ({
      times,
      setTimes(style: TimeStyle) {
        setStyle(style);
        remember(style);
      },
    }),
    [times],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

function remembered(): TimeStyle {
  try {
    const text = localStorage.getItem(KEY);
    return TIME_STYLES.find((style) => style === text) ?? 'relative';
  } catch {
    return 'relative';
  }
}

/** A browser that keeps nothing shows it until the page is left. */
function remember(style: TimeStyle): void {
  try {
    localStorage.setItem(KEY, style);
  } catch {
    // Nothing is lost but the memory of a preference.
  }
}

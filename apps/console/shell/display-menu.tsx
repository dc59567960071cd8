import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../parts/icon.js';
import { TIME_STYLES, usePreferences } from '../parts/preferences.js';

const SCHEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' } as const;
const SCHEME_NAMES = ['auto', 'light', 'dark'] as const;
const TIMES = { relative: 'Relative: 3 h ago', local: 'Exact, in your zone', utc: 'Exact, in UTC' } as const;

/** How the console looks and tells times; remembered in this browser. */
export function DisplayMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { times, setTimes } = usePreferences();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="Display: colours and times">
          <Icon name="sun" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label="Display: colours and times">
        <Choices title="Colours" names={SCHEME_NAMES} labels={SCHEMES} chosen={colorScheme} choose={setColorScheme} />
        <Menu.Divider />
        <Choices title="Times" names={TIME_STYLES} labels={TIMES} chosen={times} choose={setTimes} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoicesProps<K extends string> {
  readonly title: string;
  readonly names: readonly K[];
  readonly labels: Readonly<Record<K, string>>;
  readonly chosen: K;
  readonly choose: (name: K) => void;
}

function Choices<K extends string>({ title, names, labels, chosen, choose }: ChoicesProps<K>) {
  return (
    <>
      <Menu.Label>{title}</Menu.Label>
      {names.map((name) => (
        <Menu.RadioItem key={name} value={name} checked={chosen === name} onChange={() => choose(name)}>
          {labels[name]}
        </Menu.RadioItem>
      ))}
    </>
  );
}

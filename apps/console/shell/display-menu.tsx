import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../parts/icon.js';
import { TIME_STYLES, usePreferences } from '../parts/preferences.js';

const SCHEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' } as const;
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
        <Menu.Label>Colours</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Choice
            key={scheme}
            label={SCHEMES[scheme]}
            chosen={colorScheme === scheme}
            choose={() => setColorScheme(scheme)}
          />
        ))}
        <Menu.Divider />
        <Menu.Label>Times</Menu.Label>
        {TIME_STYLES.map((style) => (
          <Choice key={style} label={TIMES[style]} chosen={times === style} choose={() => setTimes(style)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Choice({ label, chosen, choose }: ChoiceProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={chosen}
      leftSection={<Icon name={chosen ? 'check' : 'dot'} size={14} />}
      onClick={choose}
    >
      {label}
    </Menu.Item>
  );
}

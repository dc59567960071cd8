import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'wouter';

export interface Filters {
  readonly value: (name: string) => string;
  /** Narrows the list; the address says how, so that it can be shared and the way back works. */
  readonly set: (name: string, value: string) => void;
}

/** The filters of a list, kept in its address. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  return {
    value: (name) => params.get(name) ?? '',
    set: (name, value) =>
      setParams(
        (previous) => {
          const next = new URLSearchParams(previous);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
  };
}

const TYPING_MS = 250;

interface FieldProps {
  readonly filters: Filters;
  readonly name: string;
  readonly label: string;
}

/** What is typed narrows the list once the typing pauses. */
export function SearchField({ filters, name, label, placeholder }: FieldProps & { readonly placeholder?: string }) {
  const applied = filters.value(name);
  const [typed, setTyped] = useState({ text: applied, applied });
  const apply = useDebouncedCallback((text: string) => filters.set(name, text.trim()), TYPING_MS);
  // The way back changes the address without any typing.
  const text = typed.applied === applied || typed.text.trim() === applied ? typed.text : applied;
  return (
    <TextInput
      label={label}
      type="search"
      maxLength={200}
      value={text}
      {...(placeholder === undefined ? {} : { placeholder })}
      onChange={(event) => {
        setTyped({ text: event.currentTarget.value, applied });
        apply(event.currentTarget.value);
      }}
    />
  );
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly all?: string;
}

/** One of a few; the browser's own list, which every keyboard and reader knows. */
export function ChoiceField({ filters, name, label, options, all = 'All' }: ChoiceProps) {
  return (
    <NativeSelect
      label={label}
      value={filters.value(name)}
      data={[{ value: '', label: all }, ...options]}
      onChange={(event) => filters.set(name, event.currentTarget.value)}
    />
  );
}

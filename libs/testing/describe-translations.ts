import { type Answers, type AuthStrategy, type Connector, GatewayError, TRANSLATED_LANGUAGES } from '#contract';
import { expect, it } from 'vitest';
import { examplesOf } from './auth-examples.js';
import { HOSTILE_ADDRESSES } from './hostile-addresses.js';

const WRONG_ANSWERS: readonly string[] = [...HOSTILE_ADDRESSES, '1 2', 'a\u0000', 'ünïcödé'];

/** Everything that a merchant reads of a connector while connecting is there in every language, and nothing besides. */
export function describeTranslations(connector: Connector): void {
  const texts = new Set(connector.auth.flatMap((strategy) => [...declaredTexts(strategy), ...complaintsOf(strategy)]));

  it('translates every text that a merchant reads while connecting', () => {
    expect([...texts].filter((text) => !Object.hasOwn(connector.translations, text))).toEqual([]);
  });

  it('translates nothing that nobody reads', () => {
    expect(Object.keys(connector.translations).filter((text) => !texts.has(text))).toEqual([]);
  });

  it.each(TRANSLATED_LANGUAGES)('keeps in %s what stands for something else', (language) => {
    const places = (text: string) => (text.match(/\{\w+\}|\b[a-z]{2}_(?=\W|$)|https:\S+/g) ?? []).sort();
    for (const [text, { [language]: words }] of Object.entries(connector.translations)) {
      expect([places(words), words.trim()], text).toEqual([places(text), words]);
      expect(words).toMatch(/\p{L}/u);
    }
  });
}

function declaredTexts(strategy: AuthStrategy): readonly string[] {
  const fields = Object.values(strategy.form).flatMap(({ label, help }) => [label, help]);
  return [strategy.title, ...fields, ...(strategy.kind === 'storeActivation' ? strategy.steps : [])];
}

/** What a form says of answers that cannot be right, one field wrong at a time. */
function complaintsOf(strategy: AuthStrategy): readonly string[] {
  const examples = examplesOf(strategy);
  return Object.keys(strategy.form).flatMap((field) =>
    WRONG_ANSWERS.flatMap((wrong) => complaintAbout(strategy, { ...examples, [field]: wrong })),
  );
}

function complaintAbout(strategy: AuthStrategy, answers: Answers): readonly string[] {
  try {
    if (strategy.kind !== 'installedApp') strategy.locate(answers);
    if ('credentials' in strategy) strategy.credentials(answers);
    return [];
  } catch (error) {
    if (!GatewayError.is(error, 'request_invalid')) throw error;
    return (error.context.fields ?? []).map(({ message }) => message);
  }
}

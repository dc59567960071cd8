const ADDRESS = /[^\s"'<>@:,;()[\]]+@[^\s"'<>@:,;()[\]/]+\.\p{L}{2,}/gu;
const PHONE = /\+\d(?:[ ()./-]{0,2}\d){6,14}/g;

/** A text of somebody else's, without e-mail addresses and telephone numbers: for whoever may not see personal data. */
export function withoutPeople(text: string): string {
  return text.replace(ADDRESS, '***').replace(PHONE, '***');
}

/** What a value looks like, and not what it is: for reasons that go to people who may not see the record. */
export function likeness(text: string): string {
  return text
    .slice(0, 40)
    .replace(/\p{L}/gu, 'a')
    .replace(/\p{Nd}/gu, '9');
}

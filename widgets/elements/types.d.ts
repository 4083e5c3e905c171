// The shapes that the elements pass around; for editors and checkers, never published.

/** A value stands in its slot: a part of what is kept, and an id in it. */
export type Slot = ["polls" | "reacted", string];

/** A vote or reaction on its way; `was` comes back if it is refused, `once` is its idempotency key. */
export interface Posting {
  path: string;
  body: object;
  slot: Slot;
  was?: unknown;
  once: string;
}

/** The one entry of the device's storage; a part that is empty is not there. */
export interface Kept {
  /** The device key: 32 hexadecimal digits. */
  key?: string;
  /** Own votes by poll: its version, the choices. */
  polls?: Record<string, { v: number; c: string[] }>;
  /** Own reactions: `thread comment reaction`. */
  reacted?: Record<string, true>;
  /** Own comments by id, as the contract's `own_comment`. */
  mine?: Record<string, OwnComment>;
  /** Title and address of where one contributed: by thread, by `poll <id>`; of a poll the words of its options. */
  places?: Record<string, [title: string, href: string, words?: Record<string, string>]>;
  /** Comments being written, by thread. */
  drafts?: Record<string, { text: string; name: string; mode: Mode; once?: string }>;
  /** Surveys under way by id: their version, the step, values by question, the idempotency key of what is being sent. */
  surveys?: Record<string, { v: string; at?: number; values?: Record<string, string[]>; once?: string }>;
  /** Stories and questions being written, by form: values by field. */
  told?: Record<string, Record<string, string>>;
  /** Surveys that were answered here by id: the version, what is said of it, the survey's page, and until when it is offered; `list`
   * is the page that articles offer in its place. */
  answered?: Record<string, { v: string; said: string; at: string; until: string; list?: string }>;
  /** Where somebody asked to be told of answers: a number of 32 hexadecimal digits for that alone; the mark's name, its language, and
   * where it leads; the last day on which the function was asked; since when there would be news, in seconds; whether there is;
   * posts of which the function was not told yet; the path of the private feed. */
  news?: { token: string; mark: [said: string, lang: string, you?: string]; day?: string; since?: number; dot?: true;
    sends?: { comment?: string; story?: string; question?: string }[]; feed?: string };
  /** The pseudonym of the last comment. */
  name?: string;
  /** What waits to be sent, in order. */
  outbox?: Posting[];
}

/** What the form is for: a new comment, an answer to `id`, or a change of `id`. */
export interface Mode {
  id?: string;
  name?: string;
  edit?: boolean;
}

/** Why not: a code of the contract, or `unreachable` for silence; `wait` in seconds. */
export interface Refusal {
  code?: string;
  wait?: number;
  /** Why, in the language of what was sent. */
  said?: string;
  /** Characters of a text that is too long, and how many it may have. */
  length?: number;
  limit?: number;
  /** Where in the text, in UTF-16 units, what was found stands. */
  places?: { kind: string; start: number; end: number }[];
  /** What to solve before the same is sent again. */
  challenge?: object;
  /** Crisis lines, where the refused text tells of danger. */
  help?: object[];
  /** What is wrong with a survey's answers, by question. */
  faults?: Record<string, string>;
  /** What is said with them. */
  help_words?: { title: string; intro: string; after: string; screen?: string; leave?: string; away?: string };
}

export interface Results {
  voters: number;
  options: { key: string; votes: number }[];
  /** Set where every number is rounded down to a multiple of it. */
  step: number | null;
}

export interface ShownComment {
  id: string;
  root: string;
  parent: string | null;
  state: "published" | "noted" | "withdrawn" | "held" | "rejected";
  pseudonym: string;
  role: { key: string; person: string | null } | null;
  html: string;
  note: { html: string; source: string | null; by: string } | null;
  created: string;
  edited: string | null;
  reactions: Record<string, number>;
}

export interface OwnComment extends ShownComment {
  text: string;
  thread: string;
  held_because: string[];
  editable_until: string;
}

/** Texts, and nodes of tag, children and address. */
export type Tree = (string | [tag: string, children: Tree, href?: string])[];

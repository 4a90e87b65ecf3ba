// The shapes that the modules of the script share.

/** What a slot shows, as the header tells it: variant, URL, key, and the URL that it is mounted at, if any. */
export type SlotState = string[];

/** What is on screen: the state of each slot, by address. */
export type Mounted = Record<string, SlotState>;

/** The element of a slot. Its `data-pr-*` attributes are its state. */
export interface Slot extends HTMLElement {
  dataset: DOMStringMap & {
    prSlot: string;
    prKey: string;
    prSrc: string;
    prVariant: string;
  };
}

/** What was beneath an intercepted page when it was opened. */
export interface Beneath {
  /** Where in the history the entry beneath is. */
  index?: number;
  url?: string;
  /** What the slots that nothing is stacked in showed. */
  shown?: string;
  /** The id of the `<select>` that the link was to add an option to. */
  adds?: string | null;
}

/** What the script keeps in an entry of the browser's history. */
export interface EntryState {
  id: number;
  index: number;
  /** The URL of the page beneath what is intercepted. */
  origin: string;
  /** By the address of each slot that shows something intercepted. */
  opened: Record<string, Beneath>;
  slots: Mounted;
  /** A URL of which a full load has the layout of these slots. */
  home: string;
  /** By address: what the memory knows the content of a slot by. */
  renderings: Record<string, number>;
  /** The document is loaded again to show this entry. */
  comesBack?: string;
}

/** The entry that is on screen, or that is being brought back. */
export interface CurrentEntry extends Pick<EntryState, "id" | "index" | "origin" | "opened"> {
  /** The index of the entry that is on screen with all of its slots. */
  settled: number;
  /** Where the boxes of each entry were scrolled to. */
  scrolls: Record<number, Record<string, number[]>>;
  /** The script goes back to the entry that is on screen. */
  isReturning?: boolean;
  /** The browser is at an entry that can't be shown before the part for it is there. */
  isWaiting?: boolean;
  /** Fulfilled when the entry that is brought back is on screen. */
  whenShown?: Promise<void>;
  /** The state of the entry that is brought back. */
  stateToShow?: EntryState;
}

/** Why nothing can be shown; `detail` of the event `parallel-routes:failed`. */
export interface Failure {
  reason: "offline" | "network" | "timeout" | "answer";
  url: string;
  status?: number;
  statusText?: string;
  isSent?: boolean;
  retry?: () => unknown;
}

/** A request whose answer the script shows: of a link, a form, a script, Back, or a refresh. */
export interface Navigation {
  /** The link or form; the script's own requests have none. */
  source?: Element;
  /** The event that began it. */
  trigger?: Event;
  /** The address of the one slot that changes. */
  slot?: string;
  history?: "push" | "replace" | false;
  hash?: string;
  scroll?: boolean;
  intercept?: boolean;
  /** Whether its method is GET. */
  isSafe?: boolean;
  /** What the header tells the server. */
  state?: Record<string, unknown>;
  /** The slots that are rendered again, and the rendering of each when that was asked for. */
  refreshed?: Map<Slot, number | undefined>;
  /** No line in the page says that a refresh has failed. */
  isQuiet?: boolean;
  /** A refresh that failed is tried twice. */
  isSecond?: boolean;
  second?: Promise<void>;
  /** The slots of an entry of the history that is brought back. */
  restoring?: Mounted;
  retried?: boolean;
  /** Leave things as they were, since the request has failed. */
  undo?: (failure: Failure) => void;
  /** Called with the slots that have changed. */
  done?: (changed: Slot[]) => void;
  abort?: () => void;
  /** The answer, if it was asked for in advance. */
  stored?: Promise<Response | undefined>;
  /** Its HTML, parsed before the click. */
  parsed?: { html: string; body: HTMLElement };
  /** The URL that has answered. */
  url?: string;
  status?: number;
  /** What the controls of the form had when it was sent. */
  values?: Map<Element, string>;
  bytes?: ArrayBuffer;
  stream?: Stream;
  /** What it replaces belongs to the entry before. */
  keeps?: boolean;
  /** What shows answers waits for the answer. */
  isDelivered?: boolean;
  /** Something else has changed while this was under way. */
  isMixed?: boolean;
  isLate?: boolean;
  /** Ends the view transition that htmx 4 swaps in. */
  swapped?: (value?: unknown) => void;
}

/** An answer that is no fragment of a page. */
export interface WholeAnswer {
  url: string;
  /** What `HX-Location` says. */
  place: string | null;
  isRedirected: boolean;
  status: number;
  statusText: string;
  type: string;
  disposition: string;
  bytes: ArrayBuffer;
  html: string;
}

/** Reads an answer as it arrives, and gives its first part. */
export interface Stream {
  ofXhr(xhr: XMLHttpRequest, text: () => string, show: (text: string) => void): void;
  ofResponse(response: Response, type: string | null): Promise<string>;
  /** Nothing more will come. */
  isComplete: boolean;
  /** Whether the first part was not held. */
  isUrgent: boolean;
  /** What has become complete since the last time. */
  take(): string;
  /** Called when there is more to take. */
  onMore(): void;
}

/** Changes the page in a view transition, if there is to be one. */
export type Animate = ((change: () => unknown) => unknown) | false;

/** A request of htmx, whichever version runs: what htmx2.js and htmx4.js make of an event's detail. */
export interface HtmxRequest {
  /** What the event of htmx says. For the adapters alone. */
  detail: any;
  /** Says which request this is. */
  key: object;
  headers: Record<string, string>;
  /** The link, form or other element that it comes from. */
  source: Element;
  target?: Element;
  url: string;
  /** The hash of the URL, if htmx has taken it off. */
  anchor?: string;
  isSafe: boolean;
  body?: FormData;
  /** What it would send if nothing chose from it. */
  unfilteredBody?: FormData;
  trigger?: Event;
  /** Whether it is a form without an action. */
  hasNoUrl(): boolean;
  setTarget(slot: Element): void;
  setUrl(url: string): void;
  skipCaches(): void;
  abort(): void;
  /** The request that htmx 2 makes it by. */
  transport?: XMLHttpRequest;
  /** A newer request of this element replaces those that wait. */
  queueLast(): void;
  /** Keep the answer until what shows it is there, then have it delivered: as a whole, even if it arrives in parts. */
  hold(there: Promise<void>, deliver: () => void, navigation: Navigation): void;
  // Of the answer:
  header(name: string): string | null;
  status: number;
  statusText: string;
  sentUrl: string;
  /** After redirects. */
  finalUrl: string;
  html: string;
}

/** Loads what an answer needs, when it is there, or its first part; gives what animates the change. */
export type Ready = (
  bytes: ArrayBuffer | undefined,
  text: string,
  header: (name: string) => string | null,
  status: number,
) => Promise<Animate>;

/** What a version of htmx does with answers. */
export interface AnswerAdapter {
  /** Let the answer be processed when it is there, or its first part. */
  deliver(
    request: HtmxRequest,
    ready: Ready,
    /** Gives what reads an answer in parts, if it may be one, once the part for it is there. */
    receive: (header: (name: string) => string | null) => Promise<Stream | undefined> | null,
    navigation: Navigation,
  ): void;
  setHtml(request: HtmxRequest, html: string): void;
  /** Swap answers with this header, at once, and whatever their status. */
  allowSwap(request: HtmxRequest, name: string): void;
  /** Leave the page as it is; htmx triggers the events that the answer names. */
  skipSwap(request: HtmxRequest, event: Event): void;
  /** Empty a slot, so that htmx cleans up what was in it. */
  clear(slot: Element): void;
  arrivalsOf(detail: any): Arrival[];
  /** Swap slots into their places, as htmx swaps those of an answer. */
  swapSlots(html: string): void;
}

/** What has been sent for a slot, and the elements that it has become. */
export interface Base {
  sent: Element;
  /** In the order of those that were sent. Empty once they are known one by one. */
  nodes: NodeListOf<Element> | Element[];
}

/** What a merge has done. */
export interface Merged {
  /** The elements that have come. */
  added: Element[];
  /** The controls that have another value. */
  updated: Set<Element>;
}

/** How what comes is merged into a slot. */
export interface Merging extends Partial<Navigation> {
  /** It comes for another query. */
  isOther: boolean;
}

/** What a slot showed for another query: what was sent, and what its controls had. */
export interface Copy {
  html: string;
  values: (string | undefined)[];
}

/** What a swap brings into an element. */
export interface Arrival {
  target: Element;
  content: Element | DocumentFragment;
  /** Leave the element as it is. */
  skip(): void;
}

/** What parts that are loaded later add to the script. */
export interface Hooks {
  /** Let an answer be shown when it is there. With this hook, the part that shows answers is there. */
  deliver?: (request: HtmxRequest, navigation: Navigation) => void;
  /** Do without what shows answers: have the browser send a form again that was refused. Tells whether it has. */
  takeRefused?: (request: HtmxRequest, navigation: Navigation) => Promise<boolean>;
  /** Do without what shows answers: say that the network has failed. */
  reportLost?: (request: HtmxRequest, navigation: Navigation) => boolean;
  /** The request of a navigation has failed. */
  fail?: (request: HtmxRequest, event: CustomEvent) => void;
  /** Show the slots of the entry that the browser has gone to. */
  traverse?: (event: PopStateEvent) => void;
  /** Show the slots of the entry that the browser is at. */
  restore?: () => void;
  close?: (element?: Element) => Promise<void>;
  /** Say in the console that a slot which is named is not there. */
  reportTarget?: (wording: string, element?: Element) => void;
  visit?: (url: string, options?: object) => Promise<void>;
  refreshNamed?: (...names: string[]) => Promise<void>;
  /** Ignore what repeats a gesture, if that is not meant. */
  gesture?: (event: Event) => void;
  /** The gesture has sent a form. */
  noteSubmit?: () => void;
  /** Whether it is known what was sent for a slot. */
  canMerge?: (slot: Slot) => boolean;
  takeCopy?: (slot: Slot) => Copy;
  /** Show again what a copy has. */
  showCopy?: (slot: Slot, copy: Copy) => void;
  /** Merge what comes for the same page into a slot. */
  merge?: (slot: Slot, content: Element | DocumentFragment, merging: Merging) => Merged;
  /** Load the stylesheets of an answer, under the policy that it came with. */
  loadSheets?: (html: string, policy: string | null) => Promise<unknown>;
  /** Take stylesheets out of an answer, and have its scripts wait; tells whether there are any. */
  takeScripts?: (body: HTMLElement, policy: string | null) => boolean;
  /** Run what waits in slots that have changed, then call a function with those that still show this. */
  runScripts?: (
    slots: Slot[],
    source: Element | undefined,
    enter: (slots: Slot[]) => void,
  ) => void;
  /** Let what htmx preserves wait for what comes. */
  leavePreserved?: (slot: Slot, coming: ParentNode) => void;
  /** Put it where copies stand for it. */
  bringPreserved?: (slot: Slot) => void;
  /** Say in the page that something has failed. */
  showNotice?: (event: CustomEvent<Failure>) => void;
  removeNotice?: () => void;
  /** Do again what began a navigation. */
  repeat?: (navigation: Navigation, url: string) => void;
  /** Open the dialogs in a slot. */
  showDialogs?: (event: { target: Slot; detail: { source?: Element } }) => void;
  /** What has been asked for in advance: by a JSON list that begins with the URL, when that began. */
  prefetched?: Map<string, { began: number; hasFailed?: boolean }>;
  /** Called when slots have changed, in one task with the change. */
  shown?: (navigation: Navigation, changed: Slot[]) => void;
  /** Take the answer that was asked for in advance, if there is one. */
  takePrefetched?: (
    navigation: Navigation,
    request: HtmxRequest,
  ) => Promise<Response | undefined> | undefined;
  /** A form is under way from now on, or no longer. */
  submitting?: (form: Element, isSent: boolean, trigger?: Event) => void;
  /** Forget what slots have shown. */
  forget?: () => void;
  /** Forget what was asked for in advance. */
  forgetPrefetched?: () => void;
  /** Read the answer to a navigation as it arrives. */
  receive?: (navigation: Navigation) => Stream;
  /** Show the slots that the page streams, as they arrive. */
  showStreamed?: () => void;
  /** Take out of the first part of an answer what is no slot yet, or has come since; gives what is still to come. */
  takeLate?: (body: HTMLElement, navigation: Navigation) => HTMLElement[] | undefined;
  /** Show slots as they arrive. */
  awaitLate?: (navigation: Navigation, late: HTMLElement[], policy: string | null) => void;
  /** What slots will show that still show something else, for the entry of the history. */
  awaited?: () => Mounted;
  /** Wait no more for what they will show: the browser is at another entry. */
  stopAwaiting?: () => void;
  takeAnswer?: (navigation: Navigation, answer: WholeAnswer) => void;
  /** The address of the slot whose `<select>` gets an option from this form. */
  slotOfSelect?: (form: Element) => string | undefined;
  /** Take the slot with that `<select>` out of an answer; gives what adds the option when the rest is shown. */
  /** What a guarded form has made is chosen in the form below, so nothing in it is unsaved. */
  onTaken?: (form: Element) => void;
  takeOption?: (body: HTMLElement, navigation: Navigation) => (() => void) | undefined;
}

declare global {
  /** Whether this is the readable build, for developers. */
  const DEBUG: boolean;
  const htmx: any;
  interface Window {
    htmx?: any;
    parallelRoutes?: any;
  }
}

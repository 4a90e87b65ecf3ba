// The types that the modules of the script share.

/** What a slot shows, as in the header: variant, URL, key, and the URL for which a slot that intercepts is mounted. */
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
  /** The index of the entry beneath, in the history. */
  index?: number;
  url?: string;
  /** What the slots that open no levels showed. */
  shown?: string;
  /** The id of the `<select>` to which the link adds an option. */
  adds?: string | null;
}

/** What the script keeps in an entry of the browser's history. */
export interface EntryState {
  id: number;
  index: number;
  /** The URL of the page beneath the intercepted pages. */
  origin: string;
  /** By the address of each slot that shows an intercepted page. */
  opened: Record<string, Beneath>;
  slots: Mounted;
  /** A URL of which a full load has the layout of these slots. */
  home: string;
  /** By address: the number by which the memory knows the content of a slot. */
  renderings: Record<string, number>;
  /** The document is loaded again to show this entry. */
  comesBack?: string;
}

/** The entry that is on screen, or that Back or Forward will show. */
export interface CurrentEntry extends Pick<EntryState, "id" | "index" | "origin" | "opened"> {
  /** The index of the entry that is on screen with all of its slots. */
  settled: number;
  /** The scroll positions of the boxes, by the id of an entry. */
  scrolls: Record<number, Record<string, number[]>>;
  /** The script goes back to the entry that is on screen. */
  isReturning?: boolean;
  /** The current entry can't be shown before the part that does so is loaded. */
  isWaiting?: boolean;
  /** A promise that is fulfilled when the restored entry is on screen. */
  whenShown?: Promise<void>;
  /** The state of the restored entry. */
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

/** A request whose response the script shows: of a link, a form, a script, Back, or a refresh. */
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
  /** The content of the request header. */
  state?: Record<string, unknown>;
  /** The slots to render again, with the rendering of each when it was requested. */
  refreshed?: Map<Slot, number | undefined>;
  /** No message says that this refresh has failed. */
  isQuiet?: boolean;
  /** This is the second attempt of a refresh that has failed. */
  isSecond?: boolean;
  second?: Promise<void>;
  /** The slots of the history entry that is restored. */
  restoring?: Mounted;
  retried?: boolean;
  /** Called if the request has failed, to undo what was done before. */
  undo?: (failure: Failure) => void;
  /** Called with the slots that have changed. */
  done?: (changed: Slot[]) => void;
  abort?: () => void;
  /** The response, if it was prefetched. */
  stored?: Promise<Response | undefined>;
  /** Its HTML, parsed before the click. */
  parsed?: { html: string; body: HTMLElement };
  /** The URL of the response, after redirects. */
  url?: string;
  status?: number;
  /** The values of the form's controls when it was sent. */
  values?: Map<Element, string>;
  bytes?: ArrayBuffer;
  stream?: Stream;
  /** The content that is replaced belongs to the previous entry, and is kept in memory. */
  keeps?: boolean;
  /** The part that shows responses handles this one. */
  isDelivered?: boolean;
  /** Something else has changed while this was under way. */
  isMixed?: boolean;
  isLate?: boolean;
  /** The slot in which the link or form stands. It may be removed from the slot before the response arrives. */
  around?: Slot | null;
  /** Ends the view transition that htmx 4 swaps in. */
  swapped?: (value?: unknown) => void;
}

/** A response that is no fragment of a page. */
export interface WholeAnswer {
  url: string;
  /** What `HX-Redirect` or `HX-Location` says. */
  place: string | null;
  isRedirected: boolean;
  status: number;
  statusText: string;
  type: string;
  disposition: string;
  bytes: ArrayBuffer;
  html: string;
}

/** Reads a response while it arrives, and returns its first part. */
export interface Stream {
  ofXhr(xhr: XMLHttpRequest, text: () => string, show: (text: string) => void): void;
  ofResponse(response: Response, type: string | null): Promise<string>;
  /** Whether the response has ended. */
  isComplete: boolean;
  /** Whether the first part was not held. */
  isUrgent: boolean;
  /** Returns the text that has become complete since the last call. */
  take(): string;
  /** Called when there is more to take. */
  onMore(): void;
}

/** Changes the page in a view transition, or `false` if there is none. */
export type Animate = ((change: () => unknown) => unknown) | false;

/** A request of htmx, whichever version runs: what htmx2.js and htmx4.js make of an event's detail. */
export interface HtmxRequest {
  /** The detail of htmx's event. Only the adapters read it. */
  detail: any;
  /** Identifies the request. */
  key: object;
  headers: Record<string, string>;
  /** The link, form or other element that makes the request. */
  source: Element;
  target?: Element;
  url: string;
  /** The hash of the URL, if htmx has taken it off. */
  anchor?: string;
  isSafe: boolean;
  body?: FormData;
  /** What the form would send without htmx's filters. */
  unfilteredBody?: FormData;
  trigger?: Event;
  /** Whether it is a form without an action. */
  hasNoUrl(): boolean;
  setTarget(slot: Element): void;
  setUrl(url: string): void;
  skipCaches(): void;
  abort(): void;
  /** The XMLHttpRequest of htmx 2. */
  transport?: XMLHttpRequest;
  /** Let a newer request of this element replace those that wait. */
  queueLast?(): void;
  /** Hold the response until the part that shows it is loaded, then deliver it as a whole, even if it arrives in parts. */
  hold(there: Promise<void>, deliver: () => void, navigation: Navigation): void;
  // Of the response:
  header(name: string): string | null;
  status: number;
  statusText: string;
  sentUrl: string;
  /** After redirects. */
  finalUrl: string;
  html: string;
}

/** Loads what a response needs, when it has arrived, or its first part. Returns the function that animates the change. */
export type Ready = (
  bytes: ArrayBuffer | undefined,
  text: string,
  header: (name: string) => string | null,
  status: number,
) => Promise<Animate>;

/** What a version of htmx does with responses. */
export interface AnswerAdapter {
  /** Let htmx process the response when it has arrived, or its first part. */
  deliver(
    request: HtmxRequest,
    ready: Ready,
    /** Returns the stream that reads a response in parts, once its module is loaded, or nothing for other responses. */
    receive: (header: (name: string) => string | null) => Promise<Stream | undefined> | null,
    navigation: Navigation,
  ): void;
  setHtml(request: HtmxRequest, html: string): void;
  /** Let htmx swap a response with this header at once, whatever its status is. */
  allowSwap(request: HtmxRequest, name: string): void;
  /** Leave the page as it is. htmx fires the events that the response names. */
  skipSwap(request: HtmxRequest, event: Event): void;
  /** Empty a slot, so that htmx cleans up what was in it. */
  clear(slot: Element): void;
  arrivalsOf(detail: any): Arrival[];
  /** Swap slots into their places, as htmx swaps those of a response. */
  swapSlots(html: string): void;
}

/** The HTML that was sent for a slot, and the elements that were made from it. */
export interface Base {
  sent: Element;
  /** In the order in which they were sent. Empty after each of them was linked by itself (parts/sent.js). */
  nodes: NodeListOf<Element> | Element[];
}

/** The result of a merge. */
export interface Merged {
  /** The elements that were inserted. */
  added: Element[];
  /** The controls that have another value. */
  updated: Set<Element>;
}

/** How new HTML is merged into a slot. */
export interface Merging extends Partial<Navigation> {
  /** Whether it is for another query. */
  isOther: boolean;
}

/** What a slot showed for another query: the HTML that was sent, and what its user had entered, written and opened. */
export interface Copy {
  html: string;
  values: (string | undefined)[];
}

/** The new content of an element, in a swap. */
export interface Arrival {
  target: Element;
  content: Element | DocumentFragment;
  /** Leave the element as it is. */
  skip(): void;
}

/** What the parts that are loaded later add to the script. */
export interface Hooks {
  /** Let a response be shown when it has arrived. This hook exists if the part that shows responses is loaded. */
  deliver?: (request: HtmxRequest, navigation: Navigation) => void;
  /** Without the part that shows responses: let the browser send a refused form again. Returns whether it does. */
  takeRefused?: (request: HtmxRequest, navigation: Navigation) => Promise<boolean>;
  /** Without the part that shows responses: report that the network has failed. */
  reportLost?: (request: HtmxRequest, navigation: Navigation) => boolean;
  /** Handle a failed request of a navigation. */
  fail?: (request: HtmxRequest, event: CustomEvent) => void;
  /** Show the slots of the entry to which the user has gone. */
  traverse?: (event: PopStateEvent) => void;
  /** Show the slots of the current entry. */
  restore?: () => void;
  close?: (element?: Element) => Promise<void>;
  /** Report in the console that a named slot is not on screen. */
  reportTarget?: (wording: string, element?: Element) => void;
  visit?: (url: string, options?: object) => Promise<void>;
  refreshNamed?: (...names: string[]) => Promise<void>;
  /** Ignore an event that repeats a gesture by mistake. */
  gesture?: (event: Event) => void;
  /** Note that the gesture has sent a form. */
  noteSubmit?: () => void;
  /** Whether the HTML that was sent for a slot is known. */
  canMerge?: (slot: Slot) => boolean;
  /** Whether a merge keeps all guarded forms in a slot. */
  keepsForms?: (slot: Slot, element: HTMLElement) => boolean;
  takeCopy?: (slot: Slot) => Copy;
  /** Show the content of a copy again. */
  showCopy?: (slot: Slot, copy: Copy) => void;
  /** Merge new HTML of the same page into a slot. */
  merge?: (slot: Slot, content: Element | DocumentFragment, merging: Merging) => Merged;
  /** Load the stylesheets of a response, under its content security policy. */
  loadSheets?: (html: string, policy: string | null) => Promise<unknown>;
  /** Take the stylesheets out of a response, and let its scripts wait. Returns whether there are any. */
  takeScripts?: (body: HTMLElement, policy: string | null) => boolean;
  /** Run the scripts that wait in changed slots, then call a function with the slots that have not changed since. */
  runScripts?: (
    slots: Slot[],
    source: Element | undefined,
    enter: (slots: Slot[]) => void,
  ) => void;
  /** Move elements with `hx-preserve` out of a slot, if the new content has them, too. */
  leavePreserved?: (slot: Slot, coming: ParentNode) => void;
  /** Move elements with `hx-preserve` to the places of their copies. */
  bringPreserved?: (slot: Slot) => void;
  /** Show a message about a failure. */
  showNotice?: (event: CustomEvent<Failure>) => void;
  removeNotice?: () => void;
  /** Repeat a navigation. */
  repeat?: (navigation: Navigation, url: string) => void;
  /** Open the dialogs in a slot. */
  showDialogs?: (event: { target: Slot; detail: { source?: Element } }) => void;
  /** The prefetched responses, with the times of their requests. A key is a JSON list that begins with the URL. */
  prefetched?: Map<string, { began: number; hasFailed?: boolean }>;
  /** Called when slots have changed, in the same task. */
  shown?: (navigation: Navigation, changed: Slot[]) => void;
  /** Take the prefetched response, if there is one. */
  takePrefetched?: (
    navigation: Navigation,
    request: HtmxRequest,
  ) => Promise<Response | undefined> | undefined;
  /** Called when a form is sent, and when its request is over. */
  submitting?: (form: Element, isSent: boolean, trigger?: Event) => void;
  /** Forget what slots have shown. */
  forget?: () => void;
  /** Forget the prefetched responses. */
  forgetPrefetched?: () => void;
  /** Read the response of a navigation while it arrives. */
  receive?: (navigation: Navigation) => Stream;
  /** Show the streamed slots of the page as they arrive. */
  showStreamed?: () => void;
  /** Take the late slots out of the first part of a response, and put in those that have arrived since. Returns the others. */
  takeLate?: (body: HTMLElement, navigation: Navigation) => HTMLElement[] | undefined;
  /** Show slots as they arrive. */
  awaitLate?: (navigation: Navigation, late: HTMLElement[], policy: string | null) => void;
  /** What slots will show that still show something else, for the history entry. */
  awaited?: () => Mounted;
  /** Stop waiting for these slots, because another entry is shown. */
  stopAwaiting?: () => void;
  takeAnswer?: (navigation: Navigation, answer: WholeAnswer) => void;
  /** The address of the slot whose `<select>` gets an option from this form. */
  slotOfSelect?: (form: Element) => string | undefined;
  /** The object that a guarded form has created is selected in the form beneath, so its input is saved. */
  onTaken?: (form: Element) => void;
  /** Take the slot with that `<select>` out of a response. Returns a function that adds the option after the swap. */
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

// Reads the text of a response while it arrives, for both versions of htmx. Callers take the complete parts.
import { decoderFor } from "../text.js";

/** In the text, everything before this is complete. */
const ARRIVED = "<template data-pr-arrived></template>";
/** How long loading states wait for the slots that follow the first part, so that nothing flashes, in milliseconds. */
export const HOLD = 150;

export class Stream {
  isComplete = false;
  isUrgent = false;
  onMore = () => {};
  #text = "";
  #taken = 0;
  #isHeld = false;
  #isShown = false;
  #begin = () => {};

  /** A promise that is fulfilled when the first part may be shown. */
  #first = new Promise((begin) => {
    this.#begin = () => begin(undefined);
  });

  /** @param {(html: string) => boolean} mayPostponeLoading whether a first part may be shown before its loading states */
  constructor(mayPostponeLoading) {
    this.mayPostponeLoading = mayPostponeLoading;
  }

  /** @param {string} text all text that has arrived */
  #receive(text) {
    const end = text.lastIndexOf(ARRIVED);
    if (end < 0) return;
    this.#text = text.slice(0, end);
    if (!this.#isHeld) setTimeout(this.#begin, HOLD);
    this.#isHeld = true;
    // More may be ready by now.
    if (!this.#isShown && !this.isUrgent && this.mayPostponeLoading(this.#text)) {
      this.isUrgent = true;
      setTimeout(this.#begin, 0);
    }
    this.onMore();
  }

  /** The response has ended. Any text after the last complete part was cut off. */
  #end() {
    this.isComplete = true;
    this.#begin();
    this.onMore();
  }

  /** Take the text that has become complete since the last call. */
  take() {
    const text = this.#text.slice(this.#taken);
    this.#taken = this.#text.length;
    this.#isShown = true;
    return text;
  }

  /**
   * @param {XMLHttpRequest} xhr
   * @param {() => string} text
   * @param {(text: string) => void} show
   */
  async ofXhr(xhr, text, show) {
    const { onabort, onerror, ontimeout } = /** @type {any} */ (xhr);
    let isStopped = false;
    xhr.onprogress = () => this.#receive(text());
    // Once the first part is shown, the request is over for htmx, so its listeners must not be called.
    const stop = (/** @type {() => void} */ tell) => () => {
      isStopped = true;
      if (this.#isShown) this.#end();
      else tell.call(xhr);
    };
    const fail = stop(onerror); // for htmx, a failed request has no status and no headers
    xhr.onload = () => {
      this.#receive(text());
      if (this.#isHeld) this.#end();
      else fail(); // the response was cut off in its first part
    };
    xhr.onerror = fail;
    xhr.onabort = stop(onabort);
    xhr.ontimeout = stop(ontimeout);
    await this.#first;
    if (!isStopped) show(this.take());
  }

  /** @param {Response} response @param {string | null} type */
  async ofResponse({ body }, type) {
    const reading = this.#read(body?.getReader(), decoderFor(type)).catch((error) => {
      const isAborted = !(error instanceof TypeError); // A request may be aborted without a reason.
      if (!this.#isShown && (!this.#isHeld || isAborted)) throw error;
      this.#end();
    });
    await Promise.race([this.#first, reading.then(() => this.#first)]);
    return this.take();
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array> | undefined} reader @param {TextDecoder} decoder */
  async #read(reader, decoder) {
    let text = "";
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done && this.#isHeld) return this.#end();
      if (done) throw new TypeError("The response ended in its first part.");
      text += decoder.decode(value, { stream: true });
      this.#receive(text);
    }
  }
}

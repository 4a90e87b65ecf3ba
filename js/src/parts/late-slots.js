// Shows the slots of a response that come after its first part, each one when it has arrived.

import { dropStale, onRefreshFailed } from "../answers/refreshed.js";
import { parse } from "../dom.js";
import { finish, inFlight } from "../navigation.js";
import { prune } from "../refresh.js";
import { isLoading, renderingOf, slotFor } from "../slots.js";
import { aim, ask, isBusy, prepare, show, takeElements } from "./arrivals.js";
import { HOLD } from "./stream.js";

/** @typedef {import("../types.js").Navigation} Navigation */
/** @typedef {import("../types.js").Slot} Slot */

export class LateSlots {
  /** The slots that have not arrived, with the rendering that each of them shows. @type {Map<Slot, number | undefined>} */
  #slots = new Map();
  #isTaking = false;
  #stream;
  #late;
  #policy;
  #postponed;
  #keeps;
  /** The navigation that waits for these slots. A newer navigation may abort it. @type {Navigation} */
  #waiting;

  /**
   * @param {Navigation} navigation
   * @param {HTMLElement[]} late the element of each of them in the first part
   * @param {string | null} policy
   * @param {WeakSet<Element>} postponed the loading states that are shown a moment after the first part
   */
  constructor({ stream, abort, history }, late, policy, postponed) {
    this.#stream = stream;
    this.#late = late;
    this.#policy = policy;
    this.#postponed = postponed;
    this.#keeps = history === "push";
    this.#waiting = { refreshed: this.#slots, hash: "", abort };
  }

  start() {
    for (const element of this.#late) {
      const slot = slotFor(element);
      if (!slot) continue;
      for (const older of inFlight) older.refreshed?.delete(slot);
      if (element.dataset.prDelivery === "deferred") ask(slot, element);
      else this.#slots.set(slot, renderingOf(slot));
      slot.ariaBusy = "true";
    }
    inFlight.add(this.#waiting);
    if (this.#stream) this.#stream.onMore = () => this.#takeMore();
    this.#takeMore();
    setTimeout(() => this.#showPostponed(), HOLD);
  }

  #isWaiting() {
    prune(); // slots that have changed meanwhile stay as they are
    return inFlight.has(this.#waiting);
  }

  async #takeMore() {
    if (this.#isTaking || !this.#isWaiting()) return;
    this.#isTaking = true;
    for (let html = this.#stream?.take(); html; html = this.#stream?.take()) {
      await prepare(html, this.#policy);
      if (!this.#isWaiting()) return;
      this.#showArrived(parse(html));
    }
    this.#isTaking = false;
    if ((!this.#stream || this.#stream.isComplete) && this.#isWaiting()) this.#end();
  }

  /** @param {HTMLElement} body */
  #showArrived(body) {
    const arrived = new Map();
    for (const element of takeElements(body)) {
      const slot = slotFor(element);
      if (!slot || !this.#slots.has(slot)) continue;
      arrived.set(slot, this.#slots.get(slot));
      this.#slots.delete(slot);
      body.append(isBusy(element) ? (this.#takeDeferred(slot) ?? element) : element);
    }
    if (!this.#slots.size) finish(this.#waiting);
    dropStale(body, { refreshed: arrived, hash: "" });
    show(body, this.#policy, this.#keeps);
  }

  /** The response has ended: request the slots that have not arrived. */
  #end() {
    finish(this.#waiting);
    const body = parse("");
    for (const slot of [...this.#slots.keys()]) {
      const element = this.#takeDeferred(slot);
      if (element && this.#slots.delete(slot)) body.append(element);
    }
    show(body, this.#policy, this.#keeps);
    for (const slot of this.#slots.keys()) {
      aim(
        slot,
        this.#late.find(({ id }) => id === slot.id),
      );
      if (isLoading(slot)) slot.dataset.prDelivery = "deferred"; // so that it can be requested again
    }
    if (this.#slots.size) onRefreshFailed(this.#waiting);
  }

  /** The loading state of a slot that does not show it yet. It is marked, so that the slot's page is requested. @param {Slot} slot */
  #takeDeferred(slot) {
    if (isLoading(slot)) return;
    const element = this.#late.find((one) => one.id === slot.id && this.#postponed.has(one));
    if (element) element.dataset.prDelivery = "deferred";
    return element;
  }

  /** Show the loading states of the first part, for the slots that have not arrived since. */
  #showPostponed() {
    const elements = this.#late.filter((element) => {
      const slot = slotFor(element);
      return this.#postponed.has(element) && slot && this.#slots.has(slot);
    });
    if (!this.#isWaiting() || !elements.length) return;
    const body = parse("");
    body.append(...elements);
    inFlight.delete(this.#waiting); // otherwise, these slots would count as changed
    show(body, this.#policy, this.#keeps);
    queueMicrotask(() => {
      for (const slot of elements.map(slotFor)) if (slot) this.#slots.set(slot, renderingOf(slot));
      inFlight.add(this.#waiting);
      this.#takeMore();
    });
  }
}

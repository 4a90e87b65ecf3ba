// Finds the elements of a list that need not move when the list gets another order.

/**
 * The places of a longest increasing subsequence: what is there need not move.
 *
 * @param {number[]} numbers those below 0 don't count
 */
export const growing = (numbers) => {
  /** @type {number[]} */
  const ends = [];
  /** @type {number[]} */
  const previous = [];
  for (const [place, number] of numbers.entries()) {
    if (number < 0) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]] < number) low = middle + 1;
      else high = middle;
    }
    previous[place] = ends[low - 1] ?? -1;
    ends[low] = place;
  }
  const stay = new Set();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = previous[place]) stay.add(place);
  return stay;
};

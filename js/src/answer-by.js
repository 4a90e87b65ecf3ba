// Answers a request of htmx 2 without the network.

/**
 * Give a request of htmx 2 a response that is stored or on its way. Without one, send the request.
 *
 * @param {any} xhr
 * @param {Promise<Response | undefined>} answer
 */
export const answerBy = (xhr, answer) => {
  let isAborted = false;
  xhr.abort = () => {
    isAborted = true;
    xhr.onabort();
  };
  xhr.send = async () => {
    const response = await answer;
    if (isAborted) return;
    delete xhr.abort;
    delete xhr.send;
    if (!response) return xhr.send();
    const { status, statusText, url, headers } = response;
    const lines = [...headers].map((pair) => pair.join(": ")).join("\r\n"); // htmx reads them often
    const values = {
      status,
      statusText,
      responseURL: url,
      bytes: await response.arrayBuffer(),
      getResponseHeader: (/** @type {string} */ name) => headers.get(name),
      getAllResponseHeaders: () => lines,
    };
    for (const [name, value] of Object.entries(values))
      Object.defineProperty(xhr, name, { value });
    xhr.onload();
  };
};

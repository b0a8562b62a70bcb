// Requests to the routes beside the page. They live outside the page's session, so that they work
// while it reconnects; every answer may carry a fresh token.

export class Api {
  /** @param {() => void} renew asks the page for a token when ours has expired. */
  constructor(renew) {
    this.token = "";
    this.renew = renew;
    this.refusedSince = null;
  }

  /** The folder of the page is the folder of the routes, whatever prefix a proxy puts before it. */
  url(name) {
    const folder = location.pathname.replace(/\/?$/, "/");
    return new URL(`${folder}mtreview/api/${name}`, location.origin);
  }

  /**
   * Post a request.
   * @returns {Promise<object>} the answer; rejects with `error.status` (0: no connection).
   */
  async post(name, body, { keepalive = false } = {}) {
    let response;
    try {
      response = await fetch(this.url(name), {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-MtReview": "1" },
        body: JSON.stringify({ ...body, token: this.token }),
        keepalive,
        credentials: "same-origin",
      });
    } catch {
      throw failure("no connection", 0);
    }
    if (response.status === 401) this.#refused();
    if (!response.ok) throw failure((await answer(response)).message ?? response.statusText, response.status);
    this.refusedSince = null;
    const result = await answer(response);
    if (result.token) this.token = result.token;
    return result;
  }

  /** Ask for a new token; if the page's session is gone too, only a reload brings one. */
  #refused() {
    const now = Date.now();
    this.refusedSince ??= now;
    if (now - this.refusedSince > 20_000) location.reload();
    else this.renew();
  }
}

async function answer(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function failure(text, status) {
  const error = new Error(text);
  error.status = status;
  return error;
}

// Keeps what somebody types as a sealed draft, every ten seconds, by a post to the page's own address.
// Everything works without this file: "Keep as draft" does the same. It stores nothing in the browser.
"use strict";
(function () {
  const EVERY_MS = 10000;
  const LONGEST_WAIT_MS = 3000;

  function watch(form) {
    const area = form.querySelector("textarea[name=text]");
    const version = form.querySelector("input[name=draft]");
    const line = form.querySelector("[data-kept]");
    if (!area || !version || !line) return;
    let kept = area.value;
    let isBusy = false;
    let isOver = false;
    let isWaiting = false;
    let isReady = false;
    let stop = null;
    let keeping = Promise.resolve();

    async function keep() {
      if (isBusy || isOver || area.value === kept) return;
      isBusy = true;
      const text = area.value;
      stop = new AbortController();
      try {
        const answer = await fetch(form.dataset.draft, {
          method: "POST",
          body: new FormData(form),
          headers: { Accept: "application/json" },
          signal: stop.signal,
        });
        const isTold = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        if (!isTold) {
          line.textContent = form.dataset.ended || "";
        } else {
          const told = await answer.json();
          line.textContent = told.told;
          if (answer.ok) {
            version.value = String(told.version);
            kept = text;
          } else if (answer.status === 409) {
            isOver = true;
          }
        }
      } catch (error) {
        line.textContent = form.dataset.unreached || "";
      }
      isBusy = false;
    }

    setInterval(function () {
      if (!isBusy) keeping = keep();
    }, EVERY_MS);
    area.addEventListener("blur", function () {
      if (!isBusy) keeping = keep();
    });
    // The tap on a button takes the cursor out of the field, so a draft is often on its way when the form is sent. It is
    // waited for: sent with the version before it, the answer would go out and leave its own words behind as a draft.
    form.addEventListener("submit", async function (event) {
      isOver = true;
      if (isReady || !isBusy) return;
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      const button = event.submitter;
      await Promise.race([keeping, new Promise((done) => setTimeout(done, LONGEST_WAIT_MS))]);
      if (stop) stop.abort();
      isReady = true;
      form.requestSubmit(button);
    });
  }

  document.querySelectorAll("form[data-draft]").forEach(watch);
})();

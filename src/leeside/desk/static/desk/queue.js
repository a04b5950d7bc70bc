// Looks now and then whether something came into the list, and says so above it. Rows never move by themselves.
// Everything works without this file: "Look again" does the same. It reads one number and stores nothing.
"use strict";
(function () {
  const EVERY = 45000;
  const link = document.querySelector("[data-news]");
  if (!link) return;
  let failures = 0;

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(link.dataset.news, { credentials: "same-origin", cache: "no-store", redirect: "error" });
      if (!answer.ok) throw new Error();
      const number = parseInt(await answer.text(), 10);
      failures = 0;
      if (number > 0) {
        link.textContent = link.dataset.words.replace("NUMBER", String(number));
        link.hidden = false;
      }
    } catch {
      // The session has ended, or the network: three times in a row, and it asks no more.
      failures += 1;
      if (failures === 3) clearInterval(timer);
    }
  }

  const timer = setInterval(look, EVERY);
})();
